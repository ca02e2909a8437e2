"""When a digest is due: Tuesday at 10 by the reader's clock, each week or on the first Tuesday of the month."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.time.recurrence import instant

WEEKLY, MONTHLY = "weekly", "monthly"
TUESDAY, TEN = 2, time(10)
LATEST = timedelta(hours=24)
"""A digest that could not leave in this time waits for the next one, which then has the news of both."""
WAKING = range(8, 20)
"""The hours of the day at which one that is late may leave."""
WEEK = timedelta(days=7)


def next_after(moment: datetime, zone: ZoneInfo, rhythm: str) -> datetime:
    """The first time after this one at which a digest of this rhythm is due."""
    day = moment.astimezone(zone).date()
    day += timedelta(days=(TUESDAY - day.isoweekday()) % 7)
    while not _is_due(due := instant(datetime.combine(day, TEN), zone), moment, rhythm):
        day += WEEK
    return due


def _is_due(due: datetime, moment: datetime, rhythm: str) -> bool:
    return due > moment and (rhythm == WEEKLY or due.day <= WEEK.days)


def until(moment: datetime, rhythm: str) -> datetime:
    """How far a digest looks ahead: about as far as the next one."""
    return moment + (WEEK if rhythm == WEEKLY else timedelta(days=31))


def may_leave(due: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a digest may be sent now: on time, or late on the same day or the next, but not at night."""
    return timedelta() <= now - due <= LATEST and now.astimezone(zone).hour in WAKING


def is_missed(due: datetime, now: datetime) -> bool:
    """Whether it is too late for a digest, so that the next one has its news."""
    return now - due > LATEST
