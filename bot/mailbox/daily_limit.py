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
    morning = instant(now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None), zone)
    today = select(func.count()).where(
        OutboxMessage.account == account,
        OutboxMessage.lane == room_id,
        col(OutboxMessage.key).startswith(PREFIX, autoescape=True),
        col(OutboxMessage.parent).is_(None),
        col(OutboxMessage.entered_at) >= morning,
    )
    if (await tx.exec(today)).one() < A_DAY:
        return None
    return WorkingTime(zone).next_opening(instant(_day_after(morning), zone))


def _day_after(morning: datetime) -> datetime:
    return morning.replace(tzinfo=None, fold=0) + timedelta(days=1)
