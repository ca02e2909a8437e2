"""Weeks from Monday to Sunday, and how often something happened in each."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

Weeks = tuple[datetime, ...]
"""The instants at which weeks begin, in order; the last one is the week that goes on."""


def until_now(now: datetime, zone: ZoneInfo, *, count: int) -> Weeks:
    """So many weeks by the clock of a zone, the present one last."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday - timedelta(weeks=back) for back in reversed(range(count))]
    return tuple(datetime.combine(day, time(), zone).astimezone(UTC) for day in days)


def counts(times: Iterable[datetime], weeks: Weeks) -> list[int]:
    """How many of these instants are in each week; those before the first are left out."""
    found = [0] * len(weeks)
    for instant in times:
        place = bisect_right(weeks, instant) - 1
        if place >= 0:
            found[place] += 1
    return found


def silent(rows: Sequence[Sequence[int]], weeks: Weeks, *, since: datetime) -> int:
    """In how many whole weeks after an instant nothing of all this happened; the present week is not over yet."""
    whole = [place for place, begins in enumerate(weeks[:-1]) if begins >= since]
    return sum(not any(row[place] for row in rows) for place in whole)
