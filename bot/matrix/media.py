"""Uploads the files that Relais attaches, encrypted for encrypted rooms (Client-Server API, "Content repository",
"Sending encrypted attachments")."""

from collections import Counter

from nio.crypto.attachments import encrypt_attachment

from bot.errors import Refused, TryLater
from bot.events.room_actions import Attach
from bot.mailbox import OutboxMessage
from bot.mailbox.contents import act_of
from bot.matrix.api import Api, Json

TRIES = 8
"""Tries, over about two minutes: a server that takes messages but no files must not hold up a room for longer."""
REMEMBERED = 100
"""Uploaded files that we remember; a forgotten one is uploaded again, and its event still sent once."""


class Media:
    """Uploads the files of outbox rows, once each: a row that is tried again names the same file."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._placed: dict[int | None, Json] = {}
        self._failures: Counter[int | None] = Counter()

    async def place(self, row: OutboxMessage, *, secret: bool) -> Json:
        """Upload the row's file; returns the part of an m.file that names it: `url`, or `file` when `secret`.

        Raises TryLater or Refused, also once the server has failed often enough.
        """
        place = self._placed.get(row.id) or await self._left(row, secret=secret)
        if len(self._placed) >= REMEMBERED:
            self._placed.clear()
        self._placed[row.id] = place
        return place

    async def _left(self, row: OutboxMessage, *, secret: bool) -> Json:
        act = act_of(row)
        assert isinstance(act, Attach)
        try:
            return await (self._sealed if secret else self._open)(act)
        except TryLater as error:
            self._failures[row.id] += error.status >= 500 or error.errcode == "NOT_MATRIX"
            if self._failures[row.id] >= TRIES:
                raise Refused(error.status, "NO_MEDIA") from None
            raise

    async def _open(self, act: Attach) -> Json:
        return {"url": await self._api.upload(act.text.encode(), media_type=act.media_type)}

    async def _sealed(self, act: Attach) -> Json:
        """Upload the file encrypted. Its key goes in the event, which is itself encrypted."""
        unreadable, opening = encrypt_attachment(act.text.encode())
        return {"file": opening | {"url": await self._api.upload(unreadable, media_type="application/octet-stream")}}
