"""Requests for help, the offers made to volunteers, and what came of them."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import instant, serial


class HelpRequest(SQLModel, table=True):
    """A question on its way to somebody who can answer it. Owner: `help.requests`.

    `source` is the event that asked, `thread` the one that began its thread in a room. `turn` counts its searches for a
    volunteer, `version` every change, `news` what the author
    heard while nobody was found.
    """

    __tablename__ = "help_request"
    __table_args__ = (
        UniqueConstraint("account", "source"),
        Index("ix_help_request_status", "community", "status"),
        Index("ix_help_request_requester", "requester", "status"),
    )

    id: int | None = serial()
    account: str
    community: str = Field(foreign_key="community.slug")
    requester: str | None
    room_id: str
    direct: bool
    source: str
    thread: str | None = None
    text: str = Field(sa_type=Text)
    topic: str | None = None
    peers: bool = False
    anonymous: bool = False
    other_establishment: bool = False
    form: str = ""
    held: bool = False
    status: str
    turn: int = 1
    wave: int = 0
    wave_at: datetime | None = instant(nullable=True)
    asked_at: datetime = instant()
    sent_at: datetime | None = instant(nullable=True)
    news_at: datetime | None = instant(nullable=True)
    news: int = 0
    opens_at: datetime | None = instant(nullable=True)
    expert: str | None = None
    accepted_at: datetime | None = instant(nullable=True)
    first_accepted_at: datetime | None = instant(nullable=True)
    room_key: str | None = None
    resolved_at: datetime | None = instant(nullable=True)
    closed_at: datetime | None = instant(nullable=True)
    reopenings: int = 0
    version: int = 0


class HelpOffer(SQLModel, table=True):
    """A request shown to one volunteer in one turn. Owner: `help.offers.offers`.

    `carried`: accepted, and the request is not over. `wave` 0 is a colleague who offered to help by themselves.
    """

    __tablename__ = "help_offer"
    __table_args__ = (
        UniqueConstraint("request", "person", "turn"),
        Index("ix_help_offer_person", "person", "asked_at"),
    )

    id: int | None = serial()
    request: int = Field(foreign_key="help_request.id", sa_type=BigInteger)
    person: str
    turn: int
    wave: int
    status: str
    carried: bool = False
    instead_of: str | None = None
    asked_at: datetime = instant()
    answered_at: datetime | None = instant(nullable=True)
    accepted_at: datetime | None = instant(nullable=True)


class Satisfaction(SQLModel, table=True):
    """What the requester said afterwards: how it went, what it brought. Owner: `help.exchange.satisfaction`."""

    __tablename__ = "satisfaction"
    __table_args__ = (UniqueConstraint("request", "turn"),)

    id: int | None = serial()
    request: int = Field(foreign_key="help_request.id", sa_type=BigInteger)
    turn: int
    community: str
    went_well: bool | None = None
    was_useful: bool | None = None
    asked_at: datetime = instant()
