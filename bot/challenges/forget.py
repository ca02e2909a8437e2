"""Somebody is erased, or left a community: their votes count no more. Their solutions stay, without a name."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.challenges import authors, cards, challenges, votes
from bot.challenges.days import days
from bot.challenges.rules.challenge import Status
from bot.challenges.tables import Challenge, Solution, SolutionAuthor, SolutionVote
from bot.communities.acting import Hands
from bot.noun import Departure
from bot.store.database import Transaction
from bot.store.old_rows import AT_ONCE

VOTES_KEPT = timedelta(days=365)
"""After a vote by name; then only the tally stays."""
KEPT = timedelta(days=730)
"""After the end of a challenge of which nothing was retained."""


async def person(hands: Hands, mxid: str) -> None:
    """An erased person votes no more where the vote lasts; the cards of what they signed lose the name."""
    for number in await votes.open_of(hands.tx, mxid):
        await votes.leave(hands.tx, number, mxid)
    await days.leave(hands.tx, mxid)
    for solution in await authors.signed_anywhere(hands.tx, mxid):
        challenge = await challenges.get(hands.tx, solution.challenge, lock=True)
        assert challenge is not None
        await authors.forget(hands.tx, solution, mxid)
        await cards.refresh_solution(hands, challenge, solution)


async def left(hands: Hands, community: str, mxid: str) -> None:
    """The same in one community."""
    here = set(await hands.tx.exec(select(Challenge.id).where(Challenge.community == community)))
    for number in await votes.open_of(hands.tx, mxid):
        if number in here:
            await votes.leave(hands.tx, number, mxid)
    await days.leave(hands.tx, mxid, community=community)


async def has_any(tx: Transaction, mxid: str) -> bool:
    """Whether the person voted in a vote that lasts."""
    return bool(await votes.open_of(tx, mxid))


async def people_of(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    """Who voted in the votes of a community that last, or sits at a table there."""
    return {*await votes.people_of(tx, community), *await days.people_of(tx, community)}


DEPARTURE = Departure(concerns=(has_any, days.has_seat), people=people_of, ends=left)


async def forget_votes(tx: Transaction, *, now: datetime) -> int:
    """Forget who voted for what in votes that ended long ago; returns how many votes."""
    old = select(Challenge.id).where(col(Challenge.closed_at) < now - VOTES_KEPT)
    return (await tx.exec(delete(SolutionVote).where(col(SolutionVote.challenge).in_(old)))).rowcount


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Remove challenges that ended long ago without a solution; returns how many."""
    over = (col(Challenge.status).in_((Status.CLOSED, Status.ABANDONED)), col(Challenge.closed_at) < now - KEPT)
    old = (await tx.exec(select(Challenge.id).where(*over).order_by(col(Challenge.id)).limit(AT_ONCE))).all()
    theirs = select(Solution.id).where(col(Solution.challenge).in_(old))
    await days.forget(tx, old)
    await tx.exec(delete(SolutionVote).where(col(SolutionVote.challenge).in_(old)))
    await tx.exec(delete(SolutionAuthor).where(col(SolutionAuthor.solution).in_(theirs)))
    await tx.exec(delete(Solution).where(col(Solution.challenge).in_(old)))
    return (await tx.exec(delete(Challenge).where(col(Challenge.id).in_(old)))).rowcount
