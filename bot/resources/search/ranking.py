"""Orders results: by BM25F over title, tags, summary and address, then equal matches by other qualities."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import log, sqrt

from bot.resources.search.document import Document, Fields
from bot.resources.search.sectors import sector_of

FRESH = timedelta(days=365)
VOTES_THAT_COUNT = 5
BANDS = 25
"""Two scores in one band (4 % of the best) are equal matches."""

_WEIGHTS = (5.0, 1.2, 1.4, 0.4)
_FLATNESS = (0.55, 0.6, 0.6, 0.6)
_SATURATION = 1.2
_SCATTERED = 0.4
_NEIGHBOURS = 0.3
_COVERAGE = 0.4
_OPENING = 0.2
_NAMED = 0.5


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing to find: its phrases with their shares, the member's own first, and how much it counts."""

    phrases: tuple[tuple[str, float], ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Query:
    """What to find, and the titles, in terms, that a resource about exactly this would have."""

    sought: tuple[Sought, ...] = ()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Figures:
    """What a score needs to know of the collection."""

    size: int
    averages: Sequence[float]
    frequency: Callable[[str], int]

    def rarity(self, phrase: str) -> float:
        """Inverse document frequency, of the rarest word of a phrase."""
        least = self.frequency(phrase)
        return log(1 + (self.size - least + 0.5) / (least + 0.5)) if least else 0.0


class Scorer:
    """BM25F with a share for how much of the query is covered (Robertson and Zaragoza, 2009)."""

    def __init__(self, query: Query, figures: Figures) -> None:
        sought = query.sought
        self._names = {f" {name} " for name in query.names}
        self._figures = figures
        self._sought = [(one.weight, _worths(one, figures)) for one in sought]
        unknown = log(2 * figures.size + 2)
        self._total = sum(
            weight * max((worth for *_, worth in phrases), default=unknown) for weight, phrases in self._sought
        )
        self._lengths = [
            (weight, 1 - flat, flat / average)
            for weight, flat, average in zip(_WEIGHTS, _FLATNESS, figures.averages, strict=True)
        ]
        own = [one.phrases[0][0] for one in sought if " " not in one.phrases[0][0]]
        worth = {each: figures.rarity(each) for each in own}
        self._openings = [(f" {each} ", _OPENING * worth[each]) for each in worth]
        self._neighbours = [
            (f" {first} {second} ", _NEIGHBOURS * min(worth[first], worth[second]))
            for first, second in pairwise(own)
            if first != second
        ]

    def score(self, fields: Fields) -> tuple[float, float]:
        """The score, and the share of the query's weight that the fields hold (0 to 1)."""
        whole = "".join(fields)
        norms = [
            weight / (base + slope * len(field))
            for field, (weight, base, slope) in zip(fields, self._lengths, strict=True)
        ]
        total = held = 0.0
        for weight, phrases in self._sought:
            best, most = _best(phrases, fields, whole, norms)
            total += weight * best
            held += weight * most
        covered = held / self._total if self._total else 0.0
        return (total + self._together(fields, whole)) * (1 - _COVERAGE + _COVERAGE * covered), covered

    def _together(self, fields: Fields, whole: str) -> float:
        title = fields[0]
        bonus = _NAMED * self._total if title in self._names else 0.0
        for pair, worth in self._neighbours:
            if pair in whole:
                bonus += worth if pair in title else worth / 2
        for opening, worth in self._openings:
            if title.startswith(opening):
                bonus += worth
        return bonus


def _worths(one: Sought, figures: Figures) -> list[tuple[str, list[str], float]]:
    """Each phrase as fields contain it, its terms if there are several, and its worth, the highest first."""
    # A rare synonym counts no more than the member's own word.
    own = figures.rarity(one.phrases[0][0])
    rarities = [(phrase, share, figures.rarity(phrase)) for phrase, share in one.phrases]
    worths = [
        (f" {phrase} ", _terms(phrase), share * min(own or rarity, rarity))
        for phrase, share, rarity in rarities
        if rarity
    ]
    return sorted(worths, key=lambda each: -each[2])


def _terms(phrase: str) -> list[str]:
    return [f" {term} " for term in phrase.split()] if " " in phrase else []


def _best(
    phrases: Sequence[tuple[str, list[str], float]], fields: Fields, whole: str, norms: Sequence[float]
) -> tuple[float, float]:
    """The highest gain among phrases that mean the same, and the highest worth of those that the fields contain."""
    title, tags, summary, address = fields
    in_title, in_tags, in_summary, in_address = norms
    best = most = 0.0
    for spaced, apart, worth in phrases:
        if worth <= best:
            break
        if spaced in whole:
            often = in_title * title.count(spaced) + in_tags * tags.count(spaced)
            often += in_summary * summary.count(spaced) + in_address * address.count(spaced)
        elif apart and apart[0] in whole and all(term in whole for term in apart):
            often = _SCATTERED * _apart(apart, fields, norms)
        else:
            continue
        best = max(best, worth * often / (_SATURATION + often))
        most = most or worth
    return best, most


def _apart(terms: Sequence[str], fields: Fields, norms: Sequence[float]) -> float:
    return sum(norm for field, norm in zip(fields, norms, strict=True) if all(term in field for term in terms))


def order(scored: Sequence[tuple[float, Document]], today: date, sector: str = "") -> list[tuple[float, Document]]:
    """Best first: match, ready to use, verified within a year, own sector, useful; then exact score, date and id."""
    best = max((score for score, _ in scored), default=0.0) or 1.0
    return sorted(scored, key=lambda each: _rank(each[0] / best, each[1], today, sector))


def _rank(
    share: float, document: Document, today: date, sector: str
) -> tuple[int, bool, bool, bool, float, float, int, int]:
    verified = document.verified_on
    return (
        -round(share * BANDS),
        not document.ready,
        verified is None or today - verified > FRESH,
        bool(sector) and sector_of((document.title, *document.tags)) != sector,
        -usefulness(document.useful, document.useless),
        -round(share, 9),
        -verified.toordinal() if verified else 0,
        document.id,
    )


def usefulness(useful: int, useless: int) -> float:
    """Lower bound of Wilson's 95 % interval for the share of « utile »; 0 below five votes (Wilson, 1927)."""
    votes, z = useful + useless, 1.96
    if votes < VOTES_THAT_COUNT:
        return 0.0
    share = useful / votes
    centre = share + z * z / (2 * votes)
    margin = z * sqrt((share * (1 - share) + z * z / (4 * votes)) / votes)
    return (centre - margin) / (1 + z * z / votes)
