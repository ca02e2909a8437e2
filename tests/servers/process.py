"""A program that runs beside the tests and never outlives them."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.servers import leftovers

KEEPER = Path(__file__).with_name("keeper.py")


class DidNotStart(Exception):
    """A server ended, or was not ready in time. Carries the end of what it printed."""


class Program:
    """One program under a keeper: stopped or killed by pid, and ended even if this process is killed.

    `output` receives what the program prints. `folder` is a temporary folder that a later run may remove when
    this one was killed. With `user` the program runs as that user (as root only).
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
    ) -> None:
        self.command = list(command)
        self.folder = folder
        self.output = folder / "output.log"
        self._environment = dict(environment) if environment is not None else None
        self._user = ["--user", user] if user else []
        self._keeper: subprocess.Popen[bytes] | None = None
        self._pid: int | None = None
        self._record: Path | None = None

    @property
    def pid(self) -> int:
        """The program's own pid, not its keeper's."""
        if self._pid is None:
            raise RuntimeError(f"{self.command[0]} was not started.")
        return self._pid

    @property
    def running(self) -> bool:
        return self._keeper is not None and self._keeper.poll() is None

    def start(self) -> None:
        """Starts the program; returns at once, ready or not."""
        with self.output.open("ab") as output:
            self._keeper = subprocess.Popen(
                [sys.executable, "-I", "-S", str(KEEPER), *self._user, *self.command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                cwd=self.folder,
                env=self._environment,
                start_new_session=True,
            )
        assert self._keeper.stdout is not None
        line = self._keeper.stdout.readline()
        if not line:
            raise DidNotStart(f"{self.command[0]} could not be started.\n{self.last_words()}")
        self._pid = int(line)
        with contextlib.suppress(ProcessLookupError):
            self._record = leftovers.record(self._pid, self.folder)

    async def stop(self, patience: float = 10.0) -> int | None:
        """Asks the program to end, kills it after `patience` seconds. Returns its exit code."""
        self._signal(signal.SIGTERM)
        try:
            return await self._ended(patience)
        except subprocess.TimeoutExpired:
            return await self.kill()

    async def kill(self) -> int | None:
        """Ends the program with SIGKILL, as a crash would."""
        self._signal(signal.SIGKILL)
        return await self._ended(10.0)

    async def wait(self, within: float) -> int | None:
        """Waits for the program to end by itself. Raises TimeoutError."""
        try:
            return await self._ended(within)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"{self.command[0]} still runs after {within:g} s.") from None

    def last_words(self, lines: int = 20) -> str:
        """The end of what the program printed."""
        if not self.output.exists():
            return ""
        return "\n".join(self.output.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def _signal(self, number: int) -> None:
        if self.running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def _ended(self, patience: float) -> int | None:
        if self._keeper is None:
            return None
        code = await asyncio.to_thread(self._keeper.wait, patience)
        self._close()
        return code

    def _close(self) -> None:
        assert self._keeper is not None
        for pipe in (self._keeper.stdin, self._keeper.stdout):
            if pipe is not None:
                pipe.close()
        if self._record is not None:
            self._record.unlink(missing_ok=True)
            self._record = None
