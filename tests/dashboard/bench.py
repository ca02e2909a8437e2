"""How long the dashboard of a great community takes: `python -m tests.dashboard.bench [people] [requests]`.

100,000 people and 10,000 requests by default, on SQLite and, with `--postgres`, on PostgreSQL; and the picture of it.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import psutil

from bot.communities import communities
from bot.communities.acting import Hands
from bot.communities.figures.figures import PARTICIPATION, SEARCH, VOLUNTEERS
from bot.communities.figures.views import view
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
REPORTS = (PARTICIPATION, SEARCH, VOLUNTEERS)
GROWTH = 5
"""Megabytes that the bot may grow by while pictures are drawn."""


class Figure(NamedTuple):
    """What was measured, how much it is, how much it may be, and the unit."""

    what: str
    is_: float
    most: float
    unit: str


async def measured(address: str, people: int, requests: int) -> list[Figure]:
    """How long each thing takes that is asked."""
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
            await timed("screen", lambda: screen.screen(seen, waits=True), SCREEN),
            *[await timed(each, partial(reports.report, seen, each), REPORT) for each in REPORTS],
            await timed("satisfaction", lambda: satisfaction.report(seen), REPORT),
            await timed("help requests", lambda: figures.of(hands, community), REPORT),
        ]
        [drawn] = (await activity.picture(seen, screen.every())).each
    assert isinstance(drawn, Draw)
    found += [await timed("picture", lambda: process.draw(drawn.chart), PICTURE), await grown(drawn)]
    await database.close()
    return found


async def timed(what: str, work: Callable[[], Awaitable[Any]], most: float) -> Figure:
    """The best of three, for others may be at work on this machine."""
    took = []
    for _turn in range(3):
        started, spent = time.monotonic(), sum(os.times()[:4])
        await work()
        took.append((time.monotonic() - started, sum(os.times()[:4]) - spent))
    seconds, processor = min(took)
    return Figure(what, seconds, most, f"s ({processor:.2f} s of the processor)")


async def grown(drawn: Draw) -> Figure:
    """The megabytes by which this process is larger after five more pictures."""
    own = psutil.Process(os.getpid())
    before = own.memory_info().rss
    for _turn in range(5):
        await process.draw(drawn.chart)
    return Figure("memory", (own.memory_info().rss - before) / 2**20, GROWTH, "MB")


async def _on(people: int, requests: int, *, postgres: bool) -> list[Figure]:
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
    for each in found:
        sys.stdout.write(f"{each.what}: {each.is_:.2f} {each.unit}, at most {each.most:.0f}\n")
    return 0 if all(each.is_ <= each.most for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
