"""How tall a text is where most people read it: on a phone of 40 columns."""

from textwrap import wrap
from typing import Final

COLUMNS: Final = 40
SCREEN: Final = 20
"""Lines that a phone shows at once, beside its keyboard and the names above."""


def lines_of(plain: str) -> int:
    """Lines that the text takes: wrapped by words, a longer word is broken."""
    return sum(len(wrap(line, COLUMNS, break_on_hyphens=False)) or 1 for line in plain.split("\n"))
