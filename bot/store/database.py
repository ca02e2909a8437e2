"""The database: SQLite by default, PostgreSQL when outgrown; one way to write in it, the transaction."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache, partial
from inspect import iscoroutine
from pathlib import Path
from typing import Any, TypeVar, cast, overload

from sqlalchemy import (
    Connection,
    CursorResult,
    Engine,
    Insert,
    RowMapping,
    ScalarResult,
    UpdateBase,
    text,
)
from sqlalchemy import Select as CoreSelect
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import TupleResult
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select, SelectOfScalar

from bot.errors import StartRefused
from bot.store import versions
from bot.store.columns import columns, is_remembered
from bot.store.connections import BUSY_SECONDS, LASTING, READING, REPEATABLE, WAITING, Connections, Way
from bot.store.engines import BUSY_PAUSE, SETTING, driven_url, engine_of, file_of, is_busy, truncate_log
from bot.store.happenings import Happening
from bot.store.memory import UNKNOWN, Memory
from bot.store.postgresql import Sockets

Params = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
Connect = Callable[[], Awaitable[Connection | AsyncConnection]]
Release = Callable[[Any], Any]
T = TypeVar("T")
Row = TypeVar("Row", bound=SQLModel)


class Transaction:
    """Everything in it is committed, or nothing. The functions in `after_commit` are called afterwards.

    PostgreSQL's statements are awaited. SQLite's run in the event loop, because a thread switch takes longer than most
    of them; only the commit, which waits for the disk, runs in a thread. Rows as objects need a session, which costs
    more than most statements: it is made when it is first needed, and so is the connection, because many readers find
    all that they look for in memory.
    """

    def __init__(
        self, connect: Connect, release: Release, memory: Memory, *, sqlite: bool, waits_for_disk: bool = True
    ) -> None:
        self._connect = connect
        self._release = release
        self._connection: Connection | AsyncConnection | None = None
        self._sqlite = sqlite
        self._looked = sqlite
        self._waits_for_disk = waits_for_disk
        self._memory = memory
        self._began_at = memory.moment
        self._written: set[str] = set()
        self._asked: dict[str, Any] = {}
        self._added: list[SQLModel] = []
        self._objects: Session | AsyncSession | None = None
        self.after_commit: list[Callable[[], None]] = []
        self.happenings: list[Happening] = []

    async def _connected(self) -> Connection | AsyncConnection:
        if self._connection is None:
            self._connection = await self._connect()
        return self._connection

    async def _session(self) -> Session | AsyncSession:
        if self._objects is None:
            connection = await self._connected()
            if isinstance(connection, Connection):
                self._objects = Session(connection, expire_on_commit=False, autoflush=False)
            else:
                self._objects = AsyncSession(connection, expire_on_commit=False, autoflush=False)
        return self._objects

    @overload
    async def exec(self, statement: SelectOfScalar[T], params: Params = None) -> ScalarResult[T]: ...
    @overload
    async def exec(self, statement: Select[T], params: Params = None) -> TupleResult[T]: ...
    @overload
    async def exec(self, statement: UpdateBase, params: Params = None) -> CursorResult[Any]: ...
    async def exec(self, statement: Any, params: Params = None) -> Any:
        """Run a statement; `params` fill the `bindparam`s of one that was built beforehand."""
        if isinstance(statement, UpdateBase):
            self._written.add(str(cast(Any, statement).table.name))
            return await _settled((await self._connected()).execute(statement, params))
        return await _settled((await self._session()).exec(statement, params=cast(Any, params)))

    async def remember(self, table: type[SQLModel], key: Hashable, load: Callable[[], Awaitable[T]]) -> T:
        """The value that `load` reads from this table, cached until the table is written. Callers must not change it.

        For the tables that are marked as REMEMBERED.
        """
        name = str(table.__tablename__)
        assert is_remembered(name), name
        if self.wrote(table):
            return await load()
        await self._look()
        value = self._memory.recall(name, key)
        if value is UNKNOWN:
            value = await load()
            self._memory.keep(name, key, value, seen_at=self._began_at)
        return cast(T, value)

    async def _look(self) -> None:
        """On PostgreSQL, once in each transaction: see which tables others have written."""
        if not self._looked:
            self._looked = True
            self._memory.look(await versions.current(await self._connected()))
            self._began_at = self._memory.moment

    async def once(self, table: type[SQLModel], load: Callable[[], Awaitable[T]]) -> T:
        """The value that `load` reads from this table, cached for this transaction until it writes the table.

        One value for each table. For tables that other processes write as well.
        """
        name = str(table.__tablename__)
        if self.wrote(table):
            return await load()
        if name not in self._asked:
            self._asked[name] = await load()
        return cast(T, self._asked[name])

    def wrote(self, table: type[SQLModel]) -> bool:
        """Whether this transaction has written to the table."""
        return str(table.__tablename__) in self._written

    async def read(self, statement: CoreSelect[Any], params: Params = None) -> Sequence[RowMapping]:
        """The rows of a statement over columns, in a third of the time that tracked objects would take."""
        result = await _settled((await self._connected()).execute(statement, params))
        return cast(Sequence[RowMapping], result.mappings().all())

    async def rows(self, table: type[Row], statement: CoreSelect[Any], params: Params = None) -> Sequence[Row]:
        """Rows for reading only: untracked, with those attributes of `table` that the statement selects."""
        result = await _settled((await self._connected()).execute(statement, params))
        return cast(Sequence[Row], result.all())

    async def get(self, table: type[Row], key: Any, *, with_for_update: bool = False) -> Row | None:
        """The row of a primary key; `with_for_update` reads it anew and locks it until the transaction ends."""
        options = {"with_for_update": True, "populate_existing": True} if with_for_update else {}
        row: Row | None = await _settled((await self._session()).get(table, key, **cast(Any, options)))
        return row

    def add(self, row: SQLModel) -> None:
        """Write the row at the next flush or at the commit."""
        self._written.add(str(row.__tablename__))
        self._added.append(row)

    def add_all(self, rows: Iterable[SQLModel]) -> None:
        for row in rows:
            self.add(row)

    async def merge(self, row: Row) -> Row:
        """Write a row, whether or not its key is there already."""
        self._written.add(str(row.__tablename__))
        kept: Row = await _settled((await self._session()).merge(row))
        return kept

    async def flush(self) -> None:
        """Send what was added, so that later statements see it."""
        session = await self._session()
        session.add_all(self._added)
        self._added.clear()
        self._written.update(str(row.__tablename__) for row in (*session.dirty, *session.new, *session.deleted))
        await _settled(session.flush())

    async def insert_new(self, table: type[SQLModel], row: dict[str, Any]) -> bool:
        """Insert a row unless it breaks a unique rule; returns whether it was new. Repeating it changes nothing."""
        return (await self.exec(self._insert_new(table), row)).rowcount == 1

    async def insert_numbered(self, table: type[SQLModel], row: dict[str, Any]) -> int | None:
        """As `insert_new`; returns the number of the new row, None when it was not new."""
        number: int | None = (await self.exec(_insert_numbered(table, sqlite=self._sqlite), row)).scalar()
        return number

    async def insert_all_new(self, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
        """Insert those rows that break no unique rule."""
        if rows:
            await self.exec(self._insert_new(table), rows)

    def _insert_new(self, table: type[SQLModel]) -> Insert:
        return _insert_new(table, sqlite=self._sqlite)

    async def commit(self) -> None:
        """Commit. Only `Database.transaction` calls this."""
        if self._objects is not None or self._added:
            await self.flush()
        if isinstance(self._connection, AsyncConnection):
            await versions.count(self._connection, filter(is_remembered, self._written))
            await self._connection.commit()
        elif self._connection is not None and self._waits_for_disk:
            await _in_a_thread(self._connection.commit)
        elif self._connection is not None:
            self._connection.commit()

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Call `work` with the connection: for what SQLAlchemy and Alembic do with one."""
        connection = await self._connected()
        if isinstance(connection, Connection):
            return work(connection)
        return await connection.run_sync(work)

    async def close(self) -> None:
        """Roll back what was not committed, and release the connection."""
        if self._objects is not None:
            await _settled(self._objects.close())
        if self._connection is not None:
            await _settled(self._release(self._connection))
        if self._written:
            self._memory.forget(self._written)


@cache
def _insert_new(table: type[SQLModel], *, sqlite: bool) -> Insert:
    insert = sqlite_insert if sqlite else postgresql_insert
    return insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


@cache
def _insert_numbered(table: type[SQLModel], *, sqlite: bool) -> ReturningInsert[Any]:
    return _insert_new(table, sqlite=sqlite).returning(columns(table).c.id)


async def _settled(value: Any) -> Any:
    """SQLite's result, which is there at once, or PostgreSQL's, which is awaited."""
    return await value if iscoroutine(value) else value


async def _in_a_thread(work: Callable[[], None]) -> None:
    """Run `work` in a thread. When cancelled, wait for its end all the same: it still uses the connection."""
    done = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        await asyncio.shield(done)
    except asyncio.CancelledError:
        await asyncio.wait([done])
        raise


class Database:
    """Gives transactions. Use `transaction()` to write and `reading()` only to read."""

    def __init__(self, address: str, *, read_only: bool = False, named: str = SETTING) -> None:
        """Raises StartRefused for an address that cannot be one; `named` is where it comes from.

        `read_only` writes nothing, not even SQLite's log.
        """
        self.url = driven_url(address, named)
        self._engine: Engine | AsyncEngine = engine_of(self.url, read_only=read_only)
        self._sockets = Sockets(self._engine) if isinstance(self._engine, AsyncEngine) else None
        self._connections = Connections(self._engine) if isinstance(self._engine, Engine) else None
        self._memory = Memory()
        self._writer = asyncio.Lock()
        self._logged = True

    @property
    def file(self) -> Path | None:
        """Where SQLite keeps it; None on PostgreSQL, which keeps its own files."""
        return file_of(self.url)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def transaction(self, *, repeatable: bool = False) -> AsyncIterator[Transaction]:
        """Write. On SQLite one at a time: it has one writer, and waiting here is quicker than trying its lock again.

        SQLite commits a `repeatable` one without waiting for the disk. It survives a crash of the process, but not a
        power failure: it is for what would then be received or done again with the same result.
        """
        if self.is_sqlite:
            async with self._writer, self._open(repeatable=repeatable) as tx:
                yield tx
        else:
            async with self._open(repeatable=repeatable) as tx:
                yield tx

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """Read only: sees what was committed, and never waits for a writer."""
        tx = self._transaction(READING)
        try:
            yield tx
        finally:
            await tx.close()

    @asynccontextmanager
    async def _open(self, *, repeatable: bool) -> AsyncIterator[Transaction]:
        tx = self._transaction(REPEATABLE if repeatable else LASTING)
        try:
            yield tx
            self._logged = True
            await tx.commit()
        finally:
            await tx.close()
        for call in tx.after_commit:
            call()

    def _transaction(self, way: Way) -> Transaction:
        if self._connections is None:
            return Transaction(self.server.connect, AsyncConnection.close, self._memory, sqlite=False)
        begin, end = partial(self._begun, self._connections, way), partial(self._connections.end, way=way)
        return Transaction(begin, end, self._memory, sqlite=True, waits_for_disk=way is LASTING)

    async def _begun(self, connections: Connections, way: Way) -> Connection:
        """Begin once no other process writes, without blocking the loop. Raises OperationalError after BUSY_SECONDS."""
        patience = asyncio.get_running_loop().time() + BUSY_SECONDS
        while True:
            try:
                return connections.begin(way)
            except OperationalError as error:
                if not is_busy(error) or asyncio.get_running_loop().time() > patience:
                    raise
            await asyncio.sleep(BUSY_PAUSE)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Call `work` with a connection, in a transaction of its own: for migrations and the like."""
        if self._connections is None:
            async with self.server.begin() as server:
                return await server.run_sync(work)
        async with self._writer:
            connection = self._connections.begin(WAITING)
            try:
                with connection.begin():
                    return work(connection)
            finally:
                self._connections.end(connection, WAITING)

    @property
    def server(self) -> AsyncEngine:
        """PostgreSQL's engine, for what SQLite does not have: locks across hosts."""
        assert isinstance(self._engine, AsyncEngine)
        return self._engine

    def cut(self) -> None:
        """End all connections to PostgreSQL at once; whoever waits for an answer gets an error."""
        if self._sockets is not None:
            self._sockets.cut()

    async def forget_log(self) -> None:
        """Empty SQLite's write-ahead log, in which erased data stays readable; if in use, the next call tries again."""
        if isinstance(self._engine, AsyncEngine) or not self._logged:
            return
        async with self._writer:
            self._logged = not await asyncio.to_thread(truncate_log, self._engine)

    async def close(self) -> None:
        if self._connections is not None:
            self._connections.close()
        await _settled(self._engine.dispose())


async def reachable(database: Database, named: str = SETTING) -> None:
    """Raises StartRefused when the database does not answer."""
    try:
        await database.run(lambda connection: connection.execute(text("SELECT 1")))
    except DBAPIError as error:
        raise StartRefused(f"The database does not answer: {reason(error)}. See {named}.") from None


def reason(error: DBAPIError) -> str:
    """What the database said, in its own words: one line, without the statement and without its values."""
    lines = [line.strip() for line in str(error.orig).splitlines() if line.strip()]
    # Neither SQLite nor libpq repeats a password; a statement's values stand in lines after the first.
    said = lines[0] if lines else type(error.orig).__name__
    return said.rpartition("FATAL:")[2].strip().rstrip(".")
