"""Solutions: given, found, changed, and moved along the table of `challenges.rules.solution`."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from bot.challenges.rules.challenge import Status as ChallengeStatus
from bot.challenges.rules.solution import LIFECYCLE, SAID, SOLUTION, Party, Status, Trigger
from bot.challenges.tables import Challenge, Solution
from bot.communities.acting import Hands
from bot.events.messages import Ref
from bot.mailbox.sending.outbox import Card
from bot.store import audit
from bot.store.database import Transaction


def number(solution: Solution) -> str:
    """Its number in chat: the third of C-2."""
    return f"C-{solution.challenge} n° {solution.rank}"


async def give(hands: Hands, challenge: Challenge, author: str, text: str, *, source: str) -> Solution:
    """A new one; the challenge is locked."""
    last = (await hands.tx.exec(select(func.max(Solution.rank)).where(Solution.challenge == challenge.id))).one()
    solution = Solution(
        challenge=challenge.id or 0,
        rank=(last or 0) + 1,
        author=author,
        text=text,
        status=Status.GIVEN,
        source=source,
        given_at=hands.now,
        changed_at=hands.now,
    )
    return await write(hands.tx, solution)


async def get(tx: Transaction, identity: int | str, *, lock: bool = False) -> Solution | None:
    """The one of an id."""
    return await tx.get(Solution, int(identity), with_for_update=lock)


async def of_rank(tx: Transaction, challenge: Challenge, rank: int) -> Solution | None:
    """The one of a number within its challenge."""
    rows = select(Solution).where(Solution.challenge == challenge.id, Solution.rank == rank)
    return (await tx.exec(rows)).first()


async def of_source(tx: Transaction, source: str, author: str) -> Solution | None:
    """The one that the person gave in this message."""
    return (await tx.exec(select(Solution).where(Solution.source == source, Solution.author == author))).first()


async def of_challenge(tx: Transaction, challenge: Challenge, *statuses: Status) -> Sequence[Solution]:
    """Those of a challenge in their order; without `statuses` all but those that were withdrawn."""
    rows = select(Solution).where(Solution.challenge == challenge.id, Solution.status != Status.WITHDRAWN)
    rows = rows.where(col(Solution.status).in_(statuses)) if statuses else rows
    return (await tx.exec(rows.order_by(col(Solution.rank)))).all()


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of its challenge."""
    rows = select(Challenge.community).join(Solution, col(Solution.challenge) == col(Challenge.id))
    return list(await tx.exec(rows.where(Solution.id == int(item))))


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether its card is voted on: in a discreet vote nobody does so where others read."""
    solution = await get(tx, item)
    challenge = await tx.get(Challenge, solution.challenge) if solution is not None else None
    return challenge is not None and challenge.status == ChallengeStatus.VOTING and not challenge.discreet


async def move(hands: Hands, solution: Solution, trigger: Trigger, *, by: Collection[Party]) -> None:
    """One step of its life. Raises NotNow."""
    before = Status(solution.status)
    target = LIFECYCLE.step(before, trigger, by=by)
    audit.moved(hands.tx, LIFECYCLE.noun, solution.id, before, target, by=by)
    solution.status, solution.changed_at = target, hands.now
    if target not in (Status.GIVEN, Status.IN_VOTE):
        await hands.outbox.close_cards(hands.tx, *(Ref(kind, str(solution.id)) for kind in (SOLUTION, SAID)))
    await write(hands.tx, solution)


async def write(tx: Transaction, solution: Solution) -> Solution:
    """Keep a new or changed one."""
    tx.add(solution)
    await tx.flush()
    return solution
