"""Those who sign a solution beside whoever gave it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_
from sqlmodel import col, select

from bot.challenges.rules.solution import Status
from bot.challenges.tables import Challenge, Solution, SolutionAuthor
from bot.mailbox.sending.outbox import Card
from bot.store.database import Transaction


async def ask(tx: Transaction, solution: Solution, person: str, *, now: datetime) -> bool:
    """Note that somebody is asked; False when they were before."""
    return await tx.insert_new(SolutionAuthor, {"solution": solution.id, "person": person, "asked_at": now})


async def get(tx: Transaction, solution: Solution, person: str) -> SolutionAuthor | None:
    """The person as one of them, locked until the transaction ends."""
    mine = select(SolutionAuthor).where(SolutionAuthor.solution == solution.id, SolutionAuthor.person == person)
    return (await tx.exec(mine.with_for_update())).first()


async def agree(tx: Transaction, row: SolutionAuthor, *, now: datetime) -> None:
    """Note that somebody signs it."""
    row.agreed_at = now
    tx.add(row)
    await tx.flush()


async def leave(tx: Transaction, solution: Solution, person: str) -> None:
    """Somebody does not sign it, or no more."""
    mine = (col(SolutionAuthor.solution) == solution.id, col(SolutionAuthor.person) == person)
    await tx.exec(delete(SolutionAuthor).where(*mine))


async def signing(tx: Transaction, solution: Solution) -> list[str]:
    """Who signs it, whoever gave it first. Whoever was erased is missing."""
    rows = select(SolutionAuthor.person).where(
        SolutionAuthor.solution == solution.id, col(SolutionAuthor.agreed_at).is_not(None)
    )
    agreed = (await tx.exec(rows.order_by(col(SolutionAuthor.id)))).all()
    return [*([solution.author] if solution.author else []), *agreed]


async def signed_by(tx: Transaction, challenge: Challenge, person: str) -> set[int]:
    """The solutions of a challenge that the person signs."""
    own = select(Solution.id).where(Solution.challenge == challenge.id, Solution.author == person)
    with_others = (
        select(SolutionAuthor.solution)
        .join(Solution, col(Solution.id) == col(SolutionAuthor.solution))
        .where(Solution.challenge == challenge.id, SolutionAuthor.person == person)
        .where(col(SolutionAuthor.agreed_at).is_not(None))
    )
    found: Sequence[int | None] = [*(await tx.exec(own)).all(), *(await tx.exec(with_others)).all()]
    return {number for number in found if number is not None}


async def signed_anywhere(tx: Transaction, person: str) -> Sequence[Solution]:
    """The solutions that the person signs, of whatever challenge, but those that were withdrawn."""
    agreed = (SolutionAuthor.person == person, col(SolutionAuthor.agreed_at).is_not(None))
    theirs = or_(col(Solution.author) == person, col(Solution.id).in_(select(SolutionAuthor.solution).where(*agreed)))
    rows = select(Solution).where(theirs, Solution.status != Status.WITHDRAWN)
    return (await tx.exec(rows.order_by(col(Solution.challenge), col(Solution.id)))).all()


async def forget(tx: Transaction, solution: Solution, person: str) -> None:
    """Nothing says any more that the person signs it."""
    await leave(tx, solution, person)
    if solution.author == person:
        solution.author = None
        await tx.flush()


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether whoever was asked has not answered, and the vote has not begun."""
    solution = await tx.get(Solution, int(item))
    row = await get(tx, solution, card.recipient or "") if solution is not None else None
    return solution is not None and solution.status == Status.GIVEN and row is not None and row.agreed_at is None
