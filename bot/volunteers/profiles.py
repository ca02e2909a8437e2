"""Where people work: one part is shown to volunteers before they accept, one only to the one who accepts."""

import sqlalchemy

from bot.store.columns import columns
from bot.store.database import Transaction
from bot.volunteers.tables import Profile

_TABLE = columns(Profile)
_STRUCTURE = sqlalchemy.select(_TABLE.c.structure).where(_TABLE.c.person == sqlalchemy.bindparam("person"))


async def of(tx: Transaction, person: str) -> Profile:
    """The person's profile; an empty one for somebody who gave none."""
    return await tx.get(Profile, person) or Profile(person=person)


async def workplace(tx: Transaction, person: str) -> str:
    """The kind of structure in which the person works, empty if unknown."""

    async def load() -> str:
        rows = await tx.read(_STRUCTURE, {"person": person})
        return (rows[0]["structure"] or "") if rows else ""

    return await tx.remember(Profile, ("structure", person), load)


async def keep(tx: Transaction, row: Profile) -> None:
    """Store a changed profile."""
    await tx.merge(row)
    await tx.flush()
