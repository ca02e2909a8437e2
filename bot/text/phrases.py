"""Finds which of some declared phrases a sentence is, however it is put: accents, articles, *tu* or *vous*, a slip.

A phrase is written in plain words: `[x]` may be left out, `(x|y)` is one of both, `>(x|y)` is one of both that comes
next and is not passed, `*` up to three words that deny nothing, `~` a wish in front (« je voudrais », "can I"), `…` at
the end the words that are taken, `…` at the beginning anything before. `x => y` takes the fixed words `y`, and `^ x …`
the whole sentence, for one that is a question itself: « qui a déjà … ».

`& x (y|z) !w` are cues: the sentence holds them all, in any order and among other words, but not `w`. They count after
all phrases, in a short sentence, else in one clause of a longer one, that speaks of nobody else and denies nothing,
unless a cue does, and only if those of nothing else are there too; with `…` at the end, the whole sentence is taken.
`&& x y` are cues that leave no doubt. There is no model; patterns are linear.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.text.plain_text import fold
from bot.text.spellings import APART, DROPPED, FILLERS, LEADS, SAME, TAILS, WISH

LONGEST = 1_000
"""Characters of a sentence that is looked at."""
LOOKED_AT = 12
"""Words at the beginning in which a slip of the finger is put right."""
MOST_AROUND = 16
"""Words of a sentence that is understood by its cues."""
ONE_WORD = 3
"""The weight of a phrase of one word."""
FEW_BESIDE = 3
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"=>|…|>\(|[*~()\[\]|]|[^\s…*~()\[\]|]+")
_CUE = re.compile(r"(!?)(\([^()]*\)|\S+)")
_EMPTY_CHOICE = re.compile(r"\(\?:\||\|\||\|\)")
"""One of words that are left out of comparisons (DROPPED) would match anything."""
_IT_IS = "ce (?:est )?"
"""« c'est », which phones write « c »."""
_GLUED = ("j", "l", "d", "m", "t", "s", "n", "c")
_BREAK = re.compile(r"(?<![.!?;,:…\n])[.!?;,:…\n]++(?=\s|\Z)")
_DENIES = "(?:pas|plu|jamai|aucun|rien|personn|san|non|si|not|never|no|if|without|don|won|doesn|didn|but|mai|sauf)"
"""As words are compared, without their endings."""
_NOBODY = "personn"  # which is also « une personne »
_GAP = rf"(?:(?!{_DENIES} )\S+ ){{0,3}}"
_DENIAL = re.compile(_DENIES)
_OF_OTHERS = "(?:(?<!peux )ell|lui|eux|ils|si|if|she|he|they)"
_DENIED = re.compile(rf"(?:^| ){_DENIES} |(?:^| )don vous ")
_REASON = re.compile(
    r"(?:^| )(?:(?:je|nous|on)(?: me| en| y)?(?: ai)? (?!veux|sai |sui (?:pas|plu) sur )\S+ (?:pas|rien|plu(?! temp))"
    r"|i (?:don t (?!want|know)|can t|am not (?!sure)|have no))(?= )"
)
"""The beginning of a reason, in words as they are compared."""
_CLAUSE = re.compile(
    r"(?<![.!?;,:…\n()])[.!?;,:…\n()]++(?=\s|\Z)|\s[-–—]\s"
    r"|(?<=\s)(?:et|mais|car|parce que|puisque|donc|and|but|because|so)(?=\s)",
    re.IGNORECASE,
)
"""What stands between two clauses."""
_LEADING = re.compile(
    r"(?:(?:le|la|les|un|une|des|de|que|to|a|à|an|the|some|any)\s+|(?:l|d|qu)['’]\s?)(?=\S)", re.IGNORECASE
)
_ENDINGS = ("ez", "er", "ent", "e")
_AROUND = ' \u00a0\u202f\n\t.,;:!?…«»“”"'

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands in what was written."""

    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One phrase, as a pattern over plain words."""

    pattern: re.Pattern[str]
    value: T
    takes: str | None
    cues: int = 0
    sure: bool = False
    needs: tuple[frozenset[str], ...] = ()

    def may_match(self, held: set[str]) -> bool:
        """Whether at least one word of each cue is there; most sentences have none."""
        return not any(need.isdisjoint(held) for need in self.needs)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The phrase that was said. `rest` are the words that it takes, as they were written; `unsure`: beside it stands
    something that may deny it. `loose`: only cues point at it. `beside`: words of the sentence around the phrase.
    `clause`: where the cues stand."""

    value: T
    rest: str
    weight: int
    unsure: bool = False
    loose: bool = False
    beside: int = 0
    clause: str = ""


Fits = Callable[[T, str], bool]


class Phrasebook(Generic[T]):
    """Phrases, each with what it stands for. Of several that are said, the one with the most words of its own."""

    def __init__(self, phrases: Iterable[tuple[str, T]], *, fits: Fits[T] = lambda _value, _rest: True) -> None:
        self._fits = fits
        every = [_entry(phrase, value) for phrase, value in phrases]
        self.entries = [entry for entry in every if not entry.cues]
        self.cued = [entry for entry in every if entry.cues]
        literals = {word for entry in every for word in _WORD.findall(entry.pattern.pattern)}
        self._known = sorted(word for word in literals if len(word) >= 4)
        self._is_known = literals
        self._nearest = lru_cache(maxsize=4096)(self._find_nearest)

    def find(self, text: str) -> Found[T] | None:
        """The phrase that the sentence is, or that stands in it between two marks; None for no phrase of these."""
        if len(text) > LONGEST:
            return None
        return self._whole(text) or self._in_part(text) or self.by_cues(text)

    def by_cues(self, text: str) -> Found[T] | None:
        """What most cues in a sentence, else in one of its clauses, point at; None if they point at two things."""
        said = words(text)
        found = None
        if len(said) <= MOST_AROUND:
            found = self._by_cues(text, text, _bare(said)) or self._by_cues(text, text, said)
        return found or self._in_clauses(text)

    def _in_clauses(self, text: str) -> Found[T] | None:
        clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
        if not 1 < len(clauses) <= LOOKED_AT:
            return None
        read = [(clause, _bare(words(clause))) for clause in clauses]
        each = [self._by_cues(text, clause, said) for clause, said in read if 1 < len(said) <= MOST_AROUND]
        found = sorted((one for one in each if one is not None), key=lambda one: -one.weight)
        best = [one for one in found if one.weight == found[0].weight]
        if not best or any(one.value != best[0].value for one in best):
            return None
        beside = max(best[0].beside, len(words(text)) - MOST_AROUND)
        return replace(best[0], beside=beside, unsure=any(map(_denies, text.split(best[0].clause))))

    def _by_cues(self, text: str, clause: str, said: Sequence[Word]) -> Found[T] | None:
        right = self._put_right(said)
        line, held = "".join(f"{word.plain} " for word in right), {word.plain for word in right}
        found = [entry for entry in self.cued if entry.may_match(held) and entry.pattern.match(line)]
        found = [entry for entry in found if self._fits(entry.value, _taken(entry, text))]
        most = max((entry.cues for entry in found), default=0)
        best = [entry for entry in found if entry.cues == most]
        if not best or any(entry.value != best[0].value for entry in best):
            return None
        loose = not any(entry.sure for entry in best)
        return Found(best[0].value, _taken(best[0], text), most, loose=loose, beside=len(said) - most, clause=clause)

    def cover(self, said: Sequence[Word]) -> list[T] | None:
        """What the phrases stand for that together are all the words, the longest first; None if some remain."""
        plain = [f"{word.plain} " for word in said]
        found: list[T] = []
        at = 0
        while at < len(plain):
            longest = self._longest(plain[at:])
            if longest is None:
                return None
            at += longest[0]
            found.append(longest[1])
        return found

    def _longest(self, plain: Sequence[str]) -> tuple[int, T] | None:
        for count in range(len(plain), 0, -1):
            line = "".join(plain[:count])
            for entry in self.entries:
                if entry.pattern.fullmatch(line):
                    return count, entry.value
        return None

    def _whole(self, text: str) -> Found[T] | None:
        said = words(text)
        for spoken in _readings(said):
            found = self._best(text, spoken) or self._best(text, self._put_right(spoken))
            if found is not None:
                return found
        return None

    def _in_part(self, text: str) -> Found[T] | None:
        """As when people say first who they are: « Je suis cadre, je cherche … »."""
        cuts = [0, *(mark.end() for mark in _BREAK.finditer(text)), len(text)]
        if len(cuts) > LOOKED_AT:
            return None
        found = [each for start in cuts[1:-1] if (each := self._after(text, start)) is not None]
        found = found or [each for end in cuts[1:-1] if (each := self._before(text, end)) is not None]
        return max(found, key=lambda each: each.weight, default=None)

    def _after(self, text: str, start: int) -> Found[T] | None:
        return _beside(self._whole(text[start:]), text[:start])

    def _before(self, text: str, end: int) -> Found[T] | None:
        return _beside(self._whole(text[:end]), text[end:])

    def _best(self, text: str, said: Sequence[Word]) -> Found[T] | None:
        line = "".join(f"{word.plain} " for word in said)
        found = [each for entry in self.entries if (each := _said(entry, line, said, text)) is not None]
        fitting = [each for each in found if self._fits(each.value, each.rest)]
        return max(fitting, key=lambda each: each.weight, default=None)

    def _put_right(self, said: Sequence[Word]) -> list[Word]:
        right = [each for word in said[:LOOKED_AT] for each in self._apart(word)]
        return [*right, *said[LOOKED_AT:]]

    def _apart(self, word: Word) -> list[Word]:
        """The word put right; two, if it is one of them with the letter of an elided one before it: `jarrive`."""
        letter, rest = word.plain[:1], word.plain[1:]
        if len(rest) >= 4 and letter in _GLUED and word.plain not in self._is_known and rest in self._is_known:
            elided = _plain(letter)
            return [*(Word(each, word.start, word.end) for each in elided), Word(rest, word.start, word.end)]
        return [Word(self._nearest(word.plain), word.start, word.end)]

    def _find_nearest(self, word: str) -> str:
        if len(word) < 4 or word in self._is_known:
            return word
        allowed = 2 if len(word) >= 8 else 1
        near = process.extractOne(word, self._known, scorer=OSA.distance, score_cutoff=allowed)
        if near is None or (len(word) == 4 and sorted(word) != sorted(near[0])):  # Paul does not mean « parle »
            return word
        return str(near[0])


def _taken(entry: Entry[T], text: str) -> str:
    return _trimmed(text) if entry.takes == "…" else entry.takes or ""


def _beside(found: Found[T] | None, others: str) -> Found[T] | None:
    """What part of a sentence says; one word says nothing beside a whole sentence: « Bonjour, je viens mardi »."""
    beside = words(others)
    if found is None or (found.weight <= ONE_WORD and len(beside) > FEW_BESIDE):
        return None
    return replace(found, unsure=found.unsure or _denies(others), beside=len(beside))


def _denies(others: str) -> bool:
    """Whether words beside a phrase may deny it; « je n'ai plus le temps » only says why."""
    line = "".join(f"{word.plain} " for word in words(others))
    return _DENIED.search(_REASON.sub(" ", line)) is not None


def _said(entry: Entry[T], line: str, said: Sequence[Word], text: str) -> Found[T] | None:
    match = entry.pattern.fullmatch(line)
    if match is None:
        return None
    taken = match.groupdict().get("rest")
    if not taken:
        return Found(entry.value, entry.takes or "", line.count(" ") * 2 + 1)
    weight = line.count(" ", 0, match.start("rest"))
    first = 0 if entry.takes == "…" else weight
    return Found(entry.value, _trimmed(text[said[first].start : said[-1].end]), weight * 2)


def _trimmed(rest: str) -> str:
    rest = rest.strip(_AROUND)
    found = _LEADING.match(rest)
    return rest[found.end() :] if found else rest


def _bare(said: Sequence[Word]) -> Sequence[Word]:
    """The words without greeting and courtesy around them; with them, if they are all that was said."""
    left, right = 0, len(said)
    plain = [word.plain for word in said]
    while used := next((len(lead) for lead in _LEADS if tuple(plain[left : left + len(lead)]) == lead), 0):
        left += used
    while used := next((len(tail) for tail in _TAILS if tuple(plain[max(left, right - len(tail)) : right]) == tail), 0):
        right -= used
    return said[left:right] or said


# ── words as they are compared ────────────────────────────────────────────────────────────────────────────


def words(text: str) -> list[Word]:
    """The words of a text that count, each as it is compared."""
    folded = fold(text)
    found = []
    for word in _WORD.finditer(folded.text):
        start, end = folded.span(word.start(), word.end())
        found += [Word(plain, start, end) for plain in _plain(word.group())]
    return found


@lru_cache(maxsize=4096)
def _plain(word: str) -> tuple[str, ...]:
    apart = APART.get(word, word).split()
    return tuple(_stem(SAME.get(one) or SAME.get(one.removesuffix("s"), one)) for one in apart if one not in DROPPED)


def _stem(word: str) -> str:
    """A word without its most common endings: *cherche*, *cherchez* and *chercher* are one."""
    if len(word) <= 3 or word.isdigit():
        return word
    bare = word.removesuffix("s")
    while ending := next((end for end in _ENDINGS if bare.endswith(end) and len(bare) - len(end) >= 3), ""):
        bare = bare.removesuffix(ending)
    return bare


@dataclass(frozen=True, slots=True)
class _Read:
    """A phrase without what it stands for."""

    pattern: re.Pattern[str]
    takes: str | None
    needs: tuple[frozenset[str], ...] = ()
    sure: bool = False


def _entry(phrase: str, value: T) -> Entry[T]:
    read = _read(phrase)
    return Entry(read.pattern, value, read.takes, len(read.needs), read.sure, read.needs)


@cache  # there are more phrases than `re` remembers, and each takes a thousandth of a second
def _read(phrase: str) -> _Read:
    said, arrow, taken = phrase.partition("=>")
    takes = taken.strip() if arrow else None
    if said.startswith("&"):
        return _cues(said.removeprefix("&"), takes, sure=said.startswith("&&"))
    if said.startswith("^"):
        said, takes = said[1:], "…"
    pieces = _PIECE.findall(fold(said.replace("…", " … ")).text.replace("...", "…"))
    pattern = re.compile("".join(_piece(piece, first=not index) for index, piece in enumerate(pieces)))
    if pattern.fullmatch("") or _EMPTY_CHOICE.search(pattern.pattern):
        raise ValueError(f"this phrase, or a choice in it, says nothing: {phrase}")
    return _Read(pattern, takes)


def _cues(said: str, takes: str | None, *, sure: bool) -> _Read:
    cues: list[tuple[str, str]] = _CUE.findall(fold(said.removeprefix("&").replace("…", " ")).text)
    held = {word.plain for missing, some in cues if not missing for word in words(some)}
    denying = any(_DENIAL.fullmatch(word) for word in held - {_NOBODY})
    denies = _DENIES.replace(f"|{_NOBODY}", "") if _NOBODY in held else _DENIES
    refused = _OF_OTHERS if denying else rf"(?:{_OF_OTHERS}|{denies})"
    pattern = re.compile("".join([rf"(?!(?:\S+ )*?{refused} )", *map(_cue, cues)]))
    if _EMPTY_CHOICE.search(pattern.pattern):
        raise ValueError(f"a choice in these cues says nothing: {said}")
    takes = "…" if said.rstrip().endswith("…") else takes
    needs = tuple(frozenset(_WORD.findall(_cue(cue))) for cue in cues if not cue[0])
    return _Read(pattern, takes, needs, sure)


def _cue(cue: tuple[str, str]) -> str:
    missing, said = cue
    pattern = "".join(_piece(piece, first=False) for piece in _PIECE.findall(said))
    return rf"(?{'!' if missing else '='}(?:\S+ )*?{pattern})"


def _piece(piece: str, *, first: bool) -> str:
    match piece:
        case "…":
            return r"(?:\S+ )*?" if first else rf"(?P<rest>(?!{_DENIES} ).+)"
        case "*":
            return _GAP
        case "~":
            return _WISH
        case "(" | "[":
            return "(?:"
        case ">(":
            return "(?="
        case "|" | ")":
            return piece
        case "]":
            return ")?"
    said = "".join(f"{re.escape(plain)} " for word in _WORD.findall(piece) for plain in _plain(word))
    return _IT_IS if said == "ce est " else said


def _readings(said: Sequence[Word]) -> list[Sequence[Word]]:
    """The words to be compared: without courtesy around them, all of them, and without what only stresses."""
    bare = _bare(said)
    plain = [word for word in bare if word.plain not in _FILLERS]
    return [bare, said, plain] if plain and len(plain) < len(bare) else [bare, said]


def _sequences(phrases: Iterable[str]) -> list[tuple[str, ...]]:
    found = [tuple(word.plain for word in words(phrase)) for phrase in phrases]
    return sorted(filter(None, found), key=len, reverse=True)


_FILLERS = frozenset(plain for filler in FILLERS for plain in _plain(filler))
_LEADS, _TAILS = _sequences(LEADS), _sequences(TAILS)
_WISH = f"(?:{_entry(WISH, None).pattern.pattern})?"
