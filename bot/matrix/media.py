"""Uploads the files that Relais attaches, encrypted for encrypted rooms (Client-Server API, "Content repository",
"Sending encrypted attachments")."""

import asyncio
from collections import Counter

from nio.crypto.attachments import encrypt_attachment

from bot.documents import process as printing
from bot.errors import Refused, TryLater
from bot.events.room_actions import Attach, Draw, Print
from bot.mailbox import OutboxMessage
from bot.mailbox.sending.contents import act_of
from bot.matrix.api import Api, Json
from bot.matrix.content import Placed
from bot.pictures import process
from bot.process.apart import NotMade

TRIES = 8
"""Tries, over about two minutes: a server that takes messages but no files must not hold up a room for longer."""
REMEMBERED = 100
"""Uploaded files that we remember; a forgotten one is uploaded again, and its event still sent once."""


class Media:
    """Uploads the files of outbox rows, once each: a row that is tried again names the same file."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._placed: dict[int | None, Placed] = {}
        self._failures: Counter[int | None] = Counter()
        self._apart = asyncio.Lock()
        """A process that draws or prints takes as much memory as half of the bot: never two at once."""

    async def place(self, row: OutboxMessage, *, secret: bool) -> Placed:
        """Upload the row's file, which is encrypted when `secret`.

        Raises TryLater or Refused, also once the server has failed often enough, or if the file cannot be made.
        """
        placed = self._placed.get(row.id) or await self._left(row, secret=secret)
        if len(self._placed) >= REMEMBERED:
            self._placed.clear()
        self._placed[row.id] = placed
        return placed

    async def _left(self, row: OutboxMessage, *, secret: bool) -> Placed:
        act = act_of(row)
        assert isinstance(act, Attach | Draw | Print)
        data, media_type = await self._content(act)
        try:
            place = await (self._sealed(data) if secret else self._open(data, media_type))
        except TryLater as error:
            self._failures[row.id] += error.status >= 500 or error.errcode == "NOT_MATRIX"
            if self._failures[row.id] >= TRIES:
                raise Refused(error.status, "NO_MEDIA") from None
            raise
        return Placed(place, len(data))

    async def _content(self, act: Attach | Draw | Print) -> tuple[bytes, str]:
        """What is uploaded, and its media type."""
        if isinstance(act, Attach):
            return act.text.encode(), act.media_type
        try:
            async with self._apart:
                if isinstance(act, Print):
                    return await printing.printed(act.document), "application/pdf"
                return await process.draw(act.chart), "image/png"
        except NotMade:
            raise Refused(0, "NOT_MADE") from None

    async def _open(self, data: bytes, media_type: str) -> Json:
        return {"url": await self._api.upload(data, media_type=media_type)}

    async def _sealed(self, data: bytes) -> Json:
        """Upload the data encrypted. Its key goes in the event, which is itself encrypted."""
        unreadable, opening = encrypt_attachment(data)
        return {"file": opening | {"url": await self._api.upload(unreadable, media_type="application/octet-stream")}}
