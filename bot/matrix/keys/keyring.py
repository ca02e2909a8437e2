"""What the rest of the bot calls: keys after each sync, encryption for a room, late keys of unreadable messages."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nio.rooms import MatrixRoom

from bot.errors import MatrixError
from bot.matrix.keys import intake
from bot.matrix.keys.api import Api, Json, client_path
from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.devices import Devices
from bot.matrix.keys.errors import KeysNotShared, KeyStoreFailed
from bot.matrix.keys.machine import RoomKey
from bot.matrix.keys.room_keys import requests
from bot.matrix.keys.room_keys.backup import Backup
from bot.matrix.keys.room_keys.sharing import Sharing, Trust
from bot.matrix.keys.upload import upload_keys

logger = logging.getLogger(__name__)

_IN_CLEAR = frozenset({"m.reaction", "m.room.redaction", "m.room.encrypted"})
_MESSAGES_A_TURN = 50


@dataclass(frozen=True, slots=True)
class Failure:
    """A step after a sync that failed; it is tried again after the next sync."""

    step: str
    why: str


@dataclass(frozen=True, slots=True)
class KeysStatus:
    """The state of the keys, for `!diagnostic`."""

    device_id: str
    published: bool
    one_time_keys: int | None
    fallback_key: bool
    users_to_query: int
    broken_sessions: int
    keys_asked_for: int


class Keys:
    """The keys of one running client. Every call takes the same lock, so that none overtakes another."""

    def __init__(self, device: OwnDevice, api: Api, *, trust: Trust = Trust.ALL) -> None:
        self._device = device
        self._machine = device.olm
        self._api = api
        self._lock = asyncio.Lock()
        self._withheld = requests.Withheld()
        self.devices = Devices(device.olm, api)
        self._sharing = Sharing(device, api, self.devices, trust)
        self._backup: tuple[Backup, str] | None = None
        self._due = asyncio.Event()
        self._plain: set[str] = set()
        self.failures: list[Failure] = []

    def back_up_to(self, backup: Backup, version: str) -> None:
        """Also put room keys in the server's backup from now on, a hundred after each sync."""
        self._backup = (backup, version)

    def take(self, answer: Json) -> None:
        """Takes in what a raw answer of `/sync` brings, and decrypts its timelines in place.

        Call it before the answer's token is saved. What cannot be decrypted stays `m.room.encrypted`. Raises
        KeyStoreFailed: then the process must end, and the token must not move.
        """
        intake.take(self._device, self._withheld, answer)
        self._due.set()

    async def run(self) -> None:
        """Runs `after_sync` after each `take`, for ever. Raises KeyStoreFailed."""
        while True:
            await self._due.wait()
            self._due.clear()
            self.failures = await self.after_sync()

    async def after_sync(self) -> list[Failure]:
        """Does what a sync asks for: own keys, devices, broken sessions, queued messages, the backup.

        Returns what failed, which is tried again after the next sync. Raises KeyStoreFailed only.
        """
        steps: tuple[tuple[str, Callable[[], Awaitable[Any]]], ...] = (
            ("upload keys", lambda: upload_keys(self._device, self._api)),
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
            why = f"{error.status} {error.errcode}" if isinstance(error, MatrixError) else type(error).__name__
            logger.warning("Keys: %s failed: %s", name, why)
            return Failure(name, why)
        return None

    async def _query(self) -> None:
        for room in self._device.rooms.values():
            if room.encrypted:
                self.devices.track(room.users)
        if waiting := self.devices.pending():
            await self.devices.query(waiting)

    async def _mend(self) -> None:
        await self._sharing.mend()
        self._machine.collect_key_requests()

    async def _back_up(self) -> None:
        if self._backup is not None:
            backup, version = self._backup
            await backup.put(self._device.store, version)

    async def _send_queued(self) -> None:
        for message in self._machine.outgoing_to_device_messages[:_MESSAGES_A_TURN]:
            await self._sharing.to_devices(message.type, message.as_dict()["messages"])
            self._machine._mark_to_device_message_as_sent(message)

    # Sending

    async def is_encrypted(self, room_id: str) -> bool:
        """Whether the room is encrypted. Raises MatrixError.

        A `no` is asked of the server, once in this process; sync says when it changes.
        """
        if room_id in self._device.encrypted_rooms:
            return True
        if room_id in self._plain:
            return False
        try:
            state = client_path("rooms", room_id, "state", "m.room.encryption", "")
            settings = await self._api.request("GET", state)
        except MatrixError as error:
            if error.status != 404:
                raise
            self._plain.add(room_id)
            return False
        self._device.encrypted(room_id, settings)
        return True

    async def encrypt(self, room_id: str, event_type: str, content: Mapping[str, Any]) -> tuple[str, Json]:
        """The event as it goes over the wire, once everybody who may read it has the key.

        Unchanged in a room that is not encrypted, and for reactions and redactions, which the specification wants
        in clear. Raises KeysNotShared, which is a TryLater, or another MatrixError.
        """
        if event_type in _IN_CLEAR or not await self.is_encrypted(room_id):
            return event_type, dict(content)
        async with self._lock:
            room = self._device.room(room_id)
            session = await self._shared(room)
            session.mark_as_shared()
            sealed: Json = self._machine.group_encrypt(room_id, {"type": event_type, "content": dict(content)})
        if "m.relates_to" in content:
            sealed["m.relates_to"] = content["m.relates_to"]
        return "m.room.encrypted", sealed

    async def _shared(self, room: MatrixRoom) -> Any:
        try:
            return await self._sharing.share(room)
        except (KeysNotShared, KeyStoreFailed):
            raise
        except Exception as error:
            raise KeysNotShared(str(error), retry_after=getattr(error, "retry_after", None)) from error

    # Messages that could not be read

    async def request(self, event: Mapping[str, Any], room_id: str) -> bool:
        """Asks for the key of an unreadable raw event; False if that was done before. Raises MatrixError."""
        async with self._lock:
            sealed = self._device.sealed(dict(event), room_id)
            asked = requests.key_request(self._machine, sealed) if sealed else None
            if asked is None:
                return False
            await self._sharing.to_devices("m.room_key_request", asked.messages)
            requests.remember(self._machine, asked.request)
            return True

    def try_decrypt(self, event: Mapping[str, Any], room_id: str) -> Json | None:
        """The decrypted form of an `m.room.encrypted` event as the server gave it, None without its key."""
        return intake.decrypted(self._device, dict(event), room_id)

    def take_arrived(self) -> set[RoomKey]:
        """(room id, session id) of the room keys that came since the last call, from whatever source.

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
            fallback_key="signed_curve25519" in (self._device.unused_fallback or ()),
            users_to_query=len(self._machine.users_for_key_query),
            broken_sessions=len(self._machine.wedged_devices),
            keys_asked_for=len(self._machine.outgoing_key_requests),
        )
