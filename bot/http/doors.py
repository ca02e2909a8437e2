"""An HTTP listener that nobody can block: one short request per connection, a limited number of connections."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import hdrs, web

from bot.errors import StartRefused

logger = logging.getLogger(__name__)

Answer = Callable[[web.BaseRequest], Awaitable[web.Response]]

_READING: dict[str, Any] = {
    "max_line_size": 4096,  # bytes
    "max_field_size": 8190,
    "max_headers": 100,
    "lingering_time": 0,  # seconds: a body is not waited for
    "access_log": None,
    "logger": logger,
}
BACKLOG = 64
"""Connections accepted in one go: few, so that their number never exceeds the limit by much."""
CLOSING = 2.0
"""Seconds to finish answers when the process stops."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for a connection to send its request, then to read the answer; connections at one time."""

    ask_within: float = 10.0
    end_within: float = 20.0
    connections: int = 200


USUAL = Limits()


@asynccontextmanager
async def opened(answer: Answer, host: str, port: int, *, limits: Limits, setting: str) -> AsyncIterator[None]:
    """Listen for the block. Raises StartRefused, naming the setting, when the address cannot be used."""
    runner = web.ServerRunner(_Door(answer, limits), shutdown_timeout=CLOSING)
    await runner.setup()
    try:
        await _listen(runner, host, port, setting)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.ServerRunner, host: str, port: int, setting: str) -> None:
    try:
        await web.TCPSite(runner, host, port, backlog=BACKLOG).start()
    except OSError as error:
        said = (error.strerror or "unknown host").rpartition(": ")[2]
        raise StartRefused(f"{setting}: {host}:{port} cannot be listened on ({said}).") from None


@dataclass(slots=True)
class _Visit:
    """An open connection, and the timer that ends it."""

    transport: asyncio.Transport
    end: asyncio.TimerHandle
    asked: bool = False


class _Door(web.Server):
    """Above the limit, closes the oldest connection that has sent no request: a prompt one is always served."""

    def __init__(self, answer: Answer, limits: Limits) -> None:
        super().__init__(self._answered, request_factory=_request)
        self._answer = answer
        self._limits = limits
        self._visits: dict[web.RequestHandler, _Visit] = {}

    def __call__(self) -> web.RequestHandler:
        return _Connection(self, loop=asyncio.get_running_loop(), **_READING)

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        super().connection_made(handler, transport)
        self._visits[handler] = _Visit(transport, self._end_in(self._limits.ask_within, handler))
        if len(self._visits) > self._limits.connections:
            self._end(next((one for one, visit in self._visits.items() if not visit.asked), handler))

    def connection_lost(self, handler: web.RequestHandler, exc: BaseException | None = None) -> None:
        self._end(handler)
        super().connection_lost(handler, exc)

    async def _answered(self, request: web.BaseRequest) -> web.Response:
        """Answer one request, without waiting for its body or reading what follows it."""
        if (visit := self._visits.get(request.protocol)) is not None:
            visit.asked = True
            visit.end.cancel()
            visit.end = self._end_in(self._limits.end_within, request.protocol)
        response = await self._attempt(request)
        response.force_close()
        return response

    async def _attempt(self, request: web.BaseRequest) -> web.Response:
        try:
            return await self._answer(request)
        except Exception:
            logger.exception("a request over HTTP could not be answered")
            return web.Response(status=500)

    def _end_in(self, seconds: float, handler: web.RequestHandler) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(seconds, self._end, handler)

    def _end(self, handler: web.RequestHandler) -> None:
        if (visit := self._visits.pop(handler, None)) is not None:
            visit.end.cancel()
            visit.transport.abort()


class _Connection(web.RequestHandler):
    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer a bad request with the status only: aiohttp would repeat what was sent, and log a page for each."""
        response = web.Response(status=status)
        response.force_close()
        return response


class _Request(web.BaseRequest):
    async def _prepare_hook(self, response: web.StreamResponse) -> None:
        """aiohttp calls this before it sends the headers of any response, its own refusals too."""
        response.headers.pop(hdrs.SERVER, None)


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    return _Request(message, payload, protocol, writer, task, asyncio.get_running_loop())
