"""Checks whether the pages of resources still exist, politely: one request at a time per server."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from enum import Enum
from ipaddress import ip_address
from itertools import groupby
from typing import Self
from urllib.parse import urlsplit

import aiohttp

from bot.http.outgoing import STRAIGHT, Outgoing

logger = logging.getLogger(__name__)

PAUSE = 2.0
"""Seconds between two requests to one server."""
AT_ONCE = 4
"""Servers asked at the same time."""
TIMEOUT = 20.0
_GONE = frozenset({404, 410})
_AGENT = "Relais (weekly check of links)"
_METHODS = ("HEAD", "GET")


class Found(Enum):
    """`SILENT`: no such server, or it does not answer. `UNSURE`: busy, forbidden, late: nothing known of the page."""

    THERE = "there"
    GONE = "gone"
    SILENT = "silent"
    UNSURE = "unsure"


class Links:
    """Asks servers for pages, `pause` seconds apart; with `public_only`, only servers of the public internet."""

    def __init__(self, *, pause: float = PAUSE, public_only: bool = True, outgoing: Outgoing = STRAIGHT) -> None:
        self._outgoing = outgoing
        self._pause = pause
        self._public_only = public_only
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT)
        self._session = aiohttp.ClientSession(timeout=timeout, headers={"User-Agent": _AGENT})
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def dead(self, addresses: Iterable[str]) -> set[str]:
        """The addresses whose page is gone, or whose server is silent while others answer (or we may be offline)."""
        by_server = [list(group) for _, group in groupby(sorted(set(addresses), key=_server), key=_server)]
        room = asyncio.Semaphore(AT_ONCE)
        found: dict[str, Found] = {}
        for some in await asyncio.gather(*(self._ask_server(group, room) for group in by_server)):
            found |= some
        online = any(each in (Found.THERE, Found.GONE) for each in found.values())
        logger.info("%d links looked at", len(found))
        return {url for url, each in found.items() if each is Found.GONE or (online and each is Found.SILENT)}

    async def _ask_server(self, addresses: Sequence[str], room: asyncio.Semaphore) -> dict[str, Found]:
        async with room:
            if self._public_only and not await _public(_server(addresses[0])):
                return {}
            found = {}
            for number, address in enumerate(addresses):
                await asyncio.sleep(self._pause if number else 0)
                found[address] = await self._ask(address)
            return found

    async def _ask(self, address: str) -> Found:
        """Send HEAD, then GET if the answer to HEAD is not good. A redirection is not followed: it is an answer."""
        assert self._session is not None
        found = Found.UNSURE
        for method in _METHODS:
            try:
                proxy, trust = self._outgoing.proxy_for(address), self._outgoing.trust()
                async with self._session.request(
                    method, address, allow_redirects=False, proxy=proxy, ssl=trust
                ) as answer:
                    found = _meaning(answer.status)
            except (aiohttp.ClientSSLError, aiohttp.ClientProxyConnectionError):
                # It answers, but we do not trust its certificate; browsers may. Or it was not even asked.
                found = Found.UNSURE
            except aiohttp.ClientConnectorError:
                found = Found.SILENT
            except (aiohttp.ClientError, TimeoutError, ValueError):
                found = Found.UNSURE
            if found is Found.THERE:
                break
            await asyncio.sleep(self._pause)
        return found


def _meaning(status: int) -> Found:
    if status < 400:
        return Found.THERE
    return Found.GONE if status in _GONE else Found.UNSURE


def _server(address: str) -> str:
    return urlsplit(address).hostname or ""


async def _public(name: str) -> bool:
    """Whether a host name resolves to public addresses only; an unknown name counts as public, and will be SILENT."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, None)
    except (OSError, UnicodeError):
        return True
    return all(ip_address(each[4][0]).is_global for each in found)
