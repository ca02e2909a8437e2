"""A bot under the rules of the shipped unit, with servers of its own, and people who go on asking it."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from random import Random

import aiohttp

from tests.e2e.town import PATIENCE, Town
from tests.servers.people import People, Person, Refused
from tests.servers.postgres import Postgres
from tests.servers.supervisor import Supervisor
from tests.servers.synapse import Synapse, Wishes, free_port
from tests.soak.trials import Scale, crowd
from tests.traffic import Tally

LOOK_EVERY = 0.02


@dataclass(frozen=True, slots=True)
class Place:
    """The servers, the bot and its supervisor; `ready_at` is where the bot says how it is."""

    synapse: Synapse
    postgres: Postgres | None
    town: Town
    supervisor: Supervisor
    ready_at: str
    database_url: str

    @classmethod
    @asynccontextmanager
    async def opened(
        cls,
        scale: Scale,
        wishes: Wishes | None = None,
        environment: Mapping[str, str] | None = None,
        **settings: str,
    ) -> AsyncIterator["Place"]:
        """A bot that is ready, on the database that the scale names."""
        listen = f"127.0.0.1:{free_port()}"
        async with AsyncExitStack() as stack:
            synapse = await stack.enter_async_context(Synapse(wishes))
            server = Postgres(keeps_what_it_commits=True)
            postgres = await stack.enter_async_context(server) if scale.postgres else None
            people = await stack.enter_async_context(People(synapse.url, synapse.shared_secret))
            address = postgres.fresh() if postgres else ""
            founding = Town.founded(people, synapse.url, **({"listen": listen, "database_url": address} | settings))
            town = await stack.enter_async_context(founding)
            supervisor = Supervisor(town.bot, town.bot.folder / "notify", hurry=1)
            town.bot.inherits({**supervisor.environment, **(environment or {})})
            await stack.enter_async_context(supervisor.watching())
            address = address or f"sqlite:///{town.bot.database}"
            place = cls(synapse, postgres, town, supervisor, f"http://{listen}/ready", address)
            try:
                await seconds_until(place.ready_at, "ready")
                yield place
            except Exception:
                sys.stderr.write(town.bot.printed[-4_000:])
                raise

    async def seconds_until_answered(self, person: Person, room: str) -> float:
        """How long somebody who asks now waits for the answer."""
        clock = asyncio.get_running_loop().time
        began = clock()
        await person.answer(await person.say(room, "!ping"), within=PATIENCE)
        return clock() - began


async def seconds_until(ready_at: str, said: str, within: float = PATIENCE) -> float:
    """How long it takes until a bot says at `/ready` how it is, with these words at the beginning."""
    clock = asyncio.get_running_loop().time
    began = clock()
    async with aiohttp.ClientSession() as session, asyncio.timeout(within):
        while not (await _state(session, ready_at)).startswith(said):
            await asyncio.sleep(LOOK_EVERY)
    return clock() - began


async def _state(session: aiohttp.ClientSession, ready_at: str) -> str:
    try:
        async with session.get(ready_at) as response:
            return await response.text()
    except aiohttp.ClientError:
        return ""


class Crowd:
    """Five people who ask in five rooms at a steady pace; which of them asks next is chance."""

    def __init__(self, town: Town, people: list[Person], rooms: list[str], scale: Scale) -> None:
        self.people = people
        self.rooms = rooms
        self.tally = Tally(town.bot.user_id)
        self._pace = scale.pace
        self._random = Random(scale.seed)

    @classmethod
    async def arrived(cls, town: Town, scale: Scale) -> "Crowd":
        """Only the first of them listens, which spares the homeserver much."""
        people, rooms = await crowd(town, 5)
        for person in people[1:]:
            await person.ears.close()
        return cls(town, people, rooms, scale)

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[Tally]:
        """They ask during the block; after it, every command is on the homeserver."""
        over = asyncio.Event()
        asking = asyncio.create_task(self._ask_until(over))
        try:
            yield self.tally
        finally:
            over.set()
            await asking

    async def _ask_until(self, over: asyncio.Event) -> None:
        clock = asyncio.get_running_loop().time
        began, count = clock(), 0
        async with asyncio.TaskGroup() as commands:
            while not over.is_set():
                commands.create_task(self._ask(count))
                count += 1
                await asyncio.sleep(max(0.0, began + count / self._pace - clock()))

    async def _ask(self, count: int) -> None:
        """One command; while the homeserver is away it is sent again, under the same transaction id."""
        person, room = self._random.choice(self.people), self._random.choice(self.rooms)
        content = {"msgtype": "m.text", "body": f"!doc {count}"}
        while True:
            try:
                event = await person.send_event(room, "m.room.message", content, transaction=f"command-{count}")
            except (aiohttp.ClientError, TimeoutError, Refused):
                await asyncio.sleep(0.2)
                continue
            self.tally.asked[event] = room
            return


async def waits(tally: Tally, witness: Person) -> list[float]:
    """Seconds between each command and its answer, by the homeserver's clock, the shortest first."""
    found: list[float] = []
    for room in set(tally.asked.values()):
        history = await witness.messages(room)
        asked_at = {event.event_id: event.at for event in history if event.event_id in tally.asked}
        found += [(event.at - asked_at[event.reply_to or ""]) / 1000 for event in history if tally.answers(event)]
    return sorted(found)
