"""Two processes for one account: the active one is killed or stopped again and again, the other takes over."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from random import Random

from tests.e2e.bot_process import BotProcess
from tests.e2e.town import PATIENCE, Town
from tests.servers.people import People
from tests.servers.postgres import Postgres
from tests.servers.proxy import Proxy
from tests.servers.supervisor import Supervisor
from tests.servers.synapse import Synapse, free_port
from tests.soak.place import Crowd, seconds_until
from tests.soak.trials import Outage, Result, Scale, counted

EVERY = 10
"""Seconds between two kills."""
TAKEN_OVER_WITHIN = 3.0
"""Seconds from the end of the active process to the first answer of the other."""
HANGS_FOR = 20.0
"""The unit's WatchdogSec: a process that is stopped holds the lock of the folder until it is killed."""
SAID = "/send/m.room.message/"


@dataclass(frozen=True, slots=True)
class One:
    """A process under its own supervisor, with a proxy of its own, so that one knows who speaks."""

    bot: BotProcess
    proxy: Proxy
    ready_at: str

    @classmethod
    @asynccontextmanager
    async def watched(cls, bot: BotProcess, proxy: Proxy) -> AsyncIterator["One"]:
        listen = f"127.0.0.1:{free_port()}"
        supervisor = Supervisor(bot, bot.folder / "notify", hurry=1)
        bot.set_up(listen=listen, homeserver=proxy.url)
        bot.inherits(supervisor.environment)
        async with supervisor.watching():
            yield cls(bot, proxy, f"http://{listen}/ready")

    async def becomes(self, state: str) -> None:
        await seconds_until(self.ready_at, state)

    def spoke(self, since: float) -> list[float]:
        """When it asked the homeserver to send something in its name."""
        return [seen.at for seen in self.proxy.seen("PUT", SAID) if seen.at > since]


@asynccontextmanager
async def _pair(scale: Scale) -> AsyncIterator[tuple[Town, list[One]]]:
    """An active process and its standby. With SQLite they share a folder; with PostgreSQL each has its own, a copy, as
    on two hosts, so that the database's lock decides.
    """
    async with AsyncExitStack() as stack:
        synapse = await stack.enter_async_context(Synapse())
        postgres = await stack.enter_async_context(Postgres(keeps_what_it_commits=True)) if scale.postgres else None
        people = await stack.enter_async_context(People(synapse.url, synapse.shared_secret))
        address = postgres.fresh() if postgres else ""
        town = await stack.enter_async_context(Town.founded(people, synapse.url, database_url=address))
        await town.bot.start()
        await town.bot.stop()
        bots = [town.bot, _second(town, address)]
        stack.push_async_callback(bots[1].close)
        ones = []
        for bot, state in zip(bots, ("ready", "standby"), strict=True):
            proxy = await stack.enter_async_context(Proxy(synapse.url))
            ones.append(await stack.enter_async_context(One.watched(bot, proxy)))
            await ones[-1].becomes(state)
        yield town, ones


def _second(town: Town, address: str) -> BotProcess:
    folder = town.bot.folder / "second"
    folder.mkdir()
    if address:
        shutil.copytree(town.bot.data, folder / "data")
    data = folder / "data" if address else town.bot.data
    settings = {"operators": town.operator.user_id, "database_url": address, "data_dir": str(data)}
    return BotProcess(town.people.homeserver, town.bot.account, folder=folder, **settings)


async def killed_in_turn(scale: Scale) -> Result:
    """The active process is killed every 10 s for five minutes; the standby takes over, while people ask."""
    return await _ended_in_turn(scale, "active killed", signal.SIGKILL, scale.of(300 // EVERY), TAKEN_OVER_WITHIN)


async def stopped_twice(scale: Scale) -> Result:
    """The active process is stopped (SIGSTOP) twice, until its watchdog kills it, while people ask."""
    limit = HANGS_FOR + TAKEN_OVER_WITHIN
    return await _ended_in_turn(scale, "active stopped, then killed by its watchdog", signal.SIGSTOP, 2, limit)


async def _ended_in_turn(scale: Scale, what: str, how: signal.Signals, times: int, limit: float) -> Result:
    random, both = Random(scale.seed), 0
    took: list[float] = []
    async with _pair(scale) as (town, ones):
        crowd = await Crowd.arrived(town, scale)
        async with crowd.asking() as tally:
            for turn in range(times):
                await asyncio.sleep(EVERY * random.uniform(0.8, 1.2) - (took[-1] if took else 0))
                active, standby = ones if turn % 2 == 0 else ones[::-1]
                await standby.becomes("standby")
                began = time.monotonic()
                os.kill(active.bot.pid, how)
                took.append(await _first_word(standby, began) - began)
                await active.becomes("standby")
                both += _spoke_after(active, standby, began)
        took.sort()
        note = f"{times} times, half within {took[len(took) // 2]:.1f} s; {both} times two spoke"
        result = await counted(scale.on(what), tally, town, note)
    found = replace(result.found, repeated=result.found.repeated + both)
    return replace(result, found=found, seconds=took[-1], limit=limit)


async def _first_word(one: One, since: float) -> float:
    async with asyncio.timeout(2 * PATIENCE):
        while not (words := one.spoke(since)):
            await asyncio.sleep(0.02)
    return words[0]


def _spoke_after(gone: One, successor: One, since: float) -> int:
    """How often the one that is gone spoke after its successor's first word."""
    first = successor.spoke(since)[0]
    return len(gone.spoke(first))


OUTAGES: dict[str, Outage] = {"takeover": killed_in_turn, "stopped": stopped_twice}
