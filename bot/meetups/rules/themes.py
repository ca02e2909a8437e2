"""Themes of a meet-up that its members choose together: what an organiser writes, and what comes of the votes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.text.plain_text import fold
from bot.time.when import Reason, Unsure, read

FEWEST: Final = 2
MOST: Final = 9
LONGEST: Final = 80
_UNTIL: Final = re.compile(r"(?<!\w)(?:jusqu['’]\s?(?:au|à|a)|until|till)\s(?P<date>[^\n]{1,60})\Z", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[,;\n]")


class Flaw(StrEnum):
    """What is wrong with a line; the caller turns it into a sentence."""

    NUMBER = "number"
    LONG = "long"
    NO_DATE = "no-date"
    DATE = "date"  # `reason` says why
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Line:
    """Themes as typed, and until when they are chosen. With a `flaw` they cannot be."""

    choices: tuple[str, ...] = ()
    until: datetime | None = None
    flaw: Flaw | None = None
    reason: Reason | None = None


def read_line(words: str, *, now: datetime, zone: ZoneInfo) -> Line:
    """The themes, between commas, and the last instant; a day without an hour counts until its last minute."""
    dated = _UNTIL.search(words)
    choices = _choices(words[: dated.start()] if dated else words)
    if not FEWEST <= len(choices) <= MOST:
        return Line(choices, flaw=Flaw.NUMBER)
    if any(len(choice) > LONGEST for choice in choices):
        return Line(choices, flaw=Flaw.LONG)
    if dated is None:
        return Line(choices, flaw=Flaw.NO_DATE)
    found = read(dated["date"].strip(" ."), now=now, zone=zone)
    if isinstance(found, Unsure):
        return Line(choices, flaw=Flaw.PAST if found.reason is Reason.PAST else Flaw.DATE, reason=found.reason)
    if found.start is None or found.rrule is not None:
        return Line(choices, flaw=Flaw.DATE, reason=Reason.UNKNOWN)
    until = found.start.replace(hour=23, minute=59) if found.all_day else found.start
    return Line(choices, until) if until > now else Line(choices, flaw=Flaw.PAST)


def _choices(words: str) -> tuple[str, ...]:
    """Each theme once, as it was written first."""
    found: dict[str, str] = {}
    for part in _BETWEEN.split(words):
        one = " ".join(part.split()).strip(" .:-")
        if any(map(str.isalnum, one)):
            found.setdefault(fold(one).text, one)
    return tuple(found.values())


def count(votes: Iterable[tuple[str, int]], choices: int) -> tuple[list[int], int]:
    """How many people want each theme, in their order, and how many people voted; a pair is a person and a number."""
    each = {(person, choice) for person, choice in votes if 1 <= choice <= choices}
    tally = [sum(choice == number for _person, choice in each) for number in range(1, choices + 1)]
    return tally, len({person for person, _choice in each})


def ranked(tally: Sequence[int]) -> list[int]:
    """The numbers of the themes, those that most people want first; of equal ones that which was named first."""
    return sorted(range(1, len(tally) + 1), key=lambda number: (-tally[number - 1], number))


def first(tally: Sequence[int]) -> list[int]:
    """The themes that come first: all that are level; none if nobody voted."""
    best = max(tally, default=0)
    return [number for number, votes in enumerate(tally, 1) if votes == best and best]
