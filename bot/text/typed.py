"""Tidies what somebody typed, before any pattern is matched: no runs of blanks, few empty lines, a longest length."""

import re

LONGEST = 10_000
"""Characters of a message that are looked at."""
MOST_BREAKS = 3

_BREAKS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_NO_TEXT = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
"""Noncharacters, which mean something to programs alone: to ours, the layout of a sentence (`bot.markup`)."""
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_BLANKS = re.compile(rf"(?:[^\S\n]|[{_INVISIBLE}]){{2,}}")
_EMPTY_LINES = re.compile(rf"(?:\n(?:[^\S\n]|[{_INVISIBLE}])?){{{MOST_BREAKS + 1},}}")


def collapsed(text: str) -> str:
    """The text with one blank where several stood, visible or not, and at most MOST_BREAKS line breaks in a row.

    What stands alone stays as it is: the no-break space before a mark, the joiner inside an emoji.
    """
    said = _NO_TEXT.sub("", text)
    return _EMPTY_LINES.sub("\n" * MOST_BREAKS, _BLANKS.sub(_one, _BREAKS.sub("\n", said)))


def _one(blanks: re.Match[str]) -> str:
    run = blanks.group()
    return run[0] if run == run[0] * len(run) else " " if any(map(str.isspace, run)) else run[0]
