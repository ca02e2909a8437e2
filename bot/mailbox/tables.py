"""What came in, what goes out, what is open with somebody. Each table has one owner, named in its docstring."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.store.columns import REMEMBERED, instant, serial


def txn_id() -> str:
    """A new Matrix transaction id, stored with its row before the first attempt and used for every one.

    Synapse remembers (room, user, device, id) for a day and does not look at the event's type. We recognise our own
    events by it, so nobody must be able to guess it.
    """
    return secrets.token_hex(20)


class SyncState(SQLModel, table=True):
    """How far each account has read the homeserver's stream. Owner: `mailbox.receiving.inbox`."""

    __tablename__ = "sync_state"

    account: str = Field(primary_key=True)
    since: str = Field(sa_type=Text)
    turn: int = Field(sa_type=BigInteger)


class SyncGap(SQLModel, table=True):
    """A part of a room's timeline that a sync left out and that is still to be read.

    Owner: `mailbox.receiving.inbox`.
    """

    __tablename__ = "sync_gap"

    id: int | None = serial()
    account: str
    room_id: str
    from_token: str = Field(sa_type=Text)
    to_token: str | None = Field(default=None, sa_type=Text)
    turn: int = Field(sa_type=BigInteger)


class InboxEvent(SQLModel, table=True):
    """An event addressed to us, stored once, and emptied when it is handled. Owner: `mailbox.receiving.inbox`.

    `starts`: how often the bot died while handling it, as far as that is known.
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
    sent_at: datetime = instant()
    position: int = Field(sa_type=BigInteger)
    status: str
    received_at: datetime = instant()
    handled_at: datetime | None = instant(nullable=True)
    reference: str | None = None
    starts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class UnreadableEvent(SQLModel, table=True):
    """A message whose key has not come: where it is, nothing of what it says.

    Owner: `mailbox.receiving.undecrypted`.
    """

    __tablename__ = "unreadable"
    __table_args__ = (UniqueConstraint("account", "event_id"),)

    id: int | None = serial()
    account: str
    event_id: str
    room_id: str
    session_id: str
    position: int = Field(sa_type=BigInteger)
    noted_at: datetime = instant()
    tried: bool = False
    told: bool = False


class OutboxMessage(SQLModel, table=True):
    """A message or action to be sent once; the content is emptied when it is sent. Owner: `mailbox.sending.outbox`.

    `fallback`: what to say elsewhere if the person cannot be reached; it stays until they accept the direct chat.
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
    entered_at: datetime = instant()
    expires_at: datetime | None = instant(nullable=True)
    sent_at: datetime | None = instant(nullable=True)
    event_id: str | None = None
    failure: str | None = None


class Timer(SQLModel, table=True):
    """Something to do for an item at an instant, once. Owner: `mailbox.timers`."""

    __tablename__ = "timer"
    __table_args__ = (UniqueConstraint("kind", "item"), Index("ix_timer_due", "account", "due_at"))

    id: int | None = serial()
    account: str
    kind: str
    item: str
    due_at: datetime = instant()
    failures: int = 0


class Reaction(SQLModel, table=True):
    """A reaction under one of our cards, stored so that its removal is understood.

    Owner: `mailbox.receiving.reactions`.
    """

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
    """A room in which an account and a person talk alone; they may have several. Owner: `mailbox.direct_chats`."""

    __tablename__ = "direct_chat"
    __table_args__ = (
        UniqueConstraint("account", "room_id"),
        Index("ix_direct_chat_person", "account", "person"),
        REMEMBERED,
    )

    id: int | None = serial()
    account: str
    person: str
    room_id: str
    status: str = "accepted"


class Dialogue(SQLModel, table=True):
    """What a person is filling in, or may choose from, in a room; emptied when it ends. Owner: `mailbox.dialogues`."""

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
    opened_at: datetime = instant()
    expires_at: datetime = instant(index=True)
