"""Turns the line of `!rappel …` into an instant and a text of which no word is lost."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.time.when import Found, Reading, Reason, Unsure, extract, read

MOST_WORDS = 12
"""Words that are tried as the date, at either end of a line."""
_WORD = re.compile(r"\S+")
_LOOSE = " \t\r\n,;:.-–—"
_GLUE = re.compile(r"(?:de |d['’]|que |qu['’]|pour |to |that )(?=\w)", re.I)
_GOES_ON = re.compile(
    r"(?:et|ou|puis|and|or|à|a|to|jusqu\S+|until)\s+(?:[àa]\s+)?\d|[-–/]\s*\d"
    r"|(?:cinq|dix|quinze|vingt|vingt-cinq|trente|quarante|cinquante|moins|demie?)(?!\w)",
    re.I,
)
"""What is part of the date still, and was not read: a second hour, minutes in words."""
_TODAY = "2000-01-01 "


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """A date and a text; or why there is no date, with the `day` for which only the hour is missing."""

    result: Reading | Unsure
    text: str
    day: str = ""


def read_reminder(line: str, *, now: datetime, zone: ZoneInfo) -> ReminderLine:
    """The date stands at one end of the line, and all other words are the text, dates and durations among them too.

    A date that is spread over the line, or stands in its middle, is read if nothing else in it looks like one.
    """
    line = line.strip()
    found = extract(line, now=now, zone=zone)
    for head, text in (*_heads(line), *_tails(line)):
        result = read(head, now=now, zone=zone)
        if _is_instant(result) and _is_the_day_meant(head, result, found, now, zone):
            goes_on = text and line.startswith(head) and _GOES_ON.match(text)
            return _spread(line, found, now, zone) if goes_on else ReminderLine(result, _tidy(text))
    return _spread(line, found, now, zone)


def _spread(line: str, found: Found, now: datetime, zone: ZoneInfo) -> ReminderLine:
    if _keeps_the_text(found, line):
        return ReminderLine(found.result, _tidy(found.rest))
    return _unsure(line, found, now, zone)


def _heads(line: str) -> list[tuple[str, str]]:
    ends = [word.end() for word in _WORD.finditer(line)][:MOST_WORDS]
    return [(line[:end].rstrip(_LOOSE), line[end:].strip(_LOOSE)) for end in reversed(ends)]


def _tails(line: str) -> list[tuple[str, str]]:
    starts = [word.start() for word in _WORD.finditer(line)][-MOST_WORDS:]
    return [(line[start:].strip(_LOOSE), line[:start].strip(_LOOSE)) for start in starts]


def _is_instant(result: Reading | Unsure) -> bool:
    """Whether this is one moment: a time, without an end, which may be a number of hours in the text."""
    return isinstance(result, Reading) and result.start is not None and not result.all_day and result.end is None


def _is_the_day_meant(head: str, result: Reading | Unsure, found: Found, now: datetime, zone: ZoneInfo) -> bool:
    """An hour alone is one of today only if the rest of the line names no other day."""
    if isinstance(read(_TODAY + head, now=now.replace(year=1999), zone=zone), Unsure):
        return True
    return isinstance(found.result, Reading) and isinstance(result, Reading) and found.result.start == result.start


def _keeps_the_text(found: Found, line: str) -> bool:
    """Whether the date took nothing out of the text: a duration in the middle of it belongs to the text."""
    result = found.result
    if isinstance(result, Unsure) or result.all_day:
        return False
    if result.end is None and result.rrule is None:
        return True
    words = " ".join(line.split())
    return bool(found.rest) and (words.startswith(found.rest) or words.endswith(found.rest))


def _unsure(line: str, found: Found, now: datetime, zone: ZoneInfo) -> ReminderLine:
    """Without an hour: the day that stands at one end of the line, so that it can be asked about by its own words."""
    for head, text in (*_heads(line), *_tails(line)):
        result = read(head, now=now, zone=zone)
        if isinstance(result, Reading) and result.rrule is not None:
            return ReminderLine(result, _tidy(text))
        if _is_a_day(head, result, now, zone):
            return ReminderLine(Unsure(Reason.NO_TIME), _tidy(text), head)
    result = found.result if isinstance(found.result, Unsure) else Unsure(Reason.AMBIGUOUS)
    return ReminderLine(result, _tidy(found.rest))


def _is_a_day(head: str, result: Reading | Unsure, now: datetime, zone: ZoneInfo) -> bool:
    """Whether only the hour is missing: `demain`, and `demain matin`, whose first word is a day."""
    if isinstance(result, Reading):
        return result.all_day
    first = read(head.split()[0], now=now, zone=zone) if head and result.reason is Reason.VAGUE else result
    return isinstance(first, Reading) and first.all_day


def _tidy(text: str) -> str:
    """The text without the word that tied it to the date: `de relancer Paul` is `relancer Paul`."""
    text = text.strip(_LOOSE)
    glue = _GLUE.match(text)
    return text[glue.end() :] if glue else text
