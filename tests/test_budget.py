"""What takes too long is ended, and nothing else is."""

import asyncio
import gc
import re
import threading
import time
import weakref

import pytest

from bot.dispatch.answer.budget import Budget, bounded, spend
from bot.errors import OverBudget

SLOW = re.compile(r"(?:a+)+b")
HOSTILE = "a" * 40


def _spins(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


async def _burns(seconds: float) -> str:
    _spins(seconds)
    return "done"


async def _burns_in_steps(seconds: float) -> None:
    for _step in range(10):
        await _burns(seconds / 10)
        await asyncio.sleep(0)


async def test_what_is_quick_is_left_alone() -> None:
    assert await spend(_burns(0.01), processor=0.5) == "done"


async def test_a_loop_without_end_is_ended() -> None:
    with pytest.raises(OverBudget):
        await spend(_burns(60), processor=0.2)


async def test_a_pattern_without_end_is_ended() -> None:
    async def matches() -> None:
        SLOW.match(HOSTILE)

    with pytest.raises(OverBudget):
        await spend(matches(), processor=0.2)


async def test_steps_add_up() -> None:
    with pytest.raises(OverBudget):
        await spend(_burns_in_steps(20), processor=0.3)


async def test_what_others_do_between_two_steps_is_not_counted() -> None:
    async def waits() -> str:
        await asyncio.sleep(0.05)
        return "done"

    other = asyncio.create_task(_burns(0.6))
    assert await spend(waits(), processor=0.2) == "done"
    assert await other == "done"


async def test_waiting_without_end_is_ended() -> None:
    with pytest.raises(OverBudget):
        await spend(asyncio.sleep(60), patience=0.05)


async def test_a_time_limit_of_the_work_itself_is_its_own() -> None:
    async def work() -> None:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(60)

    with pytest.raises(TimeoutError):
        await spend(work())


async def test_what_the_work_raises_comes_out() -> None:
    async def work() -> None:
        await asyncio.sleep(0)
        raise LookupError

    with pytest.raises(LookupError):
        await spend(work())


async def test_what_is_cancelled_cleans_up() -> None:
    cleaned: list[str] = []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            cleaned.append("yes")

    task = asyncio.create_task(spend(work()))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert cleaned == ["yes"]


async def test_what_is_ended_may_clean_up_and_is_ended_again_if_it_goes_on() -> None:
    seen: list[str] = []

    async def stubborn() -> None:
        for _time in range(3):
            try:
                await _burns(60)
            except OverBudget:
                seen.append("ended")
        await asyncio.sleep(0)

    await asyncio.wait_for(spend(stubborn(), processor=0.1), 60)
    assert seen == ["ended"] * 3


class _Garbage:
    """In a circle, so that only the collector finds it."""

    def __init__(self) -> None:
        self.circle = self


async def test_collecting_garbage_is_not_counted_and_no_finalizer_is_interrupted() -> None:
    finished: list[str] = []

    def finishes() -> None:
        _spins(0.6)
        finished.append("yes")

    async def collects() -> str:
        weakref.finalize(_Garbage(), finishes)
        gc.collect()
        return "done"

    assert await spend(collects(), processor=0.2) == "done"
    assert finished == ["yes"]


async def test_who_goes_on_after_garbage_was_collected_is_ended_all_the_same() -> None:
    async def collects_and_burns() -> None:
        gc.collect()
        await _burns(60)

    with pytest.raises(OverBudget):
        await spend(collects_and_burns(), processor=0.2)


def test_one_step_is_ended_in_the_middle() -> None:
    with pytest.raises(OverBudget), bounded(0.1):
        SLOW.match(HOSTILE)
    assert Budget.running is None


def test_elsewhere_than_in_the_main_thread_nothing_is_measured() -> None:
    found: list[str] = []

    def work() -> None:
        with bounded(0.01):
            found.append(asyncio.run(spend(_burns(0.05), processor=0.01)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == ["done"]
