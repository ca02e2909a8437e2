"""What the service manager is told, and when it is told nothing, so that it replaces a process that hangs."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.running.supervisor import Supervisor
from bot.dispatch.watch.progress import HUNG, Progress


class Process:
    """Its state is what the test says."""

    state = "waiting for the database"
    goes_on = True


class Manager:
    """Hears what processes say."""

    def __init__(self, place: Path) -> None:
        self.address = str(place / "notify")
        self._heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._heard.bind(self.address)

    def told(self) -> list[str]:
        lines = []
        while True:
            try:
                lines += self._heard.recv(4096).decode().split("\n")
            except BlockingIOError:
                return lines

    def close(self) -> None:
        self._heard.close()


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    manager = Manager(tmp_path)
    yield manager
    manager.close()


async def test_a_process_says_that_it_runs_and_that_it_stops(manager: Manager) -> None:
    async with Supervisor(manager.address, 60.0).watching(Process()):
        await asyncio.sleep(0)
    assert manager.told() == [
        "READY=1",
        "STATUS=waiting for the database",
        "STATUS=waiting for the database",
        "WATCHDOG=1",
        "STOPPING=1",
    ]


async def test_a_process_that_does_not_go_on_is_silent_to_the_watchdog(manager: Manager) -> None:
    process = Process()
    process.goes_on = False
    async with Supervisor(manager.address, 60.0).watching(process):
        await asyncio.sleep(0)
    assert "WATCHDOG=1" not in manager.told()


async def test_without_a_service_manager_nobody_is_told() -> None:
    async with Supervisor.named({}).watching(Process()):
        await asyncio.sleep(0)


async def test_the_environment_names_the_manager_and_its_patience(manager: Manager) -> None:
    named = {"NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "20000000", "WATCHDOG_PID": "1"}
    async with Supervisor.named(named).watching(Process()):
        await asyncio.sleep(0)
    assert manager.told()[0] == "READY=1"


class Bot:
    """How it is; `now` passes when the test says so."""

    def __init__(self) -> None:
        self.healthy, self.age, self.at_work, self.now = True, 0.0, 0, 0.0
        self.progress = Progress(lambda: self.healthy, lambda: self.age, lambda: self.at_work, seconds=lambda: self.now)

    def after(self, seconds: float) -> bool:
        self.now += seconds
        return self.progress.goes_on


def test_a_room_that_is_in_hand_for_minutes_hangs() -> None:
    bot = Bot()
    assert bot.after(2 * HUNG), "with nothing to do, nothing hangs"
    bot.at_work = 1
    assert bot.after(HUNG - 1)
    assert not bot.after(2)
    bot.at_work = 0
    assert bot.after(1)


def test_while_the_homeserver_is_away_nothing_hangs() -> None:
    bot = Bot()
    bot.at_work, bot.healthy, bot.age = 1, False, 3 * HUNG
    assert bot.after(3 * HUNG)


def test_a_sync_that_never_comes_back_hangs() -> None:
    bot = Bot()
    bot.age = HUNG + 1
    assert not bot.after(1)
