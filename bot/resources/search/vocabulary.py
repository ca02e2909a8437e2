"""The words of one community's resources, and those nearest to a misspelled one."""

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.resources.search.analysis import fold, singular, term
from bot.resources.search.spellings import Spellings
from bot.resources.search.words import ORDINARY, STOP, WEAK

SHORTEST = 5
TWO_ERRORS_FROM = 7
_SHORTEST_PREFIX = 4
_COMPLETIONS = 5
_COMMON = frozenset(word for word in STOP | WEAK | ORDINARY if len(word) >= SHORTEST - 1)


_FAMILY = re.compile(r"(?:icien|ien|eri|ag|at|ur|(?<=\w{6})al)$")
_LEAST_ROOT = 5
_OTHER_INITIAL = 0.6
_ORDINARY = 0.4
_INFLECTED = 0.5


class Near(NamedTuple):
    """A word near a misspelled one; smaller means likelier. `doubt`: its errors, plus what else makes it unlikely."""

    doubt: float
    rarity: int
    unlikeness: float
    word: str
    errors: int
    ordinary: bool


class Vocabulary:
    """Folded words with the spelling to show. `weight` gives the number of documents that contain a term now.

    Words are never removed, but one that no document contains any more is never proposed.
    """

    __slots__ = ("_idle", "_spellings", "_weight")

    def __init__(self, weight: Callable[[str], int]) -> None:
        self._weight = weight
        self._spellings = _common().copy()
        self._idle = set(_COMMON)

    def add(self, words: Iterable[str]) -> None:
        """Add words, given in lower case with their accents."""
        pairs = [pair for word in words for pair in _numbers(word)]
        self._spellings.learn(pairs)
        self._idle.difference_update(folded for folded, _ in pairs)

    def shown(self, folded: str) -> str:
        """The word as the resources spell it, accents included."""
        return self._spellings.shown.get(folded, folded)

    def nearest(self, folded: str, *, errors: int | None = None) -> Near | None:
        """The word most likely meant by a misspelled one, or None."""
        return min(self.near(folded, errors=errors), default=None)

    def near(self, folded: str, *, errors: int | None = None) -> list[Near]:
        """The words that a misspelled one may mean. None for words with digits and short ones.

        One error is allowed (a letter wrong, missing, too many, or two exchanged), two from seven letters; in
        four letters, one that is missing.
        """
        if len(folded) < SHORTEST - 1 or not folded.isalpha():
            return []
        allowed = errors if errors is not None else 1 + (len(folded) >= TWO_ERRORS_FROM)
        found, one = self._near(folded, allowed), folded.rstrip("sx")
        if one != folded and len(one) >= SHORTEST - 1:
            stems = {term(near.word) for near in found}
            found += [near for near in self._near(one, allowed) if term(near.word) not in stems]
        return found + self._inflected(folded)

    def _near(self, folded: str, allowed: int) -> list[Near]:
        lengths = range(max(SHORTEST, len(folded) - allowed), len(folded) + allowed + 1)
        return [
            self._judged(folded, word, distance, word[0] != folded[0])
            for length in lengths
            for word, distance, _ in _within(allowed, folded, self._spellings.of_length(length))
            if self._stands(word) and (allowed > 2 or word[0] == folded[0] or distance < 2 <= len(folded) - 3)
        ]

    def _inflected(self, folded: str) -> list[Near]:
        """Words whose stem is one error away: no document may contain the very form that was meant (`privées`)."""
        stem = term(folded)
        if len(stem) < SHORTEST - 1:
            return []
        return [
            self._judged(folded, word, 1, False, _INFLECTED)
            for stems in map(self._spellings.stems_of_length, range(len(stem) - 1, len(stem) + 2))
            for one, _, _ in _within(1, stem, stems.keys())
            for word in [min(stems[one], key=lambda word: (OSA.distance(folded, word), word))]
            if one[0] == stem[0] and self._stands(word)
        ]

    def _judged(self, folded: str, word: str, errors: int, other_initial: bool, doubt: float = 0.0) -> Near:
        ordinary = word in self._idle
        doubt += errors + _OTHER_INITIAL * other_initial + _ORDINARY * ordinary
        unlikeness = OSA.normalized_distance(folded, word)
        return Near(doubt, -self._weight(term(word)), unlikeness, word, errors, ordinary)

    def spells(self, folded: str) -> bool:
        """Whether some resource contains this very word."""
        return folded in self._spellings.shown and self._weight(term(folded)) > 0

    def _stands(self, word: str) -> bool:
        return word in _COMMON or self._weight(term(word)) > 0

    def family(self, folded: str, *, other: bool = False) -> str | None:
        """The most used word of the same root (`piratage` for `pirater`); with `other`, one of another term."""
        root, own = _root(folded), term(folded) if other else ""
        if len(root) < _LEAST_ROOT:
            return None
        return min(
            (
                word
                for word in self._spellings.beginning_with(root)
                if _root(word) == root and term(word) != own and self._stands(word)
            ),
            key=lambda word: (-self._weight(term(word)), word),
            default=None,
        )

    def completions(self, prefix: str) -> list[str]:
        """The most used words that begin with `prefix`."""
        if len(prefix) < _SHORTEST_PREFIX:
            return []
        found = [word for word in self._spellings.beginning_with(prefix) if self._stands(word)]
        return sorted(found, key=lambda word: (-self._weight(term(word)), word))[:_COMPLETIONS]


@cache
def _common() -> Spellings:
    """The words of everyday language, which every vocabulary knows."""
    spellings = Spellings()
    spellings.learn((word, word) for word in sorted(_COMMON))
    return spellings


def _within(allowed: int, folded: str, words: Collection[str]) -> list[tuple[str, int, int]]:
    return process.extract(folded, words, scorer=OSA.distance, score_cutoff=allowed, limit=None)


def _numbers(word: str) -> list[tuple[str, str]]:
    """A word as written and in the singular, each folded and as shown."""
    folded = fold(word)
    one = singular(folded)
    return [(folded, word)] if one == folded or len(one) < SHORTEST - 1 else [(folded, word), (one, word[:-1])]


@lru_cache(maxsize=65_536)
def _root(folded: str) -> str:
    return _FAMILY.sub("", term(folded))
