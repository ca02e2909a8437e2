"""What the date grammar answers: a reading it is sure of, or the reason why it is not."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why a text was not read; the caller turns it into a sentence."""

    PAST = "past"  # the text names a moment that is over
    IMPOSSIBLE = "impossible"  # 30 February, 25:00
    NONEXISTENT = "nonexistent"  # a local time that the clocks skip that night
    AMBIGUOUS = "ambiguous"  # two readings are as likely
    CONTRADICTION = "contradiction"  # the weekday does not fit the date, the end is before the start
    EXCEPTION = "exception"  # "sauf vacances scolaires"
    VAGUE = "vague"  # "end of January", "tomorrow morning"
    NO_DATE = "no-date"  # only a duration
    NO_TIME = "no-time"  # a day and a duration, but no time of day
    UNKNOWN = "unknown"  # words that are not dates


@dataclass(frozen=True, slots=True)
class Reading:
    """A date expression that was understood without a doubt; times are aware, in the zone asked for.

    A day without a time of day has `all_day` and starts at 00:00; of several whole days `end` is the last one, at
    00:00, included. `start` is None only for a recurrence that names no day ("every 2 weeks").
    """

    start: datetime | None
    end: datetime | None = None
    all_day: bool = False
    rrule: str | None = None  # RFC 5545, without the "RRULE:" prefix
    repeated_hour: bool = False  # the local time comes twice that night; the first was taken
    not_on: tuple[date, ...] = ()  # days of the recurrence that are left out
    chosen: bool = field(default=False, compare=False)  # "vers 14h", "ce soir": to be shown before it counts


@dataclass(frozen=True, slots=True)
class Unsure:
    """No reading. `suggestion` is the nearest time that exists, when the clocks skip the one asked for."""

    reason: Reason
    suggestion: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What `extract` saw in a longer text: the date, and the words around it as they were typed."""

    result: Reading | Unsure
    before: str  # words before the first date words
    after: str  # all other words

    @property
    def rest(self) -> str:
        """All the words that are not about the date, in order."""
        return f"{self.before} {self.after}".strip()


class Doubt(Exception):
    """Stops the reading of a text; becomes an `Unsure`."""

    def __init__(self, reason: Reason, suggestion: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.suggestion = suggestion
