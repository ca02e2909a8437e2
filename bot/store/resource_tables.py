"""The tables beside resources: who found them useful, and which words mean the same."""

from sqlalchemy import JSON, BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables import serial


class ResourceVote(SQLModel, table=True):
    """Whether a resource was of use to a person, once. Owner: `services.votes`."""

    __tablename__ = "resource_vote"
    __table_args__ = (UniqueConstraint("resource", "person"),)

    id: int | None = serial()
    resource: int = Field(sa_type=BigInteger)
    person: str
    useful: bool


class Synonym(SQLModel, table=True):
    """Words that mean the same in a community, the first as its team wrote it. Owner: `services.synonyms`."""

    __tablename__ = "synonym"
    __table_args__ = (UniqueConstraint("community", "key"),)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    key: str
    words: list[str] = Field(sa_type=JSON)
