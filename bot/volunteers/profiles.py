"""Where people work: what volunteers see before they accept, and what only the one who accepts sees."""

import sqlalchemy

from bot.store.columns import columns
from bot.store.database import Transaction
from bot.volunteers.tables import Profile

_TABLE = columns(Profile)
_STRUCTURE = sqlalchemy.select(_TABLE.c.structure).where(_TABLE.c.person == sqlalchemy.bindparam("person"))


async def of(tx: Transaction, person: str) -> Profile:
    """What the person told; an empty profile for somebody who told nothing."""
    return await tx.get(Profile, person) or Profile(person=person)


async def workplace(tx: Transaction, person: str) -> str:
    """The kind of structure that the person told, empty if none."""

    async def load() -> str:
        rows = await tx.read(_STRUCTURE, {"person": person})
        return (rows[0]["structure"] or "") if rows else ""

    return await tx.remember(Profile, ("structure", person), load)


async def keep(tx: Transaction, row: Profile) -> None:
    """Write what was changed."""
    await tx.merge(row)
    await tx.flush()
