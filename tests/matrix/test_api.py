"""Which answers of a homeserver, or of what stands before it, are final, and which are asked for again."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from nio import AsyncClient

from bot.errors import MatrixError, Refused, TokenLost, TryLater
from bot.matrix.api import Api

PAGE = "<html><h1>nginx</h1></html>"


class Town:
    """Answers every request with what the test says."""

    answer: dict[str, Any]

    async def says(self, request: web.Request) -> web.Response:
        return web.Response(**self.answer)


@pytest_asyncio.fixture
async def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def api(town: Town) -> AsyncIterator[Api]:
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", town.says)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    api = Api(AsyncClient(f"http://{host}:{port}"))
    yield api
    await api.close()
    await runner.cleanup()


@pytest.mark.parametrize(
    ("status", "text", "error"),
    [
        (403, '{"errcode": "M_FORBIDDEN"}', Refused),
        (403, '{"errcode": "M_USER_SUSPENDED"}', TryLater),
        (401, '{"errcode": "M_USER_LOCKED", "soft_logout": true}', TryLater),
        (403, '{"errcode": "M_CONSENT_NOT_GIVEN", "consent_uri": "https://example.org"}', TryLater),
        (403, '{"errcode": "M_RESOURCE_LIMIT_EXCEEDED"}', TryLater),
        (400, '{"errcode": "M_RESOURCE_LIMIT_EXCEEDED"}', Refused),  # this room is too large to be joined
        (413, '{"errcode": "M_TOO_LARGE"}', Refused),
        (413, PAGE, Refused),
        (401, '{"errcode": "M_UNKNOWN_TOKEN"}', TokenLost),
        (401, '{"errcode": "M_UNKNOWN_TOKEN", "flows": []}', Refused),
        (429, '{"errcode": "M_LIMIT_EXCEEDED"}', TryLater),
        (429, PAGE, TryLater),
        (404, PAGE, TryLater),
        (502, PAGE, TryLater),
        (200, PAGE, TryLater),
        (200, "[]", TryLater),
    ],
)
async def test_a_failure_is_final_or_not(
    api: Api, town: Town, status: int, text: str, error: type[MatrixError]
) -> None:
    town.answer = {"status": status, "text": text}
    with pytest.raises(MatrixError) as failure:
        await api.request("PUT", "/_matrix/client/v3/anything", {})
    assert type(failure.value) is error


async def test_nothing_is_changed_while_another_process_may_be_active() -> None:
    """Not even asked: there is nobody at this address."""
    api = Api(AsyncClient("http://127.0.0.1:9"), may_write=lambda: False)
    with pytest.raises(TryLater, match="another process may be active"):
        await api.request("PUT", "/_matrix/client/v3/anything", {})
    with pytest.raises(TryLater, match="NO_ANSWER"):
        await api.request("GET", "/_matrix/client/v3/anything")
    await api.close()


@pytest.mark.parametrize(
    ("header", "body", "seconds"),
    [
        ({}, '{"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1500}', 1.5),
        ({"Retry-After": "7"}, PAGE, 7),
        ({"Retry-After": "soon"}, PAGE, None),
        ({}, PAGE, None),
    ],
)
async def test_a_busy_server_says_when_to_come_back(
    api: Api, town: Town, header: dict[str, str], body: str, seconds: float | None
) -> None:
    town.answer = {"status": 429, "text": body, "headers": header}
    with pytest.raises(TryLater) as later:
        await api.request("GET", "/_matrix/client/v3/sync")
    assert later.value.retry_after == seconds
