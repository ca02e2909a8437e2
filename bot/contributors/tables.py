"""What people gave."""

from datetime import datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import NEVER_AGAIN, instant, serial


class Contribution(SQLModel, table=True):
    """A person gave something, `thing` (`proposal:41`), and learns what becomes of it. Owner: `contributors.returns`.

    `informed_of`: the ends of which they were informed, each once.
    """

    __tablename__ = "contribution"
    __table_args__ = (UniqueConstraint("thing", "person"), NEVER_AGAIN)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug", index=True)
    thing: str
    person: str = Field(index=True)
    informed_of: list[str] = Field(default_factory=list, sa_type=JSON)
    last_at: datetime = instant()
