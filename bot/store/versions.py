"""How many times each remembered table was written: by this one process sees on PostgreSQL what others changed."""

from collections.abc import Iterable

import sqlalchemy
from sqlalchemy import BigInteger, Connection
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from bot.store.columns import columns


class TableVersion(SQLModel, table=True):
    """The number of transactions that have written a remembered table; none yet: no row."""

    __tablename__ = "table_version"

    name: str = Field(primary_key=True)
    number: int = Field(sa_type=BigInteger)


_TABLE = columns(TableVersion)
_EVERY = sqlalchemy.select(_TABLE.c.name, _TABLE.c.number)
_FIRST = insert(_TABLE).values(number=1)
_NEXT = _FIRST.on_conflict_do_update(index_elements=[_TABLE.c.name], set_={"number": _TABLE.c.number + 1})


async def current(connection: Connection | AsyncConnection) -> dict[str, int]:
    """The numbers by table."""
    assert isinstance(connection, AsyncConnection)
    return {row.name: row.number for row in await connection.execute(_EVERY)}


async def count(connection: AsyncConnection, tables: Iterable[str]) -> None:
    """Count one more write of these tables; the last thing before the commit, for the rows stay locked until then.

    All go in the order of their names, so that two transactions never wait for each other.
    """
    for name in sorted(tables):
        await connection.execute(_NEXT, {"name": name})
