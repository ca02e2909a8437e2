"""Lives of the bot that begin as forks of one process that has loaded it.

A start spends most of its time importing; the tests start the bot hundreds of times. Here one process imports, and each
life is a child of it with a folder, an environment and an output of its own: it is killed, stopped and frozen by pid as
any process. What a start from nothing does is tested where a start is what is tested.
"""

import asyncio
import contextlib
import gc
import json
import os
import random
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from tests.servers import leftovers
from tests.servers.process import DidNotStart, Program

_LONGEST_ORDER = 65_536


class Nursery:
    """The process that has loaded the bot. It, and all that it began, ends with whoever started it."""

    def __init__(self, checkout: Path) -> None:
        self._orders, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(theirs.fileno())],
                cwd=checkout,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def begin(self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> socket.socket:
        """Start `relais <arguments>`; returns the line on which its pid, and later its exit code, are said."""
        ours, theirs = socket.socketpair()
        order = json.dumps([list(arguments), str(folder), dict(environment)]).encode()
        with theirs, (folder / "output.log").open("ab") as output:
            socket.send_fds(self._orders, [order], [theirs.fileno(), output.fileno()])
        return ours

    def close(self) -> None:
        self._orders.close()
        self._process.wait()


class Forked(Program):
    """One life of the bot, begun in a nursery."""

    def __init__(self, nursery: Nursery, *arguments: str, folder: Path, environment: Mapping[str, str]) -> None:
        super().__init__(["relais", *arguments], folder=folder, environment=environment)
        self._nursery = nursery
        self._arguments = arguments
        self._line: socket.socket | None = None
        self._code: int | None = None

    @property
    def running(self) -> bool:
        if self._line is not None and self._code is None:
            self._hear(socket.MSG_DONTWAIT)
        return self._line is not None and self._code is None

    def start(self) -> None:
        assert self._environment is not None
        self._line, self._code = self._nursery.begin(self._arguments, self.folder, self._environment), None
        said = self._line.recv(32)
        if not said:
            raise DidNotStart("The process that has loaded the bot is gone.")
        self._pid = int(said)
        with contextlib.suppress(OSError):
            self._record = leftovers.record(self._pid, self.folder)

    async def _ended(self, patience: float) -> int | None:
        if self._line is not None and self._code is None:
            self._line.settimeout(patience)
            try:
                await asyncio.to_thread(self._hear)
            except TimeoutError as late:
                raise subprocess.TimeoutExpired(self.command, patience) from late
        self._close()
        return self._code

    def _hear(self, flags: int = 0) -> None:
        assert self._line is not None
        with contextlib.suppress(BlockingIOError):
            self._code = int(self._line.recv(32, flags) or 1)

    def _close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._record is not None:
            self._record.unlink(missing_ok=True)
            self._record = None


# ── in the process that has loaded the bot ────────────────────────────────────────────────────────────────


class _Lives:
    """Those that run: each with the line to whoever started it."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders
        self._lines: dict[int, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        self._woken, wakes = socket.socketpair()
        wakes.setblocking(False)
        signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
        self._wakes = wakes
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        for source in (orders, self._woken):
            self._selector.register(source, selectors.EVENT_READ)

    def serve(self) -> Sequence[str] | None:
        """Start what is ordered. Returns the arguments in each child, None in the parent once nobody orders."""
        while True:
            for key, _events in self._selector.select():
                if key.fileobj is self._woken:
                    self._woken.recv(4096)
                elif key.fileobj is not self._orders:
                    self._left_alone(key.data)
                elif (arguments := self._ordered()) is not None:
                    return arguments or None
            self._bury()

    def _ordered(self) -> Sequence[str] | None:
        """The arguments in the child, nothing in the parent, an empty list at the end."""
        order, fds, _flags, _address = socket.recv_fds(self._orders, _LONGEST_ORDER, 2)
        if not order:
            for pid in self._lines:
                os.kill(pid, signal.SIGKILL)
            return []
        arguments, folder, environment = json.loads(order)
        line, output = fds
        if pid := os.fork():
            os.close(output)
            self._lines[pid] = socket.socket(fileno=line)
            self._selector.register(self._lines[pid], selectors.EVENT_READ, pid)
            self._lines[pid].send(b"%d" % pid)
            return None
        self._become(line, output, folder, environment)
        return ["relais", *arguments]

    def _become(self, line: int, output: int, folder: str, environment: Mapping[str, str]) -> None:
        """A process as it would be after a start: nothing of the parent's but what is loaded."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._selector.close()
        for ours in (self._orders, self._woken, self._wakes, *self._lines.values()):
            ours.close()
        os.close(line)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        os.setsid()
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        random.seed()

    def _bury(self) -> None:
        while self._lines:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            line = self._lines.pop(pid)
            self._selector.unregister(line)
            code = os.waitstatus_to_exitcode(status)
            with contextlib.suppress(OSError), line:
                line.send(b"%d" % (code if code >= 0 else 128 - code))

    def _left_alone(self, pid: int) -> None:
        """Whoever started it is gone, or has let go of it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _main(orders: int) -> None:
    from bot import app
    from bot.__main__ import main

    import_module("bot.cli.run")
    app.warm_up()
    gc.collect()
    gc.freeze()
    arguments = _Lives(socket.socket(fileno=orders)).serve()
    if arguments:
        sys.argv[:] = arguments
        main()


if __name__ == "__main__":
    _main(int(sys.argv[1]))
