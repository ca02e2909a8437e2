"""Time zones by their letters, behind a time of day: `14h CET`, `9 am EST`."""

import re
from typing import NamedTuple


class Letters(NamedTuple):
    """The zone, and the time that it keeps then: winter's letters do not fit a summer's day."""

    key: str
    keeps: str


_NEW_YORK = "America/New_York"
ABBREVIATIONS = {
    "CET": Letters("Europe/Paris", "CET"), "CEST": Letters("Europe/Paris", "CEST"),
    "WET": Letters("Europe/Lisbon", "WET"), "WEST": Letters("Europe/Lisbon", "WEST"),
    "BST": Letters("Europe/London", "BST"), "AST": Letters("America/Martinique", "AST"),
    "EST": Letters(_NEW_YORK, "EST"), "EDT": Letters(_NEW_YORK, "EDT"),
    "HNE": Letters(_NEW_YORK, "EST"), "HAE": Letters(_NEW_YORK, "EDT"),
    "CST": Letters("America/Chicago", "CST"), "CDT": Letters("America/Chicago", "CDT"),
    "MST": Letters("America/Denver", "MST"), "MDT": Letters("America/Denver", "MDT"),
    "PST": Letters("America/Los_Angeles", "PST"), "PDT": Letters("America/Los_Angeles", "PDT"),
}  # fmt: skip
_AFTER_TIME = rf"(?<=[\dhHmMsS.])\s{{1,2}}\(?({'|'.join(ABBREVIATIONS)})\)?(?!\w)"
_IN_CAPITALS = re.compile(_AFTER_TIME)
_AT_THE_END = re.compile(rf"{_AFTER_TIME}[ .]?$", re.I)
_LONGEST = 12  # characters from a time of day to the end of its letters
_FRENCH_WORDS = frozenset({"CET", "EST"})


def find_letters(text: str, *, whole: bool) -> tuple[tuple[int, int], Letters] | None:
    """Where the letters of a zone stand, and what they say. "Cet" and "est" are words too, unless nothing follows."""
    found = _AT_THE_END.search(text[-_LONGEST:]) if whole and text[-1:] in "TtEe)." else None
    if found is not None:
        return (len(text) - len(found[0]), len(text)), ABBREVIATIONS[found[1].upper()]
    found = None if text.islower() else _IN_CAPITALS.search(text)
    if found is None or (not whole and found[1] in _FRENCH_WORDS and text == text.upper()):
        return None
    return found.span(), ABBREVIATIONS[found[1].upper()]
