"""Promises about attached files: one place for each, unreadable for the server in encrypted rooms, never in the way."""

from typing import Any, cast

import pytest
from nio.crypto.attachments import decrypt_attachment

from bot.documents import process as printing
from bot.errors import Refused, TryLater
from bot.mailbox.tables import OutboxMessage
from bot.matrix.api import Api
from bot.matrix.content import Placed
from bot.matrix.media import TRIES, Media
from bot.pictures import process
from bot.process import apart

ROW = OutboxMessage(
    id=7,
    kind="attach",
    content={"name": "a.ics", "media_type": "text/calendar", "text": "été"},
    account="@b:s",
    key="k",
    txn_id="t",
    lane="!r",
    status="pending",
    device_id="D",
)


class Server:
    """Keeps what is uploaded, or fails as it is told."""

    def __init__(self, failure: TryLater | None = None) -> None:
        self.kept: list[tuple[bytes, str]] = []
        self._failure = failure

    async def upload(self, data: bytes, *, media_type: str) -> str:
        if self._failure is not None:
            raise self._failure
        self.kept.append((data, media_type))
        return f"mxc://example.org/{len(self.kept)}"


def media(server: Server) -> Media:
    return Media(cast(Api, server))


async def test_a_row_tried_again_names_the_same_file() -> None:
    server = Server()
    files = media(server)
    assert [await files.place(ROW, secret=False) for _ in range(2)] == [
        Placed({"url": "mxc://example.org/1"}, len("été".encode()))
    ] * 2
    assert server.kept == [("été".encode(), "text/calendar")]


async def test_in_an_encrypted_room_only_the_event_opens_the_file() -> None:
    server = Server()
    file: Any = (await media(server).place(ROW, secret=True)).place["file"]
    [(data, media_type)] = server.kept
    assert "été".encode() not in data
    assert media_type == "application/octet-stream"
    assert file["url"] == "mxc://example.org/1"
    assert file["v"] == "v2"
    assert decrypt_attachment(data, file["key"]["k"], file["hashes"]["sha256"], file["iv"]) == "été".encode()


@pytest.mark.parametrize(
    ("failure", "given_up"),
    [
        (TryLater(502, "NOT_MATRIX"), True),
        (TryLater(429, "M_LIMIT_EXCEEDED"), False),
        (TryLater(0, "NO_ANSWER"), False),
    ],
)
async def test_a_server_without_files_does_not_keep_the_room_waiting(failure: TryLater, given_up: bool) -> None:
    files = media(Server(failure))
    for _ in range(TRIES - 1):
        with pytest.raises(TryLater):
            await files.place(ROW, secret=False)
    with pytest.raises(Refused if given_up else TryLater):
        await files.place(ROW, secret=False)


async def test_a_picture_is_drawn_when_it_is_sent_and_sealed_like_any_file(monkeypatch: pytest.MonkeyPatch) -> None:
    async def drawn(chart: object) -> bytes:
        assert chart == {"rows": [1]}
        return b"PNG"

    monkeypatch.setattr(process, "draw", drawn)
    server = Server()
    picture = OutboxMessage(**ROW.model_dump() | {"kind": "draw", "content": _PICTURE})

    place: Any = (await media(server).place(picture, secret=True)).place["file"]

    [(data, _media_type)] = server.kept
    assert decrypt_attachment(data, place["key"]["k"], place["hashes"]["sha256"], place["iv"]) == b"PNG"


async def test_a_document_is_printed_when_it_is_sent_and_sealed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    async def printed(document: object) -> bytes:
        assert document == {"title": "one"}
        return b"%PDF"

    monkeypatch.setattr(printing, "printed", printed)
    server, content = Server(), {"name": "a.pdf", "document": {"title": "one"}}
    row = OutboxMessage(**ROW.model_dump() | {"kind": "print", "content": content})

    place: Any = (await media(server).place(row, secret=True)).place["file"]

    [(data, _media_type)] = server.kept
    assert decrypt_attachment(data, place["key"]["k"], place["hashes"]["sha256"], place["iv"]) == b"%PDF"


async def test_a_picture_that_cannot_be_drawn_is_given_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def not_drawn(chart: object) -> bytes:
        raise apart.NotMade

    monkeypatch.setattr(process, "draw", not_drawn)
    picture = OutboxMessage(**ROW.model_dump() | {"kind": "draw", "content": _PICTURE})
    with pytest.raises(Refused, match="NOT_MADE"):
        await media(Server()).place(picture, secret=False)


_PICTURE = {"name": "a.png", "chart": {"rows": [1]}, "text": [{"text": "one"}]}
