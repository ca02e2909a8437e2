"""Limits the time that handling one event may take: what takes longer is ended, so that other events are handled.

asyncio ends work that waits. Work that holds the processor never returns to asyncio, so a timer's signal interrupts it,
and the signal's handler raises in the middle of it. Only the steps of the work are measured and ended, never what the
event loop does between two of them. Python handles signals in the main thread; in others only waiting is limited.
Garbage collection is neither counted nor ended: it may be of other work, and an error in a finalizer is lost.
"""

import asyncio
import atexit
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
"""Seconds of processor time for one event, or for several handled together; a command takes a hundredth of it."""
TRIAGE = 0.5
"""Seconds of processor time to decide whether one event is for us."""
PATIENCE = 60.0
"""Seconds of real time; longer than the database's own timeout, whose error says more."""
TICK = 0.1
"""Seconds of processor time between two signals; they go on always, for to start and stop them takes longer."""

T = TypeVar("T")


class Budget:
    """Processor time in seconds, spent step by step."""

    running: "Budget | None" = None
    """The budget whose step is running; one at most, since all steps run in the main thread."""

    def __init__(self, seconds: float) -> None:
        self._seconds = self._left = seconds
        self._began = 0.0
        self._collects_since: float | None = None

    def begin(self) -> None:
        self._began = time.thread_time()
        Budget.running = self

    def end(self) -> None:
        Budget.running = None
        self._left -= time.thread_time() - self._began

    def check(self) -> None:
        """Raise OverBudget if the time is spent. Work that catches it and goes on may take as long again."""
        spent = time.thread_time() - self._began
        if spent >= self._left and self._collects_since is None:
            self._left = spent + self._seconds
            raise OverBudget

    def collects(self, phase: str) -> None:
        """Called when garbage collection begins and ends (`start`, `stop`): do not count the time that it took."""
        if phase == "start":
            self._collects_since = time.thread_time()
        elif self._collects_since is not None:
            self._left += time.thread_time() - self._collects_since
            self._collects_since = None


def _ring(_number: int, frame: FrameType | None) -> None:
    """The signal's handler. It raises in the work alone: in this file a step may just be ending, so it does nothing."""
    if Budget.running is not None and frame is not None and frame.f_code.co_filename != __file__:
        Budget.running.check()


def _collected(phase: str, _info: dict[str, int]) -> None:
    if Budget.running is not None and threading.current_thread() is threading.main_thread():
        Budget.running.collects(phase)


def _can_ring() -> bool:
    """Whether this thread can be interrupted; installs the handlers and starts the signals the first time."""
    if threading.current_thread() is not threading.main_thread():
        return False
    if signal.getsignal(signal.SIGPROF) is not _ring:
        signal.signal(signal.SIGPROF, _ring)
        signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
        atexit.register(signal.setitimer, signal.ITIMER_PROF, 0)  # without its handler a signal would end the process
        gc.callbacks.append(_collected)
    return True


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Limit a block to these seconds of processor time: raises OverBudget in the middle of it when it takes longer."""
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
    """Await the work. Raises OverBudget after `processor` seconds of processor time or `patience` seconds in all."""
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
