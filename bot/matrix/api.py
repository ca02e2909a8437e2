"""Requests to the homeserver: one way to ask, one way to fail."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from nio import AsyncClient
from yarl import URL

from bot.errors import MatrixError, Refused, TokenLost, TryLater
from bot.http.outgoing import STRAIGHT, Outgoing
from bot.matrix import faults

CLIENT = "/_matrix/client/v3"
MEDIA = "/_matrix/media/v3"
ANSWER_WITHIN = 60.0
"""Seconds to wait for an answer; a sync adds the time that it asks the server to wait."""

CONNECTIONS = 100
TOO_LARGE = 413
BEFORE_THE_PROXY = 407

Json = dict[str, Any]


class Api:
    """Sends requests with nio's account; unlike nio it raises what failed instead of retrying for ever."""

    def __init__(
        self, client: AsyncClient, outgoing: Outgoing = STRAIGHT, *, may_write: Callable[[], bool] = lambda: True
    ) -> None:
        """`may_write` says whether the process may change anything just now, that is whether no other may.

        Raises StartRefused when the certificates that `outgoing` trusts cannot be read.
        """
        self.client = client
        self.renew: Callable[[], Awaitable[bool]] | None = None
        """Gets a new access token in place of one that has expired; False if it cannot."""
        self._may_write = may_write
        self._renewing = asyncio.Lock()
        self._trust = outgoing.trust()
        self._proxy = outgoing.proxy_for(client.homeserver)

    async def request(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        query: dict[str, str] | None = None,
        within: float = ANSWER_WITHIN,
        bare: bool = False,
    ) -> Json:
        """Ask, and return the JSON object of the answer. `bare` shows no token; else one that has expired is renewed.

        `path` starts with /_matrix. Raises TryLater, Refused or TokenLost.
        """
        target = f"{path}?{urlencode(query)}" if query else path
        data = None if body is None else json.dumps(body)
        if bare:
            return await self._ask_once(method, target, data, within, token="")
        return await self._ask(method, target, data, within)

    async def upload(self, data: bytes, *, media_type: str, within: float = ANSWER_WITHIN) -> str:
        """Upload a file to the homeserver; returns its `mxc:` address. Raises as `request` does."""
        answer = await self._ask("POST", f"{MEDIA}/upload", data, within, media_type)
        if not isinstance(address := answer.get("content_uri"), str):
            raise Refused(200, "NO_ADDRESS")
        return address

    async def _ask(
        self, method: str, target: str, data: str | bytes | None, within: float, media_type: str = "application/json"
    ) -> Json:
        """Ask, and once more with a new token if the present one has expired."""
        token = self.client.access_token
        try:
            return await self._ask_once(method, target, data, within, media_type, token=token)
        except TokenLost as error:
            if not error.body.get("soft_logout") or not await self._renewed(token):
                raise
        return await self._ask_once(method, target, data, within, media_type, token=self.client.access_token)

    async def _renewed(self, token: str) -> bool:
        """Whether there is another token than this one; several requests may find out at once that it has expired."""
        if self.renew is None:
            return False
        async with self._renewing:
            return self.client.access_token != token or await self.renew()

    async def _ask_once(
        self,
        method: str,
        target: str,
        data: str | bytes | None,
        within: float,
        media_type: str = "application/json",
        *,
        token: str,
    ) -> Json:
        if method != "GET" and not self._may_write():
            raise TryLater(0, "NOT_SURE", "another process may be active")
        headers = {"Content-Type": media_type}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            async with asyncio.timeout(within), self._sent(method, target, data, headers, within) as response:
                raw = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise faults.unreached(error) from None
        answer = _object(raw)
        if response.status == 200 and answer is not None:
            return answer
        raise _failure(response, answer or {})

    def _sent(
        self, method: str, target: str, data: str | bytes | None, headers: dict[str, str], within: float
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """The request, which follows no redirection: token and password are for the homeserver that was named."""
        if self.client.client_session is None:
            self.client.client_session = self._session()
        session: aiohttp.ClientSession = self.client.client_session
        return session.request(
            method,
            self.client.homeserver + target,
            data=data,
            headers=headers,
            timeout=aiohttp.ClientTimeout(total=within),
            allow_redirects=False,
            proxy=self._proxy,
            ssl=self._trust,
        )

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


def _failure(response: aiohttp.ClientResponse, answer: Json) -> MatrixError:
    """The error of an answer. One that is no Matrix answer comes from a proxy: TryLater."""
    status, retry_after = response.status, response.headers.get("Retry-After")
    if 300 <= status < 400 and (location := response.headers.get("Location")):
        return TryLater(status, faults.REDIRECTED, str(response.url.join(URL(location)).origin()))
    if status == BEFORE_THE_PROXY:
        return TryLater(0, faults.PROXY, f"it answers {status}")
    errcode, message = str(answer.get("errcode", "")), str(answer.get("error", ""))
    if status == 429 or errcode == "M_LIMIT_EXCEEDED":
        return TryLater(status, errcode, message, _seconds(answer.get("retry_after_ms"), retry_after))
    if status in (401, 403) and errcode in faults.REFUSES_FOR_NOW:
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
