"""Thanks between members."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import NEVER_AGAIN, instant, serial


class Thanks(SQLModel, table=True):
    """Somebody thanked somebody. Owner: `thanks.thanks`.

    `subject` is what for: the message thanked, a sheet (`F-12`), or the day on which it was said without either: of
    each, one person thanks another once. `source` is the event that said so. `words` stay until the person thanked
    has read them; `informed_at` is set then, or once they are not to be informed any more.
    """

    __tablename__ = "thanks"
    __table_args__ = (
        UniqueConstraint("giver", "receiver", "subject"),
        Index("ix_thanks_receiver", "receiver", "informed_at"),
        Index("ix_thanks_month", "community", "given_at"),
        NEVER_AGAIN,
    )

    id: int | None = serial()
    account: str
    community: str = Field(foreign_key="community.slug")
    giver: str | None
    receiver: str
    subject: str
    source: str = Field(index=True)
    words: str = Field(default="", sa_type=Text)
    given_at: datetime = instant()
    informed_at: datetime | None = instant(nullable=True)
