"""Answers over HTTP: whether Relais is alive and ready, its metrics, and members' calendars."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Protocol

from aiohttp import web
from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector, CollectorRegistry

from bot.errors import StartRefused, TryLater
from bot.http import doors
from bot.http.doors import Limits
from bot.metrics import REGISTRY
from bot.process.waits import Waits

Pages = Callable[[str], Awaitable[web.Response | None]]
"""Gives the response for a path, None for an unknown one."""

ANSWER_WITHIN = 2.0
"""Seconds for the database to answer before it counts as away."""

STANDBY = "standby: another process is active, or this one is starting"

PRIVATE = {"Cache-Control": "private, no-cache"}
"""No cache between us and the reader may go on serving a revoked address."""
READ = ("GET", "HEAD")
ALLOWED = {"Allow": ", ".join(READ)}
_CALENDAR = re.compile(r"/calendar/([A-Za-z0-9_-]{1,128})\.ics")


class Active(Protocol):
    """The running bot of the process that holds the lock."""

    async def figures(self) -> dict[str, float]:
        """The present figures by name; raises when the database does not answer."""

    async def calendar(self, token: str) -> bytes | None:
        """The iCalendar feed of a token; None if it is unknown or revoked. Raises TryLater."""

    @property
    def listening(self) -> bool:
        """Whether the last sync succeeded."""

    @property
    def goes_on(self) -> bool:
        """Whether what it heard is being handled."""


class Web:
    """The HTTP pages. `active` is None while the process waits as standby, `waits` has what it waits for besides."""

    def __init__(self, limits: Limits = doors.USUAL, waits: Waits | None = None) -> None:
        self.active: Active | None = None
        self.waits = waits or Waits()
        self._limits = limits

    @asynccontextmanager
    async def served(self, listen: str, public: str = "") -> AsyncIterator[None]:
        """Listen on each `host:port` for the block; an empty address is not used.

        The public one serves members' calendars, the other monitoring; where only one is set, it serves both.
        Raises StartRefused when an address is invalid or taken.
        """
        async with AsyncExitStack() as stack:
            for setting, host, port in addresses(listen, public):
                answer = self._answers(self._pages(setting, alone=not (listen and public)))
                door = doors.opened(answer, host, port, limits=self._limits, setting=setting)
                await stack.enter_async_context(door)
            yield

    def _pages(self, setting: str, *, alone: bool) -> tuple[Pages, ...]:
        if alone:
            return (self._watched, self._read)
        return (self._read,) if setting == PUBLIC else (self._watched,)

    def _answers(self, pages: tuple[Pages, ...]) -> doors.Answer:
        async def answer(request: web.BaseRequest) -> web.Response:
            if request.method not in READ:
                return web.Response(status=405, headers=ALLOWED)
            for found in pages:
                if (response := await found(request.rel_url.raw_path)) is not None:
                    return response
            return web.Response(status=404)

        return answer

    async def _watched(self, path: str) -> web.Response | None:
        known = {"/live": self._live, "/ready": self._ready, "/metrics": self._metrics}
        return await known[path]() if path in known else None

    async def _read(self, path: str) -> web.Response | None:
        found = _CALENDAR.fullmatch(path)
        return await self._calendar(found[1]) if found else None

    async def _live(self) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self) -> web.Response:
        problem = await self._problem()
        return web.Response(status=503 if problem else 200, text=f"{problem or 'ready'}\n")

    @property
    def state(self) -> str:
        """What the process does, as far as it is known without a request."""
        return self.waits.reason or (STANDBY if self.active is None else "ready")

    @property
    def goes_on(self) -> bool:
        """Whether the process does what it should; one that waits does."""
        return self.active is None or self.active.goes_on

    async def _problem(self) -> str | None:
        if self.waits.reason is not None:
            return self.waits.reason
        if self.active is None:
            return STANDBY
        if not self.active.listening:
            return "the homeserver does not answer"
        return "the database does not answer" if await self._figures() is None else None

    async def _metrics(self) -> web.Response:
        figures = await self._figures() or {}
        now = CollectorRegistry()
        now.register(_Gauges({"active": float(self.active is not None)} | figures))
        body = generate_latest(REGISTRY) + generate_latest(now)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _calendar(self, token: str) -> web.Response:
        """The calendar, for whoever has its address. 404 for an unknown one, 503 from a standby."""
        if self.active is None:
            return web.Response(status=503)
        try:
            feed = await self.active.calendar(token)
        except TryLater:  # we cannot check yet who may read it
            return web.Response(status=503)
        if feed is None:
            return web.Response(status=404)
        return web.Response(body=feed, content_type="text/calendar", charset="utf-8", headers=PRIVATE)

    async def _figures(self) -> dict[str, float] | None:
        if self.active is None:
            return None
        asking = asyncio.create_task(self.active.figures())
        await asyncio.wait([asking], timeout=ANSWER_WITHIN)
        if not asking.done():
            asking.cancel()  # not awaited: to end a statement takes as long as the database is silent
            return None
        return asking.result() if asking.exception() is None else None


HELP = {
    "active": "1 on the process that holds the lock, 0 on a standby.",
    "inbox_waiting": "Events still to be handled.",
    "inbox_set_aside": "Events that were in hand when the bot died, at two starts or more, in the last 30 days.",
    "outbox_waiting": "Messages still to be sent.",
    "outbox_held": "Messages that wait until the bot may write in their room.",
    "outbox_failed": "Messages that could never be sent and are kept for the moderators.",
    "unreadable_waiting": "Encrypted messages whose key has not come yet.",
    "next_timer_timestamp_seconds": "When the next reminder or other timer is due, 0 for none.",
    "timer_lag_seconds": "Seconds by which the oldest due timer is late.",
    "backup_timestamp_seconds": "When the last `relais backup` ended, 0 for never.",
    "data_free_bytes": "Free bytes where the data folder is.",
    "sync_age_seconds": "Seconds since the homeserver last answered a sync.",
}


class _Gauges(Collector):
    def __init__(self, figures: dict[str, float]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, value in self._figures.items():
            yield GaugeMetricFamily(f"relais_{name}", HELP[name], value)


INNER, PUBLIC = "RELAIS_LISTEN", "RELAIS_PUBLIC_LISTEN"
SERVES = {INNER: "health and metrics", PUBLIC: "calendars"}
"""What each setting's address serves when both are set."""


def addresses(listen: str, public: str) -> list[tuple[str, str, int]]:
    """Setting, host and port of each address that is set. Raises StartRefused."""
    found = [(name, *address(given, name)) for name, given in ((INNER, listen), (PUBLIC, public)) if given]
    if len(found) == 2 and found[0][1:] == found[1][1:]:
        raise StartRefused(f"{PUBLIC}: {public} is {INNER} already. Leave one of them out: the other then serves both.")
    return found


def address(listen: str, setting: str = INNER) -> tuple[str, int]:
    """Host and port of `host:port`, `[::1]:8080` included. Raises StartRefused."""
    host, _, port = listen.rpartition(":")
    if not host or not port.isascii() or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise StartRefused(f"{setting}: “{listen}” must look like 127.0.0.1:8080.")
    return host.removeprefix("[").removesuffix("]"), int(port)
