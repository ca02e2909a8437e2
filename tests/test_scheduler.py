"""Promises of the scheduler: it looks at once, when told, and at the instant that the drain asks for."""

import asyncio
from datetime import datetime, timedelta

from bot.clock import utc_now
from bot.scheduler import Scheduler


async def nothing() -> None:
    """No nightly work."""


async def test_the_drain_runs_at_start_at_the_instant_it_names_and_when_something_changed() -> None:
    calls: asyncio.Queue[int] = asyncio.Queue()
    count = 0

    async def drain() -> datetime | None:
        nonlocal count
        count += 1
        calls.put_nowait(count)
        return utc_now() + timedelta(milliseconds=20) if count == 1 else None

    scheduler = Scheduler(drain, nothing)
    running = asyncio.create_task(scheduler.run())
    async with asyncio.timeout(5):
        assert await calls.get() == 1
        assert await calls.get() == 2
        scheduler.changed()
        assert await calls.get() == 3
    running.cancel()


async def test_a_drain_that_fails_is_run_again() -> None:
    calls: asyncio.Queue[None] = asyncio.Queue()

    async def drain() -> datetime | None:
        calls.put_nowait(None)
        raise RuntimeError("the database is away")

    scheduler = Scheduler(drain, nothing, pause=0.01)
    running = asyncio.create_task(scheduler.run())
    async with asyncio.timeout(5):
        await calls.get()
        await calls.get()
    running.cancel()


async def test_what_became_due_while_nobody_ran_is_looked_for_at_the_start() -> None:
    calls: asyncio.Queue[None] = asyncio.Queue()

    async def look() -> None:
        calls.put_nowait(None)

    async def drain() -> datetime | None:
        return None

    running = asyncio.create_task(Scheduler(drain, nothing, None, look).run())
    async with asyncio.timeout(5):
        await calls.get()
    running.cancel()
