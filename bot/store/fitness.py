"""Whether a database can hold what Relais writes: encoding, rights, a session of one's own, tables and columns."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from bot.errors import StartRefused
from bot.store.database import Database

_CHANGES = "has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')" + "".join(
    f" AND has_table_privilege(oid, '{right}')" for right in ("UPDATE", "DELETE")
)
_CLOSED = text(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
    f" AND NOT ({_CHANGES}) ORDER BY relname"
)
_MAY_CREATE = text("SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)")


def require_whole(connection: Connection) -> None:
    """Raises StartRefused, naming them, when tables or columns of this version are missing."""
    if lacking := list(missing(connection)):
        raise StartRefused(
            f"The database says that it is of this version, but lacks {', '.join(lacking[:5])}"
            + (f" and {len(lacking) - 5} more" if len(lacking) > 5 else "")
            + ": restore a backup, or copy what it holds into a new one."
        )


def missing(connection: Connection) -> Iterator[str]:
    """Each table, and column of an existing table, that this version needs and the database lacks."""
    columns: Mapping[tuple[str | None, str], list[Any]] = inspect(connection).get_multi_columns()
    found = {name: {column["name"] for column in listed} for (_schema, name), listed in columns.items()}
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in found:
            yield f"table {table.name}"
        else:
            yield from (
                f"column {table.name}.{column.name}" for column in table.c if column.name not in found[table.name]
            )


def require_room(connection: Connection) -> None:
    """Raises StartRefused when PostgreSQL could not store every character, or lets us change no row of our tables."""
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise StartRefused(f"The database is encoded in {encoding}, which lacks most characters: make one in UTF8.")
    ours = {table.name for table in SQLModel.metadata.sorted_tables}
    if closed := [name for name in connection.scalars(_CLOSED) if name in ours]:
        raise StartRefused(
            f"The database's user may not read and change the table {closed[0]}: give it the rights on all tables."
        )


def require_creation(connection: Connection) -> None:
    """Raises StartRefused when PostgreSQL lets us make no tables, which a new version needs."""
    if connection.dialect.name == "postgresql" and not connection.scalar(_MAY_CREATE):
        user, schema = connection.execute(text("SELECT current_user, coalesce(current_schema(), 'public')")).one()
        raise StartRefused(
            f"The database's user {user} may not make tables in the schema {schema}: "
            f"GRANT CREATE ON SCHEMA {schema} TO {user}."
        )


async def require_sessions(database: Database) -> None:
    """Raises StartRefused when what stands before PostgreSQL, such as PgBouncer in transaction mode, lends a connection
    to one client after the other: our lock would be somebody else's."""
    if database.is_sqlite:
        return
    async with database.server.connect() as ours, database.server.connect() as other:
        if await shared(partial(_served_by, ours, ends=True), partial(_served_by, other)):
            raise StartRefused(
                "The database is reached through a pool that shares connections, such as PgBouncer in transaction "
                "mode: Relais holds a lock for as long as it runs. Name PostgreSQL itself, or a pool in session mode."
            )


async def shared(ours: Callable[[], Awaitable[int]], other: Callable[[], Awaitable[int]]) -> bool:
    """Whether two connections are served by one process of the server, or one by several.

    Both say which process serves them, `ours` in a transaction that ends, `other` in one that stays open.
    """
    before = await ours()
    return await other() == before or await ours() != before


async def _served_by(connection: AsyncConnection, *, ends: bool = False) -> int:
    process = int((await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one())
    if ends:
        await connection.commit()
    return process
