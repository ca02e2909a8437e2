"""What a person gave to their communities, as each noun counts it: declared on its page, certified to them.

    CONTRIBUTED = (Contributed(10, N_("requests for help"), _said, resolved, kept=WORDS_KEPT),)

Each is counted in the noun's own rows, which are the record of what went on; so it ends with them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.store.database import Transaction
from bot.time.recurrence import instant


@dataclass(frozen=True, slots=True)
class Period:
    """From `begin` on, and before `end`."""

    begin: datetime
    end: datetime

    @classmethod
    def of_year(cls, year: int, zone: ZoneInfo, *, now: datetime) -> "Period":
        """A year by this clock, as far as it has gone, this second included."""
        begin, end = (instant(datetime.combine(date(each, 1, 1), time()), zone) for each in (year, year + 1))
        return cls(begin, min(end, now + timedelta(seconds=1)))


class Given(Protocol):
    async def __call__(self, tx: Transaction, person: str, period: Period, /) -> Mapping[str, int]:
        """How often the person did so in the period, by community; those without are left out."""


@dataclass(frozen=True, slots=True)
class Contributed:
    """One way to contribute. Those with lower places come first; `what` is a msgid, and `said(3)` counts it in words.

    `kept`: what was done longer ago than that may not be stored any more (None: it stays).
    """

    place: int
    what: str
    said: Callable[[int], str]
    counts: Given
    kept: timedelta | None = None
