"""Folded words, indexed by length, by stem and in order, each with the spelling to show."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Mapping
from typing import Self

from bot.resources.search.analysis import term

_MANY = 200


class Spellings:
    """A set of words that only grows. `shown` maps a word to its spelling, accents included."""

    __slots__ = ("_by_length", "_ordered", "_stems", "_unstemmed", "shown")

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}
        self._by_length: dict[int, list[str]] = {}
        self._ordered: list[str] = []
        self._stems: dict[int, dict[str, list[str]]] = {}
        self._unstemmed: list[str] = []

    def copy(self) -> Self:
        """An independent copy."""
        other = type(self)()
        other.shown = self.shown.copy()
        other._by_length = {length: words.copy() for length, words in self._by_length.items()}
        other._ordered = self._ordered.copy()
        other._stems = {
            length: {stem: words.copy() for stem, words in stems.items()} for length, stems in self._stems.items()
        }
        other._unstemmed = self._unstemmed.copy()
        return other

    def learn(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Add (word, spelling to show) pairs; a spelling with accents replaces one without."""
        new: list[str] = []
        for folded, shown in pairs:
            if folded not in self.shown:
                self._by_length.setdefault(len(folded), []).append(folded)
                self.shown[folded] = shown
                self._unstemmed.append(folded)
                new.append(folded)
            elif not shown.isascii():
                self.shown[folded] = shown
        if len(new) > _MANY:
            self._ordered = sorted(self.shown)
            self._stem()
        else:
            for folded in new:
                insort(self._ordered, folded)

    def of_length(self, length: int) -> Collection[str]:
        return self._by_length.get(length, ())

    def stems_of_length(self, length: int) -> Mapping[str, list[str]]:
        """The stems of this many letters, with their words."""
        self._stem()
        return self._stems.get(length, {})

    def _stem(self) -> None:
        while self._unstemmed:
            word = self._unstemmed.pop()
            stem = term(word)
            self._stems.setdefault(len(stem), {}).setdefault(stem, []).append(word)

    def beginning_with(self, prefix: str) -> list[str]:
        first = bisect_left(self._ordered, prefix)
        return self._ordered[first : bisect_left(self._ordered, f"{prefix}\U0010ffff", first)]
