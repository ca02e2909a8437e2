"""The recovery key: stores the identity's secrets on the server under it, and reads them back."""

import secrets
from dataclasses import replace
from pathlib import Path

from bot.matrix.keys.api import Api
from bot.matrix.keys.errors import RecoveryRefused
from bot.matrix.keys.identity import cross_signing
from bot.matrix.keys.identity.cross_signing import Identity
from bot.matrix.keys.identity.secret_storage import SecretStorage, read
from bot.matrix.keys.signatures import public_key

_NAMES = {
    "master": "m.cross_signing.master",
    "self_signing": "m.cross_signing.self_signing",
    "user_signing": "m.cross_signing.user_signing",
    "backup": "m.megolm_backup.v1",
}


async def set_up(api: Api, identity: Identity) -> None:
    """Stores the identity's secrets under its unshown recovery key. Raises MatrixError."""
    stored = {name: getattr(identity, part) for part, name in _NAMES.items()}
    await SecretStorage(api, identity.user_id).store(identity.unshown, stored)


async def ensured(api: Api, identity: Identity, folder: Path) -> Identity:
    """Sets recovery up if a crash or an older client has left none; returns the identity. Raises MatrixError."""
    storage = SecretStorage(api, identity.user_id)
    if identity.unshown:
        if await storage.opens(identity.unshown):
            return identity
    elif await storage.key_id() is not None:
        return identity
    else:
        identity = replace(identity, unshown=secrets.token_bytes(32))
        cross_signing.save(folder, identity)
    await set_up(api, identity)
    return identity


async def recovered_identity(api: Api, user_id: str, public: str, recovery_key: str) -> Identity:
    """The identity that the recovery key opens; it must be the one that the server shows (`public`).

    If the storage has no backup key, it gets a new one. Raises RecoveryRefused or MatrixError.
    """
    storage = SecretStorage(api, user_id)
    found = await storage.fetch(read(recovery_key), tuple(_NAMES.values()))
    seeds = {part: found[name] for part, name in _NAMES.items() if name in found}
    missing = [part for part in ("master", "self_signing", "user_signing") if len(seeds.get(part, b"")) != 32]
    if missing:
        raise RecoveryRefused(f"The recovery key opens no {' and no '.join(missing)} key.")
    if public_key(seeds["master"]) != public:
        raise RecoveryRefused("The recovery key belongs to an identity that the account has replaced since.")
    return Identity(user_id, **{"backup": secrets.token_bytes(32), **seeds})
