"""Finds the date in a longer sentence, and gives back the other words as they were typed."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.time.when.result import Found
from bot.time.when.scan import scan

_SPACES = re.compile(r"\s+")
_LOOSE_ENDS = " \t\n,;-–—:"


def extract(text: str, *, now: datetime, zone: ZoneInfo) -> Found:
    """The date, duration and recurrence of a sentence, and the remaining words. `now` is aware."""
    done = scan(text, now=now, zone=zone, whole=False)
    if not done.read:
        return Found(done.result, "", _tidy(done.text))
    spans = sorted(done.read)
    before = done.text[: spans[0][0]]
    gaps = zip(spans, [*spans[1:], (len(done.text), 0)], strict=True)
    after = " ".join(_tidy(done.text[end:start]) for (_, end), (start, _) in gaps)
    return Found(done.result, _tidy(before), _tidy(after))


def _tidy(words: str) -> str:
    return _SPACES.sub(" ", words).strip(_LOOSE_ENDS)
