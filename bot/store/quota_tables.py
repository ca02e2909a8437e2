"""The table of what people made today."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables import serial


class QuotaUse(SQLModel, table=True):
    """How much a person, or the people of a room, made of a kind in a day. Owner: `services.quota_uses`.

    `subject` is a fingerprint that holds for this day: it names nobody, and to be forgotten does not begin the day
    anew. `told`: it was said that the day's number is reached.
    """

    __tablename__ = "quota_use"
    __table_args__ = (UniqueConstraint("subject", "kind", "day"),)

    id: int | None = serial()
    subject: str
    kind: str
    day: str = Field(index=True)
    made: int
    told: bool = False
