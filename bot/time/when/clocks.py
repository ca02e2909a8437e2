"""Times of the day as they are typed: `14h30`, `2:30 pm`, `half past two`, `8h10m00s`."""

import re
from typing import NamedTuple

from bot.time.when.lexicon import Meaning
from bot.time.when.numbers import ENGLISH_NUMBERS
from bot.time.when.result import Doubt, Reason


class Hours(NamedTuple):
    """`14h30`: a time of day or a duration, as typed."""

    hour: int
    minute: int
    padded: bool
    loose: bool  # "14h 30": the 30 may belong to the next word
    spelled: bool = False  # "14 heures"


_HALF = r"[ap](?:m|\. ?m\.?| m)"
_HOUR = rf"(?:\d\d?|{'|'.join(ENGLISH_NUMBERS[:12])}|noon)(?: ?{_HALF})?"
_TENS = rf"(?:twenty|thirty|forty|fifty)(?:[- ](?:{'|'.join(ENGLISH_NUMBERS[:9])}))?"
_MINUTE = rf"{_TENS}|{'|'.join(reversed(ENGLISH_NUMBERS[9:19]))}|five"
TOLD = (
    rf"(?:a )?(?:half past|quarter past|quarter to|quarter after) {_HOUR}",
    *(rf"{minutes} (?:minutes )?past {_HOUR}" for minutes in ("five", "ten", "fifteen", "twenty(?:[- ]five)?")),
    *(rf"{hour}(?:[- ](?:{_MINUTE}))? ?(?:o'?clock )?{_HALF}" for hour in ENGLISH_NUMBERS[:12]),
)
TOLD_IN_FIGURES = rf"\d\d?(?: minutes)? past {_HOUR}(?![a-z0-9])"
AM_PM = rf"\d\d?(?:(?:[:.h]\d\d){{1,2}}|\d\d?)?(?: ?o'?clock)?\s?{_HALF}(?![a-z])|\d\d?[:.h]\d\dp(?![a-z])"
SECONDS = r"\d\d? ?h ?\d\d ?(?:minutes?|min|mn|m) ?\d\d ?s?(?![a-z0-9])"
_MARK = re.compile(rf" ?{_HALF}$")
_NUMBERS = re.compile(r"\d+")
_UNSAID = frozenset({"a", "minutes", "o'clock", "oclock"})
_SAID = {"": 0, "half": 30, "quarter": 15, "noon": 12} | {
    name: number for number, name in enumerate(ENGLISH_NUMBERS, 1)
}


def _ints(words: str) -> list[int]:
    return [int(n) for n in _NUMBERS.findall(words)]


def _clock(hour: int, minute: int, second: int = 0) -> tuple[int, ...]:
    """A time of day; with the seconds only when there are any."""
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        raise Doubt(Reason.IMPOSSIBLE)
    return (hour, minute, second) if second else (hour, minute)


def am_pm(words: str) -> Meaning:
    """`3pm`, `3:20 p.m.`, `330pm`, `9:01:10 AM`."""
    hour, minute, second, *_ = (*_ints(words), 0, 0)
    if hour > 99:
        hour, minute = divmod(hour, 100)
        second = 60 if hour > 12 else 0  # 2027pm is no time
    if not 1 <= hour <= 12:
        if hour > 12 and "p" in words and not words.startswith(f"{hour}."):
            return "C", _clock(hour, minute, second)
        raise Doubt(Reason.IMPOSSIBLE)
    return "C", _clock(hour % 12 + (12 if "p" in words else 0), minute, second)


def told(words: str) -> Meaning:
    """`half past two`, `quarter to 3pm`, `20 past noon`, `ten thirty am`: as 2:30, 2:45pm, 12:20pm and 10:30am."""
    mark = _MARK.search(words)
    said = [word for word in re.split("[ -]", words[: mark.start()] if mark else words) if word not in _UNSAID]
    side = next((word for word in said if word in ("past", "after", "to")), None)
    cut = said.index(side) if side else 1
    hour, minute = (_number(said[cut + 1 :]), _number(said[:cut])) if side else (_number(said[:1]), _number(said[1:]))
    minutes = hour % 12 * 60 + (-minute if side == "to" else minute)
    if mark is None and "noon" not in said:
        return colon(f"{minutes // 60 % 12 or 12}:{minutes % 60:02}")
    if "noon" in said or "p" in words[mark.start() if mark else 0 :]:
        minutes += 12 * 60
    return "C", _clock(minutes // 60 % 24, minutes % 60)


def _number(words: list[str]) -> int:
    name = "-".join(words)
    return int(name) if name.isdecimal() else _SAID[name]


def colon(words: str) -> Meaning:
    """`14:30`; from 1:00 to 6:59 without am or pm it may be in the afternoon."""
    hour, minute, second = (*_ints(words), 0)[:3]
    return ("C" if words[0] == "0" or not 1 <= hour <= 6 else "j"), _clock(hour, minute, second)


def dotted(words: str) -> Meaning:
    """`10.30`; `2.30` may be in the afternoon, or a version."""
    hour, minute = _ints(words)
    return ("4", _clock(hour, minute)) if words[0] == "0" or 7 <= hour <= 23 else ("x", None)


def second(words: str) -> Meaning:
    """`8h10m30s`."""
    hour, minute, seconds = _ints(words)
    return "C", _clock(hour, minute, seconds)


def long(words: str) -> Meaning:
    """`1h30min` and `2 hours` are lengths, `8h10min` a time of day."""
    hour, minute = (*_ints(words), 0)[:2]
    if hour > 5 and "hour" not in words:
        return "H", Hours(hour, minute, padded=False, loose=False)
    return "P", hour * 60 + minute


def hours(words: str) -> Meaning:
    """`14h`, `14 h 30`, `14 heures 30`."""
    hour, minute = (*_ints(words), 0)[:2]
    if minute > 59:
        raise Doubt(Reason.IMPOSSIBLE)
    loose = bool(re.search(r"\dh \d", words))
    return "H", Hours(hour, minute, words[0] == "0", loose=loose, spelled="heure" in words)
