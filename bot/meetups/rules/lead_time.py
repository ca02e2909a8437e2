"""How long before a meeting somebody wants to be reminded, as people type it: `J-2`, `2h`, `30 min avant`."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.meetups.rules.reminder_ladder import days_before

LONGEST_DAYS, LONGEST_MINUTES = 60, 24 * 60


@dataclass(frozen=True, slots=True)
class Lead:
    """A number of days, at the same time of day, or of minutes; exactly one of them is not 0."""

    days: int = 0
    minutes: int = 0

    def before(self, start: datetime, zone: ZoneInfo) -> datetime:
        """The instant of the reminder for a meeting that starts then."""
        if self.days:
            return days_before(start, self.days, zone)
        return (start - timedelta(minutes=self.minutes)).astimezone(UTC)


ONE_HOUR = Lead(minutes=60)

_LETTER = re.compile(r"([jdhm])\s?[-−–]\s?(\d{1,4})", re.I)
_WORDS = re.compile(r"(\d{1,4})\s?(j|jours?|d|days?|h|heures?|hours?|min|mn|minutes?|m)(?:\s+(?:avant|before))?", re.I)
_UNITS = {"j": "days", "d": "days", "h": "hours", "m": "minutes"}


def read_lead(text: str) -> Lead | None:
    """The lead that a whole text names; None when it names none, or one of zero or of more than LONGEST_DAYS."""
    text = " ".join(text.split())
    letter, words = _LETTER.fullmatch(text), _WORDS.fullmatch(text)
    if letter:
        return _lead(int(letter.group(2)), letter.group(1))
    return _lead(int(words.group(1)), words.group(2)[0]) if words else None


def _lead(number: int, unit: str) -> Lead | None:
    match _UNITS[unit.lower()]:
        case "days":
            return Lead(days=number) if 1 <= number <= LONGEST_DAYS else None
        case "hours":
            number *= 60
    return Lead(minutes=number) if 1 <= number <= LONGEST_MINUTES else None
