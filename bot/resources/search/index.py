"""The index of all communities' resources: takes rows, answers members' queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import RLock
from typing import TypeAlias

from bot.process.collection import uncollected
from bot.resources.search.community_index import CANDIDATES, CommunityIndex
from bot.resources.search.document import Document, read
from bot.resources.search.kinds import families, filters
from bot.resources.search.lexicon import EXPANSION, Lexicon
from bot.resources.search.query import Asked, Reader
from bot.resources.search.ranking import Figures, Scorer, order

LEAST_SHARE = 0.15
"""What scores less than this share of the best is not shown."""

Row: TypeAlias = tuple[Document, str | None]


@dataclass(frozen=True, slots=True)
class Hit:
    document: Document
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Results, best first, and how the query was read.

    `corrected`: the query after a word was corrected, else None. `suggestion`: what may have been meant, when
    nothing was found. `total`: how many would be shown without a limit, at most 30. `partial`: even the best
    holds less than half of what was asked. `exact`: the title of the first is the query.
    """

    hits: tuple[Hit, ...] = ()
    corrected: str | None = None
    suggestion: str | None = None
    total: int = 0
    partial: bool = False
    exact: bool = False


class Index:
    """May be used by several threads: each call sees every earlier one as a whole."""

    def __init__(self, lexicon: Lexicon | None = None, own: Mapping[str, Lexicon] | None = None) -> None:
        self._lexicon = lexicon or Lexicon()
        self._own = dict(own or {})
        self._indexes: dict[str, CommunityIndex] = {}
        self._home: dict[int, str] = {}
        self._lock = RLock()

    def __len__(self) -> int:
        return len(self._home)

    @property
    def lexicon(self) -> Lexicon:
        """The glossary and synonyms of every community that has none of its own."""
        return self._lexicon

    def lexicon_of(self, community: str) -> Lexicon:
        """The glossary and synonyms that hold in a community."""
        return self._own.get(community, self._lexicon)

    def teach(self, community: str, lexicon: Lexicon) -> None:
        """Replaces the glossary and synonyms that hold in one community instead of the shared ones."""
        with self._lock:
            self._own[community] = lexicon

    def put(self, document: Document, tokens: str | None = None) -> None:
        """Adds or replaces a document; the next search sees it. `tokens` is what `analyse` stored."""
        analysed = read(document, tokens)
        with self._lock:
            self.remove(document.id)
            self._index_of(document.community).put(document, analysed)
            self._home[document.id] = document.community

    def remove(self, identifier: int) -> None:
        """Forgets a document, if it is there."""
        with self._lock:
            community = self._home.pop(identifier, None)
            if community is not None:
                self._indexes[community].remove(identifier)

    def load(self, rows: Iterable[tuple[Document, str | None]]) -> None:
        """Add many documents with their stored tokens; queries wait meanwhile."""
        self.add(rows)
        self.count()

    def add(self, rows: Iterable[tuple[Document, str | None]]) -> None:
        """Add some of many documents; `count` comes once all are there."""
        with uncollected():
            by_community: dict[str, dict[int, Row]] = {}
            for document, tokens in rows:
                by_community.setdefault(document.community, {})[document.id] = (document, tokens)
            with self._lock:
                for community, group in by_community.items():
                    self._fill(community, group)

    def count(self) -> None:
        """Let queries find by the terms of what was added."""
        with uncollected(), self._lock:
            for index in self._indexes.values():
                index.count()

    def _fill(self, community: str, group: Mapping[int, Row]) -> None:
        for identifier in self._home.keys() & group.keys():
            self.remove(identifier)
        self._index_of(community).fill([group[identifier] for identifier in sorted(group)])
        self._home.update(dict.fromkeys(group, community))

    def search(
        self,
        query: str,
        *,
        community: str,
        today: date,
        kinds: frozenset[str] = frozenset(),
        ready_only: bool = False,
        sector: str = "",
        limit: int = 5,
    ) -> Answer:
        """The documents of one community that answer a query, of the kinds asked for (all when empty).

        Between equal matches those of `sector` (see `sector_of`) come first.
        """
        with self._lock:
            index = self._indexes.get(community)
            if index is None:
                return Answer()
            narrowed = Narrowed(index, kinds, ready_only)
            return self._answer(narrowed, self._reader(community, index), query, today, sector, limit)

    def ask(self, query: str, *, community: str, today: date, sector: str = "", limit: int = 5) -> Answer:
        """Like `search`, but filter words at the start of the query (`outil blocs`) narrow it to that kind.

        They count as ordinary words if nothing of that kind matches, or if the query is a title. Alone, they ask for
        everything of that kind.
        """
        plain = self.search(query, community=community, today=today, sector=sector, limit=limit)
        kinds, ready_only, rest = filters(query.split())
        if plain.exact or not (kinds or ready_only):
            return plain
        if rest:
            narrowed = self.search(
                " ".join(rest),
                community=community,
                today=today,
                kinds=kinds,
                ready_only=ready_only,
                sector=sector,
                limit=limit,
            )
        else:
            narrowed = self._listed(community, kinds, today, sector, limit, ready_only=ready_only)
        return narrowed if narrowed.hits else plain

    def _listed(
        self, community: str, kinds: frozenset[str], today: date, sector: str, limit: int, *, ready_only: bool
    ) -> Answer:
        """Everything of these kinds, in the order of equal matches."""
        with self._lock:
            index = self._indexes.get(community)
            every = Narrowed(index, kinds, ready_only).every() if index else []
        ranked = order([(1.0, document) for document in every], today, sector)[:CANDIDATES]
        return Answer(tuple(Hit(document, score) for score, document in ranked[:limit]), total=len(ranked))

    def close(self) -> None:
        with self._lock:
            for index in self._indexes.values():
                index.close()

    def _answer(self, narrowed: "Narrowed", reader: Reader, query: str, today: date, sector: str, limit: int) -> Answer:
        asked = reader.read(query)
        found = narrowed.find(asked, max(limit, CANDIDATES))
        if not found:
            return Answer(suggestion=reader.suggestion(query))
        ranked = order([(score, document) for score, _, document in found], today, sector)
        shown = [Hit(document, score) for score, document in ranked if score >= LEAST_SHARE * ranked[0][0]]
        covered = max(share for _, share, _ in found)
        exact = any(document.id in narrowed.titled(asked) for _, document in ranked[:1])
        return Answer(tuple(shown[:limit]), asked.corrected, None, len(shown), covered < 0.5, exact)

    def _reader(self, community: str, index: CommunityIndex) -> Reader:
        return Reader(
            self._own.get(community, self._lexicon),
            index.vocabulary,
            index.rows,
            index.together,
            max(1, len(index.documents)),
        )

    def _index_of(self, community: str) -> CommunityIndex:
        if community not in self._indexes:
            self._indexes[community] = CommunityIndex()
        return self._indexes[community]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """One community's index, seen through the filters of a query."""

    index: CommunityIndex
    kinds: frozenset[str]
    ready_only: bool

    def find(self, asked: Asked, limit: int) -> list[tuple[float, float, Document]]:
        """Score, share of the query covered, and document; one whose title is the query scores highest."""
        index = self.index
        scorer = Scorer(asked.query, Figures(len(index.documents), index.averages(), index.rows))
        own, others = _phrases(asked, index)
        ids = index.candidates(own, others, self.kinds, ready_only=self.ready_only, limit=limit)
        scored = {at: scorer.score(index.fields(at)) for at in ids}
        top = 2 * max((score for score, _ in scored.values()), default=1.0)
        scored.update(dict.fromkeys(self.titled(asked), (top, 1.0)))
        return [(score, share, index.documents[at]) for at, (score, share) in scored.items() if score > 0]

    def titled(self, asked: Asked) -> list[int]:
        """Ids of the documents whose title is the query as typed."""
        same = self.index.titles.get(asked.key, ())
        return [at for at in same if self._shows(self.index.documents[at])]

    def every(self) -> list[Document]:
        """All documents that pass the filters."""
        return [document for document in self.index.documents.values() if self._shows(document)]

    def _shows(self, document: Document) -> bool:
        own = {document.kind, *document.facets}
        return all(own & some for some in families(self.kinds)) and (document.ready or not self.ready_only)


def _phrases(asked: Asked, index: CommunityIndex) -> tuple[list[str], list[str]]:
    shares: dict[str, float] = {}
    for one in asked.query.sought:
        for phrase, share in one.phrases:
            if index.rows(phrase):
                shares[phrase] = max(share, shares.get(phrase, 0.0))
    own = [phrase for phrase, share in shares.items() if share >= EXPANSION]
    return own, [phrase for phrase, share in shares.items() if share < EXPANSION]
