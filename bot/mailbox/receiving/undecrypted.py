"""Messages whose key has not come yet: ids only, to be fetched again when it comes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from bot.events.events import Sealed
from bot.mailbox.tables import UnreadableEvent
from bot.store.database import Transaction

AT_ONCE = 100


async def note(tx: Transaction, account: str, found: Sequence[tuple[int, Sealed]], *, now: datetime) -> None:
    """Remember unreadable messages, each with its place in the room's order."""
    rows = [
        {
            "account": account,
            "event_id": event.event_id,
            "room_id": event.room_id,
            "session_id": event.session_id,
            "position": position,
            "noted_at": now,
            "tried": False,
            "told": False,
        }
        for position, event in found
    ]
    await tx.insert_all_new(UnreadableEvent, rows)


async def start(tx: Transaction, account: str) -> None:
    """At the start, try every message again: its key may have come before the bot stopped."""
    mine = update(UnreadableEvent).where(col(UnreadableEvent.account) == account)
    await tx.exec(mine.values(tried=False))


async def to_try(
    tx: Transaction, account: str, sessions: Collection[tuple[str, str]] = ()
) -> Sequence[UnreadableEvent]:
    """Rows never tried, and those that these keys may open, (room id, session id); at most AT_ONCE of a kind."""
    waiting = select(UnreadableEvent).where(UnreadableEvent.account == account).limit(AT_ONCE)
    by_position = waiting.order_by(col(UnreadableEvent.position))
    found = list(await tx.exec(by_position.where(col(UnreadableEvent.tried).is_(False))))
    for room_id, session_id in sorted(sessions):
        these = (UnreadableEvent.room_id == room_id, UnreadableEvent.session_id == session_id)
        found += await tx.exec(by_position.where(*these, col(UnreadableEvent.tried).is_(True)))
    return found


async def tried(tx: Transaction, row: UnreadableEvent) -> None:
    """Note that it was tried and cannot be read yet."""
    await tx.exec(update(UnreadableEvent).where(col(UnreadableEvent.id) == row.id).values(tried=True))


async def untold(tx: Transaction, account: str, *, before: datetime) -> Sequence[UnreadableEvent]:
    """The rows noted before that instant whose room has not been informed, oldest first."""
    rows = select(UnreadableEvent).where(
        UnreadableEvent.account == account,
        col(UnreadableEvent.told).is_(False),
        col(UnreadableEvent.noted_at) <= before,
    )
    return (await tx.exec(rows.order_by(col(UnreadableEvent.id)).limit(AT_ONCE))).all()


async def told(tx: Transaction, row: UnreadableEvent) -> None:
    """Note that its room has been informed."""
    await tx.exec(update(UnreadableEvent).where(col(UnreadableEvent.id) == row.id).values(told=True))


async def drop(tx: Transaction, account: str, room_id: str) -> None:
    """Forget the messages of a room that we leave: they will never be read."""
    here = (col(UnreadableEvent.account) == account, col(UnreadableEvent.room_id) == room_id)
    await tx.exec(delete(UnreadableEvent).where(*here))


async def forget(tx: Transaction, row: UnreadableEvent) -> bool:
    """Forget a message that was read, or is gone; False if it was forgotten before."""
    return bool((await tx.exec(delete(UnreadableEvent).where(col(UnreadableEvent.id) == row.id))).rowcount)


async def forget_old(tx: Transaction, account: str, *, before: datetime) -> None:
    """Forget the messages noted before that instant: they would not be answered even if their key came."""
    old = delete(UnreadableEvent).where(col(UnreadableEvent.account) == account, col(UnreadableEvent.noted_at) < before)
    await tx.exec(old)


async def forget_all(tx: Transaction) -> None:
    """After a restore, forget all messages: they may have been answered since the backup."""
    await tx.exec(delete(UnreadableEvent))


async def count(tx: Transaction, account: str) -> int:
    """How many messages wait for their key."""
    number = select(func.count()).where(UnreadableEvent.account == account)
    return (await tx.exec(number)).one()
