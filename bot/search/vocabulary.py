"""The words one community's resources are written with, and the nearest of them to a misspelled one."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.analysis import fold, term
from bot.search.words import STOP, WEAK

SHORTEST = 5
TWO_ERRORS_FROM = 7
_SHORTEST_PREFIX = 4
_COMPLETIONS = 5
_MANY = 200
_COMMON = frozenset(word for word in STOP | WEAK if len(word) >= SHORTEST - 1)


class Near(NamedTuple):
    """A word near a misspelled one; the smaller the likelier."""

    errors: int
    other_initial: bool
    rarity: int
    word: str


class Vocabulary:
    """Folded words with the spelling to show. `weight` tells in how many documents a term stands now.

    A word is never forgotten, but one that stands in no document any more is never proposed.
    """

    __slots__ = ("_by_length", "_shown", "_sorted", "_weight")

    def __init__(self, weight: Callable[[str], int]) -> None:
        self._weight = weight
        self._shown: dict[str, str] = {}
        self._by_length: dict[int, list[str]] = {}
        self._sorted: list[str] = []
        self._learn((word, word) for word in sorted(_COMMON))

    def add(self, words: Iterable[str]) -> None:
        """Words in lower case, with their accents."""
        self._learn((fold(word), word) for word in words)

    def _learn(self, pairs: Iterable[tuple[str, str]]) -> None:
        new: list[str] = []
        for folded, shown in pairs:
            if folded not in self._shown:
                self._by_length.setdefault(len(folded), []).append(folded)
                self._shown[folded] = shown
                new.append(folded)
            elif not shown.isascii():
                self._shown[folded] = shown
        if len(new) > _MANY:
            self._sorted = sorted(self._shown)
        else:
            for folded in new:
                insort(self._sorted, folded)

    def shown(self, folded: str) -> str:
        """The word as the resources spell it, accents included."""
        return self._shown.get(folded, folded)

    def nearest(self, folded: str, *, errors: int | None = None) -> Near | None:
        """The word meant by a misspelled one, or None. Digits and short words are left alone.

        One error is allowed (a letter wrong, missing, too many, or two exchanged), two from seven letters; in
        four letters, one that is missing.
        """
        if len(folded) < SHORTEST - 1 or not folded.isalpha():
            return None
        allowed = errors if errors is not None else 1 + (len(folded) >= TWO_ERRORS_FROM)
        for form in dict.fromkeys([folded, folded.rstrip("sx")]):
            if len(form) >= SHORTEST - 1 and (found := self._near(form, allowed)):
                return min(
                    Near(distance, word[0] != form[0], -self._weight(term(word)), word) for word, distance in found
                )
        return None

    def _near(self, folded: str, allowed: int) -> list[tuple[str, int]]:
        lengths = range(max(SHORTEST, len(folded) - allowed), len(folded) + allowed + 1)
        return [
            (word, int(distance))
            for length in lengths
            for word, distance, _ in process.extract(
                folded, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=allowed, limit=None
            )
            if self._stands(word) and (allowed > 2 or word[0] == folded[0] or distance < 2 <= len(folded) - 3)
        ]

    def spells(self, folded: str) -> bool:
        """Whether a resource is written with this very word."""
        return folded in self._shown and self._weight(term(folded)) > 0

    def _stands(self, word: str) -> bool:
        return word in _COMMON or self._weight(term(word)) > 0

    def completions(self, prefix: str) -> list[str]:
        """The most used words that begin so."""
        if len(prefix) < _SHORTEST_PREFIX:
            return []
        first = bisect_left(self._sorted, prefix)
        last = bisect_left(self._sorted, f"{prefix}\U0010ffff")
        found = [word for word in self._sorted[first:last] if self._stands(word)]
        return sorted(found, key=lambda word: (-self._weight(term(word)), word))[:_COMPLETIONS]
