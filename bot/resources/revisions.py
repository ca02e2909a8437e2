"""How many times what search rests on was written: two numbers that every query compares."""

import sqlalchemy
from sqlalchemy import update
from sqlmodel import col, select

from bot.resources.tables import ResourceRevision
from bot.store.columns import columns
from bot.store.database import Transaction

RESOURCES, SYNONYMS = 1, 2

_TABLE = columns(ResourceRevision)
_NUMBERS = sqlalchemy.select(_TABLE.c.id, _TABLE.c.number)


async def following(tx: Transaction, what: int) -> int:
    """Bumped in the transaction that writes: the row is locked, so revisions are committed in their order."""
    await tx.insert_new(ResourceRevision, {"id": what, "number": 0})
    this = col(ResourceRevision.id) == what
    await tx.exec(update(ResourceRevision).where(this).values(number=col(ResourceRevision.number) + 1))
    return (await tx.exec(select(ResourceRevision.number).where(this))).one()


async def current(tx: Transaction) -> dict[int, int]:
    """The numbers as they are, by what they count; nothing that was never written."""

    async def load() -> dict[int, int]:
        return {row["id"]: row["number"] for row in await tx.read(_NUMBERS)}

    return await tx.once(ResourceRevision, load)
