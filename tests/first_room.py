"""The first room of nearly every dialogue: opened once, as people do it, then copied in a tenth of the time."""

import pickle
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.store import schema
from bot.store.database import Database
from tests import first_start
from tests.first_start import Rows


@dataclass(frozen=True, slots=True)
class Opened:
    """What the database holds once the room is open, and what the homeserver and the bot know, pickled."""

    rows: Rows
    known: bytes


_opened: list[Opened] = []


async def restore(database: Database, opens: Callable[[Database], Awaitable[object]]) -> object:
    """Fill a database as it is once the room is open; returns what is known by then, a new copy.

    `opens` does it the long way the first time, and returns what is known.
    """
    if not _opened:
        _opened.append(await _open(opens))
    await database.run(lambda connection: first_start.copy(connection, _opened[0].rows))
    return pickle.loads(_opened[0].known)


async def _open(opens: Callable[[Database], Awaitable[object]]) -> Opened:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder, 'opened.sqlite')}")
        await schema.migrate(database)
        known = pickle.dumps(await opens(database))
        rows = await database.run(first_start.read)
        await database.close()
    return Opened(rows, known)
