"""Those who sign a sheet beside its author, and those without whose consent there is none."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from bot.sheets.tables import Sheet, SheetAuthor
from bot.store.database import Transaction


async def of(tx: Transaction, sheet: Sheet) -> Sequence[SheetAuthor]:
    """All who were asked, in that order."""
    return (await tx.exec(select(SheetAuthor).where(SheetAuthor.sheet == sheet.id).order_by(col(SheetAuthor.id)))).all()


async def get(tx: Transaction, sheet: Sheet, person: str) -> SheetAuthor | None:
    """The person as one of them, locked until the transaction ends."""
    mine = select(SheetAuthor).where(SheetAuthor.sheet == sheet.id, SheetAuthor.person == person)
    return (await tx.exec(mine.with_for_update())).first()


async def ask(
    tx: Transaction, sheet: Sheet, person: str, *, now: datetime, partner: bool = False, needed: bool = False
) -> bool:
    """Note that somebody is asked; False when they were before."""
    row = {"sheet": sheet.id, "person": person, "partner": partner, "needed": needed, "asked_at": now}
    return await tx.insert_new(SheetAuthor, row)


async def agree(tx: Transaction, row: SheetAuthor, *, now: datetime) -> None:
    """Note that somebody agrees."""
    row.agreed_at = now
    tx.add(row)
    await tx.flush()


async def leave(tx: Transaction, sheet: Sheet, person: str) -> None:
    """Somebody signs it no more, or does not want to. Their row stays, so that nobody asks them again."""
    mine = update(SheetAuthor).where(col(SheetAuthor.sheet) == sheet.id, col(SheetAuthor.person) == person)
    await tx.exec(mine.values(agreed_at=None))


async def not_agreed(tx: Transaction, sheet: Sheet) -> list[str]:
    """Those whose consent is needed and not given."""
    return [row.person for row in await of(tx, sheet) if row.needed and row.agreed_at is None]


async def signing(tx: Transaction, sheet: Sheet) -> list[str]:
    """The people who sign it: its author first, then those who agreed. Whoever was erased is missing."""
    agreed = [row.person for row in await of(tx, sheet) if row.agreed_at is not None]
    return list(dict.fromkeys([*([sheet.author] if sheet.author else []), *agreed]))


async def sheets_of(tx: Transaction, person: str) -> Sequence[int]:
    """The sheets that a person was asked to sign."""
    return (await tx.exec(select(SheetAuthor.sheet).where(SheetAuthor.person == person))).all()
