"""Shares room keys with the members' devices: who gets one, when it is changed, how it is sent."""

import asyncio
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from itertools import islice
from typing import Any

from nio.crypto import OlmDevice, OutboundGroupSession
from nio.responses import KeysClaimResponse
from nio.rooms import MatrixRoom

from bot.errors import MatrixError, Refused
from bot.matrix.keys.api import Api, Json, client_path
from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.devices import Devices
from bot.matrix.keys.errors import KeysNotShared
from bot.matrix.keys.machine import MEGOLM
from bot.matrix.keys.room_keys.rotation import Rotation

_DEVICES_A_BLOCK = 10
_DEVICES_A_REQUEST = 100
_STEPS = 12
_PATIENCE = 300.0
_DeviceName = tuple[str, str]


class Trust(StrEnum):
    """Whose devices get room keys (`RELAIS_TRUST`)."""

    ALL = "all"
    CROSS_SIGNED = "cross-signed"


class Sharing:
    """Gives a room's key to every device that may read the room, before anything is encrypted with it."""

    def __init__(self, device: OwnDevice, api: Api, devices: Devices, trust: Trust) -> None:
        self._device = device
        self._machine = device.olm
        self._api = api
        self._devices = devices
        self._trust = trust
        self._without_session: dict[_DeviceName, float] = {}

    async def share(self, room: MatrixRoom) -> OutboundGroupSession:
        """The room's session, once everybody who may read it has its key. Raises KeysNotShared or MatrixError.

        Members and devices may change while we wait for the server, so it checks again until nothing is left to do.
        """
        for _ in range(_STEPS):
            session = self._session(room)
            if not await self._step(room, session):
                return session
        raise KeysNotShared("The room's members change faster than the key can be shared.")

    async def _step(self, room: MatrixRoom, session: OutboundGroupSession) -> bool:
        """Does the next thing that must be done, and returns whether there was one."""
        if not room.members_synced:
            await self._fetch_members(room)
        elif waiting := self._devices.pending(room.users):
            await self._devices.query(waiting)
        elif missing := self._missing(room, session):
            await self._give(room, session, missing)
        elif untold := self._untold(room, session):
            await self._explain(room, session, untold)
        else:
            return False
        return True

    async def _fetch_members(self, room: MatrixRoom) -> None:
        """All members: with lazy loading, sync shows only those who spoke."""
        moved = self._device.members_moved
        moved.discard(room.room_id)
        path = client_path("rooms", room.room_id, "members") + "?not_membership=leave"
        answer = await self._api.request("GET", path)
        room.history_visibility = await self._visibility(room.room_id)
        if room.room_id not in moved:  # else the answer may be older than what sync has brought meanwhile
            _set_members(room, answer.get("chunk", []))
            room.members_synced = True
            self._devices.track(room.users)

    async def _visibility(self, room_id: str) -> str:
        """The room's history visibility, asked of the server: no sync has shown a room that we have just made.

        `shared` where nothing is said (Client-Server API, "Room History Visibility").
        """
        try:
            state = await self._api.request("GET", client_path("rooms", room_id, "state", "m.room.history_visibility"))
        except Refused:
            return "shared"
        return str(state.get("history_visibility", "shared"))

    def _members_devices(self, room: MatrixRoom) -> Iterator[OlmDevice]:
        """The devices that may have the key: of members, and of invited people where they may read the history."""
        invited_too = room.history_visibility != "joined"
        for user_id, member in room.users.items():
            if member.invited and not invited_too:
                continue
            for device in self._machine.device_store.active_user_devices(user_id):
                if _name(device) != (self._machine.user_id, self._machine.device_id):
                    yield device

    def _readers(self, room: MatrixRoom) -> Iterator[OlmDevice]:
        return filter(self._trusted, self._members_devices(room))

    def _trusted(self, device: OlmDevice) -> bool:
        if self._trust is Trust.CROSS_SIGNED:
            return device.id in self._devices.signed.get(device.user_id, frozenset())
        return not self._machine.is_device_blacklisted(device)

    def _session(self, room: MatrixRoom) -> OutboundGroupSession:
        """The room's session: a new one if there is none, it is old, or a device has it that may not any more."""
        sessions = self._machine.outbound_group_sessions
        session = sessions.get(room.room_id)
        allowed = {_name(device) for device in self._readers(room)}
        if session is None or self._worn(room, session) or session.users_shared_with - allowed:
            self._machine.create_outbound_group_session(room.room_id)
            session = sessions[room.room_id]
        return session

    def _worn(self, room: MatrixRoom, session: OutboundGroupSession) -> bool:
        """Whether the room's own limits are reached. Stock nio: 100 messages or seven days for every room."""
        wish = self._device.rotations.get(room.room_id, Rotation())
        session.max_messages, session.max_age = wish.messages, wish.age
        return bool(session.expired)

    def _missing(self, room: MatrixRoom, session: OutboundGroupSession) -> list[OlmDevice]:
        now = asyncio.get_running_loop().time()
        return [
            device
            for device in self._readers(room)
            if _name(device) not in session.users_shared_with and self._without_session.get(_name(device), 0.0) <= now
        ]

    async def _give(self, room: MatrixRoom, session: OutboundGroupSession, devices: list[OlmDevice]) -> None:
        """Sends the key to these devices; those without a one-time key left are skipped and tried again later."""
        unopened = [device for device in devices if not self._machine.session_store.get(device.curve25519)]
        for block in _blocks(unopened, _DEVICES_A_REQUEST):
            await self._open_sessions(block)
        ready = [device for device in devices if self._machine.session_store.get(device.curve25519)]
        for block in _blocks(ready, _DEVICES_A_REQUEST):
            await self._send(room, session, block)

    async def _open_sessions(self, devices: Sequence[OlmDevice]) -> None:
        """Claims one-time keys, opens sessions. Stock nio: after a failed claim the room's messages wait for ever."""
        wanted: dict[str, dict[str, str]] = {}
        for device in devices:
            wanted.setdefault(device.user_id, {})[device.id] = "signed_curve25519"
        answer = await self._api.request("POST", client_path("keys", "claim"), {"one_time_keys": wanted})
        for block in _blocks(devices, _DEVICES_A_BLOCK):
            with self._machine.store.batch():
                for device in block:
                    self._open_session(device, answer.get("one_time_keys", {}))
            await asyncio.sleep(0)

    def _open_session(self, device: OlmDevice, keys: Json) -> None:
        key = _claimed(keys, device)
        if key is not None:
            try:
                self._machine._handle_key_claiming(KeysClaimResponse({device.user_id: {device.id: key}}, {}))
            except (ValueError, KeyError, TypeError, AttributeError):
                key = None
        if key is None or not self._machine.session_store.get(device.curve25519):
            self._without_session[_name(device)] = asyncio.get_running_loop().time() + _PATIENCE
        else:
            self._without_session.pop(_name(device), None)

    async def _send(self, room: MatrixRoom, session: OutboundGroupSession, devices: Sequence[OlmDevice]) -> None:
        """Sends the key to devices. Stock nio: a failed request counts as a success, and the message cannot be read.

        Here a device counts as having the key only after the request has succeeded.
        """
        content = {
            "algorithm": MEGOLM,
            "room_id": room.room_id,
            "session_id": session.id,
            "session_key": session.session_key,
        }
        messages: Json = {}
        for block in _blocks(devices, _DEVICES_A_BLOCK):
            self._machine.encrypt_for(block, "m.room_key", content, messages)
            await asyncio.sleep(0)
        await self.to_devices("m.room.encrypted", messages)
        session.users_shared_with.update(_name(device) for device in devices)

    def _untold(self, room: MatrixRoom, session: OutboundGroupSession) -> list[OlmDevice]:
        refused = (device for device in self._members_devices(room) if not self._trusted(device))
        return [device for device in refused if _name(device) not in session.users_ignored]

    async def _explain(self, room: MatrixRoom, session: OutboundGroupSession, refused: list[OlmDevice]) -> None:
        """Informs devices that get no key because their owner has not signed them, so that they can show why."""
        content = {
            "algorithm": MEGOLM,
            "room_id": room.room_id,
            "session_id": session.id,
            "sender_key": self._machine.account.identity_keys["curve25519"],
            "code": "m.unverified",
            "reason": "The device is not signed by its owner.",
        }
        messages: Json = {}
        for device in refused:
            messages.setdefault(device.user_id, {})[device.id] = content
            session.users_ignored.add(_name(device))
        with suppress(MatrixError):
            await self.to_devices("m.room_key.withheld", messages)

    async def to_devices(self, event_type: str, messages: Json) -> None:
        """One to-device request. Raises MatrixError."""
        path = client_path("sendToDevice", event_type, secrets.token_hex(12))
        await self._api.request("PUT", path, {"messages": messages})

    async def mend(self) -> None:
        """Opens new Olm sessions with devices whose old one is broken. Raises MatrixError."""
        wedged = [*self._machine.wedged_devices, *self._machine.key_request_devices_no_session]
        if not wedged:
            return
        await self._open_sessions(wedged)
        # A device without a one-time key is tried again when it next sends something that we cannot read.
        self._machine.wedged_devices.clear()
        self._machine.key_request_devices_no_session.clear()


def _set_members(room: MatrixRoom, events: list[Any]) -> None:
    """Makes the room's members those of the member events, and nobody else."""
    for known in (room.users, room.invited_users, room.names):
        known.clear()
    for event in events:
        content = event.get("content", {})
        membership = content.get("membership")
        if membership in ("join", "invite"):
            name, avatar = content.get("displayname"), content.get("avatar_url")
            room.add_member(event["state_key"], name, avatar, membership == "invite")


def _claimed(keys: Any, device: OlmDevice) -> Any:
    try:
        return keys[device.user_id][device.id] or None
    except (KeyError, TypeError):
        return None


def _name(device: OlmDevice) -> _DeviceName:
    return (device.user_id, device.id)


def _blocks(devices: Sequence[OlmDevice], size: int) -> Iterator[list[OlmDevice]]:
    rest = iter(devices)
    while block := list(islice(rest, size)):
        yield block
