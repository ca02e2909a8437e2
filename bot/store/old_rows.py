"""Rows that were stored long enough: deleted some at a time, so that nobody who writes waits long for it."""

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import SQLModel

from bot.store.columns import columns
from bot.store.database import Transaction

AT_ONCE = 2000
"""Rows of one transaction; the nightly work begins another until no row is left (`bot.privacy.retention`)."""


async def delete_some(tx: Transaction, table: type[SQLModel], *old: ColumnElement[bool]) -> int:
    """Delete rows that fulfil all these conditions, at most AT_ONCE; returns how many. The table has one key."""
    (key,) = columns(table).primary_key.columns
    some = select(key).where(*old).order_by(key).limit(AT_ONCE)
    return (await tx.exec(delete(table).where(key.in_(some)))).rowcount
