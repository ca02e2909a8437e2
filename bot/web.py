"""What the operator's machines ask over HTTP: is it alive, is it ready, how does it go."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web
from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector, CollectorRegistry

from bot.errors import StartRefused, TryLater
from bot.metrics import REGISTRY

ANSWER_WITHIN = 2.0
"""Seconds for the database to answer before it counts as away."""


PRIVATE = {"Cache-Control": "private, no-cache"}
"""A revoked address must not live on in a cache between us and its reader."""


class Active(Protocol):
    """The process that holds the lock, as it sees itself."""

    async def figures(self) -> dict[str, float]:
        """What stands now, by name; raises when the database does not answer."""

    async def calendar(self, token: str) -> bytes | None:
        """The iCalendar feed of a token; None for one that was never given, or is revoked. Raises TryLater."""

    @property
    def listening(self) -> bool:
        """Whether the homeserver's last answer to a sync was a good one."""


class Web:
    """`active` is None while the process waits as standby."""

    def __init__(self) -> None:
        self.active: Active | None = None

    @asynccontextmanager
    async def served(self, listen: str) -> AsyncIterator[None]:
        """Answer on `host:port` until the end of the block; an empty address answers nowhere.

        Raises StartRefused when the address is none, or is taken.
        """
        if not listen:
            yield
            return
        host, port = address(listen)
        runner = web.AppRunner(self._application(), access_log=None)
        await runner.setup()
        try:
            await _listen(runner, host, port)
            yield
        finally:
            await runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/live", self._live)
        application.router.add_get("/ready", self._ready)
        application.router.add_get("/metrics", self._metrics)
        application.router.add_get("/calendar/{token}.ics", self._calendar)
        return application

    async def _live(self, _request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        problem = await self._problem()
        return web.Response(status=503 if problem else 200, text=f"{problem or 'ready'}\n")

    async def _problem(self) -> str | None:
        if self.active is None:
            return "standby: another process is active, or this one is starting"
        if not self.active.listening:
            return "the homeserver does not answer"
        return "the database does not answer" if await self._figures() is None else None

    async def _metrics(self, _request: web.Request) -> web.Response:
        figures = await self._figures() or {}
        now = CollectorRegistry()
        now.register(_Gauges({"active": float(self.active is not None)} | figures))
        body = generate_latest(REGISTRY) + generate_latest(now)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _calendar(self, request: web.Request) -> web.Response:
        """Whoever has the address has the right: an unknown one is told nothing, not even by a standby."""
        if self.active is None:
            return web.Response(status=503)
        try:
            feed = await self.active.calendar(request.match_info["token"])
        except TryLater:  # who may read it is not known yet
            return web.Response(status=503)
        if feed is None:
            return web.Response(status=404)
        return web.Response(body=feed, content_type="text/calendar", charset="utf-8", headers=PRIVATE)

    async def _figures(self) -> dict[str, float] | None:
        if self.active is None:
            return None
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                return await self.active.figures()
        except Exception:
            return None


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        said = (error.strerror or "unknown host").rpartition(": ")[2]
        raise StartRefused(f"RELAIS_LISTEN: {host}:{port} cannot be listened on ({said}).") from None


HELP = {
    "active": "1 on the process that holds the lock, 0 on a standby.",
    "inbox_waiting": "Events still to be handled.",
    "outbox_waiting": "Messages still to be sent.",
    "outbox_failed": "Messages that could never be sent and are kept for the moderators.",
    "unreadable_waiting": "Encrypted messages whose key has not come yet.",
    "sync_age_seconds": "Seconds since the homeserver last answered a sync.",
}


class _Gauges(Collector):
    def __init__(self, figures: dict[str, float]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, value in self._figures.items():
            yield GaugeMetricFamily(f"relais_{name}", HELP[name], value)


def address(listen: str) -> tuple[str, int]:
    """Host and port of `host:port`, `[::1]:8080` included. Raises StartRefused."""
    host, _, port = listen.rpartition(":")
    if not host or not port.isascii() or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise StartRefused(f"RELAIS_LISTEN: “{listen}” must look like 127.0.0.1:8080.")
    return host.removeprefix("[").removesuffix("]"), int(port)
