"""A proxy between a client and the homeserver, which fails, cuts, holds back and rewrites on demand."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import aiohttp
from aiohttp import web
from yarl import URL

Rewrite = Callable[[dict[str, Any]], None]
Wait = Callable[[], Any]


@dataclass(slots=True)
class Rule:
    """What happens to requests whose path contains the part, so many times (-1: always)."""

    part: str
    status: int = 0
    body: Any = None
    cut: bool = False
    rewrite: Rewrite | None = None
    before: Wait | None = None
    times: int = -1


class Between:
    """Listens on loopback; `url` is the homeserver as the client sees it."""

    def __init__(self, homeserver: str) -> None:
        self._homeserver = homeserver
        self.rules: list[Rule] = []
        self.seen: list[tuple[str, Any]] = []

    def fail(self, part: str, status: int = 502, times: int = -1, body: Any = None) -> Rule:
        """Answers without asking the homeserver."""
        return self._add(Rule(part, status=status, times=times, body=body))

    def cut(self, part: str, times: int = 1) -> Rule:
        """The homeserver gets the request; the client gets a broken connection."""
        return self._add(Rule(part, cut=True, times=times))

    def rewrite(self, part: str, rewrite: Rewrite, times: int = -1) -> Rule:
        """Changes the JSON answered."""
        return self._add(Rule(part, rewrite=rewrite, times=times))

    def before(self, part: str, wait: Wait, times: int = 1) -> Rule:
        """Awaits something before the request goes on."""
        return self._add(Rule(part, before=wait, times=times))

    def count(self, part: str) -> int:
        return sum(part in path for path, _ in self.seen)

    def bodies(self, part: str) -> list[Any]:
        return [body for path, body in self.seen if part in path]

    def _add(self, rule: Rule) -> Rule:
        self.rules.append(rule)
        return rule

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=2**26)
        application.router.add_route("*", "/{path:.*}", self._pass)
        # What a client asked that hung up, or was killed, must not be answered: the answer would be lost to the next.
        self._runner = web.AppRunner(application, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        await self._runner.cleanup()

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.seen.append((request.path, json.loads(body) if body else None))
        rule = self._rule(request.path)
        if rule and rule.before:
            await rule.before()
        if rule and rule.status:
            return web.json_response(rule.body or {"errcode": "M_UNKNOWN", "error": "no"}, status=rule.status)
        status, answer = await self._forward(request, body)
        if rule and rule.cut:
            assert request.transport is not None
            request.transport.close()
            await asyncio.sleep(0)
        if rule and rule.rewrite:
            rule.rewrite(answer)
        return web.json_response(answer, status=status)

    def _rule(self, path: str) -> Rule | None:
        for rule in self.rules:
            if rule.part in path and rule.times != 0:
                rule.times -= 1
                return rule
        return None

    async def _forward(self, request: web.Request, body: bytes) -> tuple[int, Any]:
        headers = {name: request.headers[name] for name in ("Authorization",) if name in request.headers}
        url = URL(self._homeserver + request.raw_path, encoded=True)
        async with self._session.request(request.method, url, data=body or None, headers=headers) as answer:
            return answer.status, json.loads(await answer.read() or b"{}")
