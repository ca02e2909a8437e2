"""Requests to the homeserver: one way to ask, one way to fail."""

import asyncio
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from nio import AsyncClient

from bot.errors import MatrixError, Refused, TokenLost, TryLater
from bot.matrix.faults import REFUSES_FOR_NOW

CLIENT = "/_matrix/client/v3"
MEDIA = "/_matrix/media/v3"
ANSWER_WITHIN = 60.0
"""Seconds to wait for an answer; a sync adds the time that it asks the server to wait."""

CONNECTIONS = 100
TOO_LARGE = 413

Json = dict[str, Any]


class Api:
    """Sends requests through nio's HTTP session; unlike nio it raises what failed instead of retrying for ever."""

    def __init__(self, client: AsyncClient, *, may_write: Callable[[], bool] = lambda: True) -> None:
        """`may_write` says whether the process may change anything just now, that is whether no other may."""
        self.client = client
        self._may_write = may_write

    async def request(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        query: dict[str, str] | None = None,
        within: float = ANSWER_WITHIN,
    ) -> Json:
        """Ask, and return the JSON object of the answer.

        `path` starts with /_matrix. Raises TryLater, Refused or TokenLost.
        """
        target = f"{path}?{urlencode(query)}" if query else path
        data = None if body is None else json.dumps(body)
        try:
            return await self._ask(method, target, data, within)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TryLater(0, "NO_ANSWER", type(error).__name__) from None

    async def upload(self, data: bytes, *, media_type: str, within: float = ANSWER_WITHIN) -> str:
        """Upload a file to the homeserver; returns its `mxc:` address. Raises as `request` does."""
        try:
            answer = await self._ask("POST", f"{MEDIA}/upload", data, within, media_type)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TryLater(0, "NO_ANSWER", type(error).__name__) from None
        if not isinstance(address := answer.get("content_uri"), str):
            raise Refused(200, "NO_ADDRESS")
        return address

    async def _ask(
        self, method: str, target: str, data: str | bytes | None, within: float, media_type: str = "application/json"
    ) -> Json:
        if method != "GET" and not self._may_write():
            raise TryLater(0, "NOT_SURE", "another process may be active")
        headers = {"Content-Type": media_type}
        if self.client.access_token:
            headers["Authorization"] = f"Bearer {self.client.access_token}"
        if self.client.client_session is None:
            self.client.client_session = self._session()
        async with asyncio.timeout(within):
            response = await self.client.send(method, target, data, headers, timeout=within)
            raw = await response.read()
        answer = _object(raw)
        if response.status == 200 and answer is not None:
            return answer
        raise _failure(response.status, answer or {}, response.headers.get("Retry-After"))

    def _session(self) -> aiohttp.ClientSession:
        """As nio makes it at its first request of its own, with the limit of its configuration."""
        connector = aiohttp.TCPConnector(limit=CONNECTIONS)
        return aiohttp.ClientSession(connector=connector)

    async def close(self) -> None:
        await self.client.close()


def path(*parts: str, under: str = CLIENT) -> str:
    """A path of the client-server API, every part escaped."""
    return "/".join((under, *map(_escaped, parts)))


@lru_cache(maxsize=1024)
def _escaped(part: str) -> str:
    return quote(part, safe="")


def _object(raw: bytes) -> Json | None:
    try:
        value = json.loads(raw)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _failure(status: int, answer: Json, retry_after: str | None) -> MatrixError:
    """The error of an answer. One that is no Matrix answer comes from a proxy: TryLater."""
    errcode, message = str(answer.get("errcode", "")), str(answer.get("error", ""))
    if status == 429 or errcode == "M_LIMIT_EXCEEDED":
        return TryLater(status, errcode, message, _seconds(answer.get("retry_after_ms"), retry_after))
    if status in (401, 403) and errcode in REFUSES_FOR_NOW:
        return TryLater(status, errcode, message)
    if status == 401 and "flows" in answer:
        return Refused(status, errcode or "AUTHENTICATION_WANTED", message, answer)
    if errcode == "M_UNKNOWN_TOKEN":
        return TokenLost(status, errcode, message, answer)
    if 400 <= status < 500 and errcode:
        return Refused(status, errcode, message, answer)
    if status == TOO_LARGE:  # from the proxy before the homeserver, which would say so each time
        return Refused(status, "M_TOO_LARGE", message, answer)
    return TryLater(status, errcode or "NOT_MATRIX", message)


def _seconds(milliseconds: object, header: str | None) -> float | None:
    if isinstance(milliseconds, int | float):
        return max(0.0, milliseconds / 1000)
    if header is not None and header.isdecimal():
        return float(header)
    return None
