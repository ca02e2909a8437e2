"""Votes on whether resources were useful: one per person and resource, which may be changed or taken back."""

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select

from bot.resources import resources
from bot.resources.tables import ResourceVote
from bot.store.database import Transaction


async def cast(tx: Transaction, resource: int, person: str, *, useful: bool) -> bool:
    """Count a person's vote in place of an earlier one; False when it was the same."""
    row = {"resource": resource, "person": person, "useful": useful}
    if await tx.insert_new(ResourceVote, row):
        await resources.count_votes(tx, resource, useful=int(useful), useless=int(not useful))
        return True
    changed = update(ResourceVote).where(*_of(resource, person), col(ResourceVote.useful) != useful)
    if not (await tx.exec(changed.values(useful=useful))).rowcount:
        return False
    await resources.count_votes(tx, resource, useful=1 if useful else -1, useless=-1 if useful else 1)
    return True


async def take_back(tx: Transaction, resource: int, person: str, *, useful: bool) -> bool:
    """Undo a person's vote; False when they have none, or have changed it."""
    gone = delete(ResourceVote).where(*_of(resource, person), col(ResourceVote.useful) == useful)
    if not (await tx.exec(gone)).rowcount:
        return False
    await resources.count_votes(tx, resource, useful=-int(useful), useless=-int(not useful))
    return True


async def move(tx: Transaction, source: int, target: int) -> None:
    """The votes for one resource count for another; a person who voted for both keeps the vote for the other."""
    rows = (await tx.exec(select(ResourceVote).where(ResourceVote.resource == source))).all()
    for row in rows:
        await take_back(tx, source, row.person, useful=row.useful)
        kept = {"resource": target, "person": row.person, "useful": row.useful}
        if await tx.insert_new(ResourceVote, kept):
            await resources.count_votes(tx, target, useful=int(row.useful), useless=int(not row.useful))


def _of(resource: int, person: str) -> tuple[ColumnElement[bool], ...]:
    return (col(ResourceVote.resource) == resource, col(ResourceVote.person) == person)
