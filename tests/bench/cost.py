"""What one command costs, beside a bare loop that sends back a text of the same length: `python -m tests.bench.cost`.

All bots run at once on one homeserver, and each is asked in turn, so that whatever else the machine does slows all of
them alike. Exit code 0 when every limit is kept.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

from bot.store import schema
from bot.store.database import Database
from tests.bench.contestants import Contestant, bare_loop, relais
from tests.bench.measure import Burst, Latency, Show, show
from tests.servers import leftovers
from tests.servers.people import People
from tests.servers.postgres import Postgres
from tests.servers.synapse import Synapse
from tests.statements import COMMANDS, STATEMENTS, TRANSACTIONS, of_commands

ROOMS = 5
PROCESSOR, ONE_ANSWER, RATE = 2.0, 1.1, 0.9
"""At most so many times the bare loop's processor time and median; at least so much of its rate."""


@dataclass(slots=True)
class Player:
    """One bot that runs, the rooms where it answers, and what was measured, by command."""

    show: Show
    process: psutil.Process
    rooms: list[str]
    latency: dict[str, list[Latency]] = field(default_factory=dict)
    burst: dict[str, list[Burst]] = field(default_factory=dict)

    async def play(self, command: str, number: int, burst: int) -> None:
        one = await self.show.latency(self.process, self.rooms[0], number, command)
        self.latency.setdefault(command, []).append(one)
        self.burst.setdefault(command, []).append(await self.show.burst(self.process, self.rooms, burst, command))


async def run(rounds: int, number: int, burst: int) -> bool:
    """Measures and prints; returns whether every limit is kept."""
    leftovers.sweep()
    _say(f"Before: load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.\n")
    async with AsyncExitStack() as stack:
        homeserver = await stack.enter_async_context(Synapse())
        people = await stack.enter_async_context(People(homeserver.url, homeserver.shared_secret))
        postgres = await stack.enter_async_context(Postgres())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"{leftovers.PREFIX}cost-")))
        addresses = [f"sqlite:///{folder / 'counted.sqlite'}", postgres.fresh()]
        counted = [await _count(Database(address)) for address in addresses]
        bots = [relais("SQLite"), relais("PostgreSQL", RELAIS_DATABASE_URL=postgres.fresh())]
        players = [await _player(stack, people, bot) for bot in bots]
        (folder / "answers.json").write_text(json.dumps(await _answers(players[0])))
        bare = await _player(stack, people, bare_loop(folder / "answers.json"))
        for _ in range(rounds):
            for command in COMMANDS:
                for player in (bare, *players):
                    await player.play(command, number, burst)
    kept = counted + [_report(bare, player, command) for command in COMMANDS for player in players]
    return all(kept)


async def _count(database: Database) -> bool:
    """Prints what each command asks of the database; returns whether that is within the limits."""
    await schema.migrate(database)
    found = await of_commands(database)
    await database.close()
    for command, asked in found.items():
        costs = f"{len(asked.statements)} statements in {asked.transactions} transactions"
        _say(f"{command:<22}{'SQLite' if database.is_sqlite else 'PostgreSQL':<12}{costs}\n")
    return all(len(one.statements) <= STATEMENTS and one.transactions <= TRANSACTIONS for one in found.values())


async def _player(stack: AsyncExitStack, people: People, bot: Contestant) -> Player:
    asker, account = await people.arrive("asker"), await people.account("bot")
    played = stack.enter_context(show(bot, people.homeserver, account, asker))
    process = await stack.enter_async_context(played.on_stage())
    return Player(played, process, [await played.open_room() for _ in range(ROOMS)])


async def _answers(player: Player) -> dict[str, dict[str, object]]:
    """What Relais answers to each command, by the command's first word."""
    asker, room = player.show.asker, player.rooms[0]
    found = {}
    for command in COMMANDS:
        content = (await asker.answer(await asker.say(room, command), within=60)).content
        found[command.partition(" ")[0]] = {name: value for name, value in content.items() if name != "m.relates_to"}
    return found


def _report(bare: Player, player: Player, command: str) -> bool:
    """Prints how many times the bare loop's figures a bot's are; returns whether they are within the limits."""
    figures = [
        ("processor, one by one", _times(bare, player, lambda one: _median(one.latency[command], "cpu")), PROCESSOR),
        ("processor, burst", _times(bare, player, lambda one: _median(one.burst[command], "cpu")), PROCESSOR),
        ("one answer, median", _times(bare, player, lambda one: _median(one.latency[command], "p50")), ONE_ANSWER),
    ]
    rate = _times(bare, player, lambda one: _median(one.burst[command], "per_second"))
    lost = [burst for burst in player.burst[command] if burst.answered != burst.sent or burst.twice]
    rows = [(name, text, times <= most) for name, (text, times), most in figures]
    rows += [("burst, rate", rate[0], rate[1] >= RATE), ("lost or twice", str(len(lost)), not lost)]
    for name, text, kept in rows:
        _say(f"{command:<22}{player.show.contestant.name:<12}{name:<24}{text:<40}{'' if kept else 'NOT KEPT'}\n")
    return all(kept for *_more, kept in rows)


def _times(bare: Player, player: Player, figure: Callable[[Player], float]) -> tuple[str, float]:
    ours, theirs = figure(player), figure(bare)
    return f"{ours:8.2f} against {theirs:8.2f}: {ours / theirs:5.2f} times", ours / theirs


def _median(measured: Sequence[Latency] | Sequence[Burst], name: str) -> float:
    return float(median(getattr(one, name) for one in measured))


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.cost")
    parser.add_argument("--rounds", type=int, default=3, help="each bot in turn: %(default)s")
    parser.add_argument("--commands", type=int, default=60, help="asked one after another: %(default)s")
    parser.add_argument("--burst", type=int, default=300, help="asked at once over five rooms: %(default)s")
    wishes = parser.parse_args()
    return 0 if asyncio.run(run(wishes.rounds, wishes.commands, wishes.burst)) else 1


if __name__ == "__main__":
    sys.exit(main())
