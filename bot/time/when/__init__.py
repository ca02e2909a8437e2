"""Reads French and English dates, ranges, durations and recurrences; answers `Unsure` rather than guess.

Day before month, always. A day without a time is that day at 00:00, `all_day`. `mardi` on a Tuesday, `demain matin`,
`fin janvier` are not read: the caller asks. `vers 14h`, `ce soir`, `jeudi prochain` on a Wednesday are read and have
`chosen`: the caller shows them before they count.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.time.when.extract import extract
from bot.time.when.result import Found, Reading, Reason, Unsure
from bot.time.when.scan import scan

__all__ = ["Found", "Reading", "Reason", "Unsure", "extract", "read"]


def read(text: str, *, now: datetime, zone: ZoneInfo) -> Reading | Unsure:
    """Reads a text that is only a date expression. `now` is aware; the times of the answer are in `zone`."""
    return scan(text, now=now, zone=zone, whole=True).result
