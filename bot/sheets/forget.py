"""Somebody is erased, or left a community: what they were writing ends, others review, what is published stays."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.noun import Departure
from bot.sheets import sheets, steps
from bot.sheets.journey import trials
from bot.sheets.rules.sheet import OVER, PUBLIC, Status
from bot.sheets.tables import (
    Sheet,
    SheetAuthor,
    SheetCirculation,
    SheetMilestone,
    SheetResult,
    SheetReview,
    SheetTrial,
)
from bot.sheets.writing import authors, reviews
from bot.store.database import Transaction

KEPT = timedelta(days=180)
"""How long a draft stays that nobody goes on with; and the number of one that was withdrawn."""


async def person(hands: Hands, mxid: str) -> None:
    """End what a person writes and reviews, before their rows lose the name. What is published keeps its sense."""
    await _ends(hands, mxid)


async def left(hands: Hands, community: str, mxid: str) -> None:
    """The same in one community."""
    await _ends(hands, mxid, of=community)


async def _ends(hands: Hands, mxid: str, *, of: str | None = None) -> None:
    await trials.leave(hands, mxid, of=of)
    for own in await sheets.of_person(hands.tx, mxid):
        if of in (None, own.community):
            await steps.leave(hands, own)
    for one in await _those(hands, await reviews.open_of(hands.tx, mxid), of):
        await steps.not_me(hands, one, mxid)
    for one in await _those(hands, await authors.sheets_of(hands.tx, mxid), of):
        await _signs_no_more(hands, one, mxid)


async def _those(hands: Hands, numbers: Iterable[int], of: str | None) -> list[Sheet]:
    """The sheets of these numbers, locked; with `of` only those of this community."""
    found = [await sheets.get(hands.tx, number, lock=True) for number in numbers]
    return [sheet for sheet in found if sheet is not None and of in (None, sheet.community)]


async def _signs_no_more(hands: Hands, sheet: Sheet, mxid: str) -> None:
    """What is not published of a sheet that needs their consent ends with it."""
    row = await authors.get(hands.tx, sheet, mxid)
    if row is not None and row.needed and sheet.status not in OVER:
        await steps.leave(hands, sheet)


async def has_any(tx: Transaction, mxid: str) -> bool:
    """Whether the person writes, reviews or tries something, wherever."""
    return bool(
        await sheets.of_person(tx, mxid)
        or await reviews.open_of(tx, mxid)
        or await authors.sheets_of(tx, mxid)
        or await trials.of_person(tx, mxid)
    )


async def engages(tx: Transaction, mxid: str, *, now: datetime) -> bool:
    """Whether the person is asked to review a sheet."""
    return bool(await reviews.open_of(tx, mxid))


async def people_of(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    """Who writes or reviews something in a community that is not published, and who tries something there."""
    here = select(Sheet.id).where(Sheet.community == community, col(Sheet.status).not_in(PUBLIC))
    writing = select(Sheet.author).where(col(Sheet.id).in_(here))
    signing = select(SheetAuthor.person).where(col(SheetAuthor.sheet).in_(here))
    reviewing = select(SheetReview.person).where(col(SheetReview.sheet).in_(here), col(SheetReview.open).is_(True))
    trying = await trials.people_of(tx, community)
    found = {*await tx.exec(writing), *await tx.exec(signing), *await tx.exec(reviewing), *trying}
    return {mxid for mxid in found if mxid}


DEPARTURE = Departure(concerns=(has_any,), people=people_of, ends=left)


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Remove drafts that nobody has touched for long, and what is left of those that were withdrawn unpublished."""
    ended = (Status.PROPOSED, Status.DRAFT, Status.TO_COMPLETE, Status.WITHDRAWN)
    never = (col(Sheet.status).in_(ended), col(Sheet.published_at).is_(None), col(Sheet.changed_at) < now - KEPT)
    old = (await tx.exec(select(Sheet.id).where(*never))).all()
    for table in (SheetAuthor, SheetReview, SheetMilestone, SheetTrial, SheetResult, SheetCirculation):
        await tx.exec(delete(table).where(col(table.sheet).in_(old)))
    return (await tx.exec(delete(Sheet).where(col(Sheet.id).in_(old)))).rowcount
