"""Measures bots on one homeserver and prints one table: `python -m tests.bench [--only bare,relais] …`."""

import argparse
import asyncio
import contextlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bench.contestants import ALL, Contestant
from tests.bench.measure import Burst, Latency, Show, show
from tests.servers import leftovers
from tests.servers.people import People, Person
from tests.servers.synapse import Synapse

TALK_ROOMS = 5


@dataclass(slots=True)
class Figures:
    """What was measured of one bot. `starts`: rooms, then seconds of the first and of the next start."""

    latency: Latency
    burst: Burst
    starts: dict[int, tuple[float, float]] = field(default_factory=dict)


async def run(contestants: Sequence[Contestant], commands: int, burst: int, rooms: Sequence[int]) -> None:
    leftovers.sweep()
    say(f"Before: load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors. Figures of a busy machine say little.")
    async with Synapse() as homeserver, People(homeserver.url, homeserver.shared_secret) as people:
        figures = {each.name: await measure(each, people, commands, burst) for each in contestants}
        await measure_starts(contestants, people, rooms, figures)
    say(table(figures, rooms))


async def measure(contestant: Contestant, people: People, commands: int, burst: int) -> Figures:
    """One bot with a new account in rooms of its own."""
    say(f"{contestant.name}: {commands} commands one after another, then {burst} at once")
    asker, bot = await people.arrive("asker"), await people.account("bot")
    with show(contestant, people.homeserver, bot, asker) as played:
        async with played.on_stage() as process:
            talk = [await played.open_room() for _ in range(TALK_ROOMS)]
            return Figures(await played.latency(process, talk[0], commands), await played.burst(process, talk, burst))


async def measure_starts(
    contestants: Sequence[Contestant], people: People, rooms: Sequence[int], figures: dict[str, Figures]
) -> None:
    """All bots with one account, one after another, in the same and ever more rooms."""
    asker, account = await people.arrive("asker"), await people.account("bot")
    bot = Person(people.homeserver, "bot", account)
    with contextlib.ExitStack() as stages:
        shows = [stages.enter_context(show(each, people.homeserver, account, asker)) for each in contestants]
        talk = {played.contestant.name: await first_room(played) for played in shows}
        joined = 0
        for wanted in rooms:
            say(f"all: start with {wanted} rooms")
            await join_rooms(asker, bot, wanted - joined)
            joined = wanted
            for played in shows:
                name = played.contestant.name
                figures[name].starts[wanted] = (
                    await start(played, talk[name]),
                    await start(played, talk[name]),
                )
    await bot.close()


async def first_room(played: Show) -> str:
    async with played.on_stage():
        return await played.open_room()


async def start(played: Show, room: str) -> float:
    """Seconds from the start of the process until a command is answered."""
    async with played.on_stage():
        return await played.first_answer(room)


async def join_rooms(asker: Person, bot: Person, number: int) -> None:
    for _ in range(number):
        await bot.join(await asker.create_room("Une parmi d'autres", invite=[bot]))


def table(figures: dict[str, Figures], rooms: Sequence[int]) -> str:
    names = list(figures)
    rows: list[tuple[str, list[str]]] = [
        ("one answer, p50 (ms)", [f"{each.latency.p50:.0f}" for each in figures.values()]),
        ("one answer, p95 (ms)", [f"{each.latency.p95:.0f}" for each in figures.values()]),
        ("one answer, p99 (ms)", [f"{each.latency.p99:.0f}" for each in figures.values()]),
        ("CPU per command, one by one (ms)", [f"{each.latency.cpu:.1f}" for each in figures.values()]),
        ("answer's content (bytes)", [f"{each.latency.answer_bytes}" for each in figures.values()]),
        ("burst, answered", [f"{each.burst.answered} of {each.burst.sent}" for each in figures.values()]),
        ("burst, answered twice", [f"{each.burst.twice}" for each in figures.values()]),
        ("burst, answers per second", [f"{each.burst.per_second:.1f}" for each in figures.values()]),
        ("CPU per command, burst (ms)", [f"{each.burst.cpu:.1f}" for each in figures.values()]),
        ("memory after the burst (MB)", [f"{each.burst.memory:.0f}" for each in figures.values()]),
    ]
    for wanted in rooms:
        starts = [each.starts[wanted] for each in figures.values()]
        rows.append((f"first start with {wanted} rooms (s)", [f"{first:.1f}" for first, _ in starts]))
        rows.append((f"next start with {wanted} rooms (s)", [f"{after:.1f}" for _, after in starts]))
    lines = [("", names), *rows]
    return "\n".join(f"{title:<34}" + "".join(f"{cell:>16}" for cell in cells) for title, cells in lines)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--only", default=",".join(ALL), help="which bots: %(default)s")
    parser.add_argument("--commands", type=int, default=100, help="asked one after another: %(default)s")
    parser.add_argument("--burst", type=int, default=300, help="asked at once over five rooms: %(default)s")
    parser.add_argument("--rooms", default="100,500", help="rooms to start with: %(default)s; empty: none")
    asked = parser.parse_args()
    chosen = [ALL[name] for name in asked.only.split(",")]
    rooms = [int(number) for number in asked.rooms.split(",") if number]
    asyncio.run(run(chosen, asked.commands, asked.burst, rooms))


if __name__ == "__main__":
    main()
