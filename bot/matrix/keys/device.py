"""The bot's own device: its keys, and the rooms' members and settings that encryption depends on."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nio.events import MegolmEvent
from nio.rooms import MatrixRoom

from bot.matrix.keys.machine import MEGOLM, Machine
from bot.matrix.keys.room_keys.rotation import Rotation
from bot.matrix.keys.store import damaged, open_store

# nio's own log lines carry MXIDs and, for malformed events, what was said.
logging.getLogger("nio").setLevel(logging.CRITICAL + 1)


class OwnDevice:
    """The device, the same at every start. Uses nio's Olm machine, store and events, never its client.

    `rooms`: members, and whether the room is encrypted, as far as sync has shown. `members_moved`: rooms whose members
    a sync has changed. `rotations`: how often a room wants a new key. `key_count` and `unused_fallback`: what the
    server has of our keys; None until it says.
    """

    def __init__(self, user_id: str, device_id: str, folder: Path, *, may_create: bool) -> None:
        """Opens the key store in the folder for this process alone.

        `may_create`: the server has no keys of the device (`identity.device_is_blank`), so creating a store loses none.
        Raises KeysLocked, KeysDamaged or KeysLost; none of them has changed a file that holds keys.
        """
        self.user_id, self.device_id, self.folder = user_id, device_id, folder
        self.key_count: int | None = None
        self.unused_fallback: list[str] | None = None
        self.members_moved: set[str] = set()
        self.rotations: dict[str, Rotation] = {}
        self.rooms: dict[str, MatrixRoom] = {}
        self.store = open_store(folder, user_id, device_id, may_create=may_create)
        try:
            self.olm = Machine(user_id, device_id, self.store)
        except ValueError as error:  # vodozemac cannot read a pickle
            self.store.close()
            raise damaged(self.store.database_path, error) from error
        except BaseException:
            self.store.close()
            raise
        self.encrypted_rooms: set[str] = self.store.load_encrypted_rooms()

    def close(self) -> None:
        """Lets another process have the keys."""
        self.store.close()

    def room(self, room_id: str) -> MatrixRoom:
        """The room, also one that no sync of this process has shown yet (members are fetched when needed)."""
        if room_id not in self.rooms:
            self.rooms[room_id] = MatrixRoom(room_id, self.user_id, room_id in self.encrypted_rooms)
        return self.rooms[room_id]

    def encrypted(self, room_id: str, settings: Mapping[str, Any] | None = None) -> None:
        """Mark the room as encrypted, for ever: no server can undo it.

        `settings`: the content of its `m.room.encryption` event.
        """
        self.room(room_id).encrypted = True
        if settings is not None:
            self.rotations[room_id] = Rotation.wished(settings)
        if room_id not in self.encrypted_rooms:
            self.encrypted_rooms.add(room_id)
            self.store.save_encrypted_rooms({room_id})

    def sealed(self, raw: Any, room_id: str) -> MegolmEvent | None:
        """nio's form of an encrypted event of that room, None if it is no well-formed one.

        State is refused: decrypted, it would change the room behind the server's back.

        `sender_key` and `device_id` may be left out since they are deprecated; nio insists on them.
        """
        content = raw.get("content") if isinstance(raw, dict) and "state_key" not in raw else None
        if not isinstance(content, dict) or content.get("algorithm") != MEGOLM:
            return None
        sender_key = content.get("sender_key") or self._sender_key(room_id, content.get("session_id"))
        filled = {**content, "sender_key": sender_key, "device_id": content.get("device_id") or ""}
        return _megolm({**raw, "content": filled, "room_id": room_id}, room_id)

    def _sender_key(self, room_id: str, session_id: Any) -> str:
        """The key of the device that sent us the session; empty until it does."""
        senders = self.olm.inbound_group_store._entries.get(room_id, {})
        found = (sender_key for sender_key, sessions in senders.items() if session_id in sessions)
        return str(next(found, ""))


def _megolm(source: dict[str, Any], room_id: str) -> MegolmEvent | None:
    """What `MegolmEvent.from_dict` makes, without the schema, which takes longer than the decryption."""
    content, unsigned = source["content"], source.get("unsigned")
    texts = [content.get(name) for name in ("device_id", "ciphertext", "sender_key", "session_id")]
    texts += [source.get("event_id"), source.get("sender")]
    if not all(isinstance(text, str) for text in texts) or not isinstance(source.get("origin_server_ts"), int):
        return None
    event = MegolmEvent(source, content["device_id"], content["ciphertext"], MEGOLM, room_id)
    event.sender_key, event.session_id = content["sender_key"], content["session_id"]
    event.transaction_id = unsigned.get("transaction_id") if isinstance(unsigned, dict) else None
    return event
