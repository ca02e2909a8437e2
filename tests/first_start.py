"""What the first start of a bot writes: made once, then copied, because every dialogue begins with it."""

import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text
from sqlmodel import SQLModel

from bot import installation
from bot.communities.file import CommunityFile, load, shipped
from bot.communities.tables import Community
from bot.store import schema
from bot.store.database import Database

Rows = dict[Table, list[dict[str, Any]]]

_made: Rows = {}


@cache
def files() -> tuple[CommunityFile, ...]:
    """The communities that come with the program."""
    return load(shipped())


async def write(database: Database, *, now: datetime) -> None:
    """Fill a database with the shipped communities and their resources, unless they are there."""
    if not _made:
        _made.update(await _make(now))
    await database.run(lambda connection: copy(connection, _made))


async def _make(now: datetime) -> Rows:
    """The rows of a real first start."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder, 'first.sqlite')}")
        await schema.migrate(database)
        await installation.install(database, files(), clock=lambda: now)
        rows = await database.run(read)
        await database.close()
    return rows


def read(connection: Connection) -> Rows:
    """All that a database holds."""
    found = {}
    for table in SQLModel.metadata.sorted_tables:
        rows = connection.execute(select(table).order_by(*table.primary_key)).mappings().all()
        if rows:
            found[table] = [dict(row) for row in rows]
    return found


def copy(connection: Connection, rows: Rows) -> None:
    """Put rows into an empty database; in one that has communities they are already."""
    if connection.execute(select(Community)).first():
        return
    for table, some in rows.items():
        connection.execute(insert(table), some)
        if connection.dialect.name == "postgresql" and table.autoincrement_column is not None:
            _count_on(connection, table.name, table.autoincrement_column.name)


def _count_on(connection: Connection, table: str, column: str) -> None:
    """SQLite numbers the next row after the last one by itself."""
    sequence = f"pg_get_serial_sequence('\"{table}\"', '{column}')"
    connection.execute(text(f'SELECT setval({sequence}, max("{column}")) FROM "{table}"'))
