"""Events addressed to us, each stored once, in the order of its room; and how far we have read the sync stream."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy
from sqlalchemy import bindparam, case, delete, exists, func, update
from sqlmodel import col, select

from bot.events.events import Event, MessageReceived, PatientDataSeen, ReactionAdded, rebuild
from bot.mailbox.tables import InboxEvent, SyncGap, SyncState
from bot.mailbox.turns import turn
from bot.store.columns import columns
from bot.store.database import Transaction
from bot.store.old_rows import delete_some

PENDING, WAITING, DONE, IGNORED, FAILED = "pending", "waiting", "done", "ignored", "failed"
SET_ASIDE = "set aside"
"""The bot died too often while handling it."""

TURN = 20_000
"""Positions of one sync turn: a gap's events fill the lower half, the batch's own the upper half."""
GAP_LIMIT = TURN // 2
AT_ONCE = 50
KEPT = timedelta(days=30)
"""How long a handled row stays, so that a replayed event is known; it holds no text."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event and its place in the room's order. `waiting`: it refers to an event of ours not confirmed yet."""

    event: Event
    position: int
    status: Literal["pending", "waiting"] = "pending"


@dataclass(frozen=True, slots=True)
class Gap:
    """A room's timeline between two tokens, newest first from `from_token`; `to_token` None: up to our arrival."""

    room_id: str
    from_token: str
    to_token: str | None
    turn: int


async def sync_state(tx: Transaction, account: str) -> SyncState | None:
    """The account's last sync token and turn; None before its first sync."""
    return await tx.get(SyncState, account)


_MOVE = (
    update(SyncState)
    .where(col(SyncState.account) == bindparam("mover"))
    .values(since=bindparam("since"), turn=bindparam("turn"))
)


async def move(tx: Transaction, account: str, *, since: str, turn: int) -> None:
    """Remember that everything before this token is in the inbox."""
    place = {"since": since, "turn": turn}
    moved = await tx.exec(_MOVE, {"mover": account} | place)
    if moved.rowcount == 0:
        await tx.insert_new(SyncState, {"account": account} | place)


async def keep(tx: Transaction, account: str, arrivals: Sequence[Arrival], *, now: datetime) -> None:
    """Store the events that are new."""
    await tx.insert_all_new(InboxEvent, [_row(account, arrival, now) for arrival in arrivals])


def _row(account: str, arrival: Arrival, now: datetime) -> dict[str, object]:
    event = arrival.event
    return {
        "account": account,
        "source_key": event.event_id,
        "room_id": event.room_id,
        "sender": event.sender,
        "kind": event.kind,
        "details": event.details(),
        "sent_at": event.sent_at,
        "position": arrival.position,
        "status": arrival.status,
        "received_at": now,
    }


def event_of(row: InboxEvent) -> Event:
    """The event that a row holds."""
    return rebuild(
        row.kind,
        event_id=row.source_key,
        room_id=row.room_id,
        sender=row.sender,
        sent_at=row.sent_at,
        details=row.details,
    )


_ROWS = columns(InboxEvent)
_NEXT = (
    sqlalchemy.select(_ROWS)
    .where(
        _ROWS.c.account == bindparam("account"),
        _ROWS.c.status == PENDING,
        _ROWS.c.room_id == bindparam("room_id"),
        ~exists().where(col(SyncGap.account) == bindparam("account"), col(SyncGap.room_id) == bindparam("room_id")),
    )
    .order_by(_ROWS.c.position, _ROWS.c.id)
    .limit(AT_ONCE)
)


_SAID = (MessageReceived.kind, ReactionAdded.kind)
"""Kinds that may be handled out of order: any other may depend on an event before it."""
_OF_OTHERS = _NEXT.where(_ROWS.c.kind.in_(_SAID), _ROWS.c.sender.not_in(bindparam("many", expanding=True)))


async def next_in(tx: Transaction, account: str, room_id: str) -> tuple[list[InboxEvent], bool]:
    """The room's events to be handled now, and whether there may be more; none while a gap is open.

    They are its oldest, at most AT_ONCE; people do not wait for a flood of somebody else's.
    """
    place = {"account": account, "room_id": room_id}

    async def others(many: Collection[str]) -> Sequence[InboxEvent]:
        return await tx.rows(InboxEvent, _OF_OTHERS, place | {"many": sorted(many)})

    oldest = await tx.rows(InboxEvent, _NEXT, place)
    return await turn(oldest, lambda row: row.sender, others, most=AT_ONCE)


_CLOSE = (
    update(InboxEvent)
    .where(col(InboxEvent.id) == bindparam("row_id"))
    .values(
        status=bindparam("status"),
        details={},
        handled_at=bindparam("handled_at"),
        reference=bindparam("reference"),
        sender=case((col(InboxEvent.kind) == PatientDataSeen.kind, ""), else_=col(InboxEvent.sender)),
    )
)


async def close(
    tx: Transaction, *rows: InboxEvent, now: datetime, status: str = DONE, reference: str | None = None
) -> None:
    """Mark rows as handled and empty them; where patient data was seen, erase the sender too."""
    values = {"status": status, "handled_at": now, "reference": reference}
    await tx.exec(_CLOSE, [values | {"row_id": row.id} for row in rows])


async def newest(tx: Transaction, account: str) -> int:
    """The number of the row that was written last."""
    last = select(func.max(InboxEvent.id)).where(InboxEvent.account == account)
    return (await tx.exec(last)).one() or 0


async def in_hand(tx: Transaction, row: InboxEvent, *, starts: int) -> None:
    """Record how many starts of the bot found this row begun but not finished."""
    await tx.exec(update(InboxEvent).where(col(InboxEvent.id) == row.id).values(starts=starts))


async def rooms_with_work(tx: Transaction, account: str) -> set[str]:
    """Rooms in which something is to be handled or read."""
    todo = select(InboxEvent.room_id).where(
        InboxEvent.account == account, col(InboxEvent.status).in_((PENDING, WAITING))
    )
    return set(await tx.exec(todo.distinct())) | await rooms_with_gaps(tx, account)


async def rooms_with_gaps(tx: Transaction, account: str) -> set[str]:
    """Rooms of which a part of the timeline is still to be read."""
    return set(await tx.exec(select(SyncGap.room_id).where(SyncGap.account == account).distinct()))


async def rooms_that_wait(tx: Transaction, account: str) -> set[str]:
    """Rooms in which something waits for sends in flight."""
    waiting = select(InboxEvent.room_id).where(InboxEvent.account == account, InboxEvent.status == WAITING)
    return set(await tx.exec(waiting.distinct()))


async def knows(tx: Transaction, account: str, event_ids: Sequence[str], *, room_id: str) -> set[str]:
    """Those of the room's events that are or were in the inbox."""
    found = select(InboxEvent.source_key).where(
        InboxEvent.account == account, col(InboxEvent.source_key).in_(event_ids), InboxEvent.room_id == room_id
    )
    return set(await tx.exec(found))


async def author(tx: Transaction, account: str, source_key: str) -> str | None:
    """Who sent an event, None when it never was in the inbox."""
    found = select(InboxEvent.sender).where(InboxEvent.account == account, InboxEvent.source_key == source_key)
    return (await tx.exec(found)).first()


async def waiting_in(tx: Transaction, account: str, room_id: str) -> Sequence[InboxEvent]:
    """What waits for the room's sends in flight, in order."""
    rows = (
        select(InboxEvent)
        .where(InboxEvent.account == account, InboxEvent.room_id == room_id, InboxEvent.status == WAITING)
        .order_by(col(InboxEvent.position), col(InboxEvent.id))
    )
    return (await tx.exec(rows)).all()


async def release(tx: Transaction, row: InboxEvent, event: Event) -> None:
    """Let a waiting row be handled; `event` is what it holds from now on."""
    mine = update(InboxEvent).where(col(InboxEvent.id) == row.id, col(InboxEvent.status) == WAITING)
    await tx.exec(mine.values(status=PENDING, kind=event.kind, details=event.details()))


async def withdraw(tx: Transaction, account: str, source_key: str, *, room_id: str, now: datetime) -> None:
    """Ignore a waiting event that its sender removed before it was handled."""
    waiting = update(InboxEvent).where(
        col(InboxEvent.account) == account,
        col(InboxEvent.source_key) == source_key,
        col(InboxEvent.room_id) == room_id,
        col(InboxEvent.status) == WAITING,
    )
    await tx.exec(waiting.values(status=IGNORED, details={}, handled_at=now))


async def open_gaps(tx: Transaction, account: str, gaps: Sequence[Gap]) -> None:
    """Remember what a sync left out, to be read room by room."""
    tx.add_all(
        SyncGap(
            account=account,
            room_id=gap.room_id,
            from_token=gap.from_token,
            to_token=gap.to_token,
            turn=gap.turn,
        )
        for gap in gaps
    )
    await tx.flush()


async def gap_of(tx: Transaction, account: str, room_id: str) -> SyncGap | None:
    """The oldest part of the room's timeline that is still to be read."""
    found = (
        select(SyncGap)
        .where(SyncGap.account == account, SyncGap.room_id == room_id)
        .order_by(col(SyncGap.turn))
        .limit(1)
    )
    return (await tx.exec(found)).first()


async def close_gap(tx: Transaction, gap: SyncGap) -> None:
    """Forget a part that was read, or cannot be read."""
    await tx.exec(delete(SyncGap).where(col(SyncGap.id) == gap.id))


async def last_sender(tx: Transaction, account: str, room_id: str, kind: str) -> str | None:
    """Who sent the latest event of a kind in a room, as far as it is still known."""
    rows = select(InboxEvent.sender).where(
        InboxEvent.account == account, InboxEvent.room_id == room_id, InboxEvent.kind == kind
    )
    return (await tx.exec(rows.order_by(col(InboxEvent.id).desc()))).first()


async def latest(tx: Transaction, person: str | None = None) -> Sequence[tuple[str, datetime]]:
    """Who wrote or reacted to us, or this person alone, and when last, as far back as handled events are stored."""
    rows = columns(InboxEvent).c
    gestures = rows.kind.in_((MessageReceived.kind, ReactionAdded.kind))
    theirs = gestures & (rows.sender == person) if person is not None else gestures
    latest = sqlalchemy.select(rows.sender, func.max(rows.received_at).label("at")).where(theirs).group_by(rows.sender)
    return [(row["sender"], row["at"]) for row in await tx.read(latest)]


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Remove rows that no replay can need any more; returns how many."""
    handled = col(InboxEvent.status).in_((DONE, IGNORED, FAILED, SET_ASIDE))
    return await delete_some(tx, InboxEvent, handled, col(InboxEvent.handled_at) < now - KEPT)


async def start_anew(tx: Transaction) -> int:
    """After a restore: drop what waits, for it may have been answered since the backup, and the sync token.

    Returns how many events waited; invitations among them come again by themselves.
    """
    waiting = await tx.exec(delete(InboxEvent).where(col(InboxEvent.status).in_((PENDING, WAITING))))
    await tx.exec(delete(SyncGap))
    await tx.exec(delete(SyncState))
    return waiting.rowcount


async def set_aside(tx: Transaction, account: str) -> int:
    """How many events were set aside, as far back as handled ones are kept."""
    count = select(func.count()).where(InboxEvent.account == account, InboxEvent.status == SET_ASIDE)
    return (await tx.exec(count)).one()


async def backlog(tx: Transaction, account: str) -> int:
    """How many events are still to be handled."""
    count = select(func.count()).where(InboxEvent.account == account, InboxEvent.status == PENDING)
    return (await tx.exec(count)).one()
