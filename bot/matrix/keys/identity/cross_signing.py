"""The three cross-signing keys of the bot's account: creates, saves and publishes them, and signs with them."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.matrix.keys.api import Api, Json, client_path
from bot.matrix.keys.errors import IdentityRefused, KeysDamaged
from bot.matrix.keys.files import write_private
from bot.matrix.keys.identity.uia import confirmed
from bot.matrix.keys.machine import Machine
from bot.matrix.keys.signatures import (
    decode,
    encode,
    public_key,
    sign,
    signed_by,
    signed_part,
    verified,
    with_signature,
)

IN_USE = "identity.json"
NEXT = "identity.next.json"
_SEEDS = ("master", "self_signing", "user_signing", "backup")


@dataclass(frozen=True, slots=True)
class Identity:
    """The secrets of the account: three signing seeds, the private key of the key backup.

    `unshown`: the recovery key, until the operator has seen it.
    """

    user_id: str
    master: bytes = field(repr=False)
    self_signing: bytes = field(repr=False)
    user_signing: bytes = field(repr=False)
    backup: bytes = field(repr=False)
    unshown: bytes = field(default=b"", repr=False)

    @property
    def public(self) -> str:
        """The public master key: what people see and compare."""
        return public_key(self.master)

    def published(self) -> Json:
        """The body that makes it the account's identity."""
        master = self._key("master", self.master)
        parts = {"self_signing": self.self_signing, "user_signing": self.user_signing}
        signed = {name: sign(self._key(name, seed), self.user_id, self.master) for name, seed in parts.items()}
        return {"master_key": master} | {f"{name}_key": key for name, key in signed.items()}

    def _key(self, usage: str, seed: bytes) -> Json:
        public = public_key(seed)
        return {"user_id": self.user_id, "usage": [usage], "keys": {f"ed25519:{public}": public}}


def new_identity(user_id: str, recovery: bytes = b"") -> Identity:
    """An identity with random keys; `recovery` is its recovery key, not shown to the operator yet."""
    seeds = {name: secrets.token_bytes(32) for name in _SEEDS}
    return Identity(user_id, unshown=recovery, **seeds)


def save(folder: Path, identity: Identity, name: str = IN_USE) -> None:
    """Writes the identity to its private file, on the disk when this returns."""
    seeds = {part: encode(getattr(identity, part)) for part in (*_SEEDS, "unshown")}
    text = json.dumps({"user_id": identity.user_id, **seeds}, indent=1)
    write_private(folder / name, text.encode())


def load(folder: Path, user_id: str, name: str = IN_USE) -> Identity | None:
    """The identity of this account in the folder, None if there is none. Raises KeysDamaged."""
    path = folder / name
    if not path.exists():
        return None
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        seeds = {part: decode(raw[part]) for part in (*_SEEDS, "unshown")}
        if any(len(seeds[part]) != 32 for part in _SEEDS):
            raise ValueError("a key has the wrong length")
    except (ValueError, KeyError, TypeError) as error:
        raise KeysDamaged(
            f"{path} is damaged. Move it away and set RELAIS_RECOVERY_KEY: the bot keeps its identity."
        ) from error
    return Identity(user_id, **seeds) if raw["user_id"] == user_id else None


async def publish(api: Api, identity: Identity, password: str | None) -> None:
    """Makes it the account's identity. Raises IdentityRefused (see `uia.confirmed`) or MatrixError."""
    path = client_path("keys", "device_signing", "upload")
    await confirmed(api, "POST", path, identity.published(), user_id=identity.user_id, password=password)


@dataclass(frozen=True, slots=True)
class Published:
    """What the server says about the account's identity and one of its devices."""

    user_id: str
    device_id: str
    master: Json
    self_signing: Json
    device: Json

    @property
    def public(self) -> str | None:
        """The public master key, None if the account has no identity."""
        return next(iter(self.master.get("keys", {}).values()), None)

    @property
    def device_signed(self) -> bool:
        """Whether the chain master key, self-signing key, device holds."""
        key = next(iter(self.self_signing.get("keys", {}).values()), "")
        signed = self.public is not None and signed_by(self.self_signing, self.user_id, self.public)
        return signed and signed_by(self.device, self.user_id, key)

    @property
    def device_key(self) -> str | None:
        """The device's own signing key."""
        key = self.device.get("keys", {}).get(f"ed25519:{self.device_id}")
        return key if isinstance(key, str) else None

    def master_signed_by_device(self) -> bool:
        name = f"ed25519:{self.device_id}"
        return self.device_key is not None and verified(self.master, self.user_id, name, self.device_key)


async def published(api: Api, user_id: str, device_id: str) -> Published:
    """Asks the server for the account's identity and this device. Raises MatrixError."""
    answer = await api.request("POST", client_path("keys", "query"), {"device_keys": {user_id: []}})
    devices = answer.get("device_keys", {}).get(user_id, {})
    return Published(
        user_id=user_id,
        device_id=device_id,
        master=answer.get("master_keys", {}).get(user_id, {}),
        self_signing=answer.get("self_signing_keys", {}).get(user_id, {}),
        device=devices.get(device_id, {}),
    )


async def sign_device(api: Api, machine: Machine, identity: Identity, seen: Published) -> None:
    """Signs the device with the identity, and the identity with the device, where that was not done.

    Raises IdentityRefused if the server does not take the signatures (it says so in a 200), MatrixError else.
    """
    signed: Json = {}
    if not seen.device_signed:
        signed[seen.device_id] = sign(seen.device, identity.user_id, identity.self_signing)
    if not seen.master_signed_by_device():
        signed[identity.public] = _signed_by_device(machine, identity.published()["master_key"])
    if not signed:
        return
    path = client_path("keys", "signatures", "upload")
    answer = await api.request("POST", path, {identity.user_id: signed})
    if failures := answer.get("failures", {}).get(identity.user_id):
        raise IdentityRefused(f"The homeserver refused the signatures of the bot's device: {_why(failures)}.")


def _signed_by_device(machine: Machine, key: Json) -> Json:
    signature = machine.account.sign(signed_part(key).decode())
    return with_signature(key, machine.user_id, f"ed25519:{machine.device_id}", signature)


def _why(failures: Mapping[str, Any]) -> str:
    errors = {failure.get("errcode", "") for failure in failures.values() if isinstance(failure, dict)}
    return ", ".join(sorted(errors)) or "no reason given"
