"""What is said in a room when a person cannot be reached alone: they declined, or may not be invited at all."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from bot.mailbox import direct_chats
from bot.mailbox.sending.outbox import FAILED, MESSAGE, PENDING, SENT, USUAL
from bot.mailbox.tables import OutboxMessage, txn_id
from bot.store.database import Transaction


async def arrived(tx: Transaction, row: OutboxMessage) -> None:
    """A row reached the direct chat: drop its fallback, unless the person has not accepted the invitation yet."""
    status = await direct_chats.status_of(tx, row.account, row.recipient) if row.recipient else None
    if status != direct_chats.INVITED:
        await _forget(tx, [row])


async def accepted(tx: Transaction, account: str, room_id: str) -> None:
    """The person joined the direct chat and can read it: drop the fallbacks of its rows."""
    rows = update(OutboxMessage).where(col(OutboxMessage.account) == account, col(OutboxMessage.lane) == room_id)
    await tx.exec(rows.where(col(OutboxMessage.fallback).is_not(None)).values(fallback=None))


async def take(tx: Transaction, account: str, lane: str, *, now: datetime) -> set[str]:
    """Nobody will read this lane: its pending rows fail, and fallbacks are sent. Returns the fallbacks' lanes."""
    rows = select(OutboxMessage).where(
        OutboxMessage.account == account,
        OutboxMessage.lane == lane,
        col(OutboxMessage.status).in_((PENDING, SENT)),
    )
    found = (await tx.exec(rows.order_by(col(OutboxMessage.id)))).all()
    for row in found:
        if row.status == PENDING:
            lost = update(OutboxMessage).where(col(OutboxMessage.id) == row.id)
            await tx.exec(lost.values(status=FAILED, failure="NO_DIRECT_CHAT", content={}))
    return await of(tx, [row for row in found if row.fallback and row.fallback["to"]], now=now)


async def of(tx: Transaction, rows: Iterable[OutboxMessage], *, now: datetime) -> set[str]:
    """Queue the fallbacks of these rows. Returns their lanes."""
    lanes = set()
    for row in rows:
        if row.fallback is not None:
            lane = str(row.fallback["to"] or row.lane)
            await tx.insert_new(OutboxMessage, _row(row, lane, now))
            await _forget(tx, [row])
            lanes.add(lane)
    return lanes


def _row(row: OutboxMessage, lane: str, now: datetime) -> dict[str, object]:
    assert row.fallback is not None
    key = f"{row.key}:elsewhere"
    return {
        "account": row.account,
        "key": key,
        "txn_id": txn_id(),
        "lane": lane,
        "room_id": lane,
        "kind": MESSAGE,
        "content": row.fallback["message"],
        "status": PENDING,
        "device_id": row.device_id,
        "entered_at": now,
        "priority": row.priority or USUAL,
        "about": row.about,
        "open": row.open,
        "asker": row.asker,
        "expires_at": row.expires_at,
        "fallback": None,
        "thread": row.fallback["message"]["thread"],
    }


async def _forget(tx: Transaction, rows: Iterable[OutboxMessage]) -> None:
    for row in rows:
        await tx.exec(update(OutboxMessage).where(col(OutboxMessage.id) == row.id).values(fallback=None))
