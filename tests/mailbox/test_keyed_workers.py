"""Promises of keyed workers: order within a key, patience across keys, and a way to wait until some have done."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.mailbox.receiving import keyed_workers
from bot.mailbox.receiving.keyed_workers import KeyedWorkers


class Work:
    """Notes what is done for which key; each piece lasts until the key may go on."""

    def __init__(self, *held: str) -> None:
        self.done: list[str] = []
        self.going_on = {key: asyncio.Event() for key in held}
        self.pauses: dict[str, float] = {}

    async def __call__(self, key: str) -> float | None:
        if key in self.going_on:
            await self.going_on[key].wait()
        self.done.append(key)
        return self.pauses.pop(key, None)


async def _a_little() -> None:
    for _turn in range(10):
        await asyncio.sleep(0)


async def _is_over(waiting: Awaitable[None]) -> Callable[[], bool]:
    task = asyncio.ensure_future(waiting)
    await _a_little()
    return task.done


async def test_what_is_woken_during_its_work_is_worked_on_again() -> None:
    work = Work("a")
    keys = KeyedWorkers("test", work)
    keys.wake("a")
    await _a_little()
    keys.wake("a")
    keys.wake("a")
    work.going_on["a"].set()
    await keys.idle()
    assert work.done == ["a", "a"]


async def test_one_key_does_not_wait_for_another() -> None:
    work = Work("slow")
    keys = KeyedWorkers("test", work)
    keys.wake("slow")
    keys.wake("quick")
    await _a_little()
    assert work.done == ["quick"]
    assert keys.at_work == 1
    await keys.close()


async def test_quiet_waits_for_its_keys_and_for_no_others() -> None:
    work = Work("mine", "other")
    keys = KeyedWorkers("test", work)
    keys.wake("mine")
    keys.wake("other")
    is_over = await _is_over(keys.quiet(["mine", "never woken"]))
    assert not is_over()
    work.going_on["mine"].set()
    await _a_little()
    assert is_over()
    assert work.done == ["mine"]
    await keys.close()


async def test_quiet_waits_for_what_a_key_is_woken_for_meanwhile() -> None:
    work = Work("a")
    keys = KeyedWorkers("test", work)
    keys.wake("a")
    is_over = await _is_over(keys.quiet(["a"]))
    keys.wake("a")
    work.going_on["a"].set()
    await _a_little()
    assert is_over()
    assert work.done == ["a", "a"]


async def test_quiet_does_not_wait_for_who_tries_again_later() -> None:
    work = Work()
    work.pauses["a"] = 1000
    keys = KeyedWorkers("test", work)
    keys.wake("a")
    is_over = await _is_over(keys.quiet(["a"]))
    assert is_over()
    assert keys.busy
    assert keys.at_work == 0
    await keys.close()


async def test_what_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyed_workers, "FIRST_PAUSE", 0)
    tries = 0

    async def work(_key: str) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise ValueError

    keys = KeyedWorkers("test", work)
    keys.wake("a")
    await keys.idle()
    assert tries == 3


async def test_failures_are_waited_for_longer_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def rest(_lanes: KeyedWorkers, woken: asyncio.Event, pause: float) -> None:
        waited.append(pause)
        if len(waited) < 4:
            woken.set()

    async def work(_key: str) -> None:
        raise ValueError

    monkeypatch.setattr(KeyedWorkers, "_rest", rest)
    keys = KeyedWorkers("test", work)
    keys.wake("a")
    await keys.idle()
    assert waited == [1.0, 2.0, 4.0, 8.0]
