"""One active process for each account: a lock on the data folder and, on PostgreSQL, in the database."""

import asyncio
import fcntl
import hashlib
import logging
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StartRefused
from bot.store.database import Database

logger = logging.getLogger(__name__)

FILE = "relais.lock"
TRY_EVERY = 1.0
"""Seconds between two tries of a standby, and between two checks that the lock still holds."""

SILENT = 2.0
"""Seconds without an answer after which we assume that the server has given up our lock."""


class LockLost(Exception):
    """Another process may be active now: this one must stop at once."""


@contextmanager
def folder_to_ourselves(folder: Path) -> Iterator[None]:
    """Lock the folder until the end of the block. Raises StartRefused when Relais runs on it."""
    descriptor = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _taken(descriptor):
            raise StartRefused(f"Relais is running on {folder}: stop it first.")
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


@asynccontextmanager
async def database_lock(database: Database, account: str) -> AsyncIterator["asyncio.Task[None]"]:
    """Lock the account across hosts, on PostgreSQL. Yields a task that ends with LockLost when the lock is gone.

    On SQLite the folder's lock is enough, and the task never ends.
    """
    if database.is_sqlite:
        async with _watched(asyncio.create_task(_for_ever())) as forever:
            yield forever
        return
    number = int.from_bytes(hashlib.sha256(account.encode()).digest()[:8], signed=True)
    async with database.server.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        while not (await connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": number})).scalar():
            await asyncio.sleep(TRY_EVERY)
        async with _watched(asyncio.create_task(_watch(connection))) as watch:
            yield watch


@asynccontextmanager
async def _watched(task: "asyncio.Task[None]") -> AsyncIterator["asyncio.Task[None]"]:
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def first_of(work: "asyncio.Task[None]", lock: "asyncio.Task[None]") -> None:
    """Wait for `work`, but stop it at once when the lock is lost."""
    try:
        await asyncio.wait([work, lock], return_when=asyncio.FIRST_COMPLETED)
        if lock.done():
            raise LockLost("the database lock was lost: another process may be active")
        await work
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def _for_ever() -> None:
    await asyncio.Event().wait()


async def _watch(connection: AsyncConnection) -> None:
    """Raise LockLost when this connection, and so the lock, is gone: at once if cut, soon if the server is silent."""
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    descriptor = driver.fileno()
    while True:
        await _something_arrives(descriptor, within=TRY_EVERY)
        try:
            async with asyncio.timeout(SILENT):
                await connection.execute(text("SELECT 1"))
        except (DBAPIError, TimeoutError):
            raise LockLost("the connection that held the database lock is gone") from None


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
