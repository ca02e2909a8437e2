"""A service manager that follows the rules of `deploy/relais.service`, as systemd would."""

import asyncio
import configparser
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Protocol

UNIT = Path(__file__).parents[2] / "deploy" / "relais.service"
LOOK_EVERY = 0.05


class Service(Protocol):
    """A program that can be started again and again."""

    @property
    def running(self) -> bool: ...
    def launch(self) -> None: ...
    async def kill(self) -> object: ...
    async def ended(self, within: float) -> int | None: ...


class Supervisor:
    """Starts the service again when it ends, and kills it when it says nothing; `starts` counts.

    `hurry` divides the unit's times, for a test cannot wait so long.
    """

    def __init__(self, service: Service, socket_at: Path, *, hurry: float) -> None:
        unit = configparser.RawConfigParser(strict=False)
        unit.read(UNIT, encoding="utf-8")
        rules = unit["Service"]
        assert rules["type"] == "notify"
        assert rules["restart"] == "on-failure"
        self._final = {0, *map(int, rules["restartpreventexitstatus"].split())}
        self._patience = float(rules["watchdogsec"]) / hurry
        self._pause = float(rules["restartsec"]) / hurry
        self._service = service
        self._heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._heard.bind(str(socket_at))
        self._watched_since: float | None = None
        self.environment = {"NOTIFY_SOCKET": str(socket_at), "WATCHDOG_USEC": str(int(self._patience * 1e6))}
        self.starts = 0
        self.killed = 0
        self.status = ""

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Keep the service running for the block."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await self._service.kill()
            self._heard.close()

    async def until(self, condition: Callable[[], bool], within: float) -> None:
        async with asyncio.timeout(within):
            while not condition():
                await asyncio.sleep(LOOK_EVERY)

    async def _watch(self) -> None:
        while True:
            self._service.launch()
            self.starts, self._watched_since = self.starts + 1, None
            while self._service.running:
                await self._look()
                await asyncio.sleep(LOOK_EVERY)
            if await self._service.ended(10.0) in self._final:
                return
            await asyncio.sleep(self._pause)

    async def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        for line in self._lines():
            if line in ("READY=1", "WATCHDOG=1"):
                self._watched_since = now
            self.status = line.removeprefix("STATUS=") if line.startswith("STATUS=") else self.status
        if self._watched_since is not None and now - self._watched_since > self._patience:
            self.killed += 1
            await self._service.kill()

    def _lines(self) -> list[str]:
        lines: list[str] = []
        with suppress(BlockingIOError):
            while True:
                lines += self._heard.recv(4096).decode().split("\n")
        return lines
