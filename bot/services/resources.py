"""Resources: written in the database, found through the index in memory."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

import sqlalchemy
from sqlalchemy import delete, update
from sqlmodel import col, select

from bot.communities import Resource as ResourceInFile
from bot.search.document import Document, analyse
from bot.search.index import Answer, Index
from bot.store.database import Database, Transaction
from bot.store.tables import Resource, ResourceRevision, SearchMiss, columns

AT_ONCE = 2_000
"""Rows loaded in one go on the event loop; more are loaded in a thread."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A resource as somebody proposes it."""

    title: str
    url: str
    summary: str = ""
    kind: str = "publication"
    tags: tuple[str, ...] = ()
    source: str = ""
    ready: bool = False
    verified_on: str | None = None

    @classmethod
    def from_file(cls, resource: ResourceInFile) -> "Draft":
        return cls(
            title=resource.title,
            url=resource.url,
            summary=resource.summary,
            kind=resource.kind,
            tags=resource.tags,
            source=resource.source,
            ready=resource.ready,
        )

    @classmethod
    def of_row(cls, row: Resource) -> "Draft":
        names = (field.name for field in fields(cls))
        return cls(**{name: getattr(row, name) for name in names} | {"tags": tuple(row.tags)})


@dataclass(frozen=True, slots=True)
class Written:
    """How many resources were new, changed, or already as they should be."""

    new: int
    changed: int
    same: int


async def write(tx: Transaction, community: str, drafts: Sequence[Draft]) -> Written:
    """Add resources, or change those of the same address. The index sees them at its next query."""
    known = await _by_address(tx, community, [draft.url for draft in drafts])
    revision = await _next_revision(tx)
    new = changed = same = 0
    for draft in {draft.url: draft for draft in drafts}.values():
        row = known.get(draft.url)
        values = asdict(draft) | {"tags": list(draft.tags)}
        if row is None:
            new += 1
            row = Resource(community=community, revision=revision, **values)
        elif any(getattr(row, name) != value for name, value in values.items()):
            changed += 1
            row.sqlmodel_update(values | {"revision": revision})
        else:
            same += 1
            continue
        row.tokens = analyse(document_of(row))
        tx.add(row)
    await tx.flush()
    return Written(new, changed, same)


async def _by_address(tx: Transaction, community: str, urls: Sequence[str]) -> dict[str, Resource]:
    found: dict[str, Resource] = {}
    for start in range(0, len(urls), 500):
        some = select(Resource).where(Resource.community == community, col(Resource.url).in_(urls[start : start + 500]))
        found |= {row.url: row for row in await tx.exec(some)}
    return found


async def _next_revision(tx: Transaction) -> int:
    """Bumped in the transaction that writes: the row is locked, so revisions are committed in their order."""
    await tx.insert_new(ResourceRevision, {"id": 1, "number": 0})
    await tx.exec(update(ResourceRevision).values(number=col(ResourceRevision.number) + 1))
    return (await tx.exec(select(ResourceRevision.number))).one()


async def get(tx: Transaction, identity: int, *, community: str) -> Resource | None:
    """A resource of this community that is not archived."""
    row = await tx.get(Resource, identity)
    return row if row is not None and row.community == community and not row.archived else None


async def of_community(tx: Transaction, community: str) -> Sequence[Resource]:
    """Every resource of a community that is not archived, oldest first."""
    rows = select(Resource).where(Resource.community == community, col(Resource.archived).is_(False))
    return (await tx.exec(rows.order_by(col(Resource.id)))).all()


async def archived_addresses(tx: Transaction, community: str) -> set[str]:
    """The addresses that were taken out: writing them again does not bring them back."""
    gone = select(Resource.url).where(Resource.community == community, col(Resource.archived).is_(True))
    return set(await tx.exec(gone))


async def archive(tx: Transaction, row: Resource) -> None:
    """The resource is found no more; its row stays, for its number."""
    row.archived = True
    row.revision = await _next_revision(tx)
    tx.add(row)
    await tx.flush()


async def missed(tx: Transaction, community: str, words: str, *, now: datetime) -> None:
    """Remember words that found nothing, without who wrote them."""
    tx.add(SearchMiss(community=community, words=words[:200], missed_at=now))
    await tx.flush()


async def forget_misses(tx: Transaction, *, before: datetime) -> int:
    """Remove old misses; returns how many."""
    return (await tx.exec(delete(SearchMiss).where(col(SearchMiss.missed_at) < before))).rowcount


def document_of(row: Resource) -> Document:
    """The resource as the index holds it."""
    return Document(
        id=row.id or 0,
        community=row.community,
        title=row.title,
        summary=row.summary,
        tags=tuple(row.tags),
        kind=row.kind,
        url=row.url,
        ready=row.ready,
        verified_on=date.fromisoformat(row.verified_on) if row.verified_on else None,
        useful=row.useful,
        useless=row.useless,
    )


_REVISION = sqlalchemy.select(columns(ResourceRevision).c.number)


class Library:
    """The index, kept level with the database, whoever writes there."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._revision = 0
        self._loading = asyncio.Lock()

    async def search(
        self,
        tx: Transaction,
        words: str,
        *,
        community: str,
        today: date,
        limit: int,
        kinds: frozenset[str] = frozenset(),
        ready_only: bool = False,
    ) -> Answer:
        """What answers these words in this community, best first."""
        await self.refresh(tx)
        return self.index.search(
            words, community=community, kinds=kinds, ready_only=ready_only, limit=limit, today=today
        )

    async def refresh(self, tx: Transaction) -> None:
        """Load what was written since the last query."""
        number = next((row["number"] for row in await tx.read(_REVISION)), 0)
        if number == self._revision:
            return
        async with self._loading:
            changed = select(Resource).where(col(Resource.revision) > self._revision)
            rows = (await tx.exec(changed)).all()
            if len(rows) > AT_ONCE:
                await asyncio.to_thread(self._take, rows)
            else:
                self._take(rows)
            self._revision = max(self._revision, number)

    def _take(self, rows: Iterable[Resource]) -> None:
        standing = []
        for row in rows:
            if row.archived:
                self.index.remove(row.id or 0)
            else:
                standing.append((document_of(row), row.tokens))
        self.index.load(standing)


async def load(database: Database, index: Index) -> Library:
    """An index with everything that the database holds."""
    library = Library(index)
    async with database.reading() as tx:
        await library.refresh(tx)
    return library
