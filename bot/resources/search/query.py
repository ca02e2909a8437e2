"""Turns a member's words into a query: corrects, stems, and adds phrases from glossary and synonyms."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from bot.resources.search.analysis import Word, compounds, prepare, singular, term, weak, words
from bot.resources.search.document import key
from bot.resources.search.known_words import exists
from bot.resources.search.lexicon import EXPANSION, LONGEST, Lexicon
from bot.resources.search.ranking import Query, Sought
from bot.resources.search.vocabulary import Vocabulary
from bot.resources.search.words import ORDINARY, STOP

_LONGEST_QUERY = 1_000
_MOST_WORDS = 24
_WEAK = 0.3
_COMPLETED = 0.8
_LOOSE_FROM = 9
_RELATED = 0.5
_QUESTIONED = 0.8
_RAISED = 0.9
_LONG_ACRONYM = 4
_LEAST_STEM = 4
_LIKELY = 4
_CONTEXT = 3
_DOUBT = 8.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for; the key of a title that is the query; the corrected query, if it was corrected."""

    query: Query
    key: str
    corrected: str | None = None


class Reader:
    """Reads queries with the words of one community."""

    def __init__(
        self,
        lexicon: Lexicon,
        vocabulary: Vocabulary,
        frequency: Callable[[str], int],
        together: Callable[[str, str], int],
        size: int,
    ) -> None:
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._frequency = frequency
        self._together = together
        self._size = size

    def read(self, query: str) -> Asked:
        text = prepare(query[:_LONGEST_QUERY])
        every = words(text)
        found = [word for word in every if not word.stop][:_MOST_WORDS]
        stems = [term(word.folded) for word in found if not word.weak]
        sure = sorted(filter(self._frequency, stems), key=self._frequency)[:_CONTEXT]
        fixed = [self._fix(word, sure) for word in found]
        replaced = [(word, new) for word, new in zip(found, fixed, strict=True) if new is not None]
        kept = [(word, each) for word, new in zip(found, fixed, strict=True) for each in self._pieces(word, new)]
        corrected = _rewritten(text, replaced, self._shown) if replaced else None
        return Asked(self._query(kept), key(every, text), corrected)

    def suggestion(self, query: str) -> str | None:
        """The query with unknown words replaced by the nearest known ones, even if too far away to correct unasked."""
        text = prepare(query[:_LONGEST_QUERY])
        found = [word for word in words(text) if not (word.stop or self._known(word) or exists(word.folded))]
        nearest = [(word, self._vocabulary.nearest(word.folded, errors=_loose(word.folded))) for word in found]
        replaced = [(word, near.word) for word, near in nearest if near and not near.ordinary]
        return _rewritten(text, replaced, self._shown) if replaced else None

    def _fix(self, word: Word, sure: Sequence[str]) -> str | None:
        """The correction of a word, None when it needs none or there is none."""
        if (word.acronym and len(word.folded) < _LONG_ACRONYM) or self._known(word) or exists(word.folded):
            return None
        longer = self._vocabulary.completions(word.folded)
        if longer:
            return next((each for each in longer if len(each) == len(word.folded) + 1), None)
        return self._split(word.folded) or self._nearest(word.folded, sure)

    def _known(self, word: Word) -> bool:
        folded = word.folded
        return (
            word.weak
            or folded in ORDINARY
            or self._lexicon.words.spells(folded)
            or self._vocabulary.spells(folded)
            or self._found(term(folded), folded)
            or (bool(word.compound) and self._frequency(term(word.compound)) > 0)
        )

    def _found(self, stem: str, folded: str) -> bool:
        # A short stem is shared by chance (« sonis », « son »): then the word itself must be there.
        # An infinitive takes no s: « fichers » is no form of « fiche ».
        one = singular(folded)
        if folded.endswith("ers") and self._unseen(folded):
            return False
        sure = len(stem) >= _LEAST_STEM or stem == one or not self._unseen(one)
        return sure and (self._frequency(stem) > 0 or stem in self._lexicon)

    def _derived(self, folded: str) -> str | None:
        return self._vocabulary.family(folded) or self._lexicon.words.family(folded)

    def _nearest(self, folded: str, sure: Sequence[str]) -> str | None:
        # The glossary may know the intended word though no resource uses it.
        near = sorted(each for known in (self._vocabulary, self._lexicon.words) for each in known.near(folded))
        if near and near[0].errors > 1 and self._derived(folded):
            return None
        likely = [each.word for each in near if each.doubt == near[0].doubt][:_LIKELY]
        if len(set(map(term, likely))) < 2 or not sure:
            return likely[0] if likely else None
        return max(likely, key=lambda word: self._fits(term(word), sure))

    def _fits(self, meant: str, sure: Sequence[str]) -> float:
        # How likely the word is, times how likely each of the others is beside it.
        often = self._frequency(meant)
        beside = [self._together(meant, each) + _DOUBT * self._frequency(each) / self._size for each in sure]
        return log(often + 1) + sum(log(each / (often + _DOUBT)) for each in beside)

    def _pieces(self, word: Word, new: str | None) -> list[str]:
        if new is not None:
            return [each for each in new.split() if each not in STOP]
        return [word.folded if self._known(word) else self._derived(word.folded) or word.folded]

    def _shown(self, folded: str) -> str:
        return self._vocabulary.shown(self._lexicon.words.shown(folded))

    def _split(self, folded: str) -> str | None:
        for at in range(4, len(folded) - 3):
            left, right = folded[:at], folded[at:]
            if self._vocabulary.spells(left) and self._vocabulary.spells(right):
                return f"{left} {right}"
        return None

    def _query(self, kept: Sequence[tuple[Word, str]]) -> Query:
        own = [term(folded) for _, folded in kept]
        phrases: list[dict[str, float]] = [{each: 1.0} for each in own]
        self._join(kept, phrases)
        self._complete(kept, phrases)
        self._question(kept, phrases)
        self._relate(kept, phrases)
        self._widen(own, phrases)
        self._widen_joined(kept, phrases)
        single = [
            Sought(tuple(self._raised(each).items()), self._weight(folded, each))
            for (_, folded), each in zip(kept, phrases, strict=True)
        ]
        return Query(tuple(single), self._names(" ".join(own)))

    def _weight(self, folded: str, phrases: Iterable[str]) -> float:
        idle = folded in ORDINARY and not any(map(self._frequency, phrases))
        return _WEAK if idle or weak(folded) or len(folded) < 2 else 1.0

    def _names(self, whole: str) -> frozenset[str]:
        same = {phrase for phrase, share in self._lexicon.same_as(whole) if share >= EXPANSION}
        return frozenset(same | {whole})

    def _raised(self, phrases: dict[str, float]) -> dict[str, float]:
        # When no resource contains the word itself, its alternatives are all there is.
        own = next(iter(phrases))
        best = max((share for phrase, share in phrases.items() if phrase != own), default=0.0)
        if self._frequency(own) or not best:
            return phrases
        return {phrase: share if phrase == own else share * _RAISED / best for phrase, share in phrases.items()}

    def _join(self, kept: Sequence[tuple[Word, str]], phrases: Sequence[dict[str, float]]) -> None:
        for at, (word, _) in enumerate(kept):
            if word.compound and compounds([word]):
                self._offer(phrases[at], term(word.compound), 1.0)
        for at, ((_, first), (_, second)) in enumerate(pairwise(kept)):
            for each in (phrases[at], phrases[at + 1]) if min(len(first), len(second)) > 1 else ():
                self._offer(each, term(singular(first) + second), 1.0)

    def _complete(self, kept: Sequence[tuple[Word, str]], phrases: Sequence[dict[str, float]]) -> None:
        for (word, folded), each in zip(kept, phrases, strict=True):
            whole = word.acronym or exists(folded) or term(folded) in self._lexicon
            if not whole and not any(map(self._frequency, each)):
                for longer in self._vocabulary.completions(folded):
                    each.setdefault(term(longer), _COMPLETED)

    def _question(self, kept: Sequence[tuple[Word, str]], phrases: Sequence[dict[str, float]]) -> None:
        # « fichers » has the stem of « fiche », but nobody writes it so: « fichiers » may be meant as well.
        for (word, folded), each in zip(kept, phrases, strict=True):
            known = word.acronym or word.weak or folded in ORDINARY or not self._frequency(term(folded))
            if word.folded == folded and not known and self._unseen(folded):
                for near in self._vocabulary.near(folded, errors=1):
                    if near.doubt <= 1:
                        self._offer(each, term(near.word), _QUESTIONED)

    def _unseen(self, folded: str) -> bool:
        """Whether neither resources nor glossary spell it so, singular or plural: at most its stem is known."""
        both = (folded, singular(folded))
        return not any(known.spells(each) for known in (self._vocabulary, self._lexicon.words) for each in both)

    def _relate(self, kept: Sequence[tuple[Word, str]], phrases: Sequence[dict[str, float]]) -> None:
        for (word, folded), each in zip(kept, phrases, strict=True):
            if not word.acronym and not weak(folded) and (related := self._vocabulary.family(folded, other=True)):
                self._offer(each, term(related), _RELATED)

    def _widen(self, own: Sequence[str], phrases: Sequence[dict[str, float]]) -> None:
        # An alternative of an expression is one of each of its words.
        for start, end in _spans(len(own)):
            for phrase, share in self._lexicon.same_as(" ".join(own[start:end])):
                for each in phrases[start:end]:
                    self._offer(each, phrase, share)

    def _widen_joined(self, kept: Sequence[tuple[Word, str]], phrases: Sequence[dict[str, float]]) -> None:
        for (word, _), each in zip(kept, phrases, strict=True):
            for phrase, share in self._lexicon.same_as(term(word.compound)) if word.compound else ():
                self._offer(each, phrase, share)

    def _offer(self, phrases: dict[str, float], phrase: str, share: float) -> None:
        if all(self._frequency(each) for each in phrase.split()):
            phrases[phrase] = max(share, phrases.get(phrase, 0.0))


def _spans(count: int) -> Iterator[tuple[int, int]]:
    for start in range(count):
        for end in range(start + 1, min(start + LONGEST, count) + 1):
            yield start, end


def _loose(folded: str) -> int:
    return 2 if len(folded) < _LOOSE_FROM else 3


def _rewritten(text: str, replaced: Sequence[tuple[Word, str]], shown: Callable[[str], str]) -> str:
    for word, new in reversed(replaced):
        text = text[: word.start] + " ".join(map(shown, new.split())) + text[word.end :]
    return " ".join(text.split())
