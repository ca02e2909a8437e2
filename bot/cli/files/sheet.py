"""Reads a file of rows, CSV or JSON Lines; names the lines that it cannot read, never their content."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Literal

from bot.cli.files import json_text
from bot.cli.files.columns import column_of, known_columns, unknown_column
from bot.errors import StartRefused

Cell = str | bool | tuple[str, ...]
Form = Literal["csv", "jsonl"]
SEPARATORS = ",;\t"
_CHOSEN = re.compile(r'"?sep=(.)"?[;,\t]*\r?\n?', re.IGNORECASE)
"""A first line by which a spreadsheet is told the separator."""
_UTF_8 = re.compile("[\xc2-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
"""Bytes of an accented letter or a quotation mark in UTF-8; in Windows-1252 such pairs (“Ã©”, “â€™”) make no word."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record by our own column names; only the columns that the file has."""

    line: int
    cells: dict[str, Cell]


class Unreadable(StartRefused):
    """One line of the file: `line` counts from 1."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"line {line}: {sentence}")
        self.line, self.sentence = line, sentence


def read(raw: bytes) -> list[Row | Unreadable]:
    """The rows of a file, and in the place of each that cannot be read what is wrong with it.

    Raises Unreadable for what concerns the whole file: its encoding, or its columns.
    """
    text = _decoded(raw)
    if not text.strip():
        raise Unreadable(1, "the file is empty.")
    return list(_objects(text) if text.lstrip().startswith("{") else _records(text))


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(1, "this is UTF-16: save the file again as “CSV UTF-8”.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _of_windows(raw, line=raw.count(b"\n", 0, error.start) + 1)
    if "\0" in text:
        raise Unreadable(text.count("\n", 0, text.index("\0")) + 1, "a NUL character stands here: this is no text.")
    return text


def _of_windows(raw: bytes, *, line: int) -> str:
    """The text of a file in Windows-1252, as French spreadsheets save it; UTF-8 with a damaged byte is none."""
    try:
        if not _UTF_8.search(raw.decode("latin-1")):
            return raw.decode("cp1252")
    except UnicodeDecodeError:
        pass
    raise Unreadable(line, "this is neither UTF-8 nor Windows-1252: save the file again as “CSV UTF-8”.")


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────────────────


def _records(text: str) -> Iterator[Row | Unreadable]:
    lines = StringIO(text, newline="").readlines()
    chosen = _CHOSEN.fullmatch(lines[0])
    records = _split(lines, chosen[1] if chosen else _separator(text), after=1 if chosen else 0)
    header = next(records, None)
    if header is None:
        raise Unreadable(1, "the file is empty.")
    if isinstance(header, Unreadable):
        raise header
    names = _names(*header)
    for record in records:
        yield record if isinstance(record, Unreadable) else _row(*record, names)


def _row(line: int, cells: list[str], names: Sequence[str]) -> Row | Unreadable:
    if any(cell.strip() for cell in cells[len(names) :]):
        return Unreadable(line, f"{len(cells)} cells for {len(names)} columns: quotes are missing around one.")
    padded = [*cells, *[""] * len(names)]
    return Row(line, dict(zip(names, padded, strict=False)))


def _separator(text: str) -> str:
    """The separator with which the first line gives most known columns."""
    first = text.lstrip().splitlines()[0]
    return max(SEPARATORS, key=lambda sign: len(known_columns(next(csv.reader([first], delimiter=sign), []))))


def _split(lines: Sequence[str], separator: str, *, after: int) -> Iterator[tuple[int, list[str]] | Unreadable]:
    """Each record past the first `after` lines, with the line on which it starts; empty ones are left out.

    After one that cannot be read, reading goes on at the very next line, so that it swallows no other.
    """
    while True:
        try:
            yield from _numbered(lines, separator, after)
            return
        except Unreadable as problem:
            yield problem
            after = problem.line


def _numbered(lines: Sequence[str], separator: str, after: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader((lines[at] for at in range(after, len(lines))), delimiter=separator, strict=True)
    while True:
        line = after + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable(line, "a quote is opened here and not closed, or stands inside a cell alone.") from None
        if any(cell.strip() for cell in cells):
            yield line, cells


def _names(line: int, header: Sequence[str]) -> list[str]:
    while header and not header[-1].strip():
        header = header[:-1]
    names = [_name(line, cell) for cell in header]
    for name in names:
        if names.count(name) > 1:
            raise Unreadable(line, f"two columns are “{name}”.")
    for needed in ("title", "url"):
        if needed not in names:
            raise Unreadable(line, f"there is no column “{needed}”: the first line must name the columns.")
    return names


def _name(line: int, written: str) -> str:
    name = column_of(written)
    if name is None:
        raise Unreadable(line, unknown_column(written))
    return name


# ── JSON Lines ────────────────────────────────────────────────────────────────────────────────────────────


def _objects(text: str) -> Iterator[Row | Unreadable]:
    # Not splitlines: JSON may hold U+2028 as it is.
    for line, written in enumerate(text.split("\n"), start=1):
        if written.strip():
            try:
                yield Row(line, _cells(line, written))
            except Unreadable as problem:
                yield problem


def _cells(line: int, written: str) -> dict[str, Cell]:
    try:
        found = json_text.read(written)
    except ValueError:
        raise Unreadable(line, "this is not JSON.") from None
    if not isinstance(found, dict):
        raise Unreadable(line, "this is not a JSON object.")
    return {_name(line, key): _cell(line, key, value) for key, value in found.items() if value is not None}


def _cell(line: int, key: str, value: object) -> Cell:
    if isinstance(value, str | bool):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise Unreadable(line, f"“{column_of(key)}” must be text.")
