"""Whom an irritant or an idea concerns as well: said once by a person, and taken back by them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.contributors import returns
from bot.events.messages import Ref
from bot.ideas.rules.idea import IDEA, OPEN
from bot.ideas.tables import Idea, IdeaSupport
from bot.store.database import Transaction


async def give(hands: Hands, idea: Idea, person: str, *, via: int | None = None) -> bool:
    """Note that it concerns the person as well; False if that is known, or if it is openly their own."""
    if person == idea.author and not idea.discreet:
        return False
    row = {"idea": idea.id, "person": person, "via": via, "given_at": hands.now}
    if not await hands.tx.insert_new(IdeaSupport, row):
        return False
    await returns.given(hands.tx, _thing(idea), person, community=idea.community, now=hands.now)
    return True


async def take_back(hands: Hands, idea: Idea, person: str) -> bool:
    """The person says so no more; False if they had not."""
    mine = delete(IdeaSupport).where(col(IdeaSupport.idea) == idea.id, col(IdeaSupport.person) == person)
    if not (await hands.tx.exec(mine)).rowcount:
        return False
    if person != idea.author:
        await returns.taken_back(hands.tx, _thing(idea), by=person)
    return True


async def count(tx: Transaction, idea: Idea) -> int:
    """How many people said so."""
    return (await counts(tx, [idea])).get(idea.id or 0, 0)


async def counts(tx: Transaction, ideas: Collection[Idea]) -> Mapping[int, int]:
    """How many people said so of each; those of which nobody did are left out."""
    these = col(IdeaSupport.idea).in_([idea.id for idea in ideas])
    rows: Any = select(IdeaSupport.idea, func.count()).where(these).group_by(col(IdeaSupport.idea))
    return dict((await tx.exec(rows)).all())


async def people(tx: Transaction, idea: Idea) -> Sequence[str]:
    """Who said so."""
    return (await tx.exec(select(IdeaSupport.person).where(IdeaSupport.idea == idea.id))).all()


async def open_of(tx: Transaction, person: str) -> Sequence[int]:
    """The open ones of which the person said so."""
    rows = select(IdeaSupport.idea).join(Idea, col(Idea.id) == col(IdeaSupport.idea))
    return (await tx.exec(rows.where(IdeaSupport.person == person, col(Idea.status).in_(OPEN)))).all()


async def pass_on(hands: Hands, source: Idea, target: Idea) -> None:
    """Who said so of one that is merged says so of the other, as does its author.

    Whoever reported it discreetly only hears of the other: were they counted, a count that does not grow would say
    that it is the author of the other, or somebody who is counted already.
    """
    author = [source.author] if source.author else []
    for person in dict.fromkeys([*await people(hands.tx, source), *(author if not source.discreet else [])]):
        await give(hands, target, person, via=source.id)
    for person in author:
        await returns.given(hands.tx, _thing(target), person, community=target.community, now=hands.now)


async def take_over(hands: Hands, source: Idea, target: Idea) -> Sequence[str]:
    """The merge is taken back: who said so only of the first says so of that alone. Returns who they are."""
    came = await leave_again(hands, source, target)
    if source.author and source.author not in (target.author, *await people(hands.tx, target)):
        await returns.taken_back(hands.tx, _thing(target), by=source.author)
    return came


async def leave_again(
    hands: Hands, source: Idea, target: Idea, *, only: Collection[str] | None = None
) -> Sequence[str]:
    """Who says so of one by its merge with another, `only` these, says so no more; returns who they are."""
    rows = select(IdeaSupport.person).where(IdeaSupport.idea == target.id, IdeaSupport.via == source.id)
    came = [person for person in (await hands.tx.exec(rows)).all() if only is None or person in only]
    for person in came:
        await take_back(hands, target, person)
    return came


def _thing(idea: Idea) -> Ref:
    return Ref(IDEA, str(idea.id))
