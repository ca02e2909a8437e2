"""How many times resources and synonyms were written: two numbers by which every query sees whether to reload."""

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
    """Increment a number in the transaction that writes; the row is locked, so revisions are committed in order."""
    await tx.insert_new(ResourceRevision, {"id": what, "number": 0})
    this = col(ResourceRevision.id) == what
    await tx.exec(update(ResourceRevision).where(this).values(number=col(ResourceRevision.number) + 1))
    return (await tx.exec(select(ResourceRevision.number).where(this))).one()


async def current(tx: Transaction) -> dict[int, int]:
    """The numbers by what they count; what was never written is not in it."""

    async def load() -> dict[int, int]:
        return {row["id"]: row["number"] for row in await tx.read(_NUMBERS)}

    return await tx.once(ResourceRevision, load)
