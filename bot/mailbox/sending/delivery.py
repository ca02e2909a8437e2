"""The sender's side of the outbox table: which rows to send next, and what became of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import bindparam, func, update
from sqlmodel import col, select

from bot.events.room_actions import FILES, NAMES, CreateRoom, Join, Leave, React
from bot.mailbox import direct_chats
from bot.mailbox.sending import fallbacks
from bot.mailbox.sending.outbox import EDIT, FAILED, HELD, KEPT, MESSAGE, PENDING, SENT, SET_ASIDE, SUPERSEDED, lane_of
from bot.mailbox.tables import OutboxMessage
from bot.mailbox.turns import turn
from bot.store.columns import columns
from bot.store.database import Transaction
from bot.store.old_rows import delete_some

AT_ONCE = 50
_UNSENT = col(OutboxMessage.status).in_((PENDING, HELD))
_AGAIN = (NAMES[Join], NAMES[Leave])
"""Actions that may be done twice, for nobody notices."""
SAID = (MESSAGE, EDIT, *FILES)
"""Kinds of rows that whoever is in the room can read."""
NOT_ALONE, TOO_LATE = "NOT_ALONE", "TOO_LATE"


async def lanes(tx: Transaction, account: str) -> set[str]:
    """Lanes in which something is still to be sent, now or once we may write there."""
    found = select(OutboxMessage.lane).where(OutboxMessage.account == account, _UNSENT)
    return set(await tx.exec(found.distinct()))


_ROWS = columns(OutboxMessage)
_NEXT = (
    sqlalchemy.select(_ROWS)
    .where(
        _ROWS.c.account == bindparam("account"),
        _ROWS.c.status == PENDING,
        _ROWS.c.lane == bindparam("lane"),
    )
    .order_by(_ROWS.c.id)
    .limit(AT_ONCE)
)


_MESSAGES_OF_OTHERS = sqlalchemy.select(_ROWS.c.key).where(
    _ROWS.c.account == bindparam("account"),
    _ROWS.c.status == PENDING,
    _ROWS.c.lane == bindparam("lane"),
    _ROWS.c.kind == MESSAGE,
    sqlalchemy.or_(_ROWS.c.asker.is_(None), _ROWS.c.asker.not_in(bindparam("many", expanding=True))),
)
_OF_OTHERS = _NEXT.where(
    sqlalchemy.or_(
        _ROWS.c.key.in_(_MESSAGES_OF_OTHERS),
        sqlalchemy.and_(_ROWS.c.kind == NAMES[React], _ROWS.c.parent.in_(_MESSAGES_OF_OTHERS)),
    )
)
"""Messages, with the emoji placed under them. Any other row may depend on an earlier one, and keeps its place."""


async def next_in(tx: Transaction, account: str, lane: str) -> tuple[list[OutboxMessage], bool]:
    """The rows of a lane to be sent now, and whether there may be more.

    They are its oldest, at most AT_ONCE; nobody waits for a flood of answers to somebody else.
    """
    place = {"account": account, "lane": lane}

    async def others(many: Collection[str]) -> Sequence[OutboxMessage]:
        return await tx.rows(OutboxMessage, _OF_OTHERS, place | {"many": sorted(many)})

    oldest = await tx.rows(OutboxMessage, _NEXT, place)
    return await turn(oldest, lambda row: row.asker, others, most=AT_ONCE)


async def newest(tx: Transaction, account: str) -> int:
    """The number of the row that was written last."""
    last = select(func.max(OutboxMessage.id)).where(OutboxMessage.account == account)
    return (await tx.exec(last)).one() or 0


_SETTLE = (
    update(OutboxMessage)
    .where(col(OutboxMessage.id) == bindparam("row_id"))
    .values(
        status=bindparam("status"),
        content={},
        event_id=bindparam("event_id"),
        sent_at=bindparam("sent_at"),
        failure=bindparam("failure"),
    )
)


async def mark_sent(tx: Transaction, arrived: Sequence[tuple[OutboxMessage, str | None]], *, now: datetime) -> None:
    """Mark rows as sent, each with the id of its event or room, and empty them."""
    await _settle(tx, [_fate(row, status=SENT, event_id=identity, sent_at=now) for row, identity in arrived])
    for row, _identity in arrived:
        if row.fallback is not None:
            await fallbacks.arrived(tx, row)


async def mark_failed(tx: Transaction, row: OutboxMessage, *, reason: str, now: datetime) -> set[str]:
    """Mark a row that can never arrive; `reason` is the server's error code, for the moderators.

    Returns the lanes in which its fallback now waits.
    """
    await _settle(tx, [_fate(row, status=FAILED, failure=reason)])
    row = await _as_it_is(tx, row)
    if row.kind == NAMES[CreateRoom]:
        if row.recipient and reason != TOO_LATE:
            await direct_chats.impossible(tx, row.account, row.recipient)
        return await fallbacks.take(tx, row.account, row.lane, now=now)
    return await fallbacks.of(tx, [row], now=now)


async def _as_it_is(tx: Transaction, row: OutboxMessage) -> OutboxMessage:
    """The row read again: its recipient may have been erased while it was being sent."""
    return await tx.get(OutboxMessage, row.id, with_for_update=True) or row


async def mark_superseded(tx: Transaction, rows: Sequence[OutboxMessage]) -> None:
    """Mark edits that a newer edit makes useless."""
    await _settle(tx, [_fate(row, status=SUPERSEDED) for row in rows])


async def _settle(tx: Transaction, fates: Sequence[dict[str, Any]]) -> None:
    if fates:
        await tx.exec(_SETTLE, fates)


def _fate(
    row: OutboxMessage,
    *,
    status: str,
    event_id: str | None = None,
    sent_at: datetime | None = None,
    failure: str | None = None,
) -> dict[str, Any]:
    return {"row_id": row.id, "status": status, "event_id": event_id, "sent_at": sent_at, "failure": failure}


def newest_edits(rows: Sequence[OutboxMessage]) -> tuple[list[OutboxMessage], list[OutboxMessage]]:
    """The rows to send, and the edits among them that a later edit of the same message replaces."""
    last = {row.parent: row.id for row in rows if row.kind == EDIT}
    useless = [row for row in rows if row.kind == EDIT and last[row.parent] != row.id]
    return [row for row in rows if row not in useless], useless


async def room_made(tx: Transaction, row: OutboxMessage, room_id: str, *, direct: bool) -> None:
    """Send what waited for a room to it. If its person was erased meanwhile, it becomes nobody's direct chat."""
    row = await _as_it_is(tx, row)
    waiting = update(OutboxMessage).where(
        col(OutboxMessage.account) == row.account,
        col(OutboxMessage.lane) == row.lane,
        col(OutboxMessage.status) == PENDING,
        col(OutboxMessage.id) != row.id,
    )
    await tx.exec(waiting.values(lane=room_id, room_id=room_id))
    if direct and row.recipient:
        await direct_chats.opened(tx, row.account, row.recipient, room_id, status=direct_chats.INVITED)


async def readdress(tx: Transaction, row: OutboxMessage) -> str | None:
    """Move a row to the direct chat that its lane became; returns the room, None when there is none."""
    room_id = await direct_chats.room_of(tx, row.account, row.recipient) if row.recipient else None
    if room_id is not None:
        mine = update(OutboxMessage).where(col(OutboxMessage.id) == row.id)
        await tx.exec(mine.values(lane=room_id, room_id=room_id))
    return room_id


async def take_elsewhere(tx: Transaction, row: OutboxMessage, *, now: datetime) -> set[str]:
    """Move what waits for one person alone out of a room that others have joined, to another direct chat.

    The room is no direct chat until they have left. Rows that were moved once before, and rows about a message that is
    not moved, fail. Returns the lanes to wake.
    """
    assert row.room_id is not None
    await direct_chats.shared(tx, row.account, row.room_id)
    lanes, gone = set[str](), set[str | None]()
    for each in await _for_them_alone(tx, row):
        lane = await lane_of(tx, row.account, row.device_id, direct_chats.lane(row.recipient or ""), now=now)
        if lane is not None and each.failure is None and (each.kind == MESSAGE or each.parent in gone):
            await _take(tx, each, lane)
            gone.add(each.key)
            lanes.add(lane)
        else:
            lanes |= await mark_failed(tx, each, reason=NOT_ALONE, now=now)
    return lanes


async def _for_them_alone(tx: Transaction, row: OutboxMessage) -> Sequence[OutboxMessage]:
    """The rows that wait in this row's room for the same person, in order."""
    rows = select(OutboxMessage).where(
        OutboxMessage.account == row.account,
        OutboxMessage.status == PENDING,
        OutboxMessage.room_id == row.room_id,
        OutboxMessage.recipient == row.recipient,
        col(OutboxMessage.kind).in_((*SAID, NAMES[React])),
    )
    return (await tx.exec(rows.order_by(col(OutboxMessage.id)))).all()


async def _take(tx: Transaction, row: OutboxMessage, lane: str) -> None:
    """Move a row to a lane, without the reply and thread of its old room; `failure` records why it was moved."""
    content = row.content | ({"reply_to": None, "thread": None} if row.kind == MESSAGE else {})
    room_id = lane if lane.startswith("!") else None
    mine = update(OutboxMessage).where(col(OutboxMessage.id) == row.id)
    await tx.exec(mine.values(lane=lane, room_id=room_id, content=content, thread=None, failure=NOT_ALONE))


async def made(tx: Transaction, account: str, marker: str) -> str | None:
    """The key of the row of ours that creates, or created, a room under this transaction id; None for none."""
    mine = (OutboxMessage.account == account, OutboxMessage.txn_id == marker, OutboxMessage.kind == NAMES[CreateRoom])
    return (await tx.exec(select(OutboxMessage.key).where(*mine))).first()


async def parent_event(tx: Transaction, row: OutboxMessage) -> str | None:
    """The event id of the message that a row edits or marks; None when it was never sent."""
    found = select(OutboxMessage.event_id).where(OutboxMessage.account == row.account, OutboxMessage.key == row.parent)
    return (await tx.exec(found)).first()


async def adopt(tx: Transaction, account: str, room_id: str, echoes: dict[str, str], *, now: datetime) -> set[str]:
    """Mark rows as sent whose events came back from a room: transaction id -> event id. Returns their lanes."""
    rows = select(OutboxMessage).where(
        OutboxMessage.account == account,
        OutboxMessage.room_id == room_id,
        OutboxMessage.status == PENDING,
        col(OutboxMessage.txn_id).in_(list(echoes)),
    )
    found = (await tx.exec(rows)).all()
    await mark_sent(tx, [(row, echoes[row.txn_id]) for row in found], now=now)
    return {row.lane for row in found}


async def in_flight(tx: Transaction, account: str, room_id: str) -> bool:
    """Whether the room has rows whose arrival is not confirmed yet."""
    return bool(await tx.rows(OutboxMessage, _NEXT, {"account": account, "lane": room_id}))


async def drop(tx: Transaction, account: str, room_id: str) -> int:
    """Mark as failed what waits for a room that we have left; returns how many rows."""
    rows = update(OutboxMessage).where(
        col(OutboxMessage.account) == account,
        _UNSENT,
        col(OutboxMessage.lane) == room_id,
        col(OutboxMessage.kind).not_in(_AGAIN),
    )
    return (await tx.exec(rows.values(status=FAILED, failure="LEFT", content={}))).rowcount


async def withdraw(tx: Transaction, account: str, person: str, *, of: str) -> None:
    """Do not send what waits for a person in private under keys that begin with `of`."""
    rows = update(OutboxMessage).where(
        col(OutboxMessage.account) == account,
        col(OutboxMessage.status) == PENDING,
        col(OutboxMessage.recipient) == person,
        col(OutboxMessage.key).startswith(of, autoescape=True),
    )
    await tx.exec(rows.values(status=SUPERSEDED, content={}))


async def set_aside(tx: Transaction) -> Sequence[OutboxMessage]:
    """After a restore: do not send pending rows, for they may have been sent since the backup. Returns them."""
    unsettled = (_UNSENT, col(OutboxMessage.kind).not_in(_AGAIN))
    found = (await tx.exec(select(OutboxMessage).where(*unsettled).order_by(col(OutboxMessage.id)))).all()
    aside = update(OutboxMessage).where(*unsettled)
    await tx.exec(aside.values(status=SET_ASIDE, content={}, fallback=None))
    return found


async def count(tx: Transaction, account: str, status: str) -> int:
    """How many rows of the account have this status."""
    number = select(func.count()).where(OutboxMessage.account == account, OutboxMessage.status == status)
    return (await tx.exec(number)).one()


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Remove what was settled long ago and waits for nobody; returns how many rows.

    Rows that made a direct chat stay: the next one's key counts them.
    """
    return await delete_some(
        tx,
        OutboxMessage,
        col(OutboxMessage.status) != PENDING,
        col(OutboxMessage.open).is_(False),
        col(OutboxMessage.kind) != NAMES[CreateRoom],
        col(OutboxMessage.entered_at) < now - KEPT,
    )


async def said_about(tx: Transaction, account: str, kind: str, *, since: datetime) -> Sequence[tuple[str, datetime]]:
    """The items of this kind that our messages since then were about, and when each entered the outbox."""
    here = (_ROWS.c.account == account, _ROWS.c.about.startswith(f"{kind}:"), _ROWS.c.entered_at >= since)
    rows = await tx.read(sqlalchemy.select(_ROWS.c.about, _ROWS.c.entered_at).where(*here))
    return [(row["about"].partition(":")[2], row["entered_at"]) for row in rows]
