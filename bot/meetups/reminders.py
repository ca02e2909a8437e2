"""Reminders that people write for themselves or for a room: stored until they are sent, then deleted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select

from bot.mailbox import direct_chats
from bot.mailbox.timers import Timers
from bot.meetups.tables import Reminder
from bot.store.database import Transaction

KIND = "reminder"
MOST = 50
"""Reminders that one person may have at a time."""


async def schedule(
    tx: Transaction,
    timers: Timers,
    *,
    account: str,
    owner: str,
    room_id: str | None = None,
    asked_in: str | None = None,
    text: str,
    language: str,
    zone: str,
    due_at: datetime,
    now: datetime,
) -> Reminder | None:
    """Store a reminder and set its timer; None when the person has MOST already.

    `room_id`: the room that is reminded, None for the owner alone. `asked_in`: the room that may be told, without its
    words, that it could not be given in private.
    """
    if len(await of(tx, owner)) >= MOST:
        return None
    reminder = Reminder(
        account=account,
        owner=owner,
        lane=room_id or direct_chats.lane(owner),
        asked_in=asked_in,
        text=text,
        language=language,
        zone=zone,
        due_at=due_at,
        created_at=now,
    )
    tx.add(reminder)
    await tx.flush()
    await timers.set(tx, KIND, str(reminder.id), due_at=due_at)
    return reminder


def is_private(reminder: Reminder) -> bool:
    """Whether it is for its owner alone."""
    return direct_chats.reader(reminder.lane) is not None


async def follow(tx: Transaction, old: str, new: str) -> None:
    """After a room upgrade, send the old room's reminders to the new one."""
    await tx.exec(update(Reminder).where(col(Reminder.lane) == old).values(lane=new))
    await tx.exec(update(Reminder).where(col(Reminder.asked_in) == old).values(asked_in=new))


async def of(tx: Transaction, owner: str) -> Sequence[Reminder]:
    """A person's reminders, soonest first."""
    rows = select(Reminder).where(Reminder.owner == owner).order_by(col(Reminder.due_at), col(Reminder.id))
    return (await tx.exec(rows)).all()


async def get(tx: Transaction, identity: int, *, owner: str) -> Reminder | None:
    """A person's reminder that is still to come."""
    found = await tx.get(Reminder, identity)
    return found if found is not None and found.owner == owner else None


async def take(tx: Transaction, identity: int) -> Reminder | None:
    """Delete a reminder and return it; None when it was cancelled."""
    found = await tx.get(Reminder, identity)
    if found is not None:
        await tx.exec(delete(Reminder).where(col(Reminder.id) == identity))
    return found


async def cancel(tx: Transaction, timers: Timers, identity: int, *, owner: str) -> Reminder | None:
    """Delete a reminder and its timer, and return it; None when the person has no such reminder."""
    if await get(tx, identity, owner=owner) is None:
        return None
    await timers.cancel(tx, KIND, str(identity))
    return await take(tx, identity)
