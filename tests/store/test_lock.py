"""One process is active; another takes over when it dies, and one that may have been replaced stops."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio

from bot.errors import StartRefused
from bot.store.lock import folder_lock, folder_to_ourselves
from tests.servers.process import Program
from tests.servers.synapse import CHECKOUT

TAKE_OVER = 3.0
"""Seconds within which a standby is active after a crash."""


class Race:
    """Processes that want the same lock, and what they wrote while they held it."""

    def __init__(self, place: Path, address: str) -> None:
        self.place, self.address = place, address
        self.programs: dict[str, Program] = {}

    def start(self, name: str, *, folder: str) -> Program:
        """`folder` is the data folder: of one's own on another host, the same on one host."""
        home, data = self.place / name, self.place / folder
        home.mkdir()
        data.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "tests.store.holder", str(data), self.address, name]
        program = Program(command, folder=home, environment={"PYTHONPATH": str(CHECKOUT)})
        program.start()
        self.programs[name] = program
        return program

    async def waits(self, name: str) -> None:
        """Until the process has come as far as wanting the lock."""
        await until(lambda: (self.place / f"{name} waits").exists(), 20)

    @property
    def lines(self) -> list[str]:
        written = self.place / "written"
        return written.read_text().splitlines() if written.exists() else []

    async def active(self, name: str, within: float = 20.0) -> float:
        """Waits until the process holds the lock; returns the seconds that it took."""
        return await until(lambda: f"{name} active" in self.lines, within)

    async def close(self) -> None:
        for program in self.programs.values():
            await program.kill()


async def until(condition: Callable[[], bool], within: float) -> float:
    started = time.monotonic()
    async with asyncio.timeout(within):
        while not condition():
            await asyncio.sleep(0.02)
    return time.monotonic() - started


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def race_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'relais.sqlite'}"


@pytest_asyncio.fixture
async def race(tmp_path: Path, race_address: str) -> AsyncIterator[Race]:
    race = Race(tmp_path, race_address)
    yield race
    await race.close()


@pytest_asyncio.fixture
async def far_apart(tmp_path: Path, postgres_url: str) -> AsyncIterator[Race]:
    race = Race(tmp_path, postgres_url)
    yield race
    await race.close()


async def takes_over(race: Race, end: Callable[[], Awaitable[object]], *, folders: tuple[str, str]) -> None:
    race.start("one", folder=folders[0])
    await race.active("one")
    race.start("two", folder=folders[1])
    await race.waits("two")
    before = len(race.lines)
    await until(lambda: len(race.lines) > before + 75, 20)
    assert set(race.lines[1:]) == {"one"}
    await end()
    assert await race.active("two", TAKE_OVER) < TAKE_OVER
    handed_over = race.lines.index("two active")
    assert "one" not in race.lines[handed_over:]


async def test_on_one_folder_the_second_process_takes_over_from_the_dead(race: Race) -> None:
    await takes_over(race, lambda: race.programs["one"].kill(), folders=("data", "data"))


async def test_on_one_folder_the_second_process_takes_over_from_the_stopped(race: Race) -> None:
    await takes_over(race, lambda: race.programs["one"].stop(), folders=("data", "data"))


@pytest.mark.postgres
async def test_on_one_postgresql_the_second_host_takes_over_from_the_dead(far_apart: Race) -> None:
    await takes_over(far_apart, lambda: far_apart.programs["one"].kill(), folders=("here", "there"))


@pytest.mark.postgres
async def test_a_process_whose_connection_is_cut_stops_before_another_starts(far_apart: Race) -> None:
    """The server ends the connection: the lock is free at once, and the one that held it is not told."""

    async def cut() -> None:
        async with await psycopg.AsyncConnection.connect(far_apart.address, autocommit=True) as connection:
            held = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            await connection.execute(held)
        assert await far_apart.programs["one"].wait(TAKE_OVER) == 0

    await takes_over(far_apart, cut, folders=("here", "there"))


async def test_an_operators_command_does_not_wait_for_a_running_bot(tmp_path: Path) -> None:
    async with folder_lock(tmp_path):
        with pytest.raises(StartRefused, match=r"is running on .*: stop it first"), folder_to_ourselves(tmp_path):
            pass
    with folder_to_ourselves(tmp_path):
        pass
