"""What is measured of a bot, seen from a room and from its process."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import psutil

from tests.bench.contestants import COMMAND, Contestant, Stage
from tests.servers import leftovers
from tests.servers.listening import NothingOfTheKind
from tests.servers.people import Account, Event, Person
from tests.servers.process import Program

PATIENCE = 60.0
"""Seconds that one answer may take."""

QUIET = 15.0
"""Seconds without another answer after which those missing count as lost."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from the moment that a person sends a command until she reads the answer."""

    p50: float
    p95: float
    p99: float
    cpu: float
    """Milliseconds of processor time that the bot took for one command."""
    answer_bytes: int


@dataclass(frozen=True, slots=True)
class Burst:
    """Commands sent as fast as the homeserver takes them."""

    sent: int
    answered: int
    twice: int
    per_second: float
    """Answers a second, from the first command to the last answer as the homeserver dates them."""
    cpu: float
    memory: float
    """Resident memory in MB after the burst."""


class Show:
    """One bot on its stage. Its process runs inside `on_stage`."""

    def __init__(self, contestant: Contestant, stage: Stage, asker: Person) -> None:
        self.contestant = contestant
        self.stage = stage
        self.asker = asker

    @contextlib.asynccontextmanager
    async def on_stage(self) -> AsyncIterator[psutil.Process]:
        """Starts the bot and gives its process; ends it."""
        program = Program(
            self.contestant.command(self.stage),
            folder=self.stage.folder,
            environment=self.contestant.environment(self.stage),
        )
        program.start()
        try:
            yield psutil.Process(program.pid)
        except NothingOfTheKind as silence:
            silence.add_note(f"{self.contestant.name} said last: {program.last_words()}")
            raise
        finally:
            await program.stop()

    async def open_room(self) -> str:
        """A room with the asker and the bot, which answers there when this returns. The bot must run."""
        room = await self.asker.create_room("Mesures", invite=[self.stage.bot.user_id])
        await self.asker.until(lambda event: _joins(event, room, self.stage.bot.user_id), within=PATIENCE)
        await self.contestant.prepare(self.asker, room)
        await self.first_answer(room)
        return room

    async def first_answer(self, room: str) -> float:
        """Asks ten times a second until the bot answers; returns how many seconds that took."""
        before, since = _now(), self.asker.mark()
        asking = asyncio.create_task(_keep_asking(self.asker, room))
        try:
            await self.asker.until(lambda event: _is_answer(event, room), within=PATIENCE, since=since)
            took = _now() - before
        finally:
            asking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asking
        await self._settle(room, since)
        return took

    async def latency(self, process: psutil.Process, room: str, number: int, command: str = COMMAND) -> Latency:
        """Asks one thing after another."""
        cpu, sizes = _processor_time(process), 0
        took = []
        for _ in range(number):
            before, since = _now(), self.asker.mark()
            answer = await self.asker.answer(await self.asker.say(room, command), within=PATIENCE, since=since)
            took.append(_now() - before)
            sizes += len(str(answer.content))
        cuts = [1000 * cut for cut in quantiles(took, n=100, method="inclusive")]
        spent = 1000 * (_processor_time(process) - cpu) / number
        return Latency(cuts[49], cuts[94], cuts[98], spent, sizes // number)

    async def burst(self, process: psutil.Process, rooms: list[str], number: int, command: str = COMMAND) -> Burst:
        """Asks everything at once, spread over the rooms."""
        cpu, since = _processor_time(process), self.asker.mark()
        sending = [_say_all(self.asker, room, number // len(rooms), command) for room in rooms]
        commands = {command for said in await asyncio.gather(*sending) for command in said}
        answers = await self._gather(commands, since)
        spent = 1000 * (_processor_time(process) - cpu) / len(commands)
        return Burst(
            sent=len(commands),
            answered=len({event.reply_to for event in answers}),
            twice=len(answers) - len({event.reply_to for event in answers}),
            per_second=len(answers) / self._seconds(commands, answers, since),
            cpu=spent,
            memory=process.memory_info().rss / 1e6,
        )

    async def _gather(self, commands: set[str], since: int) -> list[Event]:
        """The answers to the commands, once all are there or no more come."""
        came = -1
        while True:
            answers = [event for event in self.asker.heard(since=since) if event.reply_to in commands]
            if len(answers) in (came, len(commands)):
                return answers
            came = len(answers)
            with contextlib.suppress(NothingOfTheKind):
                await self.asker.count(
                    lambda event: event.reply_to in commands, len(commands), within=QUIET, since=since
                )

    def _seconds(self, commands: set[str], answers: list[Event], since: int) -> float:
        sent = [event.at for event in self.asker.heard(since=since) if event.event_id in commands]
        return (max((event.at for event in answers), default=min(sent) + 1) - min(sent)) / 1000

    async def _settle(self, room: str, since: int) -> None:
        """Waits until the answers still under way have come."""
        quiet = self.asker.mark()
        with contextlib.suppress(NothingOfTheKind):
            while True:
                await self.asker.until(lambda event: _is_answer(event, room), within=1.5, since=quiet)
                quiet = self.asker.mark()


@contextlib.contextmanager
def show(contestant: Contestant, homeserver: str, bot: Account, asker: Person) -> Iterator[Show]:
    """A bot with an empty folder, and somebody who asks."""
    with tempfile.TemporaryDirectory(prefix=f"{leftovers.PREFIX}bench-") as folder:
        yield Show(contestant, Stage(homeserver, bot, Path(folder), asker), asker)


async def _keep_asking(asker: Person, room: str) -> None:
    while True:
        await asyncio.gather(asker.say(room, COMMAND), asyncio.sleep(0.1))


async def _say_all(asker: Person, room: str, number: int, command: str) -> list[str]:
    return [await asker.say(room, command) for _ in range(number)]


def _joins(event: Event, room: str, who: str) -> bool:
    return event.room_id == room and event.state_key == who and event.content.get("membership") == "join"


def _is_answer(event: Event, room: str) -> bool:
    return event.room_id == room and event.type == "m.room.message" and event.reply_to is not None


def _processor_time(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _now() -> float:
    return asyncio.get_running_loop().time()
