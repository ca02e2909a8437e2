"""The trials: each is one function that asks, disturbs, and reads the answers from the homeserver's own history."""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.e2e.encrypted_lives import Lives, died_everywhere
from tests.e2e.strangers import arrived, killed_during_traffic
from tests.e2e.town import Town
from tests.servers.listening import NothingOfTheKind
from tests.servers.people import People, Person
from tests.servers.synapse import CHECKOUT, Synapse
from tests.strict_client import StrictPerson
from tests.traffic import Found, Tally

NAMES = ("claire", "karim", "inès", "paul-émile", "lou")
PATIENCE = 900.0


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table; `note` is what a reader should know of how it was."""

    what: str
    found: Found
    note: str = ""
    seconds: float | None = None
    """The longest time that people waited for what the line is about, of at most `limit`."""
    limit: float | None = None

    @property
    def passed(self) -> bool:
        complete = self.found.asked == self.found.answered and not self.found.lost and not self.found.repeated
        return complete and (self.seconds is None or self.limit is None or self.seconds <= self.limit)


@dataclass(frozen=True, slots=True)
class Scale:
    """1 is what the product promises; smaller is for trying the soak itself. For outages: commands in a second, what
    decides for chance, and whether they are made on PostgreSQL.
    """

    factor: float = 1.0
    pace: float = 5.0
    seed: int = 1
    postgres: bool = False

    def of(self, number: int) -> int:
        return max(1, round(number * self.factor))

    def on(self, what: str) -> str:
        """The name of a line that may be made on either database."""
        return f"{what}, {'PostgreSQL' if self.postgres else 'SQLite'}"


async def killed_every_six_seconds(town: Town, scale: Scale) -> Result:
    """20 commands a second for a minute, and a kill -9 every 6 seconds."""
    per_second, seconds, every = 20, scale.of(60), 6
    people, rooms = await crowd(town, 5)
    tally = Tally(town.bot.user_id)
    talking = asyncio.create_task(_at_a_pace(tally, people, rooms, per_second, per_second * seconds))
    kills = 0
    while not talking.done():
        await asyncio.wait([talking], timeout=every)
        await town.bot.kill()
        kills += 1
        town.bot.launch()
    await talking
    return await counted(f"{per_second} a second for {seconds} s, killed", tally, town, f"{kills} times kill -9")


async def asked_while_down(town: Town, scale: Scale) -> Result:
    """500 commands of five people in five rooms while the bot is down."""
    people, rooms = await crowd(town, 5)
    tally = Tally(town.bot.user_id)
    await town.bot.kill()
    for number in range(scale.of(100)):
        await asyncio.gather(
            *[tally.ask(person, room, f"!doc {number}") for person, room in zip(people, rooms, strict=True)]
        )
    await town.bot.start()
    return await counted("asked while it was down", tally, town)


async def a_gap_in_five_rooms(town: Town, scale: Scale) -> Result:
    """Commands buried in talk, far more than one answer of the server holds, with a kill while the gaps are read."""
    people, rooms = await crowd(town, 5)
    tally = Tally(town.bot.user_id)
    await town.bot.kill()
    for _ in range(scale.of(40)):
        for person, room in zip(people, rooms, strict=True):
            await tally.ask(person, room, "!doc messagerie")
            await asyncio.gather(*[person.say(room, f"On en parle {number}") for number in range(20)])
    town.bot.launch()
    await tally.some_heard(town.operator, 3, within=PATIENCE)
    await town.bot.restart()
    return await counted("buried in talk, killed while reading", tally, town)


async def crash_points(_town: Town, scale: Scale) -> Result:
    """The whole bot in one process that dies at any commit or request, in plans that chance makes."""
    plans = scale.of(1_000)
    return await _tests("plans of crash points", plans, "tests/test_exactly_once.py", RELAIS_TEST_PLANS=plans)


async def races_for_a_request(_town: Town, scale: Scale) -> Result:
    """1,000 requests, each with two volunteers who say yes within 50 ms, on both databases; a hundred shared by six."""
    races, shared = scale.of(1_000), scale.of(100)
    counts = {"RELAIS_TEST_RACES": races, "RELAIS_TEST_SHARED": shared}
    return await _tests("races for a request", races * 2, "tests/help/test_counts.py", **counts)


async def killed_at_every_step(_town: Town, scale: Scale) -> Result:
    """200 requests, killed at every step of their life; each of five volunteers is asked once."""
    cycles = scale.of(200)
    return await _tests("lives of a request, killed", cycles, "tests/help/test_crashes.py", RELAIS_TEST_CYCLES=cycles)


async def _tests(what: str, count: int, file: str, **counts: int) -> Result:
    """The tests of a file with full counts: all of it holds, or it does not."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout", "0"),
        *("--show-capture=no", file),
        cwd=CHECKOUT,
        env=os.environ | {name: str(value) for name, value in counts.items()},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await program.communicate()
    failed = program.returncode != 0
    last = re.sub(r"\s+", " ", printed.decode(errors="replace").strip().splitlines()[-1])
    return Result(what, Found(count, 0 if failed else count, int(failed), 0), last if failed else "")


async def killed_in_an_encrypted_room(_town: Town, scale: Scale) -> Result:
    """Commands in an encrypted room, a kill -9 after every sixth, one restart of the homeserver, a strict client."""
    kills = scale.of(20)
    async with (
        Synapse() as synapse,
        People(synapse.url, synapse.shared_secret) as people,
        Town.founded(people, synapse.url) as town,
    ):
        await town.bot.start()
        person = await arrived(synapse.url, people, "claire")
        try:
            counts = await killed_during_traffic(
                town.bot, person, commands=kills * 5, kills=kills, restart=synapse.restart
            )
        finally:
            await person.close()
    return _answered_once("encrypted, killed at every sixth", counts, person, "one restart of Synapse")


async def dead_at_every_boundary(town: Town, scale: Scale) -> Result:
    """An encrypted room and a bot that dies at each commit and each request of a life, one after another."""
    person = await arrived(town.people.homeserver, town.people, "claire")
    counts: list[int] = []
    tried = 0
    try:
        for _ in range(scale.of(5)):
            with tempfile.TemporaryDirectory() as folder:
                account = await town.people.account("relais")
                lives = await Lives.of(town.people.homeserver, account, Path(folder) / "data")
                found, passed = await died_everywhere(lives, person, every=1)
            counts += found
            tried += len(passed)
    finally:
        await person.close()
    return _answered_once("encrypted, dead at every boundary", counts, person, f"{tried} deaths")


def _answered_once(what: str, counts: list[int], person: StrictPerson, note: str) -> Result:
    """What cannot be read is lost."""
    once, never = counts.count(1), counts.count(0)
    unreadable = sum(seen.unreadable is not None for seen in person.seen.values())
    found = Found(len(counts), once, lost=never + unreadable, repeated=len(counts) - once - never)
    return Result(what, found, f"{note}, {unreadable} unreadable")


Trial = Callable[[Town, Scale], Awaitable[Result]]


class Outage(Protocol):
    """A trial that has servers of its own, and can be made on either database."""

    __name__: str

    async def __call__(self, scale: Scale, /) -> Result: ...


TRIALS: dict[str, Trial] = {
    "kills": killed_every_six_seconds,
    "down": asked_while_down,
    "gaps": a_gap_in_five_rooms,
    "plans": crash_points,
    "requests": races_for_a_request,
    "lives": killed_at_every_step,
    "encrypted": killed_in_an_encrypted_room,
    "boundaries": dead_at_every_boundary,
}


async def crowd(town: Town, number: int) -> tuple[list[Person], list[str]]:
    people = [await town.people.arrive(name) for name in NAMES]
    rooms = [await town.room(f"Salle {count}", members=people) for count in range(number)]
    return people, rooms


async def _at_a_pace(tally: Tally, people: list[Person], rooms: list[str], per_second: int, number: int) -> None:
    """Commands at a steady rate, whatever the homeserver takes for each."""
    clock = asyncio.get_running_loop().time
    began, asking = clock(), []
    for count in range(number):
        await asyncio.sleep(max(0.0, began + count / per_second - clock()))
        person, room = people[count % len(people)], rooms[count % len(rooms)]
        asking.append(asyncio.create_task(tally.ask(person, room, f"!doc {count}")))
    await asyncio.gather(*asking)


async def counted(what: str, tally: Tally, town: Town, note: str = "") -> Result:
    clock = asyncio.get_running_loop().time
    began = clock()
    try:
        await tally.all_heard(town.operator, within=PATIENCE)
        note = f"{note}, all answered {clock() - began:.0f} s after the last".lstrip(", ")
    except NothingOfTheKind:
        note = f"{note}, waited {PATIENCE:.0f} s".lstrip(", ")
    return Result(what, await tally.read(town.operator), note)
