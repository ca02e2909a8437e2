"""Who is away, and who answers for them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.text.plain_text import fold
from bot.time.when import Reading, Reason, Unsure, read


@dataclass(frozen=True, slots=True)
class Absence:
    """Away from the first day to the last, both included."""

    first: date
    last: date
    delegate: str | None = None

    def covers(self, day: date) -> bool:
        """Whether the person is away on that day."""
        return self.first <= day <= self.last


_SAID_BEFORE = (timedelta(days=31), timedelta(days=183))


class Unclear(StrEnum):
    """Why no days of an absence are read: it has no end, it repeats itself, or it is anything else."""

    NO_END = "no end"
    REPEATS = "repeats"
    UNREAD = "unread"


_FROM_THEN_ON = re.compile(r"(?:a partir d|des |a compter d|depuis |(?P<between>d[eu] |from )|starting |as of |since )")


def days_away(text: str, *, now: datetime, zone: ZoneInfo) -> tuple[date, date] | Unclear:
    """The first and the last day of an absence as typed, or why not.

    People also announce it late: `4 to 26` on the 22nd has begun already, and counts from today.
    """
    found = read(text, now=now, zone=zone)
    if isinstance(found, Reading) and found.rrule is not None:
        return Unclear.REPEATS
    days = _late_or_not(text, now, zone)
    one_day = days is not None and days[0] == days[1]
    doubtful = isinstance(found, Unsure) and found.reason is not Reason.UNKNOWN
    begins = _FROM_THEN_ON.match(fold(text).text.strip())
    if begins and (one_day or (doubtful and not begins["between"])):
        return Unclear.NO_END
    return days or Unclear.UNREAD


def _late_or_not(text: str, now: datetime, zone: ZoneInfo) -> tuple[date, date] | None:
    today = now.astimezone(zone).date()
    for before in _SAID_BEFORE:
        days = _days(text, now - before, zone)
        if days is not None and days[0] < today <= days[1]:
            return today, days[1]
    return _days(text, now, zone)


def _days(text: str, now: datetime, zone: ZoneInfo) -> tuple[date, date] | None:
    found = read(text, now=now, zone=zone)
    if not isinstance(found, Reading) or found.start is None:
        return None
    return found.start.date(), (found.end or found.start).date()


Away = Mapping[str, str | None]  # each person who is away, with their delegate


def stand_in(person: str, away: Away) -> str | None:
    """Who answers for somebody: themselves unless away; None when the chain of delegates ends or is a circle."""
    seen: set[str] = set()
    current: str | None = person
    while current is not None and current in away:
        if current in seen:
            return None
        seen.add(current)
        current = away[current]
    return current


def closes_a_circle(person: str, delegate: str, away: Away) -> bool:
    """Whether the delegate's own chain of delegates leads back to the person."""
    others = {absent: chosen for absent, chosen in away.items() if absent != person}
    return stand_in(delegate, others) == person
