"""Digests: who subscribed to what, what a team chose, and when the next one of a community is due."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import instant, serial


class Subscription(SQLModel, table=True):
    """News of a community that a person wants in private. Owner: `digest.subscriptions`.

    `what` is meet-ups, resources or both; `kind` narrows meet-ups, `topic` and `territory` both; empty: all. The digest
    due at `due_at` has what is new since `since`.
    """

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("person", "community", "what", "kind", "topic", "territory"),)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug", index=True)
    person: str
    what: str
    kind: str = ""
    topic: str = ""
    territory: str = ""
    rhythm: str
    since: datetime = instant()
    due_at: datetime = instant(index=True)


class DigestPick(SQLModel, table=True):
    """Something that a community's team wants first in its next digest. Owner: `digest.picks`.

    `thing`: `meetup:7`, its `minutes:7`, `doc:41`.
    """

    __tablename__ = "digest_pick"
    __table_args__ = (UniqueConstraint("community", "thing"),)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    thing: str
    picked_at: datetime = instant()


class RoomDigest(SQLModel, table=True):
    """The digest of a community in its main room. Owner: `digest.room_digests`.

    `rhythm` is that by which `due_at` was counted, both empty while the digest is off. `offered_at`: when the team was
    asked whether it wants one.
    """

    __tablename__ = "room_digest"

    community: str = Field(primary_key=True, foreign_key="community.slug")
    rhythm: str = ""
    since: datetime | None = instant(nullable=True)
    due_at: datetime | None = instant(nullable=True)
    offered_at: datetime | None = instant(nullable=True)
