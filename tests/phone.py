"""How tall a message is where most people read it: on a phone of 40 columns."""

from textwrap import wrap

COLUMNS = 40


def lines_of(plain: str) -> int:
    """Lines that the plain body takes: wrapped by words, a longer word is broken."""
    return sum(len(wrap(line, COLUMNS, break_on_hyphens=False)) or 1 for line in plain.split("\n"))
