"""How people write and read hours of a week, in French and in English."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.text.plain_text import fold
from bot.time.hours import MINUTES_A_DAY, Hours, Span

_LONGEST: Final = 2000
_WEEK = frozenset(range(7))
_WORKING_WEEK = frozenset(range(5))

_FRENCH_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class _Token:
    """`kind` is D for a day, G for several, N for nights, T for a time, - for « to »."""

    kind: str
    days: frozenset[int] = frozenset()
    minutes: int = 0
    bare: bool = False  # "9", without h or minutes


def _vocabulary() -> dict[str, _Token | None]:
    words: dict[str, _Token | None] = {}
    for names in (_FRENCH_DAYS, _ENGLISH_DAYS):
        for weekday, name in enumerate(map(str.lower, names)):
            words |= dict.fromkeys((name, f"{name}s", name[:3]), _Token("D", frozenset({weekday})))
    words |= dict.fromkeys(("tues",), words["tue"]) | dict.fromkeys(("thur", "thurs"), words["thu"])
    words |= dict.fromkeys(("semaine", "weekday", "weekdays"), _Token("G", _WORKING_WEEK))
    words |= dict.fromkeys(("weekend", "weekends"), _Token("G", _WEEK - _WORKING_WEEK))
    words |= dict.fromkeys(("jour", "jours", "day", "days", "daily"), _Token("G", _WEEK))
    words |= dict.fromkeys(("nuit", "nuits", "night", "nights"), _Token("N"))
    words |= dict.fromkeys(("midi", "noon"), _Token("T", minutes=12 * 60))
    words |= dict.fromkeys(("minuit", "midnight"), _Token("T", minutes=MINUTES_A_DAY))
    words |= dict.fromkeys(("-", "a", "au", "to"), _Token("-"))
    # Words that change nothing.
    fillers = "de du des le la les en et puis tous toutes chaque from on and at every each , ;"
    return words | dict.fromkeys(fillers.split())


_WORDS = _vocabulary()
_TIME = r"(?P<hour>\d{1,2})(?:\s?[h:]\s?(?P<minute>[0-5]\d(?!\d|\s?[h:]))?)?(?!\d)"
_TOKEN = re.compile(rf"\s*(?:{_TIME}|(?P<word>[a-z]+|[-,;]))\s*")
_HALF_DAY = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])(?:[:.]([0-5]\d))?\s?([ap])\.?m\b\.?")
"""`9am`, `5.30 p.m.`"""
_BARE = re.compile(r"(?<![\d:h.])(\d{1,2})(\s?(?:[-–]|a|to)\s?)(\d{1,2})(?!\s?[\d:h.])")
_PART = re.compile(r"((?:D-D|D|G|N)*)((?:T-T)+)")


def parse_hours(text: str) -> Hours | None:
    """Read `lun-ven 8h30-18h30`, `nuit 21h-7h`, `lun mer 9h-12h`; None when not sure.

    Without days, Monday to Friday is meant; for a night, every night.
    """
    tokens = _tokens(text)
    kinds = "".join(token.kind for token in tokens or ())
    spans: list[Span] = []
    position = 0
    while tokens and position < len(kinds):
        part = _PART.match(kinds, position)
        if part is None:
            return None
        if _may_be_in_the_afternoon(tokens[slice(*part.span())]):
            return None
        spans += _spans(tokens[slice(*part.span(1))], tokens[slice(*part.span(2))])
        position = part.end()
    return Hours.of(spans) if spans else None


def spelled_out(text: str) -> str | None:
    """The same hours where `9-5` is a working day, as `9:00-17:00`; None when that is not what makes them unclear."""

    def afternoon(found: re.Match[str]) -> str:
        start, end = int(found[1]), int(found[3])
        return f"{start}:00{found[2]}{end + 12}:00" if end <= start <= 12 else found[0]

    written = _BARE.sub(afternoon, fold(text[:_LONGEST]).text)
    return written if parse_hours(text) is None and parse_hours(written) is not None else None


def _of_the_day(found: re.Match[str]) -> str:
    return f"{int(found[1]) % 12 + 12 * (found[3] == 'p')}:{found[2] or '00'}"


def _tokens(text: str) -> list[_Token] | None:
    if len(text) > _LONGEST:
        return None
    folded = _HALF_DAY.sub(_of_the_day, fold(text).text)
    folded = folded.replace("week-end", "weekend").replace(".", " ").strip()
    tokens: list[_Token] = []
    position = 0
    while position < len(folded):
        match = _TOKEN.match(folded, position)
        if match is None or not _add_token(match, tokens):
            return None
        position = match.end()
    return tokens


def _add_token(match: re.Match[str], tokens: list[_Token]) -> bool:
    """Add the token of a match; False for an unknown word or a time that does not exist."""
    if word := match["word"]:
        token = _WORDS.get(word)
        if token is not None:
            tokens.append(token)
        return word in _WORDS
    minutes = int(match["hour"]) * 60 + int(match["minute"] or 0)
    tokens.append(_Token("T", minutes=minutes, bare=match.group().strip().isdecimal()))
    return minutes <= MINUTES_A_DAY


def _may_be_in_the_afternoon(tokens: Sequence[_Token]) -> bool:
    """`9-5` is a working day in English, and a night nowhere that does not say so."""
    times = [token for token in tokens if token.kind == "T"]
    by_night = any(token.kind == "N" for token in tokens)
    return not by_night and any(
        start.bare and end.bare and end.minutes <= start.minutes <= 12 * 60
        for start, end in zip(times[::2], times[1::2], strict=True)
    )


def _spans(days: Sequence[_Token], ranges: Sequence[_Token]) -> list[Span]:
    by_night = any(token.kind == "N" for token in days)
    weekdays = _weekdays(days) or (_WEEK if by_night else _WORKING_WEEK)
    return [
        Span(weekday, *_stretch(start.minutes, end.minutes))
        for weekday in sorted(weekdays)
        for start, end in zip(ranges[::3], ranges[2::3], strict=True)
    ]


def _weekdays(tokens: Sequence[_Token]) -> frozenset[int]:
    found = frozenset[int]().union(*(token.days for token in tokens))
    for before, dash, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if dash.kind == "-":
            (first,), (last,) = before.days, after.days
            found |= {(first + step) % 7 for step in range((last - first) % 7)}
    return found


def _stretch(start: int, end: int) -> tuple[int, int]:
    """Start and end in minutes; an end that is not after its start is on the next day."""
    start %= MINUTES_A_DAY
    return start, end if end > start else end + MINUTES_A_DAY


@dataclass(frozen=True, slots=True)
class _Language:
    days: tuple[str, ...]
    every_day: str
    every_night: str
    from_day_to_day: str
    from_time_to_time: str
    and_: str
    time: str


_LANGUAGES: Final = {
    "fr": _Language(
        _FRENCH_DAYS,
        "tous les jours",
        "toutes les nuits",
        "du {} au {}",
        "de {} à {}",
        " et ",
        "{}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{:02d}",
    ),
    "en": _Language(_ENGLISH_DAYS, "every day", "every night", "{} to {}", "from {} to {}", " and ", "{}:{:02d}"),
}

_Ranges = tuple[tuple[int, int], ...]


def say_hours(hours: Hours, language: str) -> str:
    """The hours in words, for `fr` or `en`; `parse_hours` reads them back to the same hours."""
    words = _LANGUAGES[language]
    days_of: dict[_Ranges, list[int]] = {}
    for weekday in range(7):
        if ranges := tuple((span.start, span.end) for span in hours.of_weekday(weekday)):
            days_of.setdefault(ranges, []).append(weekday)
    return ", ".join(_say_part(words, days, ranges) for ranges, days in days_of.items())


def _say_part(words: _Language, days: list[int], ranges: _Ranges) -> str:
    stretches = (words.from_time_to_time.format(_say_time(words, start), _say_end(words, end)) for start, end in ranges)
    by_night = all(end > MINUTES_A_DAY for _, end in ranges)
    return f"{_say_days(words, days, by_night=by_night)} {words.and_.join(stretches)}"


def _say_days(words: _Language, days: list[int], *, by_night: bool) -> str:
    if len(days) == 7:
        return words.every_night if by_night else words.every_day
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    named = [name for run in runs for name in _say_run(words, run)]
    return words.and_.join(filter(None, (", ".join(named[:-1]), named[-1])))


def _say_run(words: _Language, run: list[int]) -> list[str]:
    if len(run) < 3:
        return [words.days[day] for day in run]
    return [words.from_day_to_day.format(words.days[run[0]], words.days[run[-1]])]


def _say_time(words: _Language, minutes: int) -> str:
    return words.time.format(*divmod(minutes, 60))


def _say_end(words: _Language, minutes: int) -> str:
    return _say_time(words, minutes - MINUTES_A_DAY if minutes > MINUTES_A_DAY else minutes)
