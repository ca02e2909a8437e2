"""Counts of a community's sheets, made by the database: what comes of requests and meet-ups, and what others do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col, or_, select

from bot.sheets.rules.circulation import Circulation
from bot.sheets.rules.sheet import PUBLIC
from bot.sheets.rules.trial import Trial
from bot.sheets.tables import Sheet, SheetCirculation, SheetTrial
from bot.store.database import Transaction

OF_REQUESTS, OF_RETEX = "D-", "R-"
"""How the origins of sheets begin."""


@dataclass(frozen=True, slots=True)
class Loop:
    """How many sheets are published, how often they were opened, by how many people tried, how often taken up."""

    published: int
    opened: int
    tried: int
    reused: int


async def loop(tx: Transaction, community: str) -> Loop:
    """All sheets of a community that anybody can read."""
    sums: Any = select(func.count(), func.coalesce(func.sum(Sheet.opened), 0)).where(*_read(community))
    published, opened = (await tx.exec(sums)).one()
    there = select(Sheet.id).where(*_read(community))
    people = select(func.count(col(SheetTrial.person).distinct())).where(
        col(SheetTrial.sheet).in_(there), SheetTrial.status != Trial.STOPPED
    )
    return Loop(published, int(opened), (await tx.exec(people)).one(), await _reused(tx, there))


def _read(community: str) -> tuple[ColumnElement[bool] | bool, ...]:
    return Sheet.community == community, _is_read()


def _is_read() -> ColumnElement[bool]:
    return or_(col(Sheet.status).in_(PUBLIC), col(Sheet.published).is_not(None))


async def _reused(tx: Transaction, there: Any) -> int:
    """By other communities, and in adaptations that are published."""
    taken_up = select(func.count()).where(
        col(SheetCirculation.sheet).in_(there), SheetCirculation.status == Circulation.ACCEPTED
    )
    adapted = select(func.count()).where(col(Sheet.parent).in_(there), _is_read())
    return (await tx.exec(taken_up)).one() + (await tx.exec(adapted)).one()


async def published_of(tx: Transaction, community: str, origin: str, *, since: datetime) -> int:
    """How many sheets that come of requests, or of meet-ups (`origin`), were published since then."""
    mine = (*_read(community), col(Sheet.origin).startswith(origin), col(Sheet.published_at) >= since)
    return (await tx.exec(select(func.count()).where(*mine))).one()
