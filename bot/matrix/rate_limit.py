"""Limits how fast Relais sends: a token bucket in which urgent messages overtake bulk ones."""

import asyncio
import heapq
from collections.abc import Callable
from itertools import count

BURST = 5


class RateLimit:
    """Lets through `per_second` callers on average, `BURST` at once after a rest; 0 means no limit.

    `seconds` reads a monotonic clock, in seconds.
    """

    def __init__(self, per_second: float, seconds: Callable[[], float]) -> None:
        self._rate = per_second
        self._seconds = seconds
        self._tokens = float(BURST)
        self._filled_at = seconds()
        self._queue: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = count()
        self._server: asyncio.Task[None] | None = None

    async def turn(self, priority: int) -> None:
        """Wait for one's turn; a lower priority number goes first."""
        if self._rate <= 0:
            return
        ticket: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (priority, next(self._order), ticket))
        if self._server is None or self._server.done():
            self._server = asyncio.create_task(self._serve())
        await ticket

    async def _serve(self) -> None:
        while self._queue:
            self._fill()
            if self._tokens < 1:
                await asyncio.sleep((1 - self._tokens) / self._rate)
                continue
            ticket = heapq.heappop(self._queue)[2]
            if not ticket.cancelled():
                self._tokens -= 1
                ticket.set_result(None)

    def _fill(self) -> None:
        now = self._seconds()
        self._tokens = min(BURST, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now
