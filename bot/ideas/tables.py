"""What members report and wish for, and whom it concerns as well."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import NEVER_AGAIN, instant, reference, serial


class Idea(SQLModel, table=True):
    """An irritant, an idea, or a wish for a community; I-4 in chat. Owner: `ideas.ideas`.

    `discreet`: nobody but its author learns whose it is. `territorial`: it is about working together within a
    territory. `source` is the message that reported it, `card` the key of what shows it in `room_id`. `merged_into` is
    the number of the one that it became part of, `challenge` that of the challenge which takes it up; `reason` says why
    it was set aside. `offered`: the team was asked whether to act on it. `touched_at`: when somebody last cared.
    """

    __tablename__ = "idea"
    __table_args__ = (
        Index("ix_idea_status", "community", "status"),
        Index("ix_idea_author", "author", "status"),
        NEVER_AGAIN,
    )

    id: int | None = serial()
    account: str
    community: str = Field(foreign_key="community.slug")
    kind: str
    author: str | None
    discreet: bool = False
    territorial: bool = False
    territory: str | None = None
    text: str = Field(sa_type=Text)
    status: str
    reason: str = Field(default="", sa_type=Text)
    merged_into: int | None = Field(default=None, sa_type=BigInteger)
    challenge: int | None = Field(default=None, sa_type=BigInteger, index=True)
    source: str = Field(index=True)
    room_id: str
    card: str | None = None
    edits: int = 0
    offered: bool = False
    reported_at: datetime = instant()
    touched_at: datetime = instant()


class IdeaSupport(SQLModel, table=True):
    """It concerns this person as well. Owner: `ideas.supports`.

    `via` is the number of the idea that they had said so of, if that was merged into this one.
    """

    __tablename__ = "idea_support"
    __table_args__ = (UniqueConstraint("idea", "person"), NEVER_AGAIN)

    id: int | None = serial()
    idea: int = reference("idea")
    person: str = Field(index=True)
    via: int | None = Field(default=None, sa_type=BigInteger)
    given_at: datetime = instant()
