"""One community's resources in their own FTS5 table, so that nothing of another is counted, found or leaked."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from sys import intern

from bot.resources.search.analysis import fold
from bot.resources.search.document import Analysed, Document, Fields, lines, title_key
from bot.resources.search.kinds import families
from bot.resources.search.vocabulary import Vocabulary

CANDIDATES = 30
_AT_ONCE = 250  # rows that fit a processor's cache: twice as fast as all at once
_UNWRITTEN = 4 << 20  # bytes that FTS5 gathers before it writes: few segments, hardly any merging
_AFFORDABLE = 500
"""Rows that a query may have FTS5 score: a rarer word is worth more, and costs less, than « santé »."""

_COLUMNS = "title, tags, summary, address, facets"
_FACET = "§"
_READY = f"{_FACET}!ready"


class CommunityIndex:
    """Entries by id, the table that finds them, the figures that rank them. Has no lock: `Index` locks."""

    def __init__(self) -> None:
        self.documents: dict[int, Document] = {}
        self._fields: dict[int, str] = {}
        self.titles: dict[str, tuple[int, ...]] = {}
        self.vocabulary = Vocabulary(self.rows)
        self.frequency: dict[str, int] = {}
        self._lengths = [0, 0, 0, 0]
        self._unlearnt: set[str] | None = None
        self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._db.execute(
            f"CREATE VIRTUAL TABLE entry USING fts5({_COLUMNS}, content='', columnsize=0, tokenize='ascii')"
        )
        self._db.execute(f"INSERT INTO entry(entry, rank) VALUES ('hashsize', {_UNWRITTEN})")
        self._db.execute("CREATE VIRTUAL TABLE term USING fts5vocab(entry, row)")

    def close(self) -> None:
        self._db.close()

    def fields(self, identifier: int) -> Fields:
        """The terms of an entry, which are held as one text: four would take twice the memory."""
        title, tags, summary, address = self._fields[identifier].split("\n")
        return title, tags, summary, address

    def averages(self) -> list[float]:
        """Mean length of each field, in characters: as good for ranking as in terms, and cheaper."""
        count = max(1, len(self.documents))
        return [max(1.0, length / count) for length in self._lengths]

    def fill(self, rows: Sequence[tuple[Document, str | None]]) -> None:
        """Add many new documents with what `analyse` stored, in the order of their ids, which FTS5 writes fastest.

        Written by columns, and frequencies are counted by SQLite: a loop over rows takes twice the time. `count` comes
        once all are there.
        """
        unlearnt = self._unlearnt = self._unlearnt or set()
        self._db.execute("BEGIN")
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            _, *columns, titles, words = zip(*[lines(document, tokens) for document, tokens in some], strict=True)
            self._insert([document for document, _ in some], columns, titles)
            unlearnt.update(" ".join(words).split())
        self._db.execute("COMMIT")

    def count(self) -> None:
        """Count the terms of what `fill` added, and learn its words."""
        if self._unlearnt is not None:
            self.frequency = dict(self._db.execute("SELECT term, doc FROM term"))
            self.vocabulary.add(sorted(self._unlearnt))
            self._unlearnt = None

    def put(self, document: Document, analysed: Analysed) -> None:
        self.remove(document.id)
        *fields, title, words = analysed
        self._insert([document], [(field,) for field in fields], (title,))
        for term in _terms(fields):
            self.frequency[term] = self.frequency.get(term, 0) + 1
        self.vocabulary.add(words.split())

    def remove(self, identifier: int) -> None:
        document = self.documents.pop(identifier, None)
        if document is None:
            return
        fields = self.fields(identifier)
        del self._fields[identifier]
        self._db.execute(
            f"INSERT INTO entry(entry, rowid, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?, ?)",
            (identifier, *fields, _facets(document)),
        )
        self._lengths = [length - len(field) for length, field in zip(self._lengths, fields, strict=True)]
        self._remove_title(title_key(document), identifier)
        for term in _terms(fields):
            self.frequency[term] = self.frequency.get(term, 0) - 1

    def _remove_title(self, title: str, identifier: int) -> None:
        same = tuple(each for each in self.titles.pop(title) if each != identifier)
        if same:
            self.titles[title] = same

    def _insert(self, documents: Sequence[Document], columns: Sequence[Sequence[str]], titles: Sequence[str]) -> None:
        ids = [document.id for document in documents]
        self._db.executemany(
            f"INSERT INTO entry(rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
            zip(ids, *columns, map(_facets, documents), strict=True),
        )
        self.documents.update(zip(ids, map(_kept, documents), strict=True))
        self._fields.update(zip(ids, map("\n".join, zip(*columns, strict=True)), strict=True))
        self._lengths = [length + sum(map(len, column)) for length, column in zip(self._lengths, columns, strict=True)]
        self._add_titles(titles, ids)

    def _add_titles(self, titles: Sequence[str], ids: Sequence[int]) -> None:
        new: dict[str, tuple[int, ...]] = dict(zip(titles, zip(ids), strict=True))
        if len(new) < len(ids) or not self.titles.keys().isdisjoint(new):
            new.clear()
            for title, identifier in zip(titles, ids, strict=True):
                new[title] = (*(new.get(title) or self.titles.get(title, ())), identifier)
        self.titles.update(new)

    def candidates(
        self,
        own: Sequence[str],
        others: Sequence[str],
        kinds: frozenset[str],
        *,
        ready_only: bool,
        limit: int,
    ) -> list[int]:
        """Ids of the entries that best match the member's own phrases or others that mean the same.

        Looks up the rarest phrases, within _AFFORDABLE rows; frequent ones count in the ranking only.
        """
        condition = _condition(kinds, ready_only=ready_only)
        ranked = sorted(own, key=self.rows)
        rare = self._affordable(ranked, [])
        if rare or not own:
            chosen = self._affordable(sorted(others, key=self.rows), rare)
            return self._best(" OR ".join(map(_phrase, chosen)), condition, limit) if chosen else []
        return self._frequent(list(map(_phrase, ranked)), condition, limit)

    def _affordable(self, ranked: Iterable[str], already: list[str]) -> list[str]:
        chosen = list(already)
        left = _AFFORDABLE - sum(map(self.rows, chosen))
        for phrase in ranked:
            left -= self.rows(phrase)
            if left < 0 and len(self.documents) > _AFFORDABLE:
                break
            chosen.append(phrase)
        return chosen

    def _frequent(self, phrases: Sequence[str], condition: str, limit: int) -> list[int]:
        # Every word is in thousands of entries: first those that hold them all, and in the title.
        found: dict[int, None] = {}
        both = " AND ".join(phrases)
        for match in (f"title : ({both})", both, f"title : {phrases[0]}", phrases[0]):
            if len(found) < limit:
                rows = self._db.execute(
                    "SELECT rowid FROM entry WHERE entry MATCH ? LIMIT ?", (f"({match}){condition}", limit)
                )
                found.update(dict.fromkeys(identifier for (identifier,) in rows))
        return list(found)

    def _best(self, match: str, condition: str, limit: int) -> list[int]:
        rows = self._db.execute(
            "SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY bm25(entry, 3, 2, 1, 0.5, 0), rowid LIMIT ?",
            (f"({match}){condition}", limit),
        )
        return [identifier for (identifier,) in rows]

    def together(self, one: str, other: str) -> int:
        """How many entries contain both terms, counted up to a hundred."""
        found = "SELECT 1 FROM entry WHERE entry MATCH ? LIMIT 100"
        match = f"{_phrase(one)} AND {_phrase(other)}"
        return int(self._db.execute(f"SELECT count(*) FROM ({found})", (match,)).fetchone()[0])

    def rows(self, phrase: str) -> int:
        """How many entries may contain a phrase of terms: as many as contain its rarest term."""
        if " " in phrase:
            return min(self.rows(term) for term in phrase.split())
        return self.frequency.get(phrase, 0)


def _kept(document: Document) -> Document:
    """What of a document results and ranking need: its summary is in its fields, and many share a tag."""
    return replace(document, summary="", tags=tuple(map(intern, document.tags)))


def fts5_available() -> bool:
    """Whether the SQLite of this Python can search full text; without it nothing here works."""
    db = sqlite3.connect(":memory:")
    try:
        db.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError:
        return False
    finally:
        db.close()
    return True


def _facets(document: Document) -> str:
    found = [_kind(one) for one in (document.kind, *document.facets)]
    return " ".join([*found, _READY] if document.ready else found)


@lru_cache(maxsize=256)
def _kind(kind: str) -> str:
    # Every sign that the tokenizer would cut at becomes one that it keeps.
    return _FACET + "".join(letter if letter.isalnum() else _FACET for letter in fold(kind))


def _condition(kinds: frozenset[str], *, ready_only: bool) -> str:
    wanted = [" OR ".join(f'"{_kind(kind)}"' for kind in sorted(some)) for some in families(kinds)]
    wanted += [f'"{_READY}"'] * ready_only
    return "".join(f" AND facets : ({one})" for one in wanted)


def _phrase(phrase: str) -> str:
    words = [f'"{word}"' for word in phrase.split()]
    return words[0] if len(words) == 1 else f"({' AND '.join(words)})"


def _terms(fields: Iterable[str]) -> set[str]:
    return set(" ".join(fields).split())
