"""Copies a whole database to another one, of either kind, in one transaction."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import Connection, Table, func, insert, inspect, select, text
from sqlmodel import SQLModel

from bot.errors import InUse, StartRefused
from bot.store import schema
from bot.store.database import Database, Transaction

AT_ONCE = 1_000


async def require_unused(database: Database) -> None:
    """Raises InUse while a Relais holds its lock in a PostgreSQL database. The lock of those who migrate is another."""
    if database.is_sqlite:
        return
    held = text(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND (classid::bigint << 32) + objid::bigint != :migrating"
    ).bindparams(migrating=schema.MIGRATING)
    if await database.run(lambda connection: connection.scalar(held)):
        raise InUse("Relais is running on this database: stop it first.")


async def counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    return await database.run(_counts)


async def copy(
    source: Database, target: Database, *, step: Callable[[int], None], named: str = "--to"
) -> dict[str, int]:
    """Copy all rows of `source`, of this version, to `target`, which must be empty; returns the rows of each table.

    `step` gets the number of rows just copied; `named` is where the target's address comes from. Raises StartRefused
    when the target holds anything. A copy that fails leaves nothing in the target.
    """
    async with source.reading() as here, target.transaction() as there:
        await here.run(_keep_still)
        await there.run(partial(_refuse_filled, named))
        await there.run(schema.upgrade)
        for table in SQLModel.metadata.sorted_tables:
            await _copy_table(table, here, there, step)
        found = await there.run(_counts)
        if found != await here.run(_counts):
            raise RuntimeError("a table was not copied whole")
    return found


def _keep_still(connection: Connection) -> None:
    """Read everything as it is at one moment, as SQLite always does."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def _refuse_filled(named: str, connection: Connection) -> None:
    ours = {table.name: table for table in SQLModel.metadata.sorted_tables}
    for name in sorted(set(inspect(connection).get_table_names()) - {"alembic_version"}):
        if name not in ours:
            raise StartRefused(f"The database of {named} holds a table of something else ({name}): name an empty one.")
        if connection.scalar(select(func.count()).select_from(ours[name])):
            raise StartRefused(f"The database of {named} is not empty (table {name}): name an empty one.")


async def _copy_table(table: Table, here: Transaction, there: Transaction, step: Callable[[int], None]) -> None:
    page = select(table).order_by(*table.primary_key.columns).limit(AT_ONCE)
    done = 0
    while some := await here.read(page.offset(done)):
        await there.run(partial(_insert, table, [dict(row) for row in some]))
        done += len(some)
        step(len(some))
    await there.run(lambda connection: _set_sequence(table, connection))


def _insert(table: Table, rows: list[dict[str, Any]], connection: Connection) -> None:
    connection.execute(insert(table), rows)


def _set_sequence(table: Table, connection: Connection) -> None:
    """Set PostgreSQL's sequence to the highest number: copied rows do not move it."""
    counted = table.autoincrement_column
    if connection.dialect.name != "postgresql" or counted is None or counted.autoincrement is not True:
        return
    highest = connection.scalar(select(func.max(counted)))
    if highest is not None:
        names = {"table": f'"{table.name}"', "column": counted.name, "highest": highest}
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)"), names)


def _counts(connection: Connection) -> dict[str, int]:
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in SQLModel.metadata.sorted_tables
    }
