"""Who was asked to review a sheet, and who is next: volunteers as for a request, within the same limits."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from bot.communities import Community, communities
from bot.communities.people import people
from bot.help.offers import candidates
from bot.sheets.tables import Sheet, SheetReview
from bot.sheets.writing import authors
from bot.store.database import Transaction
from bot.volunteers import finding, volunteers
from bot.volunteers.rules.routing import Choice, Need, ancestors_of, choose
from bot.volunteers.rules.workload import NO_LOAD, RECENTLY, Load


async def next_one(tx: Transaction, sheet: Sheet, community: Community, *, now: datetime) -> Choice:
    """The volunteer to ask now: of this community, none of the authors, nobody twice, nobody who said `stop`."""
    need = await _need(tx, sheet)
    here = {row.person for row in await volunteers.of_community(tx, community.slug)}
    here -= await people.stopped_among(tx, here)
    known = await finding.knowing(tx, need, community, account=sheet.account)
    found = {person: one for person, one in known.items() if person in here}
    loads = await candidates.loads(tx, community, found, now=now)
    return choose(need, found, await _with_reviews(tx, loads, found, now=now), size=1, now=now)


async def _need(tx: Transaction, sheet: Sheet) -> Need:
    topics = await communities.topics_of(tx, sheet.community)
    parents = {topic.slug: topic.parent for topic in topics if topic.parent}
    topic, *others = sheet.topics or [""]
    signing = await authors.signing(tx, sheet)
    return Need(
        topic=topic,
        requester=sheet.author or "",
        ancestors=(*others, *ancestors_of(topic, parents)),
        asked=frozenset({*signing, *(row.person for row in await of(tx, sheet) if row.turn == sheet.version)}),
    )


async def _with_reviews(
    tx: Transaction, loads: Mapping[str, Load], persons: Collection[str], *, now: datetime
) -> dict[str, Load]:
    """What each carries for requests and for sheets together."""
    rows = (await tx.exec(select(SheetReview).where(col(SheetReview.person).in_(list(persons))))).all()
    waiting, recent = Counter[str](), Counter[str]()
    for row in rows:
        waiting[row.person] += row.open
        recent[row.person] += row.asked_at > now - RECENTLY
    return {person: _more(loads.get(person, NO_LOAD), waiting[person], recent[person]) for person in persons}


def _more(load: Load, waiting: int, recent: int) -> Load:
    return replace(
        load,
        open_requests=load.open_requests + waiting,
        asked_this_month=load.asked_this_month + recent,
        asked_recently=load.asked_recently + recent,
    )


async def of(tx: Transaction, sheet: Sheet) -> Sequence[SheetReview]:
    """All who were ever asked to review it."""
    return (await tx.exec(select(SheetReview).where(SheetReview.sheet == sheet.id).order_by(col(SheetReview.id)))).all()


async def ask(tx: Transaction, sheet: Sheet, person: str, *, now: datetime) -> None:
    """Note that somebody is asked to review what was submitted."""
    row = {"sheet": sheet.id, "person": person, "turn": sheet.version, "open": True, "asked_at": now}
    await tx.insert_new(SheetReview, row)


async def asks(tx: Transaction, sheet: Sheet, person: str) -> bool:
    """Whether the person is asked to review it and has not answered."""
    return any(row.person == person and row.open for row in await of(tx, sheet))


async def close(tx: Transaction, sheet: Sheet, *, person: str | None = None) -> None:
    """Nobody, or this person no more, is waited for."""
    rows = update(SheetReview).where(col(SheetReview.sheet) == sheet.id, col(SheetReview.open).is_(True))
    await tx.exec((rows if person is None else rows.where(col(SheetReview.person) == person)).values(open=False))


async def open_of(tx: Transaction, person: str) -> Sequence[int]:
    """The sheets that wait for this person's review."""
    mine = select(SheetReview.sheet).where(SheetReview.person == person, col(SheetReview.open).is_(True))
    return (await tx.exec(mine)).all()
