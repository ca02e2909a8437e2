"""What the engine calls: keys after each sync, encryption for a room, late keys for what was unreadable."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import nio
from nio.events import MegolmEvent
from nio.exceptions import EncryptionError
from nio.rooms import MatrixRoom

from bot.errors import MatrixError
from bot.matrix.keys import requests
from bot.matrix.keys.api import Api, Json, client_path
from bot.matrix.keys.backup import Backup
from bot.matrix.keys.client import KeyedClient
from bot.matrix.keys.devices import Devices
from bot.matrix.keys.errors import KeysNotShared, KeyStoreFailed
from bot.matrix.keys.machine import RoomKey
from bot.matrix.keys.sharing import Sharing, Trust
from bot.matrix.keys.upload import upload_keys

logger = logging.getLogger(__name__)

_IN_CLEAR = frozenset({"m.reaction", "m.room.redaction", "m.room.encrypted"})
_MESSAGES_A_TURN = 50


@dataclass(frozen=True, slots=True)
class Failure:
    """A step after a sync that did not succeed; it comes again by itself after the next sync."""

    step: str
    why: str


@dataclass(frozen=True, slots=True)
class KeysStatus:
    """For `!diagnostic`: how the keys are."""

    device_id: str
    published: bool
    one_time_keys: int | None
    fallback_key: bool
    users_to_query: int
    broken_sessions: int
    keys_asked_for: int


class Keys:
    """The keys of one running client. Every call takes the same lock, so that none overtakes another."""

    def __init__(self, client: KeyedClient, api: Api, *, trust: Trust = Trust.ALL) -> None:
        self._client = client
        self._machine = client.olm
        self._api = api
        self._lock = asyncio.Lock()
        self._withheld = requests.Withheld()
        self.devices = Devices(client.olm, api)
        self._sharing = Sharing(client, api, self.devices, trust)
        self._backup: tuple[Backup, str] | None = None

    def back_up_to(self, backup: Backup, version: str) -> None:
        """From now on room keys go to the server's backup too, a hundred a turn."""
        self._backup = (backup, version)

    async def after_sync(self, response: nio.SyncResponse) -> list[Failure]:
        """Does what a sync asks for: own keys, devices, broken sessions, queued messages.

        Returns what failed; raises KeyStoreFailed only.
        """
        self._withheld.note(response.to_device_events)
        steps: tuple[tuple[str, Callable[[], Awaitable[Any]]], ...] = (
            ("upload keys", lambda: upload_keys(self._client, self._api)),
            ("query devices", self._query),
            ("mend sessions", self._mend),
            ("send to devices", self._send_queued),
            ("back up room keys", self._back_up),
        )
        async with self._lock:
            attempts = [await self._attempt(name, step) for name, step in steps]
        return [failure for failure in attempts if failure is not None]

    async def _attempt(self, name: str, step: Callable[[], Awaitable[Any]]) -> Failure | None:
        try:
            await step()
        except KeyStoreFailed:
            raise
        except Exception as error:
            why = (
                f"{error.status} {error.errcode}" if isinstance(error, MatrixError) else type(error).__name__
            )
            logger.warning("Keys: %s failed: %s", name, why)
            return Failure(name, why)
        return None

    async def _query(self) -> None:
        for room in self._client.rooms.values():
            if room.encrypted:
                self.devices.track(room.users)
        if waiting := self.devices.pending():
            await self.devices.query(waiting)

    async def _mend(self) -> None:
        await self._sharing.mend()
        self._machine.collect_key_requests()

    async def _back_up(self) -> None:
        if self._backup is not None and self._client.store is not None:
            backup, version = self._backup
            await backup.put(self._client.store, version)

    async def _send_queued(self) -> None:
        for message in self._machine.outgoing_to_device_messages[:_MESSAGES_A_TURN]:
            await self._sharing.to_devices(message.type, message.as_dict()["messages"])
            self._machine._mark_to_device_message_as_sent(message)

    # Sending

    async def is_encrypted(self, room_id: str) -> bool:
        """Whether the room is encrypted; of a room never seen the server says it. Raises MatrixError."""
        if room_id in self._client.encrypted_rooms:
            return True
        if room_id in self._client.rooms:
            return bool(self._client.rooms[room_id].encrypted)
        try:
            await self._api.request("GET", client_path("rooms", room_id, "state", "m.room.encryption", ""))
        except MatrixError as error:
            if error.status == 404:
                return False
            raise
        self._machine.store.save_encrypted_rooms({room_id})
        self._client.encrypted_rooms.add(room_id)
        return True

    async def encrypt(self, room_id: str, event_type: str, content: Mapping[str, Any]) -> tuple[str, Json]:
        """The event as it goes to an encrypted room, once everybody who may read it has the key.

        Reactions and redactions stay in clear, as the specification wants. Raises KeysNotShared: try later.
        """
        if event_type in _IN_CLEAR:
            return event_type, dict(content)
        async with self._lock:
            room = self._client.known_room(room_id)
            session = await self._shared(room)
            session.mark_as_shared()
            sealed: Json = self._machine.group_encrypt(
                room_id, {"type": event_type, "content": dict(content)}
            )
        if "m.relates_to" in content:
            sealed["m.relates_to"] = content["m.relates_to"]
        return "m.room.encrypted", sealed

    async def _shared(self, room: MatrixRoom) -> Any:
        try:
            return await self._sharing.share(room)
        except (KeysNotShared, KeyStoreFailed):
            raise
        except Exception as error:
            raise KeysNotShared(f"The room's key could not be given to its members: {error}") from error

    # Messages that could not be read

    async def request(self, event: MegolmEvent) -> bool:
        """Asks for the key of an unreadable event; False if it was asked for before. Raises MatrixError."""
        async with self._lock:
            asked = requests.key_request(self._machine, event)
            if asked is None:
                return False
            await self._sharing.to_devices("m.room_key_request", asked.messages)
            requests.remember(self._machine, asked.request)
            return True

    def try_decrypt(self, event: Mapping[str, Any], room_id: str) -> Json | None:
        """The decrypted form of an `m.room.encrypted` event as the server gave it, None without its key."""
        sealed = self._client.megolm_event(dict(event), room_id)
        if sealed is None:
            return None
        try:
            opened = self._machine.decrypt_megolm_event(sealed, room_id)
        except (EncryptionError, ValueError, AssertionError, KeyError, TypeError):
            return None
        return {**opened.source, "room_id": room_id}

    def take_arrived(self) -> set[RoomKey]:
        """(room id, session id) of the room keys that came since the last call, by any way.

        In memory only: after a start, try every event that is still waiting once.
        """
        arrived, self._machine.arrived = self._machine.arrived, set()
        return arrived

    def withheld(self, room_id: str, session_id: str) -> str | None:
        """Why the sender gives us no key for the session (`m.unverified`, `m.no_olm`…), if they said so."""
        return self._withheld.code(room_id, session_id)

    def status(self) -> KeysStatus:
        return KeysStatus(
            device_id=str(self._machine.device_id),
            published=bool(self._machine.account.shared),
            one_time_keys=self._machine.uploaded_key_count,
            fallback_key="signed_curve25519" in (self._client.unused_fallback or ()),
            users_to_query=len(self._machine.users_for_key_query),
            broken_sessions=len(self._machine.wedged_devices),
            keys_asked_for=len(self._machine.outgoing_key_requests),
        )
