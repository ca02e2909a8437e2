"""What a picture shows, as plain data: the outbox stores it, the drawing process reads it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

WIDTH, HEIGHT = 1080, 1350
"""Pixels: a phone held upright shows all of it, three of them to one of its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is counted: its name, and a number for each week; None where it is too small to be shown."""

    name: str
    values: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """Some rows of the same weeks. All words are already in the reader's language; the last week goes on.

    Numbers below `least` are drawn as `few` at one and the same height.
    """

    title: str
    period: str
    weeks: Sequence[str]
    rows: Sequence[Row]
    ongoing: str
    least: int = 0
    few: str = ""

    def kept(self) -> dict[str, Any]:
        """As the outbox stores it, and the drawing process reads it."""
        return asdict(self) | {"width": WIDTH, "height": HEIGHT}
