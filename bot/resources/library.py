"""Keeps the index of resources up to date with the database, whichever process writes there."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Self

import sqlalchemy
from sqlalchemy import bindparam

from bot.resources import resources, revisions, synonyms
from bot.resources.resources import document_of
from bot.resources.search.index import Answer, Index
from bot.resources.search.sectors import sector_of
from bot.resources.tables import Resource, ResourceRevision
from bot.store.columns import columns
from bot.store.database import Database, Transaction

AT_ONCE = 2_000
"""Rows that are read and loaded at a time, in a thread: all at once would take three times the memory."""
FEW = 50
"""Rows up to which they are put into the index one by one: loading counts every term of the community again."""

_ROWS = columns(Resource)
_UNUSED = ("source", "owner", "interval_months", "merged_into", "revision")
_CHANGED = sqlalchemy.select(*(column for column in _ROWS.c if column.name not in _UNUSED)).where(
    _ROWS.c.revision > bindparam("seen")
)
_FEW = _CHANGED.limit(FEW + 1)
_CHANGED_IN_ORDER = _CHANGED.where(_ROWS.c.id > bindparam("after")).order_by(_ROWS.c.id)
_PAGE = _CHANGED_IN_ORDER.limit(AT_ONCE)


class Library:
    """Finds resources; each query sees what was committed before it."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._seen = {revisions.RESOURCES: 0, revisions.SYNONYMS: 0}
        self._taught: set[str] = set()
        self._loading = asyncio.Lock()

    @classmethod
    async def of(cls, database: Database, index: Index) -> Self:
        """A library that holds all resources of the database."""
        library = cls(index)
        async with database.reading() as tx:
            await library.refresh(tx)
        return library

    async def ask(
        self, tx: Transaction, words: str, *, community: str, today: date, limit: int, workplace: str = ""
    ) -> Answer:
        """Search this community's resources for words, which may begin with a filter; the best come first.

        Between equal matches those for a workplace of this kind (`EHPAD`) come first.
        """
        await self.refresh(tx)
        sector = sector_of((workplace,))
        return self.index.ask(words, community=community, today=today, sector=sector, limit=limit)

    @property
    def revision(self) -> int:
        """The revision of the resources in the index."""
        return self._seen[revisions.RESOURCES]

    async def refresh(self, tx: Transaction) -> None:
        """Load what was committed since the last query; does nothing in a transaction that has itself written."""
        if tx.wrote(ResourceRevision):
            return
        numbers = await revisions.current(tx)
        if self._behind(numbers):
            async with self._loading:
                for what in self._behind(numbers):  # another query may have loaded it meanwhile
                    await (self._load(tx) if what == revisions.RESOURCES else self._learn(tx))
                    self._seen[what] = numbers[what]

    def _behind(self, numbers: dict[int, int]) -> list[int]:
        return [what for what, number in numbers.items() if number > self._seen[what]]

    async def _load(self, tx: Transaction) -> None:
        seen = {"seen": self._seen[revisions.RESOURCES]}
        rows = await tx.rows(Resource, _FEW, seen)
        if len(rows) <= FEW:
            self._put(rows)
            return
        after: int | None = 0
        while rows := await tx.rows(Resource, _PAGE, seen | {"after": after}):
            await asyncio.to_thread(self._add, rows)
            after = rows[-1].id
        await asyncio.to_thread(self.index.count)

    async def _learn(self, tx: Transaction) -> None:
        groups = await synonyms.every(tx)
        for community in self._taught | groups.keys():
            self.index.teach(community, self.index.lexicon.extended(groups.get(community, [])))
        self._taught = set(groups)

    def _put(self, rows: Iterable[Resource]) -> None:
        for row in self._standing(rows):
            self.index.put(document_of(row), row.tokens)

    def _add(self, rows: Iterable[Resource]) -> None:
        self.index.add((document_of(row), row.tokens) for row in self._standing(rows))

    def _standing(self, rows: Iterable[Resource]) -> Iterator[Resource]:
        """Those that members may find; the others are removed."""
        for row in rows:
            if row.state == resources.PUBLISHED:
                yield row
            else:
                self.index.remove(row.id or 0)
