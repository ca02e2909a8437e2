"""Volunteers: their topics and their hours."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from bot.store.columns import REMEMBERED, instant


class Expert(SQLModel, table=True):
    """A volunteer of a community: active once the person and the team agree. Owner: `volunteers.volunteers`."""

    __tablename__ = "expert"

    community: str = Field(primary_key=True)
    person: str = Field(primary_key=True, index=True)
    own_yes: bool = False
    team_yes: bool = False
    generalist: bool = False
    crossing: bool = False
    asked_at: datetime = instant()
    asked_room: str | None = None
    asked_event: str | None = None
    proposed_by: str | None = None


class ExpertTopic(SQLModel, table=True):
    """A topic of a community that a volunteer answers for. Owner: `volunteers.volunteers`."""

    __tablename__ = "expert_topic"
    __table_args__ = (Index("ix_expert_topic_topic", "topic"),)

    community: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)


class Availability(SQLModel, table=True):
    """When and how often a volunteer may be asked, in every community. Owner: `volunteers.availability`.

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
    """Who a person is at work, as far as they said, and what they agreed to. Owner: `volunteers.profiles`.

    `profession` and `territory` are of the lists in `bot.registers`; `department` is the territory in words, and all
    there is of one that no list has. `directory`, `encounters` and `thanks` are off until the person agrees.
    """

    __tablename__ = "profile"
    __table_args__ = REMEMBERED

    person: str = Field(primary_key=True)
    profession: str | None = None
    territory: str | None = None
    structure: str | None = None
    department: str | None = None
    establishment: str | None = None
    directory: bool = False
    encounters: bool = False
    thanks: bool = False
