"""How the bot logs in, who is asked for what before a password leaves, and how it stays logged in."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from bot.cli import check_account
from bot.errors import StartRefused, TokenLost, TryLater
from bot.matrix import session
from bot.matrix.api import Json
from bot.settings import Settings
from tests.servers.synapse import free_port

SELF_SIGNED = Path(__file__).parents[1] / "servers" / "self_signed.pem"
BOT, PASSWORD = "@relais:example.org", "hunter2-s3cr3t"
WHOAMI = {"user_id": BOT, "device_id": "DEVICE"}


class Homeserver:
    """Answers as the test says, by method and end of the path; `asked` is what came, with the token that was shown."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[str] = []
        self.bodies: list[str] = []
        self.answers: dict[str, web.Response | Json] = {
            "GET versions": {"versions": ["v1.11"]},
            "GET login": {"flows": [{"type": "m.login.password"}]},
            "POST login": {"device_id": "DEVICE", "access_token": "first"},
        }
        self.valid = {"first"}

    async def answer(self, request: web.Request) -> web.Response:
        what = f"{request.method} {request.path.rpartition('/')[2]}"
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.asked.append(f"{what} {token}".strip())
        self.bodies.append(await request.text())
        found = self.answers.get(what)
        if isinstance(found, web.Response):
            return web.Response(status=found.status, text=found.text, headers=found.headers)
        if found is not None:
            return web.json_response(found)
        if token not in self.valid:
            return web.json_response({"errcode": "M_UNKNOWN_TOKEN", "soft_logout": True}, status=401)
        return web.json_response(WHOAMI)


def error(errcode: str, status: int = 403) -> web.Response:
    return web.Response(status=status, text=json.dumps({"errcode": errcode}))


@asynccontextmanager
async def served(homeserver: Homeserver, tls: ssl.SSLContext | None = None) -> AsyncIterator[None]:
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", homeserver.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    port = runner.addresses[0][1]
    homeserver.url = f"http{'s' if tls else ''}://127.0.0.1:{port}"
    yield
    await runner.cleanup()


@pytest_asyncio.fixture
async def homeserver() -> AsyncIterator[Homeserver]:
    homeserver = Homeserver()
    async with served(homeserver):
        yield homeserver


@pytest_asyncio.fixture
async def with_own_authority() -> AsyncIterator[Homeserver]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(SELF_SIGNED)
    homeserver = Homeserver()
    async with served(homeserver, tls):
        yield homeserver


@pytest.fixture
def of(tmp_path: Path) -> Any:
    def settings(homeserver: Homeserver, **given: Any) -> Settings:
        return Settings(homeserver=homeserver.url, user_id=BOT, data_dir=tmp_path, password=PASSWORD, **given)

    return settings


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirection_to_https_is_refused_before_a_password_leaves(
    homeserver: Homeserver, of: Any, status: int
) -> None:
    sent_on = web.Response(status=status, headers={"Location": "https://matrix.example.org/_matrix/client/versions"})
    homeserver.answers["GET versions"] = sent_on
    with pytest.raises(StartRefused, match=r"sends on to https://matrix\.example\.org: set RELAIS_HOMESERVER to that"):
        await session.open_session(of(homeserver))
    assert homeserver.asked == ["GET versions"]
    assert PASSWORD not in str(homeserver.bodies)


async def test_a_page_of_a_gateway_that_redirects_for_a_while_is_waited_for(homeserver: Homeserver, of: Any) -> None:
    homeserver.answers["GET versions"] = web.Response(status=302, headers={"Location": "/maintenance"})
    with pytest.raises(TryLater):
        await session.open_session(of(homeserver))


@pytest.mark.parametrize(
    "flows",
    [{"flows": [{"type": "m.login.sso"}, {"type": "m.login.token"}]}, error("M_UNRECOGNIZED", 404)],
    ids=["single sign-on", "another service"],
)
async def test_where_no_password_is_taken_none_is_sent(homeserver: Homeserver, of: Any, flows: Any) -> None:
    homeserver.answers["GET login"] = flows
    with pytest.raises(StartRefused, match=r"takes no passwords.*set RELAIS_ACCESS_TOKEN"):
        await session.open_session(of(homeserver))
    assert PASSWORD not in str(homeserver.bodies)


async def test_a_locked_account_is_waited_for(homeserver: Homeserver, of: Any) -> None:
    homeserver.answers["POST login"] = error("M_USER_LOCKED", 401)
    with pytest.raises(TryLater):
        await session.open_session(of(homeserver))


# A token that expires


async def test_a_token_that_expires_is_renewed_once_for_all_who_need_it(
    homeserver: Homeserver, of: Any, tmp_path: Path
) -> None:
    """First by the password, which brings a refresh token, then by that."""
    _session, api = await session.open_session(of(homeserver))
    homeserver.valid = {"second"}
    homeserver.answers["POST login"] = {"device_id": "DEVICE", "access_token": "second", "refresh_token": "again"}
    assert (
        await asyncio.gather(*(api.request("GET", "/_matrix/client/v3/account/whoami") for _ in range(5)))
        == [WHOAMI] * 5
    )
    assert homeserver.asked.count("POST login") == 2
    assert json.loads(homeserver.bodies[[i for i, a in enumerate(homeserver.asked) if a == "POST login"][1]]) == {
        **json.loads(homeserver.bodies[homeserver.asked.index("POST login")]),
        "device_id": "DEVICE",
        "refresh_token": True,
    }

    homeserver.valid = {"third"}
    homeserver.answers["POST refresh"] = {"access_token": "third", "refresh_token": "again and again"}
    assert await api.request("GET", "/_matrix/client/v3/account/whoami") == WHOAMI
    assert homeserver.asked.count("POST login") == 2
    stored = json.loads((tmp_path / session.FILE).read_text())
    assert (stored["access_token"], stored["refresh_token"]) == ("third", "again and again")
    await api.close()


async def test_at_the_next_start_too(homeserver: Homeserver, of: Any) -> None:
    _first, api = await session.open_session(of(homeserver))
    await api.close()
    homeserver.valid = {"second"}
    homeserver.answers["POST login"] = {"device_id": "DEVICE", "access_token": "second", "refresh_token": "again"}
    again, api = await session.open_session(of(homeserver))
    await api.close()
    assert (again.access_token, again.refresh_token, again.device_id) == ("second", "again", "DEVICE")


async def test_what_cannot_be_renewed_is_lost(homeserver: Homeserver, of: Any) -> None:
    _session, api = await session.open_session(of(homeserver))
    homeserver.valid = set()
    homeserver.answers["POST login"] = error("M_FORBIDDEN")
    with pytest.raises(TokenLost):
        await api.request("GET", "/_matrix/client/v3/account/whoami")
    await api.close()


# Certificates and proxies


async def said(settings: Settings) -> str:
    with pytest.raises(StartRefused) as refused:
        async for _line in check_account.homeserver(settings):
            pass
    return str(refused.value)


async def test_a_certificate_of_an_unknown_authority_is_called_that(with_own_authority: Homeserver, of: Any) -> None:
    told = await said(of(with_own_authority))
    assert told.startswith(f"The certificate of {with_own_authority.url} is not trusted (self-signed certificate): ")
    assert "RELAIS_CA_FILE or SSL_CERT_FILE" in told
    assert with_own_authority.asked == []


async def test_the_certificate_of_an_own_authority_is_trusted_once_it_is_named(
    with_own_authority: Homeserver, of: Any
) -> None:
    found, api = await session.open_session(of(with_own_authority, ca_file=SELF_SIGNED))
    await api.close()
    assert found.access_token == "first"


@pytest.mark.parametrize(("content", "why"), [(None, "No such file"), ("no certificate", "it holds no certificate")])
async def test_a_file_without_certificates_is_said(
    homeserver: Homeserver, of: Any, tmp_path: Path, content: str | None, why: str
) -> None:
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(StartRefused, match=rf"RELAIS_CA_FILE names .*, which cannot be used \({why}"):
        await session.open_session(of(homeserver, ca_file=file))


async def test_a_proxy_that_was_set_is_gone_through(homeserver: Homeserver, of: Any) -> None:
    """An HTTP proxy gets the whole address: ours answers for a homeserver that nobody knows."""
    proxy, homeserver.url = homeserver.url, "http://matrix.example.org"
    found, api = await session.open_session(of(homeserver, proxy=proxy))
    await api.close()
    assert found.access_token == "first"


async def test_through_a_proxy_the_certificate_is_still_the_homeservers(
    with_own_authority: Homeserver, of: Any
) -> None:
    through: list[str] = []

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        through.append((await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[0])
        inner, outer = await asyncio.open_connection(*through[-1].split()[1].split(":"))
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(_copy(reader, outer), _copy(inner, writer))

    async with await asyncio.start_server(connect, "127.0.0.1", 0) as proxy:
        address = f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}"
        with pytest.raises(TryLater, match="CERTIFICATE"):
            await session.open_session(of(with_own_authority, proxy=address))
        _found, api = await session.open_session(of(with_own_authority, proxy=address, ca_file=SELF_SIGNED))
        await api.close()
    assert through[-1].startswith(f"CONNECT {with_own_authority.url.removeprefix('https://')} ")


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while some := await reader.read(4096):
            writer.write(some)
    writer.close()


async def test_a_proxy_of_the_environment_is_gone_through(
    homeserver: Homeserver, of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", homeserver.url)
    homeserver.url = "http://matrix.example.org"
    _found, api = await session.open_session(of(homeserver))
    await api.close()
    monkeypatch.setenv("no_proxy", "example.org")
    with pytest.raises(TryLater, match="NO_ANSWER"):
        await session.open_session(of(homeserver))


async def test_this_machine_is_reached_past_the_environments_proxy(
    homeserver: Homeserver, of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    _found, api = await session.open_session(of(homeserver))
    await api.close()


async def test_a_proxy_that_does_not_let_us_through_is_said_without_its_password(
    homeserver: Homeserver, of: Any
) -> None:
    told = await said(of(homeserver, proxy=f"http://us:{PASSWORD}@127.0.0.1:{free_port()}"))
    assert told.startswith(
        f"The proxy does not let Relais through to {homeserver.url} (it does not answer): see RELAIS_"
    )
    assert PASSWORD not in told
    homeserver.answers["GET versions"] = web.Response(status=407)
    proxy, homeserver.url = homeserver.url, "http://matrix.example.org"
    assert "(it answers 407)" in await said(of(homeserver, proxy=proxy))
