"""Votes on whether resources were useful: one per person and resource, which may be changed or taken back."""

from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, update
from sqlmodel import col, select

from bot.resources import resources
from bot.resources.tables import Resource, ResourceVote
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


async def sums(tx: Transaction, community: str) -> tuple[int, int]:
    """Of the votes for a community's resources: how many say useful, and how many there are."""
    useful = func.coalesce(func.sum(case((col(ResourceVote.useful).is_(True), 1), else_=0)), 0)
    rows: Any = select(useful, func.count()).select_from(ResourceVote).where(_there(community))
    found = (await tx.exec(rows)).one()
    return found[0], found[1]


async def people(tx: Transaction, community: str) -> int:
    """How many people voted for a resource of a community."""
    return (await tx.exec(select(func.count(col(ResourceVote.person).distinct())).where(_there(community)))).one()


def _there(community: str) -> ColumnElement[bool]:
    return col(ResourceVote.resource).in_(select(Resource.id).where(Resource.community == community))


def _of(resource: int, person: str) -> tuple[ColumnElement[bool], ...]:
    return (col(ResourceVote.resource) == resource, col(ResourceVote.person) == person)
