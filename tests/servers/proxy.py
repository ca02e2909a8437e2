"""A proxy before the homeserver that loses, delays and refuses what a test wants, and notes what passed."""

import asyncio
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

import aiohttp
from aiohttp import web
from yarl import URL

from tests.servers.synapse import free_port

_NOT_PASSED_ON = {"connection", "content-length", "host", "keep-alive", "te", "transfer-encoding", "upgrade"}
_HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(slots=True)
class Seen:
    """A request that came by. `status` is what the client was told, None while it waits or was cut off."""

    method: str
    path: str
    query: Mapping[str, str]
    body: bytes
    forwarded: bool = False
    status: int | None = None
    at: float = field(default_factory=time.monotonic)
    """When it came by."""

    @property
    def json(self) -> Any:
        return json.loads(self.body or b"null")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class _Exchange:
    """One request on its way; what a fault may do with it."""

    def __init__(self, request: web.Request, seen: Seen, proxy: "Proxy") -> None:
        self._request = request
        self._proxy = proxy
        self.seen = seen

    async def forward(self) -> _Answer:
        self.seen.forwarded = True
        return await self._proxy.forward(self._request, self.seen.body)

    def cut(self) -> None:
        if self._request.transport is not None:
            self._request.transport.abort()


class Fault(Protocol):
    """What happens to a request. None: the connection was cut."""

    async def happen(self, exchange: _Exchange) -> _Answer | None: ...


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection breaks; with `after`, once the homeserver has done what was asked: the answer is lost.

    An aiohttp client repeats a GET, PUT or DELETE once by itself: only a second cut is an error to it.
    """

    after: bool = False

    async def happen(self, exchange: _Exchange) -> _Answer | None:
        if self.after:
            await exchange.forward()
        exchange.cut()
        return None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that the homeserver did not give. With `after`, it has done what was asked all the same."""

    status: int
    body: str
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    after: bool = False

    async def happen(self, exchange: _Exchange) -> _Answer | None:
        if self.after:
            await exchange.forward()
        headers = {"Content-Type": self.content_type, **self.headers}
        return _Answer(self.status, headers, self.body.encode())


@dataclass(frozen=True, slots=True)
class Delay:
    """The answer comes late by so many seconds."""

    seconds: float

    async def happen(self, exchange: _Exchange) -> _Answer | None:
        answer = await exchange.forward()
        await asyncio.sleep(self.seconds)
        return answer


@dataclass(frozen=True, slots=True)
class Hold:
    """The request waits until `release()`, before or after the homeserver has done it; `reached` tells."""

    after: bool = False
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    _gate: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        self._gate.set()

    async def happen(self, exchange: _Exchange) -> _Answer | None:
        answer = await exchange.forward() if self.after else None
        self.reached.set()
        await self._gate.wait()
        return answer or await exchange.forward()


def too_many(retry_after_ms: int | None = 100) -> Reply:
    """429 as Synapse says it; None leaves the delay out."""
    answer: dict[str, Any] = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests"}
    if retry_after_ms is not None:
        answer["retry_after_ms"] = retry_after_ms
    return Reply(429, json.dumps(answer))


def refusal(status: int, errcode: str, error: str = "Refused by the proxy") -> Reply:
    """A Matrix error."""
    return Reply(status, json.dumps({"errcode": errcode, "error": error}))


def gateway_page(status: int = 502, *, after: bool = False) -> Reply:
    """The page of a web server in front whose homeserver does not answer: HTML where JSON is expected."""
    return Reply(status, _HTML, "text/html", after=after)


@dataclass(slots=True)
class Rule:
    """Which requests a fault befalls: those from the `first` matching one on, `times` of them (None: all)."""

    method: str
    path: re.Pattern[str]
    fault: Fault
    first: int = 1
    times: int | None = 1
    matched: int = 0
    befallen: int = 0

    def befalls(self, seen: Seen) -> bool:
        """Counts a request; True if the fault is for this one."""
        if not _is(seen, self.method, self.path):
            return False
        self.matched += 1
        spent = self.times is not None and self.befallen >= self.times
        if self.matched < self.first or spent:
            return False
        self.befallen += 1
        return True


class Proxy:
    """Stands at `url` in front of a homeserver. Without rules it changes nothing."""

    def __init__(self, homeserver: str) -> None:
        self._homeserver = homeserver.rstrip("/")
        self._port = free_port()
        self._rules: list[Rule] = []
        self._requests: list[Seen] = []
        self._news = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def rule(self, method: str, path: str, fault: Fault, *, first: int = 1, times: int | None = 1) -> Rule:
        """Lets a fault befall requests: of this method (`*`: any) whose path the pattern is found in.

        The earliest rule that befalls a request decides; each rule counts for itself.
        """
        self._rules.append(Rule(method, re.compile(path), fault, first, times))
        return self._rules[-1]

    def forget_rules(self) -> None:
        """From now on everything passes."""
        self._rules.clear()

    def seen(self, method: str = "*", path: str = "") -> list[Seen]:
        """The requests that came by so far, in the order of their arrival."""
        return [request for request in self._requests if _is(request, method, re.compile(path))]

    async def until_seen(self, method: str, path: str, number: int = 1, *, within: float = 10.0) -> list[Seen]:
        """Waits until so many matching requests have come by. Raises TimeoutError."""
        async with asyncio.timeout(within), self._news:
            await self._news.wait_for(lambda: len(self.seen(method, path)) >= number)
            return self.seen(method, path)

    async def start(self) -> None:
        """Listens; after `stop`, at the same address again."""
        application = web.Application(client_max_size=64 * 2**20)
        application.router.add_route("*", "/{path:.*}", self._handle)
        self._session = aiohttp.ClientSession(
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None),
            connector=aiohttp.TCPConnector(limit=0),
        )
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()

    async def stop(self) -> None:
        """Cuts every connection; new ones are refused."""
        if self._runner is not None:
            await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()
        self._runner = self._session = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    async def forward(self, request: web.Request, body: bytes) -> _Answer:
        """Passes a request on as it came and returns what the homeserver says."""
        assert self._session is not None
        url = URL(self._homeserver + request.raw_path, encoded=True)
        headers = _passed_on(request.headers)
        try:
            async with self._session.request(request.method, url, data=body or None, headers=headers) as answer:
                return _Answer(answer.status, _passed_on(answer.headers), await answer.read())
        except aiohttp.ClientError:
            return _Answer(502, {"Content-Type": "text/html"}, _HTML.encode())

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        seen = Seen(request.method, request.path, dict(request.query), await request.read())
        self._requests.append(seen)
        async with self._news:
            self._news.notify_all()
        exchange = _Exchange(request, seen, self)
        fault = self._fault(seen)
        answer = await fault.happen(exchange) if fault is not None else await exchange.forward()
        if answer is None:
            return web.Response()
        seen.status = answer.status
        return web.Response(status=answer.status, headers=answer.headers, body=answer.body)

    def _fault(self, seen: Seen) -> Fault | None:
        fitting = [rule for rule in self._rules if rule.befalls(seen)]
        return fitting[0].fault if fitting else None


def _is(seen: Seen, method: str, path: re.Pattern[str]) -> bool:
    return method in ("*", seen.method) and path.search(seen.path) is not None


def _passed_on(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _NOT_PASSED_ON}
