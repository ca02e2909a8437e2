"""A person's own device, which opens what is encrypted for it."""

import asyncio
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import nio

from bot.matrix.api import Api, Json, path
from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.keyring import Keys
from tests.servers.client import Account, Client, log_in

PAUSE = 0.2


class Reader:
    """Syncs with keys of its own. Made by `reading`, before anything is said to the person."""

    def __init__(self, api: Api, keys: Keys) -> None:
        self._api, self._keys = api, keys
        self._since = ""
        self._heard: list[tuple[str, Json]] = []

    async def turn(self) -> None:
        """Hear what is new, and see to the keys."""
        query = {"timeout": "0", "filter": json.dumps({"room": {"timeline": {"limit": 50}}})}
        answer = await self._api.request(
            "GET", path("sync"), query=query | ({"since": self._since} if self._since else {})
        )
        self._keys.take(answer)
        self._since = answer["next_batch"]
        for room_id, room in answer.get("rooms", {}).get("join", {}).items():
            self._heard += [(room_id, event) for event in room["timeline"]["events"]]
        await self._keys.after_sync()

    async def text_from(self, sender: str, room_id: str, *, within: float, words: str = "") -> tuple[str, str] | None:
        """The first event of somebody in a room that has these words, and all it says; None when none came in time."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while loop.time() < deadline:
            await self.turn()
            for room, event in self._heard:
                body: Any = event.get("content", {}).get("body")
                if room == room_id and event.get("sender") == sender and isinstance(body, str) and words in body:
                    return str(event["event_id"]), body
            await asyncio.sleep(PAUSE)
        return None

    def how_often(self, room_id: str, words: str) -> int:
        """How many messages with these words were heard in a room."""
        return sum(room == room_id and words in event.get("content", {}).get("body", "") for room, event in self._heard)


@asynccontextmanager
async def reading(homeserver: str, account: Account) -> AsyncIterator[Reader]:
    """Another device of the person, with its keys published: two that sync as one would take each other's keys."""
    visitor = Client(homeserver)
    account = await log_in(visitor, account.user_id, account.password)
    await visitor.close()
    folder = Path(tempfile.mkdtemp(prefix="relais-reader-"))
    client = nio.AsyncClient(homeserver, account.user_id, config=nio.AsyncClientConfig(encryption_enabled=False))
    client.access_token = account.access_token
    api = Api(client)
    device = OwnDevice(account.user_id, account.device_id, folder, may_create=True)
    reader = Reader(api, Keys(device, api))
    try:
        await reader.turn()
        await reader.turn()
        yield reader
    finally:
        device.close()
        await api.close()
        shutil.rmtree(folder, ignore_errors=True)
