"""`relais guard`: try a text against the patient-data guard before it is imported."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from bot.text.patient_data.patient_data import RULES, check

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line instead of columns.")]


def guard(as_json: JsonOption = False) -> None:
    """Say for each line of standard input which patient-data rules it matches, never the value.

    One line out per line in: its number, a tab, the rules separated by commas, or `-`.
    """
    for number, rules in _judged(sys.stdin.buffer):
        typer.echo(_as_json(number, rules) if as_json else f"{number}\t{','.join(rules) or '-'}")


def _judged(lines: Iterable[bytes]) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, start=1):
        matched = {finding.rule for finding in check(line.decode(errors="replace"))}
        yield number, [rule for rule in RULES if rule in matched]


def _as_json(number: int, rules: list[str]) -> str:
    return json.dumps({"line": number, "rules": rules})
