"""Ideas, in a schema of their own: no other test meets this table."""

from datetime import datetime

from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from bot.store.columns import instant, serial


class _Beside(SQLModel, registry=registry()):
    """Beside the schema of the nouns that exist."""


class Idea(_Beside, table=True):
    """Owner: `ideas`."""

    __tablename__ = "trial_idea"

    id: int | None = serial()
    community: str
    room_id: str
    person: str
    text: str
    shelf: str = "new"
    noted_at: datetime = instant()
