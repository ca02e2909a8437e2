"""Of which month a digest has the thanks: each month once, in the first digest after it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.communities.contributed import Period
from bot.time.recurrence import instant


def month_before(now: datetime, zone: ZoneInfo) -> Period:
    """The month that ended last, by this clock."""
    first = now.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return Period(instant(first - relativedelta(months=1), zone), instant(first, zone))


def is_first_of_month(since: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the digest before this one was sent in an earlier month, or its news began there."""
    before, today = since.astimezone(zone), now.astimezone(zone)
    return (before.year, before.month) < (today.year, today.month)
