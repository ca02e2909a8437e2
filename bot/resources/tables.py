"""Resources and what people think of them."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import REMEMBERED, instant, serial


class Resource(SQLModel, table=True):
    """A document or tool, which can be found while its state is `published`. Owner: `resources.resources`.

    `source`: who made it; without one, the site of its address is named (`texts.source_of`). `contact`: how its makers
    are reached. `owner` is asked every `interval_months` whether it is up to date (0: never). `outdated`: a member
    reported it. `published_at`: when it could first be found; empty for what came with the program.
    `origin` is the number of a thing of another noun (`F-12`) that is found as this resource, and `facets` are what
    searches may narrow to beside its kind.
    """

    __tablename__ = "resource"
    __table_args__ = (UniqueConstraint("community", "url"), Index("ix_resource_revision", "revision"), REMEMBERED)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    title: str
    url: str
    summary: str = ""
    kind: str = "publication"
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    source: str = ""
    contact: str = ""
    ready: bool = False
    state: str = "published"
    merged_into: int | None = Field(default=None, sa_type=BigInteger)
    owner: str | None = None
    interval_months: int = 12
    verified_on: str | None = None
    outdated: bool = False
    useful: int = 0
    useless: int = 0
    published_at: datetime | None = instant(nullable=True)
    tokens: str = Field(default="", sa_type=Text)
    revision: int = Field(sa_type=BigInteger)
    origin: str = ""
    facets: list[str] = Field(default_factory=list, sa_type=JSON)


class ResourceRevision(SQLModel, table=True):
    """How often resources (1) and synonyms (2) were written; the index compares it. Owner: `resources.revisions`."""

    __tablename__ = "resource_revision"

    id: int = Field(default=1, primary_key=True)
    number: int = Field(sa_type=BigInteger)


class SearchMiss(SQLModel, table=True):
    """A search that found nothing, without who searched. Owner: `resources.failed_searches`."""

    __tablename__ = "search_miss"

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    words: str
    missed_at: datetime = instant()


class ResourceVote(SQLModel, table=True):
    """Whether a resource was of use to a person, once. Owner: `resources.votes`."""

    __tablename__ = "resource_vote"
    __table_args__ = (UniqueConstraint("resource", "person"),)

    id: int | None = serial()
    resource: int = Field(sa_type=BigInteger)
    person: str
    useful: bool


class Synonym(SQLModel, table=True):
    """Words that mean the same in a community, the first as its team wrote it. Owner: `resources.synonyms`."""

    __tablename__ = "synonym"
    __table_args__ = (UniqueConstraint("community", "key"),)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    key: str
    words: list[str] = Field(sa_type=JSON)
