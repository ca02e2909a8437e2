"""The tables of mutual help: who volunteers for what, who asked what, and what became of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables import Instant, serial


def _instant(*, nullable: bool = False, index: bool = False) -> Any:
    default = None if nullable else ...
    return Field(default=default, sa_type=Instant, nullable=nullable, index=index)


class Expert(SQLModel, table=True):
    """Somebody who volunteers in a community: active once the person and the team agree. Owner: `services.experts`."""

    __tablename__ = "expert"

    community: str = Field(primary_key=True)
    person: str = Field(primary_key=True, index=True)
    own_yes: bool = False
    team_yes: bool = False
    generalist: bool = False
    crossing: bool = False
    asked_at: datetime = _instant()
    asked_room: str | None = None
    asked_event: str | None = None
    proposed_by: str | None = None


class ExpertTopic(SQLModel, table=True):
    """A topic of a community that a volunteer answers for. Owner: `services.experts`."""

    __tablename__ = "expert_topic"
    __table_args__ = (Index("ix_expert_topic_topic", "topic"),)

    community: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)


class Availability(SQLModel, table=True):
    """When and how often a volunteer may be asked, in every community. Owner: `services.availability`.

    `hours` are `[weekday, start, end]` in minutes; `unanswered` counts the latest offers left without an answer.
    """

    __tablename__ = "availability"

    person: str = Field(primary_key=True)
    hours: list[list[int]] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    time_zone: str | None = None
    region: str | None = None
    open_cap: int = 2
    month_cap: int = 2
    paused: bool = False
    rest_until: date | None = None
    absent_from: date | None = None
    absent_to: date | None = None
    delegate: str | None = None
    unanswered: int = 0


class Profile(SQLModel, table=True):
    """Where a person works, as they tell it. Owner: `services.profiles`."""

    __tablename__ = "profile"

    person: str = Field(primary_key=True)
    structure: str | None = None
    department: str | None = None
    establishment: str | None = None


class HelpRequest(SQLModel, table=True):
    """A question on its way to somebody who can answer it. Owner: `services.help_requests`.

    `source` is the event that asked, `thread` the one that began its thread in a room. `turn` counts its searches for a
    volunteer, `version` every change.
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
    wave_at: datetime | None = _instant(nullable=True)
    asked_at: datetime = _instant()
    sent_at: datetime | None = _instant(nullable=True)
    news_at: datetime | None = _instant(nullable=True)
    opens_at: datetime | None = _instant(nullable=True)
    expert: str | None = None
    accepted_at: datetime | None = _instant(nullable=True)
    first_accepted_at: datetime | None = _instant(nullable=True)
    room_key: str | None = None
    resolved_at: datetime | None = _instant(nullable=True)
    closed_at: datetime | None = _instant(nullable=True)
    reopenings: int = 0
    version: int = 0


class HelpOffer(SQLModel, table=True):
    """A request shown to one volunteer in one turn. Owner: `services.help_offers`.

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
    asked_at: datetime = _instant()
    answered_at: datetime | None = _instant(nullable=True)
    accepted_at: datetime | None = _instant(nullable=True)


class Satisfaction(SQLModel, table=True):
    """What the requester said afterwards: how it went, what it brought. Owner: `services.satisfaction`."""

    __tablename__ = "satisfaction"
    __table_args__ = (UniqueConstraint("request", "turn"),)

    id: int | None = serial()
    request: int = Field(foreign_key="help_request.id", sa_type=BigInteger)
    turn: int
    community: str
    went_well: bool | None = None
    was_useful: bool | None = None
    asked_at: datetime = _instant()


class HelpSetting(SQLModel, table=True):
    """What a community set differently from what is usual. Owner: `services.help_settings`."""

    __tablename__ = "help_setting"

    community: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: str
