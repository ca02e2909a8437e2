"""Where people work: what volunteers see before they accept, and what only the one who accepts sees."""

from bot.store.database import Transaction
from bot.store.help_tables import Profile


async def of(tx: Transaction, person: str) -> Profile:
    """What the person told; an empty profile for somebody who told nothing."""
    return await tx.get(Profile, person) or Profile(person=person)


async def keep(tx: Transaction, row: Profile) -> None:
    """Write what was changed."""
    await tx.merge(row)
    await tx.flush()
