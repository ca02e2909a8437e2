"""Reads a text piece by piece; returns the outcome and which stretches were read."""

import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.time.when.abbreviations import Letters, find_letters
from bot.time.when.grammar import FILLER, GLUE, fits, take
from bot.time.when.lexer import Token, fold, tokens
from bot.time.when.parts import Parts
from bot.time.when.resolve import resolve
from bot.time.when.result import Doubt, Reading, Reason, Unsure
from bot.time.zone_names import zone_phrase

LONGEST = 500  # characters; a date expression is short
NAME = "?"
"""The class given to a date word that is part of a name."""
MIDDAY = frozenset({"midi", "midday", "noon"})
NOON = 12
_HEDGES = frozenset("o~U%=")
_TEMPORAL = frozenset("MNOYDCHPRWEkKujnzI")
_DOTTED = re.compile(
    r"(?<![\w-])(?:(?:le|du|au|on|the|lun(?:di)?|mar(?:di)?|mer(?:credi)?|jeu(?:di)?|ven(?:dredi)?|sam(?:edi)?"
    r"|dim(?:anche)?)\.? )(?:[0-2]?\d|3[01])(?:\.(?:0?[1-9]|1[0-2])\.?|-0[1-9])"
    r"(?=[\s,;:)]|$)(?!\s*(?:janv|f[ée]v|mars|avr|mai|jui|ao[uû]t|sep|oct|nov|d[ée]c))",
    re.I,
)
"""A day and a month as in Switzerland, `le 26.01`, or with a hyphen, `le 26-01`, where nothing else can be meant."""

_HOUR_LEFT = re.compile(r"(?<![\w.,/-])(?:[01]?\d|2[0-3])\.[0-5]\d(?![\w.,/-])")
_DAY_LEFT = re.compile(r"(?<![\w.,/-])(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])(?![\w.,/-])")


def _slashed(found: re.Match[str]) -> str:
    """The same length, as the stretches that are read are counted: `le 26/01`."""
    said = found.group()
    head, tail = said[:-1], said[-1].replace(".", " ")
    first = next(at for at, sign in enumerate(head) if sign in ".-" and head[:at][-1:].isdigit())
    return f"{head[:first]}/{head[first + 1 :]}{tail}"


class Scan(NamedTuple):
    """The outcome, the text as normalised, and the stretches of it that were understood as (start, end)."""

    result: Reading | Unsure
    text: str
    read: list[tuple[int, int]]


def scan(text: str, *, now: datetime, zone: ZoneInfo, whole: bool) -> Scan:
    """Reads a text. `whole`: every word of it must be about the date."""
    text = _DOTTED.sub(_slashed, unicodedata.normalize("NFC", text))
    spans: list[tuple[int, int]] = []
    try:
        if whole and len(text) > LONGEST:
            raise Doubt(Reason.UNKNOWN)
        result: Reading | Unsure = _read(text, spans, now.astimezone(zone), whole=whole)
    except Doubt as doubt:
        result = Unsure(doubt.reason, doubt.suggestion)
    except OverflowError:
        result = Unsure(Reason.IMPOSSIBLE)
    return Scan(result, text, spans)


def _read(text: str, spans: list[tuple[int, int]], now: datetime, *, whole: bool) -> Reading:
    text, letters = _without_letters(text, spans, whole=whole)
    found = tokens(_without_own_zone(fold(text), spans, now))
    shape = "".join([token.kind for token in found])
    if whole and "0" in shape:
        found = [_day_alone(token) for token in found]
        shape = "".join([token.kind for token in found])
    name = None if whole else _name(found, shape)
    shape = shape if name is None else shape[:name] + NAME + shape[name + 1 :]
    parts, left = _pieces(found, shape, spans, whole=whole)
    _check_left(found, left, spans, whole=whole)
    if parts.rule is not None and any(_leaves_out(shape[i : i + 2]) for i in left):
        raise Doubt(Reason.EXCEPTION)  # "sauf vacances scolaires"
    if parts.loose and not whole and left:
        raise Doubt(Reason.AMBIGUOUS)  # "14h 30 lits"
    if parts.day is None and parts.rule is None and any(shape[i] == "0" for i in left):
        raise Doubt(Reason.AMBIGUOUS)  # "Toussaint 9h": that day, or Mr Toussaint
    if not found or not spans:
        raise Doubt(Reason.UNKNOWN)
    if letters is not None:
        parts.put("zone", letters.key)
    at_home = not parts.zone or parts.zone == str(now.tzinfo)
    reading = resolve(parts, now) if at_home else _from_zone(parts, now, ZoneInfo(str(parts.zone)))
    if letters is not None and not _keeps(letters, reading):
        raise Doubt(Reason.AMBIGUOUS)  # "15 juillet 14h CET"
    if not whole and _left_a_number(text, spans, hour=reading.all_day, day=parts.day is None and parts.rule is None):
        raise Doubt(Reason.AMBIGUOUS)  # "26.01 14h", "jeudi 9.30"
    if reading.start is not None and any(_is_later_year(found[i], reading.start.year) for i in left):
        raise Doubt(Reason.AMBIGUOUS)  # "Assises 2028 le 15 janvier"
    if name is not None and reading.start is not None:
        _check_name(found[name], reading)
    return reading


def _name(found: list[Token], shape: str) -> int | None:
    """A part of the day that belongs to a name before the date: `Nuit de l'éthique`, `Équipe de nuit`."""
    at = next((at for at in range(len(shape)) if fits(shape, at)), len(shape))
    piece = shape[at : at + fits(shape, at)]
    last = at + len(piece) - 1
    if piece.lstrip("fL@") != "p" and not (piece == "C" and found[last].words in MIDDAY):
        return None
    of_something, apart = at > 0 and piece[0] == "f", not fits(shape, last + 1)
    return last if of_something or (apart and last + 1 < len(shape)) else None


def _check_name(name: Token, reading: Reading) -> None:
    """Raises `Doubt`: `Soirée jeux 12 janvier` is no whole day, and `Soirée jeux 12 janvier 8h` may mean 20 h."""
    assert isinstance(name.value, tuple)
    assert reading.start is not None
    if reading.all_day:
        raise Doubt(Reason.NO_TIME)
    if reading.start.hour < NOON <= name.value[0]:
        raise Doubt(Reason.AMBIGUOUS)


def _left_a_number(text: str, spans: list[tuple[int, int]], *, hour: bool, day: bool) -> bool:
    """Whether what was not read holds a number like `9.30` where the `hour` is missing, `26.01` where the `day` is."""
    left = list(text)
    for start, end in spans:
        left[start:end] = " " * (end - start)
    words = "".join(left)
    return (hour and _HOUR_LEFT.search(words) is not None) or (day and _DAY_LEFT.search(words) is not None)


def _is_later_year(token: Token, year: int) -> bool:
    return token.kind == "Y" and isinstance(token.value, int) and token.value > year


def _leaves_out(shape: str) -> bool:
    """Whether words that were not read take something from a recurrence: `sauf …`, `hors vacances`."""
    return shape[:1] == "U" or shape == "~~"


def _without_letters(text: str, spans: list[tuple[int, int]], *, whole: bool) -> tuple[str, Letters | None]:
    """Blanks the letters of a zone behind a time of day, `CET`, and says which zone they name."""
    found = find_letters(text, whole=whole)
    if found is None:
        return text, None
    (start, end), letters = found
    spans.append((start, end))
    return text[:start] + " " * (end - start) + text[end:], letters


def _keeps(letters: Letters, reading: Reading) -> bool:
    return reading.start is not None and reading.start.astimezone(ZoneInfo(letters.key)).tzname() == letters.keeps


def _without_own_zone(folded: str, spans: list[tuple[int, int]], now: datetime) -> str:
    """Blanks the name of the reader's own zone, which may be in no table."""
    assert isinstance(now.tzinfo, ZoneInfo)
    for phrase in _own_zone(now.tzinfo) if "heure" in folded or " time" in folded else ():
        at = folded.find(phrase)
        if at >= 0:
            spans.append((at, at + len(phrase)))
            folded = folded[:at] + " " * len(phrase) + folded[at + len(phrase) :]
    return folded


@lru_cache(maxsize=64)
def _own_zone(zone: ZoneInfo) -> tuple[str, str]:
    return fold(zone_phrase(zone, "fr")), fold(zone_phrase(zone, "en"))


def _from_zone(parts: Parts, now: datetime, other: ZoneInfo) -> Reading:
    """`14h heure de Paris` for a reader elsewhere: resolved in that zone, converted to the reader's."""
    reading = resolve(parts, now.astimezone(other))
    if reading.start is None or reading.all_day or reading.rrule:
        raise Doubt(Reason.AMBIGUOUS)
    end = reading.end.astimezone(now.tzinfo) if reading.end else None
    return replace(reading, start=reading.start.astimezone(now.tzinfo), end=end)


def _day_alone(token: Token) -> Token:
    """`Toussaint`, which in a sentence may be somebody's name."""
    return token._replace(kind="D" if isinstance(token.value, tuple) else "z") if token.kind == "0" else token


def _pieces(found: list[Token], shape: str, spans: list[tuple[int, int]], *, whole: bool) -> tuple[Parts, list[int]]:
    """Takes every piece; small words just before a piece go with it. The rest are the positions left."""
    left: list[int] = []
    parts, at, glue = Parts(), 0, 0
    while at < len(found):
        end = take(parts, found, shape, at, whole=whole)
        if end > at:
            while shape[end : end + 1] == FILLER:
                end += 1
            spans.append((found[at - glue].start, found[end - 1].end))
            at, glue = end, 0
            continue
        glue += 1
        at += 1
        if shape[at - 1] not in GLUE:
            left.extend(range(at - glue, at))
            glue = 0
    left.extend(range(at - glue, at))
    return parts, left


def _check_left(found: list[Token], left: list[int], spans: list[tuple[int, int]], *, whole: bool) -> None:
    """Raises `Doubt` if words left over might change the date; in a whole expression none may be left."""
    if whole and left:
        hedged = any(found[i].kind in _HEDGES for i in left)
        raise Doubt(Reason.AMBIGUOUS if hedged and spans else Reason.UNKNOWN)
    unread = set(left)
    for i in left:
        before = i + 1 < len(found) and i + 1 not in unread
        after = i > 0 and i - 1 not in unread
        if found[i].kind in _HEDGES and before:
            raise Doubt(Reason.AMBIGUOUS)
        before = before and found[i].kind != "Y"  # "Bilan 2026 le 15 janvier"
        if found[i].kind in _TEMPORAL and (before or after):
            raise Doubt(Reason.AMBIGUOUS)
