"""Random events in full count: `python -m tests.dispatch.soak [events] [seed]`; raises when a promise breaks."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from bot.store import schema
from bot.store.database import Database
from tests.chat import Chat
from tests.dispatch.play import build, play
from tests.dispatch.trial_command import trial

EVENTS, SEED = 20_000, 20_270_105


async def soak(folder: Path, *, events: int, seed: int) -> None:
    database = Database(f"sqlite:///{folder / 'soak.sqlite'}")
    await schema.migrate(database)
    async with Chat(database, more=[trial()]) as chat:
        await build(chat)
        await play(chat, seed=seed, steps=events)
        handled = await chat.rows("SELECT kind, count(*) FROM inbox GROUP BY kind ORDER BY kind")
        said = await chat.rows("SELECT kind, count(*) FROM outbox GROUP BY kind ORDER BY kind")
    await database.close()
    sys.stdout.write(f"handled {dict(map(tuple, handled))}\nsaid {dict(map(tuple, said))}\n")


def main() -> None:
    wishes = [int(word) for word in sys.argv[1:]]
    events, seed = [*wishes, *(EVENTS, SEED)[len(wishes) :]][:2]
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(soak(Path(folder), events=events, seed=seed))
    sys.stdout.write(f"{events} random events, seed {seed}: nothing broke, in {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
