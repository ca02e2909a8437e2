"""Communities, their rooms and their people."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.columns import REMEMBERED, Instant, instant, serial


class Community(SQLModel, table=True):
    """A community of practice. Owner: `communities.communities`."""

    __tablename__ = "community"
    __table_args__ = REMEMBERED

    slug: str = Field(primary_key=True)
    name: dict[str, str] = Field(sa_type=JSON)
    language: str
    time_zone: str
    main_room: str | None = None
    contact: str | None = None
    created_at: datetime = instant()
    announced_at: datetime | None = instant(nullable=True)


class Topic(SQLModel, table=True):
    """A subject that experts volunteer for. Owner: `communities.communities`."""

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("community", "slug"), REMEMBERED)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    slug: str
    name: dict[str, str] = Field(sa_type=JSON)
    parent: str | None = None


class CommunitySetting(SQLModel, table=True):
    """What a community set differently from what is usual. Owner: `communities.settings.settings`."""

    __tablename__ = "community_setting"
    __table_args__ = REMEMBERED

    community: str = Field(primary_key=True, foreign_key="community.slug")
    key: str = Field(primary_key=True)
    value: str


class RoomBinding(SQLModel, table=True):
    """A room that belongs to a community; exactly one account serves it. Owner: `communities.rooms`."""

    __tablename__ = "room_binding"
    __table_args__ = REMEMBERED

    room_id: str = Field(primary_key=True)
    account: str
    community: str = Field(foreign_key="community.slug", index=True)
    kind: str = "public"
    language: str | None = None
    protection: str = "warn"
    linked_by: str
    linked_at: datetime = instant()


class LinkRequest(SQLModel, table=True):
    """Somebody asks that a room be linked to a community; a moderator of it answers. Owner: `communities.rooms`."""

    __tablename__ = "link_request"

    id: int | None = serial()
    account: str
    room_id: str
    community: str = Field(foreign_key="community.slug")
    asked_by: str
    asked_at: datetime = instant()
    status: str = "open"


class Appointment(SQLModel, table=True):
    """A role that was given to a person in a community. Owner: `communities.people.people`.

    `informed_at`: since then they know of it; empty while they are no member yet.
    """

    __tablename__ = "appointment"
    __table_args__ = (UniqueConstraint("community", "person", "role"), REMEMBERED)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    person: str
    role: str
    given_by: str
    given_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
    informed_at: datetime | None = instant(nullable=True)


class Person(SQLModel, table=True):
    """What a person has set for themselves; when they turned to us last. Owner: `communities.people.people`.

    `active_at` is noted every night (`communities.people.activity`); empty until the first one. `warned_at`: since
    then they know, as far as we could say it, that they will be erased.
    """

    __tablename__ = "person"
    __table_args__ = REMEMBERED

    mxid: str = Field(primary_key=True)
    language: str | None = None
    time_zone: str | None = None
    community: str | None = None
    stopped: bool = False
    active_at: datetime | None = instant(nullable=True)
    warned_at: datetime | None = instant(nullable=True)


class Welcome(SQLModel, table=True):
    """A person turned to us in a community for the first time. Owner: `communities.people.people`."""

    __tablename__ = "welcome"
    __table_args__ = (UniqueConstraint("community", "person"), REMEMBERED)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    person: str
    welcomed_at: datetime = instant()


class GuardIncident(SQLModel, table=True):
    """A message that looked like patient data: rule, room and time only. Owner: `communities.patient_data_log`."""

    __tablename__ = "guard_incident"

    id: int | None = serial()
    room_id: str
    rule: str
    seen_at: datetime = instant()


class Undo(SQLModel, table=True):
    """A change that a team made, and how to undo it; it names no person. Owner: `communities.team.undo`.

    `arguments`: the fields that `verb` sets to restore `thing`. `expects`: the fields that it must still have now.
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


class RoomMove(SQLModel, table=True):
    """A linked room that was closed by somebody who may close it, and whose successor we have not seen yet. Owner:
    `communities.room_moves`.

    `closing` is the event that closed it, `mover` its sender.
    """

    __tablename__ = "room_move"
    __table_args__ = (Index("ix_room_move_successor", "account", "successor"),)

    room_id: str = Field(primary_key=True)
    account: str
    successor: str
    mover: str
    closing: str
    begun_at: datetime = Field(sa_type=Instant)


class QuotaUse(SQLModel, table=True):
    """How many of a kind a person, or the people of a room, made in a day. Owner: `communities.people.quota_uses`.

    `subject` is a fingerprint for this day: it names nobody, and survives an erasure, which would else reset the count.
    `told`: the subject was informed that the quota is used up.
    """

    __tablename__ = "quota_use"
    __table_args__ = (UniqueConstraint("subject", "kind", "day"),)

    id: int | None = serial()
    subject: str
    kind: str
    day: str = Field(index=True)
    made: int
    told: bool = False
