"""Devices that talk in encrypted rooms of a real homeserver: ours, nio's own, and what stands between."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import nio
import pytest_asyncio
from nio.store import SqliteStore

from bot.matrix.api import Api
from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.keyring import Failure, Keys
from bot.matrix.keys.room_keys.sharing import Trust
from tests.keys.between import Between
from tests.servers.client import at
from tests.servers.people import Account, People, Person
from tests.servers.synapse import Synapse


def api(url: str, account: Account) -> Api:
    """Requests as that account, with the bot's own hands."""
    client = nio.AsyncClient(url, account.user_id, config=nio.AsyncClientConfig(encryption_enabled=False))
    client.access_token = account.access_token
    return Api(client)


class Ours:
    """A device with our keys and the smallest loop around them."""

    def __init__(self, url: str, account: Account, folder: Path, trust: Trust = Trust.ALL) -> None:
        self.user_id, self.account, self.folder = account.user_id, account, folder
        blank = not (folder / "keys.sqlite").exists()
        self.device: Any = OwnDevice(account.user_id, account.device_id, folder, may_create=blank)
        self.api = api(url, account)
        self.keys = Keys(self.device, self.api, trust=trust)
        self.failures: list[Failure] = []
        self.events: list[Any] = []
        self.since = ""
        self._sent = 0

    @property
    def olm(self) -> Any:
        return self.device.olm

    @property
    def store(self) -> Any:
        return self.device.store

    async def sync(self, *, since: str = "", timeline: int = 100, hold: int = 0) -> Any:
        """Receives, without what belongs after it; returns nio's form of the answer."""
        wanted = {"room": {"timeline": {"limit": timeline}, "state": {"lazy_load_members": True}}}
        query = {"timeout": hold, "filter": json.dumps(wanted)}
        if since or self.since:
            query["since"] = since or self.since
        answer = await self.api.request("GET", f"{at('sync')}?{urlencode(query)}")
        self.keys.take(answer)
        self.since = answer["next_batch"]
        return self._heard(nio.SyncResponse.from_dict(answer))

    def _heard(self, response: Any) -> Any:
        assert isinstance(response, nio.SyncResponse)
        for room_id, joined in response.rooms.join.items():
            for event in joined.timeline.events:
                event.room_id = room_id
                self.events.append(event)
        return response

    async def turn(self) -> Any:
        """One turn of the loop."""
        response = await self.sync()
        self.failures = await self.keys.after_sync()
        return response

    async def say(self, room: str, text: str, **more: Any) -> str:
        """Sends, encrypted, and returns the event id."""
        return await self.send(room, "m.room.message", {"msgtype": "m.text", "body": text, **more})

    async def send(self, room: str, event_type: str, content: dict[str, Any]) -> str:
        kind, sealed = await self.keys.encrypt(room, event_type, content)
        self._sent += 1
        path = at("rooms", room, "send", kind, f"{self.account.device_id}-{id(self)}-{self._sent}")
        return str((await self.api.request("PUT", path, sealed))["event_id"])

    def bodies(self) -> list[str]:
        """What was read so far."""
        return [event.body for event in self.events if isinstance(event, nio.RoomMessageText)]

    def unread(self) -> list[nio.MegolmEvent]:
        """What could not be read so far."""
        return [event for event in self.events if isinstance(event, nio.MegolmEvent)]

    async def close(self) -> None:
        self.device.close()
        await self.api.close()


class Stock(Ours):
    """nio as it comes, with the turn of its own `sync_forever`."""

    def __init__(self, url: str, account: Account, folder: Path) -> None:
        self.user_id, self.account, self.folder = account.user_id, account, folder
        config = nio.AsyncClientConfig(store=SqliteStore, max_timeouts=0)
        self.client: Any = nio.AsyncClient(url, account.user_id, account.device_id, str(folder), config)
        self.client.restore_login(account.user_id, account.device_id, account.access_token)
        self.api = api(url, account)
        self.events = []
        self.since = ""
        self._sent = 0

    @property
    def olm(self) -> Any:
        return self.client.olm

    @property
    def store(self) -> Any:
        return self.client.store

    async def sync(self, *, since: str = "", timeline: int = 100, hold: int = 0) -> Any:
        response = await self.client.sync(
            timeout=hold,
            sync_filter={"room": {"timeline": {"limit": timeline}}},
            since=since or None,
            full_state=not self.client.next_batch,
        )
        self._heard(response)
        self.since = self.client.next_batch
        return response

    async def turn(self) -> Any:
        response = await self.sync()
        await self.client.send_to_device_messages()
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()
        if self.client.should_claim_keys:
            await self.client.keys_claim(self.client.get_users_for_key_claiming())
        return response

    async def send(self, room: str, event_type: str, content: dict[str, Any]) -> str:
        sent = await self.client.room_send(room, event_type, content, ignore_unverified_devices=True)
        return str(getattr(sent, "event_id", ""))

    async def close(self) -> None:
        await self.client.close()
        await self.api.close()
        self.client.store.database.close()


D = TypeVar("D", bound=Ours)


class World:
    """The devices of one test, each in a folder of its own."""

    def __init__(self, synapse: Synapse, people: People, stack: AsyncExitStack, folder: Path) -> None:
        self.synapse, self.people = synapse, people
        self._stack, self._folder = stack, folder
        self._count = 0

    async def between(self) -> Between:
        return await self._stack.enter_async_context(Between(self.synapse.url))

    async def ours(self, name: str, *, url: str = "", trust: Trust = Trust.ALL) -> Ours:
        """A new account with our keys, after its first turns."""
        device = self.device(await self.people.account(name), url=url, trust=trust)
        return await self.settled(device)

    async def stock(self, name: str, *, url: str = "") -> Stock:
        """A new account with nio as it comes, after its first turns."""
        return await self.settled(self.stock_device(await self.people.account(name), url=url))

    async def pair(self, ours: bool, *, url: str = "") -> Ours:
        """The bot of a test that both are put to."""
        return await (self.ours("bot", url=url) if ours else self.stock("bot", url=url))

    def device(self, account: Account, *, url: str = "", folder: Path | None = None, **more: Any) -> Ours:
        """A device that has not turned yet."""
        return self._kept(Ours(url or self.synapse.url, account, folder or self.folder(), **more))

    def stock_device(self, account: Account, *, url: str = "", folder: Path | None = None) -> Stock:
        return self._kept(Stock(url or self.synapse.url, account, folder or self.folder()))

    def again(self, device: Ours, *, url: str = "") -> Ours:
        """The same device in a new process: its folder and nothing else."""
        kind = self.stock_device if isinstance(device, Stock) else self.device
        return kind(device.account, url=url, folder=device.folder)

    def folder(self) -> Path:
        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        return folder

    async def settled(self, device: D) -> D:
        await device.turn()
        await device.turn()
        return device

    async def second_device(self, device: Ours) -> Ours:
        """Another login of the same user."""
        person = Person(self.synapse.url, "again", device.account)
        await person.log_in_again()
        await person.client.close()
        return self.device(person.account)

    async def room(self, *members: Ours, encrypted: bool = True) -> str:
        """A room of these, made by the first, which all have seen."""
        first, *others = members
        wanted: dict[str, Any] = {"preset": "trusted_private_chat", "invite": [m.user_id for m in others]}
        if encrypted:
            content = {"algorithm": "m.megolm.v1.aes-sha2"}
            wanted["initial_state"] = [{"type": "m.room.encryption", "state_key": "", "content": content}]
        room = str((await first.api.request("POST", at("createRoom"), wanted))["room_id"])
        for other in others:
            await other.api.request("POST", at("join", room), {})
        for member in members:
            await member.turn()
            await member.turn()
        return room

    def _kept(self, device: D) -> D:
        self._stack.push_async_callback(device.close)
        return device


@pytest_asyncio.fixture
async def world(synapse: Synapse, people: People) -> AsyncIterator[World]:
    """The devices of this test."""
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            yield World(synapse, people, stack, Path(folder))
            await asyncio.sleep(0)
