"""Somebody is erased, or left a community: it concerns them no more there. What they reported stays, without a name."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.ideas import cards, ideas, supports
from bot.ideas.rules.idea import OPEN
from bot.ideas.tables import Idea, IdeaSupport
from bot.noun import Departure
from bot.store.database import Transaction
from bot.store.old_rows import AT_ONCE

KEPT = timedelta(days=730)
"""After somebody last cared about it."""


async def person(hands: Hands, mxid: str) -> None:
    """The open ones count an erased person no more; the cards of theirs, whatever became of them, lose the name."""
    await _ends(hands, mxid)
    for own in reversed(await ideas.of_person(hands.tx, mxid)):
        idea = await ideas.get(hands.tx, own.id or 0, lock=True)
        if idea is not None and not idea.discreet:
            idea.author = None
            await cards.refresh(hands, idea)


async def left(hands: Hands, community: str, mxid: str) -> None:
    """The same in one community."""
    await _ends(hands, mxid, of=community)


async def _ends(hands: Hands, mxid: str, *, of: str | None = None) -> None:
    for number in await supports.open_of(hands.tx, mxid):
        idea = await ideas.get(hands.tx, number, lock=True)
        if idea is not None and of in (None, idea.community):
            await supports.take_back(hands, idea, mxid)
            await cards.refresh(hands, idea)


async def has_any(tx: Transaction, mxid: str) -> bool:
    """Whether something open concerns the person."""
    return bool(await supports.open_of(tx, mxid))


async def people_of(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    """Whom the open ones of a community concern."""
    here = select(Idea.id).where(Idea.community == community, col(Idea.status).in_(OPEN))
    return set(await tx.exec(select(IdeaSupport.person).where(col(IdeaSupport.idea).in_(here))))


DEPARTURE = Departure(concerns=(has_any,), people=people_of, ends=left)


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Remove those about which nobody has cared for long; returns how many."""
    some = select(Idea.id).where(Idea.touched_at < now - KEPT).order_by(col(Idea.id)).limit(AT_ONCE)
    old = (await tx.exec(some)).all()
    await tx.exec(delete(IdeaSupport).where(col(IdeaSupport.idea).in_(old)))
    return (await tx.exec(delete(Idea).where(col(Idea.id).in_(old)))).rowcount
