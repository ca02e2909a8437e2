"""Turns one row of a file into a resource, or names what is wrong with it."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.cli.files.sheet import Cell, Row, Unreadable
from bot.communities.file import Address
from bot.resources.resources import Draft
from bot.resources.search import KINDS, filters
from bot.text.patient_data.patient_data import check

LONGEST = {"title": 300, "summary": 2_000, "source": 200, "contact": 200, "tags": 2_000}
_ADDRESS = TypeAdapter(Address)
_YES = frozenset(("oui", "yes", "true", "vrai", "1", "x"))
_NO = frozenset(("non", "no", "false", "faux", "0", ""))
_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_FORMULA = re.compile(r"'+[=+\-@\t\r]")


def draft_of(row: Row, before: Draft | None) -> Draft:
    """The resource that a row describes; fields without a column stay as in `before`. Raises Unreadable.

    The patient-data guard runs first, so that no later sentence repeats what it refuses.
    """
    _refuse_patient_data(row)
    url = _address(row)
    given: dict[str, Any] = {name: _value(row.line, name, cell) for name, cell in row.cells.items() if name != "url"}
    if not given.get("title") and before is None:
        raise Unreadable(row.line, "the title is missing.")
    given = {name: value for name, value in given.items() if name != "title" or value}
    return replace(before or Draft(title="", url=url), **given)


def _refuse_patient_data(row: Row) -> None:
    text = "\n".join(part for cell in row.cells.values() for part in _parts(cell))
    rules = {finding.rule for cell in (text, text.replace("\n", " ")) for finding in check(cell)}
    if rules:
        said = ", ".join(sorted(rules))
        raise Unreadable(row.line, f"this looks like patient data (rule {said}); nothing of it was kept.")


def _parts(cell: Cell) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else (str(cell),)


def _address(row: Row) -> str:
    written = row.cells.get("url", "")
    if not isinstance(written, str) or not written.strip():
        raise Unreadable(row.line, "the address (url) is missing.")
    try:
        return _ADDRESS.validate_python(written.strip())
    except ValidationError:
        sentence = "the address (url) is not one: it starts with https:// (or http://) and holds no space."
        raise Unreadable(row.line, sentence) from None


def _value(line: int, name: str, cell: Cell) -> object:
    if name == "tags":
        return _tags(line, cell)
    if name == "ready":
        return _truth(line, cell)
    if not isinstance(cell, str):
        raise Unreadable(line, f"“{name}” must be text.")
    text = _line(cell)
    if name == "kind":
        return _kind(line, text)
    if name == "verified_on":
        return _day(line, text)
    return _short_enough(line, name, text)


def _line(cell: str) -> str:
    """A cell as one line, without the apostrophe that prevents a spreadsheet from reading a formula."""
    return _tidy(cell[1:] if _FORMULA.match(cell) else cell)


def _tidy(text: str) -> str:
    """The text without line ends and control characters; no-break spaces are typography and stay."""
    return _BREAKS.sub(" ", text).strip(" ")


def _short_enough(line: int, name: str, text: str) -> str:
    if len(text) > LONGEST[name]:
        raise Unreadable(line, f"“{name}” has {len(text)} characters; {LONGEST[name]} at most.")
    return text


def _tags(line: int, cell: Cell) -> tuple[str, ...]:
    """A cell with `;` or `|` is cut there and keeps its commas; any other is cut at its commas."""
    if isinstance(cell, bool):
        raise Unreadable(line, "“tags” must be text, or a list of texts.")
    if isinstance(cell, str):
        cell = tuple(re.split(r"[;|]" if re.search(r"[;|]", cell) else ",", _line(_short_enough(line, "tags", cell))))
    found = map(_tidy, cell)
    return tuple(dict.fromkeys(tag for tag in found if tag))


def _truth(line: int, cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    word = cell.strip().casefold() if isinstance(cell, str) else None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable(line, "“ready” must be yes or no.")


def _kind(line: int, text: str) -> str:
    if not text:
        return "publication"
    kinds, ready, rest = filters(text.split())
    if len(kinds) != 1 or ready or rest:
        raise Unreadable(line, f"“{text[:40]}” is not a kind; use one of {', '.join(sorted(KINDS))}.")
    return next(iter(kinds))


def _day(line: int, text: str) -> str | None:
    """The ISO date of a cell; reads 31/01/2026 too, as French spreadsheets write it, the day first."""
    if french := _FRENCH_DAY.fullmatch(text):
        text = f"{french[3]}-{french[2]:0>2}-{french[1]:0>2}"
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        raise Unreadable(line, "“verified_on” must be a day like 2026-01-31.") from None
