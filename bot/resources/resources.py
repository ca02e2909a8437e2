"""Proposes, publishes, changes and archives resources in the database; `resources.library` finds them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

import sqlalchemy
from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, bindparam, func, or_, update
from sqlmodel import col, select

from bot.communities.file import Resource as ResourceInFile
from bot.communities.settings import settings
from bot.mailbox.sending.outbox import KEPT, Card
from bot.person_columns import Change, Row
from bot.resources import revisions
from bot.resources.rules.addresses import spellings
from bot.resources.search.document import Document, analyse
from bot.resources.settings import USUAL_INTERVAL, VERIFIED_EVERY
from bot.resources.tables import Resource
from bot.store.columns import columns
from bot.store.database import Transaction
from bot.text.mentions import Person

PROPOSED, PUBLISHED, ARCHIVED, WITHDRAWN = "proposed", "published", "archived", "withdrawn"
DEAD_LINK = "doc-dead-link"
"""The kind of the timer that reports that a resource's page is gone."""
FIELDS = (
    "state",
    "merged_into",
    "title",
    "url",
    "summary",
    "kind",
    "tags",
    "source",
    "contact",
    "ready",
    "interval_months",
    "verified_on",
    "outdated",
)
"""The fields of a resource that a team may change, except its owner."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A resource as somebody proposes it."""

    title: str
    url: str
    summary: str = ""
    kind: str = "publication"
    tags: tuple[str, ...] = ()
    source: str = ""
    contact: str = ""
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
            contact=resource.contact or "",
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


async def write(tx: Transaction, community: str, drafts: Sequence[Draft], *, now: datetime | None = None) -> Written:
    """Add resources, or change those of the same address. The index sees them at its next query.

    `now` makes those that can be found for the first time news; without it they are not.
    """
    known = await _by_address(tx, community, [draft.url for draft in drafts])
    revision = await revisions.following(tx, revisions.RESOURCES)
    months = await settings.value(tx, community, VERIFIED_EVERY)
    new = changed = same = 0
    for draft in {draft.url: draft for draft in drafts}.values():
        row = known.get(draft.url)
        values = asdict(draft) | {"tags": list(draft.tags)}
        if row is None:
            new += 1
            row = Resource(community=community, revision=revision, interval_months=months, published_at=now, **values)
        elif row.state in (PROPOSED, WITHDRAWN) or any(getattr(row, name) != value for name, value in values.items()):
            changed += 1
            first = now if row.state in (PROPOSED, WITHDRAWN) else row.published_at
            row.sqlmodel_update(values | {"revision": revision, "state": _published(row.state), "published_at": first})
        else:
            same += 1
            continue
        row.tokens = analyse(document_of(row))
        tx.add(row)
    await tx.flush()
    return Written(new, changed, same)


async def at_addresses(tx: Transaction, community: str, urls: Sequence[str]) -> Collection[Resource]:
    """The resources of a community at these very addresses, whatever their state. Writing an archived one again does
    not publish it."""
    return (await _by_address(tx, community, urls)).values()


async def _by_address(tx: Transaction, community: str, urls: Sequence[str]) -> dict[str, Resource]:
    found: dict[str, Resource] = {}
    for start in range(0, len(urls), 500):
        some = select(Resource).where(Resource.community == community, col(Resource.url).in_(urls[start : start + 500]))
        found |= {row.url: row for row in await tx.exec(some)}
    return found


def _published(state: str) -> str:
    return PUBLISHED if state in (PROPOSED, WITHDRAWN) else state


async def put(
    tx: Transaction,
    community: str,
    draft: Draft,
    *,
    origin: str,
    facets: Sequence[str],
    owner: str | None,
    now: datetime,
) -> Resource:
    """Publish a thing of another noun as the resource of its `origin`, or change that one. It is found at once."""
    known = await of_origin(tx, community, origin)
    values = asdict(draft) | {"tags": list(draft.tags), "origin": origin, "facets": list(facets), "owner": owner}
    values |= {"state": PUBLISHED, "outdated": False}
    if known is not None:
        return await change(tx, known, **values)
    revision = await revisions.following(tx, revisions.RESOURCES)
    values["interval_months"] = await settings.value(tx, community, VERIFIED_EVERY)
    return await _keep(tx, Resource(community=community, revision=revision, published_at=now, **values))


async def of_origin(tx: Transaction, community: str, origin: str) -> Resource | None:
    """The resource as which a thing of another noun is found, whatever its state."""
    same = select(Resource).where(Resource.community == community, Resource.origin == origin)
    return (await tx.exec(same)).first()


async def every_of_origin(tx: Transaction, origin: str) -> Sequence[Resource]:
    """The resources as which it is found in several communities, whatever their state."""
    return (await tx.exec(select(Resource).where(Resource.origin == origin).order_by(col(Resource.id)))).all()


async def propose(tx: Transaction, community: str, draft: Draft, *, by: str) -> Resource:
    """Add a resource that can be found only once the team has published it; `by` becomes its owner."""
    known = await known_as(tx, community, draft.url)
    if known is not None and known.state == WITHDRAWN:
        return await change(tx, known, state=PROPOSED, owner=by, title=draft.title, url=draft.url)
    revision = await revisions.following(tx, revisions.RESOURCES)
    values = asdict(draft) | {"tags": list(draft.tags)}
    values["interval_months"] = await settings.value(tx, community, VERIFIED_EVERY)
    row = Resource(community=community, revision=revision, state=PROPOSED, owner=by, **values)
    return await _keep(tx, row)


async def withdraw(tx: Transaction, identity: int, *, by: str) -> Resource | None:
    """Take back what somebody had proposed, and forget that it was them; None if the team has decided about it."""
    row = await tx.get(Resource, identity, with_for_update=True)
    if row is None or row.owner != by or row.state != PROPOSED:
        return None
    return await change(tx, row, state=WITHDRAWN, owner=None)


async def change(tx: Transaction, row: Resource, **values: object) -> Resource:
    """Change some fields of a resource, its state among them. The index sees it at its next query."""
    row.sqlmodel_update(values)
    row.revision = await revisions.following(tx, revisions.RESOURCES)
    return await _keep(tx, row)


async def publish(tx: Transaction, row: Resource, *, now: datetime) -> None:
    """Let a resource be found; it is news if it never could before."""
    await change(tx, row, state=PUBLISHED, merged_into=None, published_at=row.published_at or now)


async def analyse_anew(tx: Transaction, identities: Sequence[int]) -> None:
    """Analyse these resources again for the index, because their text was changed elsewhere."""
    for identity in identities:
        row = await tx.get(Resource, identity, with_for_update=True)
        if row is not None:
            await change(tx, row)


def archived(row: Row, person: Person, *, own: bool, now: datetime) -> Row:
    """An address that led to somebody who is erased leads nowhere."""
    return {"state": ARCHIVED} if person.is_in(row["url"], loose=False) else {}


async def rewritten(tx: Transaction, changes: Sequence[Change]) -> None:
    """Somebody was erased: the search finds what is written now."""
    await analyse_anew(tx, [row["id"] for row, changed in changes if changed.keys() - {"owner"}])


async def _keep(tx: Transaction, row: Resource) -> Resource:
    row.tokens = analyse(document_of(row))
    tx.add(row)
    await tx.flush()
    return row


async def count_votes(tx: Transaction, identity: int, *, useful: int, useless: int) -> None:
    """Add to the votes of a resource."""
    revision = await revisions.following(tx, revisions.RESOURCES)
    more = {
        "useful": col(Resource.useful) + useful,
        "useless": col(Resource.useless) + useless,
        "revision": revision,
    }
    await tx.exec(update(Resource).where(col(Resource.id) == identity).values(**more))


async def merge(tx: Transaction, kept: Resource, other: Resource) -> None:
    """Archive `other` in favour of `kept`, which takes over its tags and the fields that it lacks itself."""
    tags = list(dict.fromkeys([*kept.tags, *other.tags]))
    await change(
        tx,
        kept,
        tags=tags,
        summary=kept.summary or other.summary,
        source=kept.source or other.source,
        contact=kept.contact or other.contact,
        owner=kept.owner or other.owner,
    )
    await change(tx, other, state=ARCHIVED, merged_into=kept.id)


async def get(tx: Transaction, identity: int, *, community: str, state: str = PUBLISHED) -> Resource | None:
    """A resource of this community in this state."""
    row = await whatever(tx, identity, community=community)
    return row if row is not None and row.state == state else None


async def whatever(tx: Transaction, identity: int, *, community: str) -> Resource | None:
    """A resource of this community, whatever its state."""
    if not 0 < identity < 2**31:
        return None
    row = await tx.get(Resource, identity)
    return row if row is not None and row.community == community else None


_ROWS = columns(Resource)
_SEVERAL = sqlalchemy.select(_ROWS).where(
    _ROWS.c.id.in_(bindparam("numbers", expanding=True)), _ROWS.c.state == PUBLISHED
)


async def published(tx: Transaction, identity: int) -> Resource | None:
    """A resource of any community, if it is published; it may be changed."""
    row = await tx.get(Resource, identity)
    return row if row is not None and row.state == PUBLISHED else None


async def check_waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether a question to a resource's owner may be answered: for KEPT, while it is published and still theirs."""
    row = await published(tx, int(item))
    return row is not None and row.owner == card.recipient and now < card.since + KEPT


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The communities of one resource, or of several in their order, page by page (`41.88.12/7.9`)."""
    numbers = [int(number) for number in item.replace("/", ".").split(".")]
    return list(await tx.exec(select(Resource.community).where(col(Resource.id).in_(numbers)).distinct()))


async def several(tx: Transaction, identities: Sequence[int], *, revision: int) -> dict[int, Resource]:
    """Those that are published, by id, to be read only; as they were at this revision or later."""

    async def load() -> dict[int, Resource]:
        rows = await tx.rows(Resource, _SEVERAL, {"numbers": list(identities)})
        return {row.id: row for row in rows if row.id is not None}

    return await tx.remember(Resource, (revision, *identities), load)


async def known_as(tx: Transaction, community: str, address: str) -> Resource | None:
    """The resource of this page, however its address is spelt and whatever its state."""
    same = select(Resource).where(Resource.community == community, col(Resource.url).in_(spellings(address)))
    return (await tx.exec(same.order_by(col(Resource.id)))).first()


async def of_community(tx: Transaction, community: str, *, state: str = PUBLISHED) -> Sequence[Resource]:
    """Every resource of a community in this state that is a page, oldest first: none that is another noun's thing."""
    pages = (Resource.community == community, Resource.state == state, Resource.origin == "")
    rows = select(Resource).where(*pages)
    return (await tx.exec(rows.order_by(col(Resource.id)))).all()


async def answered_for(
    tx: Transaction, *, community: str | None = None, person: str | None = None
) -> Sequence[Resource]:
    """The resources that somebody answers for: of a community, of a person, or both; oldest first."""
    rows = select(Resource).where(col(Resource.owner).is_not(None))
    if community is not None:
        rows = rows.where(Resource.community == community)
    if person is not None:
        rows = rows.where(Resource.owner == person)
    return (await tx.exec(rows.order_by(col(Resource.id)))).all()


async def answers_for_any(tx: Transaction, person: str) -> bool:
    """Whether the person answers for a resource, in whatever community."""
    return (await tx.exec(select(Resource.id).where(Resource.owner == person).limit(1))).first() is not None


async def published_since(tx: Transaction, community: str, moment: datetime) -> Sequence[Resource]:
    """The resources of a community that can be found since then and not before, newest first."""
    new = (Resource.community == community, Resource.state == PUBLISHED, col(Resource.published_at) > moment)
    return (await tx.exec(select(Resource).where(*new).order_by(col(Resource.id).desc()))).all()


async def count_to_verify(tx: Transaction, community: str, *, today: date) -> int:
    """How many resources `to_verify` would list."""
    stale = await _stale(tx, community, today=today)
    return (await tx.exec(select(func.count()).select_from(Resource).where(*stale))).one()


async def to_verify(tx: Transaction, community: str, *, today: date, limit: int) -> Sequence[Resource]:
    """Resources reported as outdated, then those not verified within their interval, longest ago first."""
    order = (col(Resource.outdated).desc(), col(Resource.verified_on), col(Resource.id))
    rows = select(Resource).where(*await _stale(tx, community, today=today))
    return (await tx.exec(rows.order_by(*order).limit(limit))).all()


async def _stale(tx: Transaction, community: str, *, today: date) -> tuple[ColumnElement[bool] | bool, ...]:
    """What is true of the resources of a community that are to be verified."""
    here = (Resource.community == community, Resource.state == PUBLISHED)
    intervals = (await tx.exec(select(Resource.interval_months).where(*here).distinct())).all()
    late = [
        (col(Resource.interval_months) == each) & (col(Resource.verified_on) < _since(today, each))
        for each in intervals
    ]
    return (*here, or_(col(Resource.outdated).is_(True), *late))


def _since(today: date, months: int) -> str:
    return (today - relativedelta(months=months or USUAL_INTERVAL)).isoformat()


async def addresses(tx: Transaction) -> Sequence[str]:
    """The addresses of the published resources of all communities, without those already reported as outdated."""
    current = select(Resource.url).where(
        Resource.state == PUBLISHED, col(Resource.outdated).is_(False), Resource.origin == ""
    )
    return (await tx.exec(current.distinct())).all()


async def at_address(tx: Transaction, address: str) -> Sequence[int | None]:
    """The ids of the published resources of all communities that have this address."""
    there = select(Resource.id).where(Resource.state == PUBLISHED, Resource.url == address)
    return (await tx.exec(there)).all()


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
        verified_on=verified_on(row),
        useful=row.useful,
        useless=row.useless,
        facets=tuple(row.facets),
    )


def number(row: Resource) -> str:
    """The number by which members know it."""
    return row.origin or f"DOC-{row.id}"


def verified_on(row: Resource) -> date | None:
    """The day of the last verification; None if there was none or it was reported as outdated since."""
    return date.fromisoformat(row.verified_on) if row.verified_on and not row.outdated else None
