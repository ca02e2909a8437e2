"""The bot as a process of its own: started, killed, started again on the same data folder."""

import asyncio
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from tests.servers import leftovers
from tests.servers.client import Account
from tests.servers.nursery import Forked, Nursery
from tests.servers.process import DidNotStart, Program
from tests.servers.synapse import CHECKOUT

_INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_LOOK_EVERY = 0.02


class BotProcess:
    """`python -m bot run` for one account. `async with BotProcess(…) as bot:` starts it and ends it.

    `settings` are the keys of the settings in lower case without prefix: `operators="@a:b"`. `folder` keeps
    what the bot keeps; without one it gets a temporary folder that goes with it. In a `nursery` it starts faster.
    """

    nursery: ClassVar[Nursery | None] = None

    def __init__(self, homeserver: str, account: Account, *, folder: Path | None = None, **settings: str) -> None:
        self.account = account
        self.user_id = account.user_id
        self._own_folder = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix=f"{leftovers.PREFIX}bot-"))
        self.data = self.folder / "data"
        self._settings = {
            "homeserver": homeserver,
            "user_id": account.user_id,
            "password": account.password,
            "data_dir": str(self.data),
        } | settings
        self._more: dict[str, str] = {}
        self._program: Program | None = None
        self._begins = 0
        self.starts = 0

    def set_up(self, **settings: str) -> None:
        """Change settings, for the next start."""
        self._settings |= settings

    def inherits(self, environment: Mapping[str, str]) -> None:
        """Start it with this too, as its service manager does."""
        self._more = dict(environment)

    async def start(self, within: float = 90.0) -> None:
        """Start and return once it is ready. Raises DidNotStart with the end of its log."""
        self.launch()
        await self.logged("ready", within=within)

    def launch(self) -> None:
        """Start without waiting for anything."""
        self._program = self._life()
        self._begins = len(self.output.read_bytes()) if self.output.exists() else 0
        self._program.start()
        self.starts += 1

    def _life(self) -> Program:
        if self.nursery is not None and not self._more:
            return Forked(self.nursery, "run", folder=self.folder, environment=self.environment())
        return Program([sys.executable, "-m", "bot", "run"], folder=self.folder, environment=self.environment())

    async def kill(self) -> None:
        """End it as a crash or a power cut would."""
        if self._program is not None:
            await self._program.kill()

    async def stop(self) -> int | None:
        """Ask it to end; returns its exit code."""
        return await self._program.stop() if self._program is not None else None

    async def ended(self, within: float = 60.0) -> int | None:
        """Wait until it ends by itself; returns its exit code."""
        assert self._program is not None
        return await self._program.wait(within)

    async def restart(self) -> None:
        """Kill it and start it again."""
        await self.kill()
        await self.start()

    async def close(self) -> None:
        """End it and remove the folder that was made for it."""
        await self.kill()
        if self._own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

    # What it says

    @property
    def running(self) -> bool:
        return self._program is not None and self._program.running

    @property
    def pid(self) -> int:
        assert self._program is not None
        return self._program.pid

    @property
    def output(self) -> Path:
        """All that it ever printed, of every life."""
        return self.folder / "output.log"

    @property
    def printed(self) -> str:
        """What it printed since its last start."""
        return self.output.read_bytes()[self._begins :].decode(errors="replace") if self.output.exists() else ""

    @property
    def log(self) -> list[dict[str, Any]]:
        """The log since its last start, line by line; what is no log is left out."""
        return [entry for line in self.printed.splitlines() if (entry := _entry(line)) is not None]

    async def logged(self, event: str, *, within: float = 60.0) -> None:
        """Wait until the log since the last start has a line of this event. Raises DidNotStart when it ends before."""
        await self.until(lambda: any(entry["event"] == event for entry in self.log), within=within)

    async def until(self, condition: Callable[[], bool], *, within: float = 60.0) -> None:
        """Wait until something can be seen from outside, such as in its files."""
        assert self._program is not None
        try:
            async with asyncio.timeout(within):
                while not condition():
                    if not self._program.running:
                        raise DidNotStart(f"The bot ended by itself.\n{self._program.last_words()}")
                    await asyncio.sleep(_LOOK_EVERY)
        except TimeoutError:
            raise DidNotStart(f"Waited {within:g} s in vain.\n{self._program.last_words()}") from None

    # What it leaves behind

    @property
    def database(self) -> Path:
        return self.data / "relais.sqlite"

    def bytes_kept(self) -> bytes:
        """The database file and its write-ahead log, as they are on the disk."""
        files = (self.database, self.database.with_name("relais.sqlite-wal"))
        return b"".join(file.read_bytes() for file in files if file.exists())

    def environment(self) -> Mapping[str, str]:
        """What the bot is started with."""
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        mine = {f"RELAIS_{name.upper()}": value for name, value in self._settings.items() if value}
        return inherited | {"PYTHONPATH": str(CHECKOUT)} | self._more | mine


def _entry(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and "event" in entry else None
