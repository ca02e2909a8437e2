"""Promises of the rate limit: no faster than allowed, and what matters goes first."""

import asyncio

from bot.matrix.rate_limit import BURST, RateLimit


class Seconds:
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


async def test_without_a_limit_nobody_waits() -> None:
    limit = RateLimit(0, Seconds())
    async with asyncio.timeout(1):
        for _ in range(1000):
            await limit.turn(1)


async def test_after_the_burst_solicitations_overtake_digests() -> None:
    limit = RateLimit(1000, Seconds())
    for _ in range(BURST):
        await limit.turn(0)
    served: list[int] = []

    async def wait(priority: int) -> None:
        await limit.turn(priority)
        served.append(priority)

    await asyncio.gather(*(wait(priority) for priority in (20, 20, 10, 0, 10, 0)))
    assert served == [0, 0, 10, 10, 20, 20]


async def test_whoever_stops_waiting_takes_nobodys_turn() -> None:
    limit = RateLimit(1000, Seconds())
    for _ in range(BURST):
        await limit.turn(0)
    impatient = asyncio.create_task(limit.turn(0))
    await asyncio.sleep(0)
    impatient.cancel()
    async with asyncio.timeout(1):
        await limit.turn(5)
