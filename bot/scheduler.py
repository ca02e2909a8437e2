"""The only file that imports apscheduler. Its jobs only set an event; one task does the work."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

logger = logging.getLogger(__name__)

TICK = 60
"""Seconds between two checks when no alarm rings: a clock that jumps, or a lost alarm, costs a minute at most."""
PAUSE = 5.0
"""Seconds before the next try after a failure."""
FOREVER = None
"""Grace time: a late alarm still rings. By default apscheduler drops one that is a second late."""


class Scheduler:
    """Calls `drain` at the instant that its last call returned, when `changed` is called, and every minute.

    `daily` is called at 3:30 UTC, `weekly` on Sunday at 4:30 UTC, `half_hourly` after the start too, for what became
    due while we were away. After a failure it tries again in `pause` seconds. The jobs live in memory only; what is due
    is in the database.
    """

    def __init__(
        self,
        drain: Callable[[], Awaitable[datetime | None]],
        daily: Callable[[], Awaitable[None]],
        weekly: Callable[[], Awaitable[None]] | None = None,
        half_hourly: Callable[[], Awaitable[None]] | None = None,
        *,
        pause: float = PAUSE,
    ) -> None:
        self._drain = drain
        self._regular = [(CronTrigger(hour=3, minute=30, timezone=UTC), daily)]
        if weekly is not None:
            self._regular.append((CronTrigger(day_of_week="sun", hour=4, minute=30, timezone=UTC), weekly))
        if half_hourly is not None:
            self._regular.append((CronTrigger(minute="0,30", timezone=UTC), half_hourly))
        self._half_hourly = half_hourly
        self._pause = pause
        self._look = asyncio.Event()
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def changed(self) -> None:
        """Call `drain` soon: a timer was set or moved."""
        self._look.set()

    async def run(self) -> None:
        """Work until cancelled."""
        options = {"misfire_grace_time": FOREVER, "coalesce": True}
        self._scheduler.add_job(self._look.set, IntervalTrigger(seconds=TICK), **options)
        due = [(asyncio.Event(), work) for _trigger, work in self._regular]
        for (trigger, _), (event, work) in zip(self._regular, due, strict=True):
            self._scheduler.add_job(event.set, trigger, **options)
            if work is self._half_hourly:
                event.set()
        self._scheduler.start()
        try:
            await asyncio.gather(self._work(), *(_whenever(event, work) for event, work in due))
        finally:
            self._scheduler.shutdown(wait=False)

    async def _work(self) -> None:
        self._look.set()
        while True:
            await self._look.wait()
            self._look.clear()
            try:
                due_at = await self._drain()
            except Exception:
                logger.exception("what is due could not be done")
                await asyncio.sleep(self._pause)
                self._look.set()
                continue
            if due_at is not None:
                self._arm(due_at)

    def _arm(self, due_at: datetime) -> None:
        self._scheduler.add_job(
            self._look.set,
            DateTrigger(run_date=due_at),
            id="next due",
            replace_existing=True,
            misfire_grace_time=FOREVER,
        )


async def _whenever(due: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        await due.wait()
        due.clear()
        try:
            await work()
        except Exception:
            logger.exception("the regular work failed")
