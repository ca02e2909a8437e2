"""A whole database as one SQLite file, as it is at one moment, while others go on writing in it."""

import asyncio
import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.errors import StartRefused
from bot.store import copying, schema
from bot.store.database import Database

PAGES = 1_000
"""Pages copied between two calls of `step`."""

Step = Callable[[int], None]


async def size(database: Database) -> int:
    """How many steps `take` has: pages of SQLite, rows of PostgreSQL."""
    if database.file is None:
        return sum((await copying.counts(database)).values())
    return await database.run(lambda connection: int(connection.exec_driver_sql("PRAGMA page_count").scalar_one()))


async def take(database: Database, file: Path, *, step: Step) -> None:
    """Write the database to a new file that nobody else has open; `step` gets the number of pages or rows just copied.

    SQLite copies its pages in one read transaction, of whatever version they are; of PostgreSQL all rows are read
    at one moment, for which it must be of this version (StartRefused). Raises OSError when the file cannot be written.
    """
    if database.file is not None:
        await asyncio.to_thread(_copy_pages, database.file, file, step)
    else:
        await _copy_rows(database, file, step)


def _copy_pages(source: Path, file: Path, step: Step) -> None:
    before = 0

    def progress(_status: int, remaining: int, total: int) -> None:
        nonlocal before
        step(total - remaining - before)
        before = total - remaining

    file.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(file)) as there:
            # Inside a read transaction nothing that is written meanwhile makes the copy begin again.
            here.execute("BEGIN").execute("SELECT count(*) FROM sqlite_master").fetchone()
            here.backup(there, pages=PAGES, progress=progress)
            there.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise OSError(errno.EIO, str(error), str(file)) from error


async def _copy_rows(source: Database, file: Path, step: Step) -> None:
    if await schema.version(source) != schema.newest():
        raise StartRefused("The database is not of this version yet: run `relais migrate` first.")
    target = Database(f"sqlite:///{file}")
    try:
        await copying.copy(source, target, step=step)
    finally:
        await target.close()
