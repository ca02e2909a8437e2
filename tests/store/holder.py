"""A process that wants the lock of a data folder and of a database, and writes while it holds both.

`python -m tests.store.holder FOLDER ADDRESS NAME` makes a file `NAME waits` beside the folder, then appends to the
file `written` there: `NAME active` once, `NAME` from then on. It ends when the lock is lost, as `relais run` does.
"""

import asyncio
import contextlib
import sys
from pathlib import Path

from bot.store.database import Database
from bot.store.lock import LockLost, database_lock, first_of, folder_lock

EVERY = 0.02


async def main(folder: Path, address: str, name: str) -> None:
    written = folder.parent / "written"
    database = Database(address)
    announce(folder.parent / f"{name} waits")
    async with folder_lock(folder), database_lock(database, "@relais:example.org") as lock:
        work = write(written, name)
        with contextlib.suppress(LockLost):
            await first_of(work, lock)
    await database.close()


def announce(mark: Path) -> None:
    mark.touch()


async def write(written: Path, name: str) -> None:
    line = f"{name} active\n"
    while True:
        with written.open("a") as out:
            out.write(line)
        line = f"{name}\n"
        await asyncio.sleep(EVERY)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *sys.argv[2:]))
