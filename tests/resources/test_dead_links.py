"""Promises of the look at links: polite, and sure before it says that a page is gone."""

from collections import Counter
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from bot.resources.dead_links import Links

STATUS = {
    "/there": 200,
    "/moved": 302,
    "/gone": 404,
    "/removed": 410,
    "/closed": 403,
    "/busy": 503,
    "/late": 429,
    "/no-head": 404,
}


class Site(TestServer):
    """Answers by path; counts what it was asked, and how many questions stood open at once."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.open = self.most = 0
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        super().__init__(app)

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked[f"{request.method} {request.path}"] += 1
        self.open += 1
        self.most = max(self.most, self.open)
        status = STATUS[request.path]
        if request.path == "/no-head" and request.method == "GET":
            status = 200
        self.open -= 1
        return web.Response(status=status, headers={"Location": "/gone"} if status == 302 else {})


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    async with site:
        yield site


async def dead(addresses: list[str]) -> set[str]:
    async with Links(pause=0, public_only=False) as links:
        return await links.dead(addresses)


async def test_only_pages_that_are_gone_are_dead(site: Site) -> None:
    addresses = {path: str(site.make_url(path)) for path in STATUS}
    assert await dead(list(addresses.values())) == {addresses["/gone"], addresses["/removed"]}
    assert site.asked["GET /there"] == 0
    assert site.asked["GET /gone"] == 1
    assert site.most == 1


async def test_a_server_that_is_gone_counts_only_while_others_answer(site: Site) -> None:
    nobody = f"http://127.0.0.1:{unused_port()}/page"
    assert await dead([nobody]) == set()
    elsewhere = str(site.make_url("/there")).replace("127.0.0.1", "localhost")
    assert await dead([nobody, elsewhere]) == {nobody}


async def test_a_certificate_that_is_not_trusted_says_nothing_of_the_page(site: Site) -> None:
    there = str(site.make_url("/there"))
    assert await dead([there, there.replace("http:", "https:").replace("127.0.0.1", "localhost")]) == set()


async def test_servers_inside_are_never_asked(site: Site) -> None:
    async with Links(pause=0) as links:
        assert await links.dead([str(site.make_url("/gone"))]) == set()
    assert not site.asked
