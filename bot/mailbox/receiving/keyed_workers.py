"""A lane of work for each key, such as a room: its work runs in order, and no lane waits for another."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager

from bot.process.ending import end
from bot.store.engines import may_pass

logger = logging.getLogger(__name__)

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 60.0


class KeyedWorkers:
    """Runs `work(key)` whenever a key is woken, never twice at once for the same key.

    `work` does all there is to do for its key and returns None, or the number of seconds after which
    it wants to be called again. When it raises, the error is logged and the lane tries again, each time
    a little later.
    """

    def __init__(self, name: str, work: Callable[[str], Awaitable[float | None]]) -> None:
        self._name = name
        self._work = work
        self._woken: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._at_work: dict[str, asyncio.Event] = {}
        self._closed = False

    def wake(self, key: str) -> None:
        """Say that there is work for this key. May be called at any time, from the event loop's thread."""
        if self._closed:
            return
        self._woken.setdefault(key, asyncio.Event()).set()
        if key not in self._tasks:
            self._tasks[key] = asyncio.create_task(self._run(key), name=f"{self._name}:{key}")

    @property
    def busy(self) -> bool:
        """Whether some lane has something to do or waits to try again."""
        return bool(self._tasks)

    @property
    def at_work(self) -> int:
        """Keys whose work is being done just now; those that wait to try again are not counted."""
        return len(self._at_work)

    async def quiet(self, keys: Iterable[str]) -> None:
        """Wait until all there is to do for these keys is done; those that wait to try again are not waited for."""
        await asyncio.sleep(0)  # what was woken begins
        for key in keys:
            if key in self._at_work:
                await self._at_work[key].wait()

    async def idle(self) -> None:
        """Wait until no lane has anything to do and none is waiting to try again."""
        while self._tasks:
            await asyncio.wait(list(self._tasks.values()))

    async def close(self) -> None:
        """Cancel the work of every lane."""
        self._closed = True
        await end(self._tasks.values())

    async def _run(self, key: str) -> None:
        woken = self._woken[key]
        failures = 0
        try:
            while woken.is_set():
                with self._working_on(key):
                    failures, pause = await self._all_there_is(key, woken, failures)
                if pause is not None:
                    await self._rest(woken, pause)
        finally:
            del self._tasks[key], self._woken[key]

    async def _all_there_is(self, key: str, woken: asyncio.Event, failures: int) -> tuple[int, float | None]:
        """Work until the key has no more work or must wait; returns how often it has failed in a row, and the pause."""
        while woken.is_set():
            woken.clear()
            try:
                pause = await self._work(key)
                failures = 0
            except Exception as error:
                failures += 1
                pause = min(FIRST_PAUSE * 2**failures, LONGEST_PAUSE)
                fault = None if may_pass(error) else error
                logger.error("%s: a lane failed, next try in %.1f s", self._name, pause, exc_info=fault)
            if pause is not None:
                return failures, pause
        return failures, None

    @contextmanager
    def _working_on(self, key: str) -> Iterator[None]:
        done = self._at_work[key] = asyncio.Event()
        try:
            yield
        finally:
            del self._at_work[key]
            done.set()

    async def _rest(self, woken: asyncio.Event, pause: float) -> None:
        """Sleep the whole pause, even when the lane is woken meanwhile: a server that says `later` means it."""
        await asyncio.sleep(pause)
        woken.set()
