"""What handling one event may cost: whoever takes more is ended, so that everybody else goes on.

Work that waits is ended by asyncio. Work that holds the processor never lets asyncio speak: a timer's signal does, and
its handler raises in the middle of it. Only the steps that belong to the budget are measured and ended, never what
the event loop does between two of them. Python hands signals to the main thread; elsewhere only waiting is bounded.
Garbage is everybody's: collecting it is not counted, and not ended, since what a finalizer raises reaches nobody.
"""

import asyncio
import gc
import signal
import threading
import time
from collections.abc import Coroutine, Generator, Iterator
from contextlib import contextmanager
from types import FrameType, coroutine
from typing import Any, TypeVar

from bot.errors import OverBudget

PROCESSOR = 2.0
"""Seconds of the processor for one event, or for some that are handled together; a command takes a hundredth."""
TRIAGE = 0.5
"""Seconds of the processor for the question whether one event is for us."""
PATIENCE = 60.0
"""Seconds by the wall's clock: longer than the database is waited for, which then says for itself that it was away."""
TICK = 0.1
"""Seconds between two looks at a step that has gone on after it was ended."""

T = TypeVar("T")


class Budget:
    """Seconds of the processor, spent step by step."""

    running: "Budget | None" = None
    """The budget whose step is just being done; one at most, since all of them are done by one thread."""

    def __init__(self, seconds: float) -> None:
        self._seconds = self._left = seconds
        self._began = 0.0
        self._collects_since: float | None = None

    def begin(self) -> None:
        self._began = time.thread_time()
        Budget.running = self
        signal.setitimer(signal.ITIMER_PROF, max(self._left, TICK), TICK)

    def end(self) -> None:
        Budget.running = None
        signal.setitimer(signal.ITIMER_PROF, 0)
        self._left -= time.thread_time() - self._began

    def check(self) -> None:
        """Raises OverBudget; whoever goes on all the same, to clean up or to hide it, is given as much again."""
        spent = time.thread_time() - self._began
        if spent >= self._left and self._collects_since is None:
            self._left = spent + self._seconds
            raise OverBudget

    def collects(self, phase: str) -> None:
        """Garbage is collected from `start` to `stop`: gives the time back that it took."""
        if phase == "start":
            self._collects_since = time.thread_time()
        elif self._collects_since is not None:
            self._left += time.thread_time() - self._collects_since
            self._collects_since = None


def _ring(_number: int, frame: FrameType | None) -> None:
    """A step may end just now: what is raised in our own code would not reach the work, so the next ring is left it."""
    if Budget.running is not None and frame is not None and frame.f_code.co_filename != __file__:
        Budget.running.check()


def _collected(phase: str, _info: dict[str, int]) -> None:
    if Budget.running is not None and threading.current_thread() is threading.main_thread():
        Budget.running.collects(phase)


def _can_ring() -> bool:
    """Whether this thread can be interrupted; the handlers are put in place when they are first needed."""
    if threading.current_thread() is not threading.main_thread():
        return False
    if signal.getsignal(signal.SIGPROF) is not _ring:
        signal.signal(signal.SIGPROF, _ring)
        gc.callbacks.append(_collected)
    return True


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """One step. Raises OverBudget in the middle of it when it takes longer."""
    if not _can_ring():
        yield
        return
    budget = Budget(seconds)
    budget.begin()
    try:
        yield
    finally:
        budget.end()


async def spend(work: Coroutine[Any, Any, T], *, processor: float = PROCESSOR, patience: float = PATIENCE) -> T:
    """Do the work. Raises OverBudget when it takes longer, by the processor's time or by the wall's clock."""
    try:
        async with asyncio.timeout(patience) as limit:
            return await (_measured(work, Budget(processor)) if _can_ring() else work)
    except TimeoutError:
        if limit.expired():
            raise OverBudget from None
        raise


@coroutine
def _measured(work: Coroutine[Any, Any, T], budget: Budget) -> Generator[Any, Any, T]:
    """Drives the work as `await` would, and measures each of its steps."""
    answer, error = None, None
    while True:
        budget.begin()
        try:
            waits_for = work.send(answer) if error is None else work.throw(error)
        except StopIteration as done:
            result: T = done.value
            return result
        finally:
            budget.end()
        try:
            answer, error = (yield waits_for), None
        except BaseException as thrown:
            answer, error = None, thrown
