"""A delay in working days or working hours, as a team writes it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.time.working_time import WorkingTime

_WRITTEN = re.compile(
    r"\s*(\d{1,2})\s*(?:working\s+)?(j|jours?|d|days?|h|heures?|hours?)\s*(?:ouvrée?s?|working)?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Delay:
    """A number of working days, or of working hours."""

    days: int = 0
    hours: int = 0

    def after(self, instant: datetime, working: WorkingTime) -> datetime:
        """The instant, in UTC, by which that much working time has passed."""
        if self.days:
            return working.add_days(instant, self.days)
        return working.add(instant, timedelta(hours=self.hours))

    def __str__(self) -> str:
        return f"{self.days}d" if self.days else f"{self.hours}h"


def parse_delay(text: str) -> Delay | None:
    """Read `1 jour`, `4 h ouvrées`, `2d`; None for anything else, and for a delay of zero."""
    match = _WRITTEN.fullmatch(text)
    if match is None or int(match[1]) == 0:
        return None
    number, unit = int(match[1]), match[2].lower()
    return Delay(hours=number) if unit.startswith("h") else Delay(days=number)
