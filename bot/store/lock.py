"""One active process for each account: a lock on the data folder and, on PostgreSQL, in the database."""

import asyncio
import fcntl
import hashlib
import logging
import os
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Row, TextClause, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import InUse
from bot.process.ending import end
from bot.store.database import Database

logger = logging.getLogger(__name__)

FILE = "relais.lock"
TRY_EVERY = 0.2
"""Seconds between two tries of a standby."""

PROVED_EVERY = 0.5
"""Seconds between two checks that the lock still holds."""

SILENT = 2.0
"""Seconds without an answer after which we assume that the server has given up our lock."""

SURE_FOR = 5.0
"""Seconds after a check for which nobody else can be active: less than the server waits for us."""

SERVER_WAITS = "30s"
"""How long PostgreSQL (14 or newer) keeps the lock of a host that is gone without a word; by default for hours. Longer
than an event loop may be busy with one thing."""


class LockLost(Exception):
    """Another process may be active now: this one must stop at once."""


@contextmanager
def folder_to_ourselves(folder: Path) -> Iterator[None]:
    """Lock the folder until the end of the block. Raises InUse when Relais runs on it."""
    descriptor = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _taken(descriptor):
            raise InUse(f"Relais is running on {folder}: stop it first.")
        yield
    finally:
        os.close(descriptor)


@asynccontextmanager
async def folder_lock(folder: Path) -> AsyncIterator[None]:
    """Wait until no other process uses this folder, then lock it until the end of the block."""
    descriptor = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _taken(descriptor):
            logger.info("another process is active, waiting as standby")
            while not _taken(descriptor):
                await asyncio.sleep(TRY_EVERY)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Lock:
    """What a process holds while it is the active one. `lost` ends with LockLost when another one may be active."""

    def __init__(self, database: Database, connection: AsyncConnection | None = None) -> None:
        self._database = database
        self._connection = connection
        self._proved_at = _now()
        self.lost = asyncio.create_task(_for_ever() if connection is None else self._watch(connection))

    @property
    def sure(self) -> bool:
        """Whether nobody else can be active. A process that was suspended does not know until it has looked."""
        return self._connection is None or _now() - self._proved_at < SURE_FOR

    async def _watch(self, connection: AsyncConnection) -> None:
        """Raise LockLost when the connection with the lock is gone: at once if cut, soon if the server is silent."""
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        descriptor = driver.fileno()
        while True:
            await _something_arrives(descriptor, within=PROVED_EVERY)
            asked_at = _now()
            try:
                await _answered(self._database, connection, text("SELECT 1"))
            except (DBAPIError, TimeoutError):
                self._proved_at = float("-inf")
                self._database.cut()
                raise LockLost("the connection that held the database lock is gone") from None
            self._proved_at = asked_at


@asynccontextmanager
async def database_lock(database: Database, account: str) -> AsyncIterator[Lock]:
    """Wait until no other process is active for the account, on whatever host, then lock it for the block.

    On SQLite the folder's lock is enough. Raises DBAPIError, or LockLost when the server falls silent meanwhile.
    """
    if database.is_sqlite:
        async with _watched(Lock(database)) as lock:
            yield lock
        return
    async with database.server.connect() as connection:
        try:
            await _acquire(database, connection, account)
            async with _watched(Lock(database, connection)) as lock:
                yield lock
        finally:
            await connection.invalidate()  # back in the pool it would still hold the lock


async def _acquire(database: Database, connection: AsyncConnection, account: str) -> None:
    number = int.from_bytes(hashlib.sha256(account.encode()).digest()[:8], signed=True)
    await connection.execution_options(isolation_level="AUTOCOMMIT")
    attempt = text("SELECT pg_try_advisory_lock(:n)").bindparams(n=number)
    try:
        await _answered(database, connection, text(_GIVE_UP))
        if (await _answered(database, connection, attempt))[0]:
            return
        logger.info("another process is active, waiting as standby")
        while not (await _answered(database, connection, attempt))[0]:
            await asyncio.sleep(TRY_EVERY)
    except TimeoutError:
        database.cut()
        raise LockLost("the database fell silent") from None


_GIVE_UP = (
    f"SELECT count(set_config(name, '{SERVER_WAITS}', false)) FROM pg_settings WHERE name = 'idle_session_timeout'"
)


async def _answered(database: Database, connection: AsyncConnection, statement: TextClause) -> Row[Any]:
    """The one row of a statement. Raises TimeoutError, with all connections cut, when the server is silent."""
    asking = asyncio.create_task(_row(connection, statement))
    try:
        await asyncio.wait([asking], timeout=SILENT)
        if not asking.done():
            raise TimeoutError
        return await asking
    finally:
        if not asking.done():
            database.cut()  # to cancel it would take as long as the server is silent
            await asyncio.gather(asking, return_exceptions=True)


async def _row(connection: AsyncConnection, statement: TextClause) -> Row[Any]:
    return (await connection.execute(statement)).one()


@asynccontextmanager
async def _watched(lock: Lock) -> AsyncIterator[Lock]:
    try:
        yield lock
    finally:
        lock.lost.cancel()
        await asyncio.gather(lock.lost, return_exceptions=True)


async def first_of(work: Coroutine[Any, Any, None], lock: Lock) -> None:
    """Wait for `work`, but stop it at once when the lock is lost. Raises LockLost then."""
    working = asyncio.create_task(work)
    try:
        await asyncio.wait([working, lock.lost], return_when=asyncio.FIRST_COMPLETED)
        if lock.lost.done():
            raise LockLost("the database lock was lost: another process may be active")
        await working
    finally:
        await end([working])


async def _for_ever() -> None:
    await asyncio.Event().wait()


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _something_arrives(descriptor: int, *, within: float) -> None:
    """Wait until the connection becomes readable: an idle one does when the server ends it."""
    loop = asyncio.get_running_loop()
    arrived = asyncio.Event()
    loop.add_reader(descriptor, arrived.set)
    try:
        async with asyncio.timeout(within):
            await arrived.wait()
    except TimeoutError:
        pass
    finally:
        loop.remove_reader(descriptor)
