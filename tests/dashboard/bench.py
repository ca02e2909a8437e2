"""How long the dashboard of a great community takes: `python -m tests.dashboard.bench [people] [requests]`.

100,000 people and 10,000 requests by default, on SQLite and, with `--postgres`, on PostgreSQL; and the picture of it.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psutil

from bot.communities import communities
from bot.communities.acting import Hands
from bot.communities.figures import PARTICIPATION, SEARCH, VOLUNTEERS
from bot.communities.views import view
from bot.dashboard import activity, reports, satisfaction, screen
from bot.events.room_actions import Draw
from bot.help import figures
from bot.pictures import process
from bot.store import schema
from bot.store.database import Database
from tests import first_start
from tests.chat import MORNING
from tests.dashboard import lived
from tests.homeserver import BOT
from tests.servers.postgres import Postgres

SCREEN, REPORT, PICTURE = 1.0, 2.0, 3.0
"""Seconds that each may take."""
GROWTH = 5
"""Megabytes that the bot may grow by while pictures are drawn."""


async def measured(address: str, people: int, requests: int) -> list[tuple[str, float, float]]:
    """Of each thing that is asked: what it is, the seconds that it took, how many it may take."""
    database = Database(address)
    await schema.migrate(database)
    await first_start.write(database, now=MORNING)
    await lived.write(database, people=people, requests=requests, now=MORNING)
    async with database.reading() as tx:
        community = await communities.get(tx, lived.HERE)
        assert community is not None
        hands = cast(Hands, SimpleNamespace(tx=tx, now=MORNING, account=BOT))
        seen = await view(hands, community)
        found = [
            await timed("screen", screen.screen(seen, waits=True), SCREEN),
            *[await timed(about, reports.report(seen, about), REPORT) for about in (PARTICIPATION, SEARCH, VOLUNTEERS)],
            await timed("satisfaction", satisfaction.report(seen), REPORT),
            await timed("help requests", figures.of(hands, community), REPORT),
        ]
        [drawn] = (await activity.picture(seen, screen.every())).each
    assert isinstance(drawn, Draw)
    found += [await timed("picture", process.draw(drawn.chart), PICTURE), await grown(drawn)]
    await database.close()
    return found


async def timed(what: str, work: Awaitable[Any], most: float) -> tuple[str, float, float]:
    started = time.monotonic()
    await work
    return what, time.monotonic() - started, most


async def grown(drawn: Draw) -> tuple[str, float, float]:
    """The megabytes by which this process is larger after five more pictures."""
    own = psutil.Process(os.getpid())
    before = own.memory_info().rss
    for _turn in range(5):
        await process.draw(drawn.chart)
    return "memory, MB", (own.memory_info().rss - before) / 2**20, GROWTH


async def _on(people: int, requests: int, *, postgres: bool) -> list[tuple[str, float, float]]:
    if postgres:
        async with Postgres() as server:
            return await measured(server.fresh(), people, requests)
    with tempfile.TemporaryDirectory() as folder:
        return await measured(f"sqlite:///{Path(folder, 'bench.sqlite')}", people, requests)


def main() -> int:
    """Exit code 0 when all is within its limit."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    people, requests = [*numbers, *(100_000, 10_000)[len(numbers) :]]
    found = asyncio.run(_on(people, requests, postgres="--postgres" in sys.argv))
    for what, took, most in found:
        sys.stdout.write(f"{what}: {took:.2f} (at most {most:.0f})\n")
    return 0 if all(took <= most for _what, took, most in found) else 1


if __name__ == "__main__":
    sys.exit(main())
