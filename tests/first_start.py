"""What the first start of a bot writes: made once, then copied, because every dialogue begins with it."""

import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select
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
    await database.run(_copy)


async def _make(now: datetime) -> Rows:
    """The rows of a real first start, numbered as a fresh database numbers them."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder, 'first.sqlite')}")
        await schema.migrate(database)
        await installation.install(database, files(), clock=lambda: now)
        rows = await database.run(_read)
        await database.close()
    return rows


def _read(connection: Connection) -> Rows:
    found = {}
    for table in SQLModel.metadata.sorted_tables:
        rows = connection.execute(select(table).order_by(*table.primary_key)).mappings().all()
        if rows:
            found[table] = [_unnumbered(table, dict(row)) for row in rows]
    return found


def _unnumbered(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Without the number that the database gives, so that its own count goes on."""
    return {name: value for name, value in row.items() if table.autoincrement_column is not table.c[name]}


def _copy(connection: Connection) -> None:
    if connection.execute(select(Community)).first():
        return
    for table, rows in _made.items():
        connection.execute(insert(table), rows)
