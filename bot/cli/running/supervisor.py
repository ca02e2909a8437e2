"""Tells the service manager how the process is (sd_notify(3)): ready, what it does, that it still runs, that it stops.

The protocol is a line in a datagram; systemd and others read it, and without NOTIFY_SOCKET nobody is told.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Protocol

EVERY = 5.0
"""Seconds between two looks where no watchdog waits for us."""


class Watched(Protocol):
    """The process, as far as it is known without a request."""

    @property
    def state(self) -> str:
        """What it does, in words."""

    @property
    def goes_on(self) -> bool:
        """Whether what should be done is being done."""


class Supervisor:
    """The service manager that listens at `address`, empty for none, and kills whoever is silent for `patience`."""

    def __init__(self, address: str = "", patience: float | None = None) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._every = patience / 3 if patience else EVERY

    @classmethod
    def named(cls, environment: Mapping[str, str] = os.environ) -> "Supervisor":
        """The one that the environment names."""
        microseconds = environment.get("WATCHDOG_USEC", "")
        ours = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        patience = int(microseconds) / 1e6 if ours and microseconds.isdecimal() else None
        return cls(environment.get("NOTIFY_SOCKET", ""), patience)

    @asynccontextmanager
    async def watching(self, process: Watched) -> AsyncIterator[None]:
        """Say for the block that the process runs, for as long as it goes on."""
        self._say("READY=1", f"STATUS={process.state}")
        telling = asyncio.create_task(self._tell(process))
        try:
            yield
        finally:
            telling.cancel()
            self._say("STOPPING=1")

    async def _tell(self, process: Watched) -> None:
        while True:
            self._say(f"STATUS={process.state}", *(["WATCHDOG=1"] if process.goes_on else []))
            await asyncio.sleep(self._every)

    def _say(self, *lines: str) -> None:
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as out:
            out.sendto("\n".join(lines).encode(), self._address)
