"""Rows for rooms in which we may not write at present: they are held, and sent once we may.

What would be out of date by then is dropped: answers to commands, cards that are closed, reminders of an hour ago.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select

from bot.events.room_actions import FILES, NAMES, React, Redact
from bot.mailbox.sending.outbox import EDIT, FAILED, HELD, MESSAGE, PENDING, SUPERSEDED, URGENT
from bot.mailbox.tables import OutboxMessage
from bot.store.database import Transaction

NO_RIGHT = "NO_RIGHT"
KINDS = (MESSAGE, EDIT, *FILES, NAMES[React], NAMES[Redact])
"""Rows that need the right to write, or depend on one that does."""
ANSWERS_FOR, URGENT_FOR, LONGEST = timedelta(minutes=10), timedelta(hours=1), timedelta(days=30)
"""How long an answer, an urgent message and any other row are worth sending."""


async def rooms(tx: Transaction, account: str) -> set[str]:
    """The rooms that have held rows."""
    found = select(OutboxMessage.lane).where(OutboxMessage.account == account, OutboxMessage.status == HELD)
    return set(await tx.exec(found.distinct()))


async def hold(tx: Transaction, account: str, room_id: str) -> None:
    """Hold what is to be sent to a room; not what is for one person there, which may be said elsewhere."""
    rows = update(OutboxMessage).where(
        col(OutboxMessage.account) == account,
        col(OutboxMessage.lane) == room_id,
        col(OutboxMessage.status) == PENDING,
        col(OutboxMessage.recipient).is_(None),
        col(OutboxMessage.kind).in_(KINDS),
    )
    await tx.exec(rows.values(status=HELD, failure=NO_RIGHT))


async def release(tx: Transaction, account: str, room_id: str, *, now: datetime) -> None:
    """Send what is held for a room, each message as its latest edit has it; drop what is out of date."""
    rows = await _of(tx, account, room_id)
    newest = {row.parent: row for row in rows if row.kind == EDIT}
    gone: set[str | None] = set()
    for row in rows:
        if row.parent in gone or (row.kind == MESSAGE and _is_out_of_date(row, now)):
            gone.add(row.key)
    messages = {row.key for row in rows if row.kind == MESSAGE and row.key not in gone}
    for row in rows:
        await _settle(tx, row, newest.get(row.key), dropped=row.key in gone or _is_told_by(row, messages))


async def _of(tx: Transaction, account: str, room_id: str) -> Sequence[OutboxMessage]:
    mine = (OutboxMessage.account == account, OutboxMessage.lane == room_id, OutboxMessage.status == HELD)
    return (await tx.exec(select(OutboxMessage).where(*mine).order_by(col(OutboxMessage.id)))).all()


def _is_out_of_date(row: OutboxMessage, now: datetime) -> bool:
    if (row.expires_at is not None and row.expires_at <= now) or (row.about is not None and not row.open):
        return True
    worth = ANSWERS_FOR if row.answers is not None else URGENT_FOR if row.priority == URGENT else LONGEST
    return not row.open and now - row.entered_at > worth


def _is_told_by(row: OutboxMessage, messages: set[str]) -> bool:
    """Whether it is the edit of a message that has not been sent yet, and says its words itself."""
    return row.kind == EDIT and row.parent in messages


async def _settle(tx: Transaction, row: OutboxMessage, edit: OutboxMessage | None, *, dropped: bool) -> None:
    mine = update(OutboxMessage).where(col(OutboxMessage.id) == row.id)
    if dropped:
        await tx.exec(mine.values(status=SUPERSEDED, content={}, open=False))
        return
    place = {name: row.content[name] for name in ("reply_to", "thread")} if edit is not None else {}
    content = row.content if edit is None else edit.content | place
    await tx.exec(mine.values(status=PENDING, failure=None, content=content))


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Give up what was held for long, and what has expired; returns how many rows."""
    too_late = (col(OutboxMessage.entered_at) < now - LONGEST) | (col(OutboxMessage.expires_at) <= now)
    rows = update(OutboxMessage).where(col(OutboxMessage.status) == HELD, too_late)
    return (await tx.exec(rows.values(status=FAILED, content={}, open=False))).rowcount
