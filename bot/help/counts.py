"""Counts of a community's requests for help, made by the database: no figure about one person leaves it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func
from sqlmodel import col, select

from bot.communities.figures.figures import Tally
from bot.communities.figures.per_week import per_week
from bot.communities.rules.weeks import Weeks
from bot.help.requests import UNANSWERED
from bot.help.rules.request import Status
from bot.help.tables import HelpOffer, HelpRequest, Satisfaction
from bot.store.database import Transaction

WITHOUT_ANYBODY = (Status.OPEN, Status.SEEKING, Status.WITH_PEERS, Status.UNTAKEN)
SETTLED = (Status.UNTAKEN, Status.RESOLVED, Status.CLOSED)
"""Somebody was found, or nobody was."""


async def with_status(tx: Transaction, community: str, statuses: Collection[str]) -> int:
    """How many requests of a community have one of these statuses."""
    return (await tx.exec(select(func.count()).where(*_of(community, statuses)))).one()


async def unanswered(tx: Transaction, community: str) -> int:
    """How many requests have no answer yet, accepted ones included."""
    return await with_status(tx, community, UNANSWERED)


async def without_anybody(tx: Transaction, community: str) -> tuple[int, HelpRequest | None]:
    """How many requests nobody has accepted yet, and the oldest of them."""
    rows = select(HelpRequest).where(*_of(community, WITHOUT_ANYBODY)).order_by(col(HelpRequest.id)).limit(1)
    return await with_status(tx, community, WITHOUT_ANYBODY), (await tx.exec(rows)).first()


def _of(community: str, statuses: Collection[str]) -> tuple[Any, ...]:
    return HelpRequest.community == community, col(HelpRequest.status).in_(statuses)


async def sent(tx: Transaction, community: str, weeks: Weeks) -> Sequence[int]:
    """How many requests were sent in each week."""
    return await per_week(tx, col(HelpRequest.sent_at), weeks, HelpRequest.community == community)


async def accepted_by_week(tx: Transaction, community: str, weeks: Weeks) -> Sequence[int]:
    """How many requests found somebody, for the first time, in each week."""
    return await per_week(tx, col(HelpRequest.first_accepted_at), weeks, HelpRequest.community == community)


async def accepted(tx: Transaction, community: str, *, since: datetime) -> Sequence[tuple[datetime | None, datetime]]:
    """Of each request that found somebody since then: when it was sent, and when somebody accepted it first."""
    here = (HelpRequest.community == community, col(HelpRequest.first_accepted_at) >= since)
    times: Any = select(HelpRequest.sent_at, HelpRequest.first_accepted_at).where(*here)
    return [(begun, yes) for begun, yes in await tx.exec(times)]


async def ended(tx: Transaction, community: str, *, since: datetime) -> tuple[int, int]:
    """Of the requests sent since then: how many are settled, and how many of these found nobody."""
    nobody = _sum(col(HelpRequest.first_accepted_at).is_(None))
    here = (*_of(community, SETTLED), col(HelpRequest.sent_at) >= since)
    sums: Any = select(func.count(), nobody).where(*here)
    settled, alone = (await tx.exec(sums)).one()
    return settled, alone


async def took_part(tx: Transaction, community: str, *, since: datetime) -> tuple[int, int]:
    """How many people sent a request since then, and how many said yes to one."""
    askers = select(func.count(col(HelpRequest.requester).distinct())).where(
        HelpRequest.community == community, col(HelpRequest.sent_at) >= since
    )
    helpers = (
        select(func.count(col(HelpOffer.person).distinct()))
        .join(HelpRequest, col(HelpOffer.request) == col(HelpRequest.id))
        .where(HelpRequest.community == community, col(HelpOffer.accepted_at) >= since)
    )
    return (await tx.exec(askers)).one(), (await tx.exec(helpers)).one()


async def carried(tx: Transaction, community: str) -> int:
    """How many offers were accepted and go on."""
    rows = select(func.count()).select_from(HelpOffer).join(HelpRequest, col(HelpOffer.request) == col(HelpRequest.id))
    return (await tx.exec(rows.where(HelpRequest.community == community, col(HelpOffer.carried).is_(True)))).one()


async def opinions(tx: Transaction, community: str) -> Tally:
    """What requesters said afterwards."""
    answers = [
        count
        for question in (col(Satisfaction.went_well), col(Satisfaction.was_useful))
        for count in (_sum(question.is_(True)), func.count(question))
    ]
    sums: Any = select(func.count(), *answers).where(Satisfaction.community == community)
    asked, well, of_well, useful, of_useful = (await tx.exec(sums)).one()
    return Tally(asked, (well, of_well), (useful, of_useful))


def _sum(condition: ColumnElement[bool]) -> Any:
    """How many rows meet a condition; 0 of no rows."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
