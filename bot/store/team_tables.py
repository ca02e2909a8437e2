"""The tables of what a community's team does."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from bot.store.tables import Instant, serial


class Undo(SQLModel, table=True):
    """A change that a team made, and how it is taken back; it names no person. Owner: `services.undo`.

    `arguments` are what `verb` is given to make `thing` as it was, `expects` how it must still be; both are fields.
    """

    __tablename__ = "undo"
    __table_args__ = (Index("ix_undo_thing", "community", "verb", "thing"),)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    verb: str
    thing: str
    arguments: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    expects: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    role: str
    made_at: datetime = Field(sa_type=Instant)
    undone_at: datetime | None = Field(default=None, sa_type=Instant, nullable=True)
