"""Compares what people type with the names of a register: case, accents, articles and plurals do not matter."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from rapidfuzz import process

from bot.text.plain_text import fold

_WORD = re.compile(r"[^\W_]+")
_LEFT_OUT: Final = re.compile(r"(?:l[ae]?s?|d[eu]?s?|en|dans|aux?|a|une?|the|of|in)")
_SHORT: Final = {"st": "saint", "ste": "sainte"}
LONGEST: Final = 80
"""Characters of a name that somebody types."""
NEAR: Final = 75
"""How alike, of 100, a name is at least that we propose instead."""
PROPOSED: Final = 3


def key(words: str, *, longest: int = LONGEST) -> str:
    """The words as they are compared, empty if none is left; of more than `longest` characters, the first ones."""
    typed = _WORD.findall(fold(words[:longest]).text)
    return " ".join(_singular(_SHORT.get(word, word)) for word in typed if not _LEFT_OUT.fullmatch(word))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def within(words: str, known: Mapping[str, str]) -> str | None:
    """The longest known name that stands in the words, as the nurse in « infirmière à domicile »; None for none."""
    typed = f" {key(words)} "
    found = [name for name in known if len(name) > 3 and f" {name} " in typed]
    return max(found, key=len, default=None)


def nearest(words: str, known: Iterable[str]) -> list[str]:
    """The known names that were perhaps meant, the most alike first."""
    found = process.extract(key(words), list(known), limit=PROPOSED, score_cutoff=NEAR)
    return [str(name) for name, _score, _place in found]
