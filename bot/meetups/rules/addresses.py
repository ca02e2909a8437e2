"""Postal addresses in a line: their numbers and dates are no hours and no days, `12 rue du 8 mai 1945`."""

import re

_MONTHS = "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
_WAY = (
    r"(?:(?i:rue|avenue|av\.?|boulevard|bd\.?|bld\.?|quai|allée|allee|impasse|chemin|route|square|passage|esplanade|"
    r"rond-point|faubourg|pont)(?!\w)|[Pp]lace(?=\s+(?:d[eu]s?\b|d['’]|[A-ZÀ-Ý])))"
)
_NUMBER = r"\d{1,4}(?:\s?(?:bis|ter|quater|[A-D]))?,?\s+"
_DAY = rf"\s+du\s+\d{{1,2}}(?:er)?[\s-]+(?i:{_MONTHS})(?:\s+\d{{4}})?(?!\w)"
_TOWN = r"\d{5}(?=\s+[A-ZÀ-Ý])"
_ADDRESS = re.compile(rf"(?<![\w'’/-])(?:(?:{_NUMBER})?{_WAY}{_DAY}|{_NUMBER}{_WAY}|{_TOWN})")
_WEEKDAY = re.compile(r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|le|du)\s+$", re.I)
_HIDDEN = "\ue000"
"""Stands for an address while the date is looked for: a letter of nobody's."""


def hide(line: str) -> tuple[str, list[str]]:
    """The line without what would be taken for a date, and that, in order. `mardi 8 rue …` hides the street alone."""
    hidden: list[str] = []

    def one(found: re.Match[str]) -> str:
        words = found.group()
        if _WEEKDAY.search(line[: found.start()]) and words[0].isdigit():
            return words
        hidden.append(words)
        return _HIDDEN

    return _ADDRESS.sub(one, line), hidden


def show(words: str, hidden: list[str]) -> str:
    """The words with the first of what was hidden put back; it is taken off the list."""
    while _HIDDEN in words and hidden:
        words = words.replace(_HIDDEN, hidden.pop(0), 1)
    return words
