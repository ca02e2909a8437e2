"""The database: SQLite by default, PostgreSQL when outgrown; one way to write in it, the transaction."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import StartRefused

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
BUSY_SECONDS = 30


class Transaction(AsyncSession):
    """Everything in it is kept, or nothing. `after_commit` are called once it is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after_commit: list[Callable[[], None]] = []

    async def insert_new(self, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> int:
        """Insert those rows that break no unique rule; returns how many. Repeating it changes nothing."""
        if not rows:
            return 0
        insert = sqlite_insert if self.get_bind().dialect.name == "sqlite" else postgresql_insert
        connection = await self.connection()
        result = await connection.execute(insert(table).on_conflict_do_nothing(), list(rows))
        return result.rowcount


class Database:
    """Gives transactions. Use `transaction()` to write and `reading()` only to read."""

    def __init__(self, address: str) -> None:
        self.url = async_url(address)
        self.engine = _engine(self.url)
        self._sessions = async_sessionmaker(self.engine, class_=Transaction, expire_on_commit=False, autoflush=False)
        self._writer = asyncio.Lock()

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Write. On SQLite one at a time: it has one writer, and a queue here is shorter than a busy lock there."""
        if not self.is_sqlite:
            async with self._open() as tx:
                yield tx
            return
        async with self._writer, self._open() as tx:
            yield tx

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """Read only: sees what was committed, and never waits for a writer."""
        async with self._sessions() as tx:
            if self.is_sqlite:
                await tx.connection(execution_options={"relais_reading": True})
            yield tx

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[Transaction]:
        async with self._sessions() as tx:
            async with tx.begin():
                yield tx
            for call in tx.after_commit:
                call()

    async def forget_log(self) -> None:
        """After an erasure: what was erased must not stay readable in SQLite's write-ahead log."""
        if self.is_sqlite:
            async with self._writer, self.engine.connect() as connection:
                raw = await connection.get_raw_connection()
                assert raw.driver_connection is not None
                await raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        await self.engine.dispose()


def async_url(address: str) -> URL:
    """The address with the driver that Relais uses. Raises StartRefused for anything but SQLite and PostgreSQL."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise StartRefused("RELAIS_DATABASE_URL must look like sqlite:///path or postgresql://…") from None
    driver = DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise StartRefused(f"RELAIS_DATABASE_URL: {url.get_backend_name()} is neither sqlite nor postgresql.")
    return url.set(drivername=driver)


def _engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=5)
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_async_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """What is erased is overwritten, what is committed survives a power cut, and references hold."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    """SQLite by default locks at the first write, after the reads it rests on: concurrent updates get lost."""
    reading = connection.get_execution_options().get("relais_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


async def reachable(database: Database) -> None:
    """Raises StartRefused when the database does not answer."""
    try:
        async with database.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except Exception as error:
        reason = type(getattr(error, "orig", error)).__name__
        raise StartRefused(f"The database does not answer ({reason}): see RELAIS_DATABASE_URL.") from None
