"""What machines may ask over HTTP, and what they never learn."""

import re
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from bot.errors import StartRefused
from bot.http.web import Web, address
from tests.chat import ANA, MODO, Chat
from tests.servers.synapse import free_port


class Bot:
    """The active process, as healthy as a test wants it."""

    listening = goes_on = True
    database_answers = True

    async def figures(self) -> dict[str, float]:
        if not self.database_answers:
            raise ConnectionError
        return {"inbox_waiting": 3, "outbox_waiting": 0, "outbox_failed": 1, "sync_age_seconds": 0.5}

    async def calendar(self, token: str) -> bytes | None:
        return b"BEGIN:VCALENDAR" if token == "known" else None


class Asked:
    """A machine that asks."""

    def __init__(self, web: Web, base: str, session: aiohttp.ClientSession) -> None:
        self.web, self.base, self._session = web, base, session

    async def get(self, path: str) -> tuple[int, str]:
        async with self._session.get(self.base + path) as response:
            return response.status, await response.text()


@pytest_asyncio.fixture
async def asked() -> AsyncIterator[Asked]:
    web, listen = Web(), f"127.0.0.1:{free_port()}"
    async with web.served(listen), aiohttp.ClientSession() as session:
        yield Asked(web, f"http://{listen}", session)


async def test_a_standby_is_alive_and_not_ready(asked: Asked) -> None:
    assert (await asked.get("/live"))[0] == 200
    status, said = await asked.get("/ready")
    assert (status, said.startswith("standby")) == (503, True)
    assert "relais_active 0.0" in (await asked.get("/metrics"))[1]


async def test_it_is_ready_while_database_and_homeserver_answer(asked: Asked) -> None:
    asked.web.active = bot = Bot()
    assert await asked.get("/ready") == (200, "ready\n")
    bot.listening = False
    assert await asked.get("/ready") == (503, "the homeserver does not answer\n")
    bot.listening, bot.database_answers = True, False
    assert await asked.get("/ready") == (503, "the database does not answer\n")
    assert (await asked.get("/live"))[0] == 200


async def test_metrics_hold_figures_and_no_person_room_or_word(asked: Asked, chat: Chat) -> None:
    asked.web.active = Bot()
    await chat.says(ANA, "!doc messagerie")
    status, text = await asked.get("/metrics")
    assert status == 200
    assert "relais_inbox_waiting 3.0" in text
    assert 'relais_events_handled_total{kind="message"}' in text
    assert 'relais_sends_total{kind="message"}' in text
    assert "relais_answers_total 0.0" not in text
    assert "relais_handling_seconds_bucket" in text
    for private in (ANA, "ana", chat.room, "messagerie"):
        assert private not in text


async def test_commands_are_counted_by_what_came_of_them(asked: Asked, chat: Chat) -> None:
    async def counted(command: str, result: str) -> float:
        _status, text = await asked.get("/metrics")
        found = re.search(rf'relais_commands_total{{command="{command}",result="{result}"}} (\S+)', text)
        return float(found[1]) if found else 0.0

    answered, refused = await counted("ping", "answered"), await counted("rdv.new", "refused")
    await chat.says(ANA, "!ping")
    await chat.says(ANA, "!rdv nouveau")
    assert await counted("ping", "answered") - answered == 1
    assert await counted("rdv.new", "refused") - refused == 1

    await chat.says(MODO, "!admin langue")
    assert await counted("admin.language", "answered") >= 1  # of whichever folder of `!admin`


async def test_metrics_go_on_while_the_database_is_away(asked: Asked) -> None:
    asked.web.active = bot = Bot()
    bot.database_answers = False
    status, text = await asked.get("/metrics")
    assert status == 200
    assert "relais_active 1.0" in text
    assert "relais_inbox_waiting" not in text


async def test_a_calendar_is_read_by_its_address_alone(asked: Asked) -> None:
    assert (await asked.get("/calendar/known.ics"))[0] == 503
    asked.web.active = Bot()
    assert await asked.get("/calendar/known.ics") == (200, "BEGIN:VCALENDAR")
    assert await asked.get("/calendar/guessed.ics") == (404, "")


async def test_there_is_nothing_else(asked: Asked) -> None:
    assert (await asked.get("/"))[0] == 404
    assert (await asked.get("/calendar/"))[0] == 404


async def test_an_address_that_is_taken_is_said(asked: Asked) -> None:
    taken = asked.base.removeprefix("http://")
    with pytest.raises(StartRefused, match=f"RELAIS_LISTEN: {taken} cannot be listened on"):
        async with Web().served(taken):
            pass


@pytest.mark.parametrize(
    ("written", "read"), [("127.0.0.1:8080", ("127.0.0.1", 8080)), ("[::1]:80", ("::1", 80)), ("host:0", ("host", 0))]
)
def test_host_and_port_are_read(written: str, read: tuple[str, int]) -> None:
    assert address(written) == read


@pytest.mark.parametrize("written", ["8080", "host", "host:", ":80", "host:80a", "host:99999", "host:-1"])
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(StartRefused, match="must look like"):
        address(written)


async def test_one_address_serves_both_when_only_one_is_set() -> None:
    inner, public = (f"127.0.0.1:{free_port()}" for _ in range(2))
    for chosen in ((inner, ""), ("", public)):
        web = Web()
        web.active = Bot()
        async with web.served(*chosen), aiohttp.ClientSession() as session:
            asked = Asked(web, f"http://{''.join(chosen)}", session)
            for path in ("/live", "/ready", "/metrics", "/calendar/known.ics"):
                assert (await asked.get(path))[0] == 200


async def test_the_same_address_twice_is_refused() -> None:
    with pytest.raises(StartRefused, match=r"RELAIS_PUBLIC_LISTEN: 127\.0\.0\.1:8080 is RELAIS_LISTEN already"):
        async with Web().served("127.0.0.1:8080", "127.0.0.1:8080"):
            pass


async def test_a_public_address_that_is_none_is_named() -> None:
    with pytest.raises(StartRefused, match="RELAIS_PUBLIC_LISTEN: “8081” must look like"):
        async with Web().served("", "8081"):
            pass


async def test_a_client_that_keeps_connections_goes_on_asking(asked: Asked) -> None:
    asked.web.active = Bot()
    for _ in range(5):
        assert await asked.get("/ready") == (200, "ready\n")
