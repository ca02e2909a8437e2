"""Limits messages that nobody asked for to two a day in each room."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import col, select

from bot.mailbox.tables import OutboxMessage
from bot.store.database import Transaction
from bot.time.recurrence import instant
from bot.time.working_time import WorkingTime

A_DAY = 2
PREFIX = "unasked:"
"""The outbox keys of messages that nobody asked for begin with this."""


async def next_turn(tx: Transaction, account: str, room_id: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the bot may next write to the room unasked: None means now, else the first open hour of a later day."""
    if await said(tx, account, room_id, prefix=PREFIX, since=_morning(now, zone)) < A_DAY:
        return None
    return next_day(now=now, zone=zone)


async def said(tx: Transaction, account: str, room_id: str, *, prefix: str, since: datetime) -> int:
    """How many messages entered the outbox for the room since this instant whose keys begin with the prefix."""
    lately = select(func.count()).where(
        OutboxMessage.account == account,
        OutboxMessage.lane == room_id,
        col(OutboxMessage.key).startswith(prefix, autoescape=True),
        col(OutboxMessage.parent).is_(None),
        col(OutboxMessage.entered_at) >= since,
    )
    return (await tx.exec(lately)).one()


def next_day(*, now: datetime, zone: ZoneInfo) -> datetime:
    """The first open hour of a later day."""
    day_after = _morning(now, zone).replace(tzinfo=None, fold=0) + timedelta(days=1)
    return WorkingTime(zone).next_opening(instant(day_after, zone))


def _morning(now: datetime, zone: ZoneInfo) -> datetime:
    return instant(now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None), zone)
