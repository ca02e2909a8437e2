"""What is stored of meet-ups, polls on dates and opinions is needed for some time only."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import col, select

from bot.communities.figures.views import OPINIONS
from bot.communities.settings import settings
from bot.meetups.date_polls import CLOSED, last_date
from bot.meetups.meetups import STOPPED, ids_of, plan_of
from bot.meetups.tables import (
    DatePoll,
    MeetupNote,
    MeetupOpinion,
    MeetupRow,
    MeetupSeries,
    OwnReminder,
    RsvpRow,
    ThemePoll,
    ThemeVote,
)
from bot.store.database import Transaction
from bot.store.old_rows import AT_ONCE, delete_some
from bot.time.recurrence import occurrences

MEETUPS_KEPT = timedelta(days=730)
"""After the end: the meet-up, its programme, its notes and minutes."""
POLLS_KEPT = timedelta(days=30)
"""After the last date of a poll; its votes are deleted when it is closed."""


async def forget_opinions(tx: Transaction, *, now: datetime) -> int:
    """Delete what people thought of meet-ups longer ago than their community wants; returns how many opinions."""
    gone = 0
    for slug, period in await settings.periods(tx, OPINIONS):
        old = (col(MeetupOpinion.meetup).in_(ids_of(slug)), col(MeetupOpinion.asked_at) < now - period)
        gone += await delete_some(tx, MeetupOpinion, *old)
    return gone


async def forget_polls(tx: Transaction, *, now: datetime) -> int:
    """Delete closed polls of which every date is long past; returns how many."""
    closed = select(DatePoll).where(DatePoll.status == CLOSED, col(DatePoll.created_at) < now - POLLS_KEPT)
    old = [poll.id for poll in await tx.exec(closed) if last_date(poll) < now - POLLS_KEPT]
    return await delete_some(tx, DatePoll, col(DatePoll.id).in_(old))


async def forget_meetups(tx: Transaction, *, now: datetime) -> int:
    """Delete meet-ups that took place long ago, with all that belongs to them; returns how many."""
    over = func.coalesce(MeetupRow.ends_at, MeetupRow.starts_at) < now - MEETUPS_KEPT
    old = (await tx.exec(select(MeetupRow.id).where(over).limit(AT_ONCE))).all()
    polls = select(ThemePoll.id).where(col(ThemePoll.meetup).in_(old))
    await tx.exec(delete(ThemeVote).where(col(ThemeVote.poll).in_(polls)))
    for table in (ThemePoll, MeetupNote, MeetupOpinion, RsvpRow, OwnReminder):
        await tx.exec(delete(table).where(col(table.meetup).in_(old)))
    return await delete_some(tx, MeetupRow, col(MeetupRow.id).in_(old))


async def forget_series(tx: Transaction, *, now: datetime) -> int:
    """Delete series whose meet-ups are all deleted, and of which none is to come; returns how many."""
    used = select(MeetupRow.id).where(MeetupRow.series == col(MeetupSeries.id)).exists()
    unused = select(MeetupSeries).where(~used, col(MeetupSeries.created_at) < now - MEETUPS_KEPT)
    old = [series.id for series in await tx.exec(unused) if not _goes_on(series, now)]
    return await delete_some(tx, MeetupSeries, col(MeetupSeries.id).in_(old))


def _goes_on(series: MeetupSeries, now: datetime) -> bool:
    return series.status != STOPPED and bool(list(occurrences(plan_of(series).series, after=now, limit=1)))
