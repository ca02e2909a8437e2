"""PostgreSQL goes away under a running bot: nothing is lost or said twice, and nobody has to start anything."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
import pytest_asyncio

from tests.e2e.town import PATIENCE, Town
from tests.servers.people import People, Person
from tests.servers.postgres import Postgres
from tests.servers.synapse import Synapse, free_port

pytestmark = [pytest.mark.postgres, pytest.mark.asyncio(loop_scope="module")]

BACK_WITHIN = 5.0
"""Seconds from the database's return to `/ready`."""
NOTICED_WITHIN = 5.0
"""Seconds for a silent server to be noticed."""


@dataclass(frozen=True, slots=True)
class Place:
    """A bot on a PostgreSQL of its own, and what it answers at `/ready`."""

    town: Town
    server: Postgres
    ready_at: str

    async def ready(self, status: int, within: float) -> str:
        """Waits until `/ready` has this status; returns what it says."""
        async with aiohttp.ClientSession() as session, asyncio.timeout(within):
            while True:
                with_status, said = await _got(session, self.ready_at)
                if with_status == status:
                    return said
                await asyncio.sleep(0.05)


async def _got(session: aiohttp.ClientSession, url: str) -> tuple[int, str]:
    try:
        async with session.get(url) as response:
            return response.status, await response.text()
    except aiohttp.ClientError as error:
        return 0, type(error).__name__


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def place(synapse: Synapse) -> AsyncIterator[Place]:
    listen = f"127.0.0.1:{free_port()}"
    async with (
        Postgres(keeps_what_it_commits=True) as server,
        People(synapse.url, synapse.shared_secret) as people,
        Town.founded(people, synapse.url, database_url=server.fresh(), listen=listen) as town,
    ):
        await town.bot.start()
        yield Place(town, server, f"http://{listen}/ready")


async def asks_meanwhile(person: Person, room: str, until: asyncio.Event) -> list[str]:
    asked: list[str] = []
    while not until.is_set():
        asked.append(await person.say(room, f"!ping {len(asked)}"))
        await asyncio.sleep(0.2)
    return asked


async def test_a_database_that_is_stopped_and_started_costs_nothing(place: Place) -> None:
    town, claire = place.town, await place.town.people.arrive("claire")
    room = await town.room(community=None, owner=claire)
    pid, over = town.bot.pid, asyncio.Event()
    asking = asyncio.create_task(asks_meanwhile(claire, room, over))
    for kill in (False, True):
        await place.server.go_away(kill=kill)
        assert await place.ready(503, NOTICED_WITHIN) == "the database does not answer\n"
        await asyncio.sleep(3.0)
        await place.server.come_back()
        await place.ready(200, BACK_WITHIN)
    over.set()
    asked = await asking
    await claire.answer(asked[-1], within=PATIENCE)
    await town.fence(claire, room)
    answers = [event for event in await town.said(room, claire) if event.reply_to in asked]
    assert [event.reply_to for event in answers] == asked
    assert town.bot.pid == pid
    assert town.bot.running


async def test_a_database_that_falls_silent_is_noticed_and_left(place: Place) -> None:
    town, claire = place.town, await place.town.people.arrive("claire")
    room = await town.room(community=None, owner=claire)
    silent = [place.server.pid, *_children(place.server.pid)]
    for pid in silent:
        os.kill(pid, signal.SIGSTOP)
    try:
        assert await place.ready(503, NOTICED_WITHIN) == "the database does not answer\n"
        asked = await claire.say(room, "!ping")
        await asyncio.sleep(3.0)
    finally:
        for pid in silent:
            os.kill(pid, signal.SIGCONT)
    await place.ready(200, BACK_WITHIN)
    await claire.answer(asked, within=PATIENCE)


async def test_a_hangup_is_ignored(place: Place) -> None:
    town, claire = place.town, await place.town.people.arrive("claire")
    room = await town.room(community=None, owner=claire)
    os.kill(town.bot.pid, signal.SIGHUP)
    await town.asks(claire, room, "!ping")


def _children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return [int(child) for child in children.read().split()]
