"""What a stranger can do to the addresses that Relais listens on: little, and not for long."""

import asyncio
import logging
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

import pytest
import pytest_asyncio

from bot.cli.running import logs
from bot.http.doors import Limits
from bot.http.web import Web
from tests.attacks import attack
from tests.servers.synapse import free_port

PATIENCE = 10.0
"""Seconds after which a test has failed; none waits that long."""
CEILING = 50
FEED = b"BEGIN:VCALENDAR" + b" " * 20_000_000
"""More than the system takes from us for somebody who does not read."""


class Bot:
    """The active process: it has one calendar, and one that breaks."""

    listening = goes_on = True

    async def figures(self) -> dict[str, float]:
        return {"outbox_waiting": 0}

    async def calendar(self, token: str) -> bytes | None:
        if token == "broken":
            raise RuntimeError("the secret of the calendar")
        return {"known": b"BEGIN:VCALENDAR", "long": FEED}.get(token)


@dataclass
class Socket:
    """One connection of somebody."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def to(cls, port: int, sent: bytes = b"") -> Self:
        opened = cls(*await asyncio.open_connection("127.0.0.1", port))
        opened.writer.write(sent)
        return opened

    async def answer(self) -> bytes:
        """All that comes until the bot closes the connection."""
        answer = b""
        try:
            async with asyncio.timeout(PATIENCE):
                while part := await self.reader.read(65536):
                    answer += part
        except ConnectionError:
            pass
        return answer

    async def close(self) -> None:
        self.writer.transport.abort()
        await asyncio.gather(self.writer.wait_closed(), return_exceptions=True)


class House:
    """The bot's two addresses, and those who knock."""

    def __init__(self) -> None:
        self.inner, self.public = free_port(), free_port()
        self.sockets: list[Socket] = []

    async def knocks(self, sent: bytes = b"", *, inner: bool = False) -> Socket:
        self.sockets.append(await Socket.to(self.inner if inner else self.public, sent))
        return self.sockets[-1]

    async def asks(self, line: str, *, inner: bool = False, more: bytes = b"") -> tuple[int, bytes, bytes]:
        """Status, headers and body of the answer to one request."""
        socket = await self.knocks(line.encode() + b" HTTP/1.1\r\nHost: relais\r\n" + more + b"\r\n", inner=inner)
        head, _, body = (await socket.answer()).partition(b"\r\n\r\n")
        return int(head.split()[1]), head, body


@asynccontextmanager
async def opened(limits: Limits) -> AsyncIterator[House]:
    web, house = Web(limits), House()
    web.active = Bot()
    async with web.served(f"127.0.0.1:{house.inner}", f"127.0.0.1:{house.public}"):
        try:
            yield house
        finally:
            for socket in house.sockets:
                await socket.close()


@pytest_asyncio.fixture
async def house() -> AsyncIterator[House]:
    """Nobody is hurried: what ends there ends by itself, or at the ceiling."""
    async with opened(Limits(ask_within=60, end_within=60, connections=CEILING)) as one:
        yield one


@pytest_asyncio.fixture
async def hurried() -> AsyncIterator[House]:
    """Whoever has not asked, or not read, within a moment is sent away."""
    async with opened(Limits(ask_within=0.2, end_within=0.4)) as one:
        yield one


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


@attack(
    who="a stranger",
    tries="holds three hundred connections open, each with half a request",
    instead="the oldest are closed beyond the ceiling; whoever asks is answered at once",
)
async def test_half_open_connections(house: House) -> None:
    before = descriptors()
    for _ in range(300):
        await house.knocks(b"GET /calendar/known.ics HTTP/1.1\r\nX-Half: ")

    assert (await house.asks("GET /calendar/known.ics"))[::2] == (200, b"BEGIN:VCALENDAR")
    assert (await house.asks("GET /live", inner=True))[::2] == (200, b"alive\n")
    assert descriptors() - before - 300 <= CEILING + 5  # ours, and theirs
    assert await house.sockets[0].answer() == b""


@attack(
    who="a stranger",
    tries="begins a request and never ends it",
    instead="the connection is over within the time that one has to ask",
)
async def test_a_request_without_end(hurried: House) -> None:
    silent, half = await hurried.knocks(), await hurried.knocks(b"GET /calendar/known.ics HTTP/1.1\r\n")
    assert (await silent.answer(), await half.answer()) == (b"", b"")


@attack(
    who="a stranger",
    tries="asks for a long calendar and does not read it",
    instead="the connection is over within the time that one has to read",
)
async def test_an_answer_that_is_not_read(hurried: House) -> None:
    before = descriptors()
    slow = await hurried.knocks(b"GET /calendar/long.ics HTTP/1.1\r\nHost: x\r\n\r\n")
    async with asyncio.timeout(PATIENCE):
        while descriptors() != before + 1:  # the stranger's own
            await asyncio.sleep(0.02)
    assert len(await slow.answer()) < len(FEED)


@attack(
    who="a stranger",
    tries="announces a body of a gigabyte and sends it drop by drop",
    instead="the answer does not wait for it, and the connection is over",
)
async def test_a_body_that_never_comes(house: House) -> None:
    more = b"Content-Length: 1000000000\r\n"
    assert (await house.asks("GET /calendar/known.ics", more=more))[::2] == (200, b"BEGIN:VCALENDAR")
    assert (await house.asks("POST /calendar/known.ics", more=more))[0] == 405


@attack(
    who="a stranger",
    tries="sends a thousand requests behind one another on one connection",
    instead="the first is answered, and the connection is over",
)
async def test_requests_behind_one_another(house: House) -> None:
    socket = await house.knocks(b"GET /calendar/known.ics HTTP/1.1\r\nHost: x\r\n\r\n" * 1000)
    assert (await socket.answer()).count(b"HTTP/1.1 200") == 1


@attack(
    who="a stranger",
    tries="sends what is no HTTP, endless lines and ten thousand headers",
    instead="each is refused without a word of theirs, of ours, or of the software; nothing is logged",
)
@pytest.mark.parametrize(
    "sent",
    [
        b"<script>evil</script>\r\n\r\n",
        b"GET /<evil> HTTP/9.9\r\n\r\n",
        b"GET /" + b"evil" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /live HTTP/1.1\r\nHost: x\r\n" + b"X-Evil: evil\r\n" * 10_000 + b"\r\n",
        b"GET /live HTTP/1.1\r\nevil: " + b"evil" * 5000 + b"\r\n\r\n",
        b"GET /live HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: evil\r\nContent-Length: evil\r\n\r\n",
    ],
    ids=["markup", "version", "line", "headers", "header", "lengths"],
)
async def test_what_is_no_request(house: House, caplog: pytest.LogCaptureFixture, sent: bytes) -> None:
    answer = await (await house.knocks(sent)).answer()
    assert b"evil" not in answer
    assert not re.search(rb"server:|aiohttp|python", answer, re.IGNORECASE)
    assert answer == b"" or answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.0 400 "))
    assert caplog.text == ""


@attack(
    who="a stranger",
    tries="asks for paths that climb, end in %00, or have a token without end",
    instead="nothing is there, and the answer is empty",
)
@pytest.mark.parametrize(
    "path",
    [
        "/calendar/../metrics",
        "/calendar/known.ics%00",
        "/calendar/%6bnown.ics",
        "/calendar/" + "k" * 3000 + ".ics",
        "/calendar/known.ics/",
        "//calendar/known.ics",
        "/CALENDAR/known.ics",
        "/calendar/kno%0d%0aSet-Cookie:x.ics",
        "*",
    ],
)
async def test_absurd_paths(house: House, path: str) -> None:
    status, head, body = await house.asks(f"GET {path}")
    assert (status in (400, 404), body) == (True, b"")
    assert not re.search(rb"server:|aiohttp|python|cookie", head, re.IGNORECASE)


@attack(
    who="a stranger",
    tries="asks the public address how the bot is, and the inner one for calendars",
    instead="each address has its own pages only",
)
async def test_what_is_not_public(house: House) -> None:
    assert [(await house.asks(f"GET {path}"))[0] for path in ("/metrics", "/live", "/ready")] == [404] * 3
    assert [(await house.asks(f"GET {path}", inner=True))[0] for path in ("/metrics", "/live", "/ready")] == [200] * 3
    assert (await house.asks("GET /calendar/known.ics", inner=True))[0] == 404


@attack(
    who="a stranger",
    tries="tries every other method, and an expectation of their own",
    instead="one may read, and nothing is repeated or named",
)
async def test_other_methods(house: House) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "EVIL"):
        status, head, body = await house.asks(f"{method} /calendar/known.ics")
        assert (status in (400, 405), body) == (True, b""), method
        assert not re.search(rb"server:|aiohttp|python|evil", head, re.IGNORECASE)
    status, _, body = await house.asks("GET /calendar/known.ics", more=b"Expect: evil\r\n")
    assert (status, body) == (200, b"BEGIN:VCALENDAR")
    status, head, body = await house.asks("HEAD /calendar/known.ics")
    assert (status, b"Content-Length: 15" in head, body) == (200, True, b"")


@attack(
    who="a reader of calendars",
    tries="asks for one that breaks us, a thousand times",
    instead="the answer is an empty 500; the log has one entry a minute, which counts the others",
)
async def test_what_breaks_us(house: House, caplog: pytest.LogCaptureFixture) -> None:
    status, head, body = await house.asks("GET /calendar/broken.ics")
    assert (status, body) == (500, b"")
    assert b"server:" not in head.lower()
    (record,) = caplog.records
    assert "secret" not in record.getMessage()

    written = _written([record.created + second / 20 for second in range(1000)] + [record.created + 70], record)
    assert len(written) == 2
    assert written[1].endswith("(and 999 more since)")


@attack(
    who="a stranger with a thousand sockets",
    tries="takes the last file descriptor, so that the event loop complains without end",
    instead="the complaint is written once a minute",
)
async def test_the_complaint_of_the_event_loop(caplog: pytest.LogCaptureFixture) -> None:
    context = {"message": "socket.accept() out of system resource", "exception": OSError(24, "Too many open files")}
    logs.unhandled(asyncio.get_running_loop(), context)
    (record,) = caplog.records
    assert len(_written([record.created] * 500, record)) == 1


def _written(times: list[float], record: logging.LogRecord) -> list[str]:
    """What of this record, logged at these times, is written."""
    once, written = logs.OncePerMinute(), []
    for at in times:
        again = logging.makeLogRecord(record.__dict__ | {"created": at})
        if once.filter(again):
            written.append(again.getMessage())
    return written
