"""Fetches unreadable messages again when their keys come."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from bot.dispatch.hear.intake import Intake
from bot.dispatch.hear.undecrypted_notice import Unreadable
from bot.errors import Refused, TokenLost, TryLater
from bot.events.events import Sealed
from bot.mailbox import UnreadableEvent
from bot.matrix import inbound
from bot.matrix.api import Api, Json, path
from bot.matrix.keys.errors import KeyStoreFailed
from bot.matrix.keys.keyring import Keys

logger = logging.getLogger(__name__)

LOOK_EVERY = 15.0
"""Seconds between two tries when nothing happens."""
PAUSE = 5.0


class LateKeys:
    """Tries waiting messages when a key comes, when an unreadable message is noted, and every LOOK_EVERY seconds."""

    def __init__(self, api: Api, keys: Keys, intake: Intake, waiting: Unreadable, *, me: str) -> None:
        self._api = api
        self._keys = keys
        self._intake = intake
        self._waiting = waiting
        self._me = me
        self._arrived: set[tuple[str, str]] = set()
        self._look = intake.unreadable

    async def run(self) -> None:
        """Work until cancelled. Raises TokenLost."""
        await self._waiting.start()
        self._look.set()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._look.wait()
            self._look.clear()
            try:
                await self._work()
            except TryLater as error:
                self._look.set()
                await asyncio.sleep(error.retry_after or PAUSE)
            except (TokenLost, KeyStoreFailed):
                raise
            except Exception:
                logger.exception("what waits for its key could not be looked at")

    def look_if_arrived(self) -> None:
        """Call it after a turn of the sync is stored: starts a try if room keys came."""
        self._arrived |= self._keys.take_arrived()
        if self._arrived:
            self._look.set()

    async def _work(self) -> None:
        """Try what may be readable now; the keys count as used only when the server has answered for all of it."""
        arrived = set(self._arrived)
        for row in await self._waiting.to_try(arrived):
            await self._try(row)
        self._arrived -= arrived
        await self._waiting.tell()

    async def _try(self, row: UnreadableEvent) -> None:
        raw = await self._fetched(row)
        event = inbound.event(self._read(raw, row.room_id), row.room_id, self._me) if raw else None
        if not isinstance(event, Sealed):
            await self._intake.opened(row, event)
            return
        with suppress(Refused):
            await self._keys.request(raw or {}, row.room_id)
        await self._waiting.tried(row)

    def _read(self, raw: Json, room_id: str) -> Mapping[str, Any]:
        return self._keys.try_decrypt(raw, room_id) or raw

    async def _fetched(self, row: UnreadableEvent) -> Json | None:
        """The event as it is now, None if the server does not show it to us."""
        try:
            return await self._api.request("GET", path("rooms", row.room_id, "event", row.event_id))
        except Refused:
            return None
