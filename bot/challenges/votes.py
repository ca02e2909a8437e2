"""Votes: given and taken back while the vote lasts, counted, and reduced to counts where they are discreet."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from bot.challenges import authors, challenges
from bot.challenges.rules import vote
from bot.challenges.rules.challenge import Status
from bot.challenges.rules.vote import Refusal, Voters
from bot.challenges.tables import Challenge, Solution, SolutionVote
from bot.communities.acting import Hands
from bot.communities.people import members
from bot.store.database import Transaction
from bot.volunteers import volunteers


def is_open(challenge: Challenge, at: datetime) -> bool:
    """Whether votes of this instant count."""
    return challenge.status == Status.VOTING and at < challenge.vote_until


async def give(
    tx: Transaction, challenge: Challenge, solution: Solution, person: str, *, at: datetime
) -> Refusal | None:
    """Count the person's vote; returns why not, if so. The challenge is locked, so that nobody votes twice at once."""
    given = await of_person(tx, challenge, person)
    why_not = vote.refusal(
        challenges.rule_of(challenge),
        solution.id or 0,
        open_now=is_open(challenge, at),
        entitled=await _may_vote(tx, challenge, person),
        own=await authors.signed_by(tx, challenge, person),
        given=[one.id or 0 for one in given],
    )
    if why_not is None:
        row = {"challenge": challenge.id, "solution": solution.id, "person": person, "given_at": at}
        await tx.insert_new(SolutionVote, row)
    return why_not


async def _may_vote(tx: Transaction, challenge: Challenge, person: str) -> bool:
    """Members are seen to be so before they are answered; volunteers of the community are known by their rows."""
    if challenge.voters == Voters.MEMBERS:
        return True
    row = await volunteers.get(tx, challenge.community, person)
    return row is not None and volunteers.is_active(row)


async def take_back(tx: Transaction, challenge: Challenge, solution: Solution, person: str, *, at: datetime) -> bool:
    """The person votes for it no more; False if they had not, or if the vote is over."""
    if not is_open(challenge, at):
        return False
    mine = (col(SolutionVote.solution) == solution.id, col(SolutionVote.person) == person)
    return bool((await tx.exec(delete(SolutionVote).where(*mine))).rowcount)


async def of_person(tx: Transaction, challenge: Challenge, person: str) -> Sequence[Solution]:
    """The solutions that the person votes for, in their order."""
    rows = select(Solution).join(SolutionVote, col(SolutionVote.solution) == col(Solution.id))
    mine = rows.where(SolutionVote.challenge == challenge.id, SolutionVote.person == person)
    return (await tx.exec(mine.order_by(col(Solution.rank)))).all()


async def count(tx: Transaction, challenge: Challenge, solutions: Collection[Solution]) -> tuple[dict[int, int], int]:
    """The votes of each solution, by its id, and how many people voted: from the rows, as they are now."""
    rows = (await tx.exec(select(SolutionVote).where(SolutionVote.challenge == challenge.id))).all()
    tally = vote.count(((row.solution, row.person) for row in rows), [one.id or 0 for one in solutions])
    return tally, len({row.person for row in rows})


async def only_of_members(hands: Hands, challenge: Challenge) -> None:
    """Before the count: whoever left the community, be it a moment ago, votes for nothing."""
    rows = select(SolutionVote.person).where(SolutionVote.challenge == challenge.id).distinct()
    for person in sorted(await hands.tx.exec(rows)):
        if await members.has_left(hands.tx, hands.directory, person, challenge.community):
            await leave(hands.tx, challenge.id or 0, person)


async def forget(tx: Transaction, challenge: Challenge) -> None:
    """Nothing says any more who voted for what."""
    await tx.exec(delete(SolutionVote).where(col(SolutionVote.challenge) == challenge.id))


# ── those who leave ───────────────────────────────────────────────────────────────────────────────────────


async def open_of(tx: Transaction, person: str) -> Sequence[int]:
    """The challenges in whose vote, which lasts, the person voted."""
    rows = select(SolutionVote.challenge).join(Challenge, col(Challenge.id) == col(SolutionVote.challenge))
    return (
        await tx.exec(rows.where(SolutionVote.person == person, Challenge.status == Status.VOTING).distinct())
    ).all()


async def leave(tx: Transaction, challenge: int, person: str) -> None:
    """The person's votes in a challenge count no more."""
    mine = (col(SolutionVote.challenge) == challenge, col(SolutionVote.person) == person)
    await tx.exec(delete(SolutionVote).where(*mine))


async def people_of(tx: Transaction, community: str) -> set[str]:
    """Who voted in the votes of a community that last."""
    here = select(Challenge.id).where(Challenge.community == community, Challenge.status == Status.VOTING)
    return set(await tx.exec(select(SolutionVote.person).where(col(SolutionVote.challenge).in_(here)).distinct()))
