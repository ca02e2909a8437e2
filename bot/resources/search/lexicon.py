"""Expressions that mean the same: acronyms with their expansions, and groups of synonyms. Read from YAML."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import yaml

from bot.resources.search.analysis import prepare, term, words
from bot.resources.search.vocabulary import Vocabulary

EXPANSION = 0.9
SYNONYM = 0.5
LONGEST = 8

Alternative: TypeAlias = tuple[str, float]
"""A phrase of terms, and how much a match of it counts: 1 would be as much as the member's own word."""


class Lexicon:
    """From a phrase of terms (`dossi patient informatis`) to the phrases that mean the same (`dpi`)."""

    __slots__ = ("_groups", "_same", "words")

    def __init__(
        self, glossary: Mapping[str, Iterable[str]] | None = None, synonyms: Iterable[Iterable[str]] = ()
    ) -> None:
        self._same: dict[str, dict[str, float]] = {}
        self._groups: list[tuple[list[str], float]] = []
        self.words = Vocabulary(lambda _: 1)
        for acronym, expansions in (glossary or {}).items():
            self._explain(acronym, expansions)
        for group in synonyms:
            self._link(group, SYNONYM)

    def same_as(self, phrase: str) -> list[Alternative]:
        """The phrases of terms that mean the same as `phrase`, with their weights."""
        return list(self._same.get(phrase, {}).items())

    def __contains__(self, phrase: object) -> bool:
        return phrase in self._same

    def extended(self, groups: Iterable[Sequence[str]]) -> "Lexicon":
        """Another lexicon that knows these groups as well; the first of a group may be an acronym of the others."""
        other = Lexicon()
        for expressions, weight in self._groups:
            other._link(expressions, weight)
        for group in groups:
            if is_acronym(group[0]):
                other._explain(group[0], group[1:])
            else:
                other._link(group, SYNONYM)
        return other

    def _explain(self, acronym: str, expansions: Iterable[str]) -> None:
        for expansion in expansions:
            self._link([acronym, expansion], EXPANSION)

    def _link(self, expressions: Iterable[str], weight: float) -> None:
        expressions = list(expressions)
        self._groups.append((expressions, weight))
        self.words.add(_spelt(" ".join(expressions)))
        phrases = list(map(_phrase, expressions))
        for one in filter(None, phrases):
            for other in filter(None, phrases):
                if one != other:
                    known = self._same.setdefault(one, {})
                    known[other] = max(weight, known.get(other, 0.0))


def is_acronym(text: str) -> bool:
    """Whether it is written as acronyms are: one short word, most of it in capitals (QVCT, Ségur is none)."""
    return " " not in text and 2 <= len(text) <= LONGEST and sum(map(str.isupper, text)) > len(text) / 2


def _phrase(expression: str) -> str:
    # « aide-soignant » becomes two words, as in a question; « mal-être » stays one, or only « mal » would remain.
    found = words(prepare(expression))
    whole = {word.compound for word in found if word.stop and word.compound}
    parts = [word.compound if word.compound in whole else word.folded for word in found if not word.stop]
    return " ".join(map(term, parts))


def _spelt(text: str) -> list[str]:
    return [word.text for word in words(prepare(text)) if len(word.text) > 3 and word.text.isalpha()]


def read(glossary: str, synonyms: str) -> Lexicon:
    """A lexicon from the text of `glossary.yaml` (acronym: list) and `synonyms.yaml` (list of lists).

    Raises ValueError that names a malformed entry.
    """
    return Lexicon(_glossary(_plain(glossary) or {}), _synonyms(_plain(synonyms) or []))


def _plain(text: str) -> Any:
    """The data of a YAML text, read by libyaml where there is one: ten times as fast."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _glossary(data: Any) -> dict[str, list[str]]:
    if not isinstance(data, dict):
        raise ValueError("glossary: expected `ACRONYM: [expansion, …]`")
    for acronym, expansions in data.items():
        if not isinstance(acronym, str) or not _words(expansions):
            raise ValueError(f"glossary: {acronym!r} must be a text with a list of texts")
    return data


def _synonyms(data: Any) -> list[list[str]]:
    if not isinstance(data, list):
        raise ValueError("synonyms: expected a list of lists")
    for group in data:
        if not _words(group) or len(group) < 2:
            raise ValueError(f"synonyms: {group!r} must be a list of two texts or more")
    return data


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
