"""How long a message is on a telephone."""

import textwrap

COLUMNS = 40


def lines_of(plain: str) -> int:
    """The lines that a plain body takes on a screen of 40 columns: wrapped by words, a longer word is broken."""
    return sum(len(textwrap.wrap(line, COLUMNS, break_on_hyphens=False)) or 1 for line in plain.split("\n"))
