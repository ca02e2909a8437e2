"""The server's backup of room keys: filled as keys come, read when the store is lost (specification, 11.12.3.2)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from nio.crypto import InboundGroupSession
from vodozemac import Curve25519PublicKey, Curve25519SecretKey, Message, PkDecryption, PkEncryption

from bot.errors import MatrixError
from bot.matrix.keys.api import Api, Json, client_path
from bot.matrix.keys.identity.cross_signing import Identity
from bot.matrix.keys.machine import MEGOLM, Machine
from bot.matrix.keys.signatures import decode, encode, sign
from bot.matrix.keys.store import KeyStore

_ALGORITHM = "m.megolm_backup.v1.curve25519-aes-sha2"
_KEYS_A_REQUEST = 100


def public_part(secret: bytes) -> str:
    """The public key of the backup."""
    return str(Curve25519SecretKey.from_bytes(secret).public_key().to_base64())


class Backup:
    """The key backup of one account, used only if its key is our identity's."""

    def __init__(self, api: Api, identity: Identity) -> None:
        self._api = api
        self._identity = identity
        self._public = public_part(identity.backup)

    async def version(self) -> str | None:
        """The version in use if its key is ours; None if there is no backup, or somebody else's."""
        found = await self._found()
        if found is None or found.get("algorithm") != _ALGORITHM:
            return None
        return str(found["version"]) if found.get("auth_data", {}).get("public_key") == self._public else None

    async def exists(self) -> bool:
        return await self._found() is not None

    async def create(self) -> str:
        """Makes a backup with our key, signed by our identity; returns its version. Raises MatrixError."""
        auth_data = sign({"public_key": self._public}, self._identity.user_id, self._identity.master)
        body = {"algorithm": _ALGORITHM, "auth_data": auth_data}
        return str((await self._api.request("POST", client_path("room_keys", "version"), body))["version"])

    async def put(self, store: KeyStore, version: str) -> int:
        """Adds the room keys that it lacks, a hundred at most; returns how many. Raises MatrixError."""
        sessions = store.not_backed_up(version, _KEYS_A_REQUEST)
        if sessions:
            rooms: Json = {}
            for session in sessions:
                room = rooms.setdefault(session.room_id, {"sessions": {}})
                room["sessions"][session.id] = self._sealed(session)
            path = client_path("room_keys", "keys") + f"?version={version}"
            await self._api.request("PUT", path, {"rooms": rooms})
            store.mark_backed_up(version, sessions)
        return len(sessions)

    async def restore(self, machine: Machine, version: str) -> int:
        """Takes the keys of the backup into the store; returns how many are new. Raises MatrixError."""
        path = client_path("room_keys", "keys") + f"?version={version}"
        answer = await self._api.request("GET", path)
        decryption = PkDecryption.from_key(Curve25519SecretKey.from_bytes(self._identity.backup))
        sessions = [session for room, data in _entries(answer) if (session := _opened(decryption, room, data))]
        with machine.store.batch():
            new = [session for session in sessions if machine.keep(session)]
        machine.store.mark_backed_up(version, new)
        return len(new)

    async def _found(self) -> Json | None:
        try:
            return await self._api.request("GET", client_path("room_keys", "version"))
        except MatrixError as error:
            if error.status == 404:
                return None
            raise

    def _sealed(self, session: InboundGroupSession) -> Json:
        encryption = PkEncryption.from_key(Curve25519PublicKey.from_base64(self._public))
        message = encryption.encrypt(json.dumps(exported(session)).encode())
        return {
            "first_message_index": session.first_known_index,
            "forwarded_count": len(session.forwarding_chain),
            "is_verified": False,
            "session_data": {
                "ephemeral": encode(message.ephemeral_key),
                "ciphertext": encode(message.ciphertext),
                "mac": encode(message.mac),
            },
        }


def exported(session: InboundGroupSession) -> Json:
    """A room key as clients export it."""
    return {
        "algorithm": MEGOLM,
        "room_id": session.room_id,
        "session_id": session.id,
        "sender_key": session.sender_key,
        "sender_claimed_keys": {"ed25519": session.ed25519},
        "forwarding_curve25519_key_chain": session.forwarding_chain,
        "session_key": session.export_session(session.first_known_index),
    }


def imported(key: Mapping[str, Any], room_id: str) -> InboundGroupSession | None:
    """The room key of an export, None if it is malformed."""
    try:
        return InboundGroupSession.import_session(
            key["session_key"],
            key["sender_claimed_keys"]["ed25519"],
            key["sender_key"],
            room_id,
            list(key.get("forwarding_curve25519_key_chain", [])),
        )
    except (ValueError, KeyError, TypeError):
        return None


def export_room_keys(machine: Machine) -> Iterator[Json]:
    """Every room key, for the operator's own backup."""
    return (exported(session) for session in machine.inbound_group_store)


def import_room_keys(machine: Machine, keys: list[Json]) -> int:
    """Takes exported room keys in; returns how many were new."""
    with machine.store.batch():
        return sum(machine.keep(session) for key in keys if (session := imported(key, str(key.get("room_id", "")))))


def _entries(answer: Json) -> Iterator[tuple[str, Any]]:
    for room_id, room in answer.get("rooms", {}).items():
        for entry in room.get("sessions", {}).values():
            yield room_id, entry.get("session_data")


def _opened(decryption: PkDecryption, room_id: str, data: Any) -> InboundGroupSession | None:
    try:
        parts = (decode(data[name]) for name in ("ciphertext", "mac", "ephemeral"))
        key = json.loads(decryption.decrypt(Message(*parts)))
    except (ValueError, KeyError, TypeError):
        return None
    return imported(key, room_id) if isinstance(key, dict) else None
