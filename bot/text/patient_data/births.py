"""Finds a date of birth together with its person: a title, a word for a patient or a name, before or after it.

After a word for birth any date counts. Without one, a date counts only right beside a named person, and if it is too
old to be that of a meeting or a paper.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.text.patient_data.birth_words import (
    BORN,
    DATED,
    FOUNDED,
    HEADING,
    NAMED_PATIENT,
    NAMED_PERSON,
    NAMES,
    NO_NAMES,
    PERSON,
    SHEET,
    THEN_A_PERSON,
    THEN_NAMES,
    WORK,
)
from bot.text.plain_text import PlainText

Match = re.Match[str]

OLDEST: Final = 1905
"""Nobody born before is still a patient."""
LONG_AGO: Final = 2005
"""Dates up to that year are hardly those of meetings or papers."""
RECENT: Final = 2015
"""The same for a date right behind a titled name."""
_REACH = 120
"""Characters between the person and the birth."""
_LINE_ENDS = 3
"""Line ends between them, where the person is named."""
_FEWEST = 3
"""Figures of the shortest date."""
_NEVER = 0
_COMING = 36
"""Of two figures, years up to this one may still come."""
_YEARS = ("year", "short", "iso_year", "word_year", "english_year", "glued_year", "compact_year")
_LONGEST_ACRONYM = 3
"""Letters of `ARS`; a longer word in capitals is a surname."""
_PARTICLES = frozenset(("de", "du", "des", "la", "le", "van", "von", "el"))


class _Page(NamedTuple):
    """Folded text, and the same with the capitals of the original."""

    text: str
    cased: str


def patient_births(plain: PlainText, original: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each birth and its person in the folded text."""
    if sum(map(plain.text.count, "0123456789")) < _FEWEST:
        return
    cased = original if isinstance(plain.offsets, range) else "".join(original[offset] for offset in plain.offsets)
    page, last = _Page(plain.text, cased), 0
    for birth in BORN.finditer(page.text):
        span = _of_a_person(page, birth)
        if span is not None:
            yield span
            last = span[1]
    for date in DATED.finditer(page.text, last):
        span = _beside_a_person(page, date)
        if span is not None:
            yield span


# ── behind a word for birth ─────────────────────────────────────────────────────────────────────────────────────────


def _of_a_person(page: _Page, birth: Match) -> tuple[int, int] | None:
    start, end = birth.span()
    if _year(birth) < OLDEST or FOUNDED.search(page.text, max(0, start - _REACH), start):
        return None
    return _person_on_its_line(page, start, end) or _person_near(page, start, end) or _names_beside(page, start, end)


def _person_on_its_line(page: _Page, start: int, end: int) -> tuple[int, int] | None:
    first, last = _around(page.text, start, end, line_ends=0)
    for person in (*PERSON.finditer(page.text, first, start), *PERSON.finditer(page.text, end, last)):
        if _is_person(page, person):
            return min(start, person.start()), max(end, person.end())
    return None


def _person_near(page: _Page, start: int, end: int) -> tuple[int, int] | None:
    """A person on a line before or after, if a name follows; or the fields of a form."""
    first, last = _around(page.text, start, end, line_ends=_LINE_ENDS)
    for person in (*PERSON.finditer(page.text, first, last), *SHEET.finditer(page.text, first, last)):
        if _is_person(page, person) and _is_named(page, person.end()):
            return min(start, person.start()), max(end, person.end())
    return None


def _names_beside(page: _Page, start: int, end: int, *, in_capitals: bool = False) -> tuple[int, int] | None:
    """A first name and a surname right before or after; `in_capitals`: only where one is written in capitals."""
    before = NAMES.search(page.text, max(0, start - _REACH), start)
    if before and _are_names(page, before, in_capitals=in_capitals):
        return before.start("names"), end
    after = THEN_NAMES.match(page.text, end, end + _REACH)
    return (start, after.end()) if after and _are_names(page, after, in_capitals=in_capitals) else None


def _are_names(page: _Page, found: Match, *, in_capitals: bool) -> bool:
    words = _words(page, found)
    capitals = [word for word in words if len(word) > _LONGEST_ACRONYM and word.isupper()]
    return _are_capitalised(words) and (not in_capitals or len(capitals) == 1)


def _are_capitalised(words: list[str]) -> bool:
    """Whether each word begins with a capital and is no ordinary word; particles inside names are ignored."""
    names = [word for word in words if word.lower() not in _PARTICLES]
    return bool(names) and all(word[:1].isupper() and word.lower() not in NO_NAMES for word in names)


def _words(page: _Page, found: Match) -> list[str]:
    return re.split(r"[ ,;|^_\n-]+", page.cased[found.start("names") : found.end("names")])


def _is_person(page: _Page, found: Match) -> bool:
    """Whether it is a person: a lone M is a title only as a capital."""
    title = found.groupdict().get("title")
    return title not in ("m", "m.") or page.cased[found.start("title")] == "M"


def _is_named(page: _Page, after: int) -> bool:
    """Whether one of the next words begins with a capital."""
    words = re.split(r"[ .:;,|\"\n]+", page.cased[after : after + 30])[:5]
    return any(word[:1].isupper() and word.lower() not in NO_NAMES for word in words)


# ── without one ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _beside_a_person(page: _Page, date: Match) -> tuple[int, int] | None:
    start, end = date.span()
    first, last = _around(page.text, start, end, line_ends=0)
    year = _year(date)
    if year < OLDEST or WORK.search(page.text, first, last):
        return None
    first = max(0, start - _REACH)
    before = NAMED_PERSON.search(page.text, first, start) or NAMED_PATIENT.search(page.text, first, start)
    if before and _is_person(page, before) and _may_be_born(page, before, year, until=RECENT):
        return before.start(), end
    after = THEN_A_PERSON.match(page.text, end, end + _REACH)
    if after and _is_person(page, after) and _may_be_born(page, after, year, until=LONG_AGO):
        return start, after.end()
    headed = HEADING.search(page.text, first, start) is not None
    return _names_beside(page, start, end, in_capitals=not headed) if headed or year <= LONG_AGO else None


def _may_be_born(page: _Page, named: Match, year: int, *, until: int) -> bool:
    """Whether the year fits a birth: any year for one patient's, `until` for capitalised names, LONG_AGO for others."""
    words = _words(page, named)
    if _are_capitalised(words):
        return year <= until or (named["patient"] is not None and _is_somebody(page, named, words))
    return year <= LONG_AGO and len(words) <= 2 and NO_NAMES.isdisjoint(words)


def _is_somebody(page: _Page, named: Match, words: list[str]) -> bool:
    """Whether it is one patient (`patient Martin`, `Patient MARTIN`), not the title of something for patients."""
    return page.cased[named.start("patient")].islower() or any(
        len(word) > _LONGEST_ACRONYM and word.isupper() for word in words
    )


# ── dates and lines ─────────────────────────────────────────────────────────────────────────────────────────────────


def _year(date: Match) -> int:
    """The year, _NEVER if there is no such day. A year of two figures up to _COMING counts as 20xx."""
    parts = date.groupdict()
    day, month = (_number(parts, name) for name in ("day", "month"))
    if not _is_day(day, month):
        return _NEVER
    written = next(parts[name] for name in _YEARS if parts.get(name))
    year = int(written)
    return year if len(written) == 4 else year + (1900 if year > _COMING else 2000)


def _number(parts: dict[str, str | None], name: str) -> int:
    """The day or the month as a number, 0 where the month is a word."""
    return int(
        next((parts[key] for key in (name, f"iso_{name}", f"glued_{name}", f"compact_{name}") if parts.get(key)), None)
        or 0
    )


def _is_day(day: int, month: int) -> bool:
    """Whether they are a day and a month, in either order."""
    return min(day, month) <= 12 and max(day, month) <= 31


def _around(text: str, start: int, end: int, *, line_ends: int) -> tuple[int, int]:
    """The bounds of what is within reach of a span, at most so many line ends away."""
    before = text[max(0, start - _REACH) : start].split("\n")[-line_ends - 1 :]
    after = text[end : end + _REACH].split("\n")[: line_ends + 1]
    return start - len("\n".join(before)), end + len("\n".join(after))
