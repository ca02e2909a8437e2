"""The whole schema on one page. Each table has one owner: the service named after it."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Dialect, Index, Integer, Table, Text, UniqueConstraint, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING

Serial = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts by itself only in a column of type INTEGER."""


class Instant(TypeDecorator[datetime]):
    """An aware instant, in UTC; SQLite would forget the zone, so a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def serial() -> Any:
    """A primary key that counts by itself."""
    return Field(default=None, sa_column=Column(Serial, primary_key=True, autoincrement=True))


def _instant(*, nullable: bool = False, index: bool = False) -> Any:
    default = None if nullable else ...
    return Field(default=default, sa_type=Instant, nullable=nullable, index=index)


# ── the engine ────────────────────────────────────────────────────────────────────────────────────────────


class SyncState(SQLModel, table=True):
    """Where each account stands in the homeserver's stream. Owner: `services.inbox`."""

    __tablename__ = "sync_state"

    account: str = Field(primary_key=True)
    since: str = Field(sa_type=Text)
    turn: int = Field(sa_type=BigInteger)


class SyncGap(SQLModel, table=True):
    """A part of a room's timeline that a sync left out and that is still to be read. Owner: `services.inbox`."""

    __tablename__ = "sync_gap"

    id: int | None = serial()
    account: str
    room_id: str
    from_token: str = Field(sa_type=Text)
    to_token: str | None = Field(default=None, sa_type=Text)
    turn: int = Field(sa_type=BigInteger)


class InboxEvent(SQLModel, table=True):
    """What is addressed to us, once; the details are emptied when it is handled. Owner: `services.inbox`.

    `starts`: how often it was in hand when the bot died, as far as that is known.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("account", "source_key"),
        Index("ix_inbox_todo", "account", "status", "room_id", "position"),
    )

    id: int | None = serial()
    account: str
    source_key: str
    room_id: str
    sender: str
    kind: str
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    sent_at: datetime = _instant()
    position: int = Field(sa_type=BigInteger)
    status: str
    received_at: datetime = _instant()
    handled_at: datetime | None = _instant(nullable=True)
    reference: str | None = None
    starts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class UnreadableEvent(SQLModel, table=True):
    """A message whose key has not come: where it is, nothing of what it says. Owner: `services.unreadable`."""

    __tablename__ = "unreadable"
    __table_args__ = (UniqueConstraint("account", "event_id"),)

    id: int | None = serial()
    account: str
    event_id: str
    room_id: str
    session_id: str
    position: int = Field(sa_type=BigInteger)
    noted_at: datetime = _instant()
    tried: bool = False
    told: bool = False


class OutboxMessage(SQLModel, table=True):
    """What is to be said or done, once; the content is emptied when it is sent. Owner: `services.outbox`.

    `fallback` says what to say elsewhere if a room cannot be had; it stays until the person has accepted it.
    `thread` is the first event of the thread that a message is in.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("account", "key"),
        UniqueConstraint("account", "txn_id"),
        Index("ix_outbox_todo", "account", "status", "lane", "id"),
        Index("ix_outbox_event", "account", "event_id"),
        Index(
            "ix_outbox_open",
            *("account", "room_id", "id"),
            sqlite_where=text("open IS 1"),
            postgresql_where=text("open IS true"),
        ),
    )

    id: int | None = serial()
    account: str
    key: str
    txn_id: str
    lane: str
    room_id: str | None = None
    recipient: str | None = None
    kind: str
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    parent: str | None = None
    answers: str | None = Field(default=None, index=True)
    asker: str | None = None
    fallback: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    thread: str | None = None
    about: str | None = Field(default=None, index=True)
    open: bool = False
    priority: int = 0
    status: str
    device_id: str
    entered_at: datetime = _instant()
    expires_at: datetime | None = _instant(nullable=True)
    sent_at: datetime | None = _instant(nullable=True)
    event_id: str | None = None
    failure: str | None = None


class Timer(SQLModel, table=True):
    """Something to do for an item at an instant, once. Owner: `services.timers`."""

    __tablename__ = "timer"
    __table_args__ = (UniqueConstraint("kind", "item"), Index("ix_timer_due", "account", "due_at"))

    id: int | None = serial()
    account: str
    kind: str
    item: str
    due_at: datetime = _instant()
    failures: int = 0


class Reaction(SQLModel, table=True):
    """A reaction to one of our cards that still stands, to understand its removal. Owner: `services.reactions`."""

    __tablename__ = "reaction"
    __table_args__ = (
        UniqueConstraint("account", "event_id"),
        Index("ix_reaction_target", "account", "target"),
    )

    id: int | None = serial()
    account: str
    event_id: str
    room_id: str
    target: str
    sender: str
    emoji: str


class DirectChat(SQLModel, table=True):
    """The room in which an account and a person talk alone. Owner: `services.direct_chats`."""

    __tablename__ = "direct_chat"
    __table_args__ = (UniqueConstraint("account", "person"), UniqueConstraint("account", "room_id"))

    id: int | None = serial()
    account: str
    person: str
    room_id: str
    status: str = "accepted"


class Dialogue(SQLModel, table=True):
    """What a person is filling in, or may choose from, in a room; emptied when it ends. Owner: `services.dialogues`."""

    __tablename__ = "dialogue"
    __table_args__ = (Index("ix_dialogue_of", "account", "room_id", "person", "status"),)

    id: int | None = serial()
    account: str
    room_id: str
    person: str
    community: str | None = None
    kind: str
    name: str
    step: int = 0
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    status: str = "open"
    opened_at: datetime = _instant()
    expires_at: datetime = _instant(index=True)


# ── communities, rooms, people ────────────────────────────────────────────────────────────────────────────


class Community(SQLModel, table=True):
    """A community of practice. Owner: `services.communities`."""

    __tablename__ = "community"

    slug: str = Field(primary_key=True)
    name: dict[str, str] = Field(sa_type=JSON)
    language: str
    time_zone: str
    main_room: str | None = None
    contact: str | None = None
    created_at: datetime = _instant()
    announced_at: datetime | None = _instant(nullable=True)


class Topic(SQLModel, table=True):
    """A subject that experts volunteer for. Owner: `services.communities`."""

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("community", "slug"),)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    slug: str
    name: dict[str, str] = Field(sa_type=JSON)
    parent: str | None = None


class RoomBinding(SQLModel, table=True):
    """A room that belongs to a community; exactly one account serves it. Owner: `services.rooms`."""

    __tablename__ = "room_binding"

    room_id: str = Field(primary_key=True)
    account: str
    community: str = Field(foreign_key="community.slug", index=True)
    kind: str = "public"
    language: str | None = None
    protection: str = "warn"
    linked_by: str
    linked_at: datetime = _instant()


class LinkRequest(SQLModel, table=True):
    """Somebody asks that a room be linked to a community; a moderator of it answers. Owner: `services.rooms`."""

    __tablename__ = "link_request"

    id: int | None = serial()
    account: str
    room_id: str
    community: str = Field(foreign_key="community.slug")
    asked_by: str
    asked_at: datetime = _instant()
    status: str = "open"


class Appointment(SQLModel, table=True):
    """A role that was given to a person in a community. Owner: `services.people`."""

    __tablename__ = "appointment"
    __table_args__ = (UniqueConstraint("community", "person", "role"),)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    person: str
    role: str
    given_by: str
    given_at: datetime = _instant()
    ended_at: datetime | None = _instant(nullable=True)


class Person(SQLModel, table=True):
    """What a person has set for themselves. Owner: `services.people`."""

    __tablename__ = "person"

    mxid: str = Field(primary_key=True)
    language: str | None = None
    time_zone: str | None = None
    community: str | None = None
    stopped: bool = False


class Welcome(SQLModel, table=True):
    """A person was welcomed in a community: it happens once. Owner: `services.people`."""

    __tablename__ = "welcome"
    __table_args__ = (UniqueConstraint("community", "person"),)

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    person: str
    welcomed_at: datetime = _instant()


class GuardIncident(SQLModel, table=True):
    """A message that looked like patient data: rule, room and time, no name, no text. Owner: `services.guard`."""

    __tablename__ = "guard_incident"

    id: int | None = serial()
    room_id: str
    rule: str
    seen_at: datetime = _instant()


# ── knowledge ─────────────────────────────────────────────────────────────────────────────────────────────


class Resource(SQLModel, table=True):
    """Something to be found once it is `published`, and until it is archived. Owner: `services.resources`.

    `owner` answers for its freshness every `interval_months` (0: nobody is asked). `outdated`: a member said so.
    """

    __tablename__ = "resource"
    __table_args__ = (UniqueConstraint("community", "url"), Index("ix_resource_revision", "revision"))

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    title: str
    url: str
    summary: str = ""
    kind: str = "publication"
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    source: str = ""
    ready: bool = False
    state: str = "published"
    merged_into: int | None = Field(default=None, sa_type=BigInteger)
    owner: str | None = None
    interval_months: int = 12
    verified_on: str | None = None
    outdated: bool = False
    useful: int = 0
    useless: int = 0
    tokens: str = Field(default="", sa_type=Text)
    revision: int = Field(sa_type=BigInteger)


class ResourceRevision(SQLModel, table=True):
    """How often resources (1) and synonyms (2) were written; the index compares it. Owner: `services.revisions`."""

    __tablename__ = "resource_revision"

    id: int = Field(default=1, primary_key=True)
    number: int = Field(sa_type=BigInteger)


class SearchMiss(SQLModel, table=True):
    """Words that found nothing, without who wrote them. Owner: `services.misses`."""

    __tablename__ = "search_miss"

    id: int | None = serial()
    community: str = Field(foreign_key="community.slug")
    words: str
    missed_at: datetime = _instant()


def columns(table: type[SQLModel]) -> Table:
    """The bare table, for statements that need no objects."""
    return SQLModel.metadata.tables[str(table.__tablename__)]
