"""The bot's cross-signing identity: made at the first start, checked at every other, never replaced silently."""

import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.errors import MatrixError
from bot.matrix.keys.api import Api, client_path
from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.errors import IdentityRefused, KeysLost
from bot.matrix.keys.identity import cross_signing, recovery
from bot.matrix.keys.identity.cross_signing import Identity, Published, published, sign_device
from bot.matrix.keys.identity.secret_storage import SecretStorage, read, written
from bot.matrix.keys.identity.uia import confirmed
from bot.matrix.keys.room_keys.backup import Backup
from bot.matrix.keys.upload import upload_keys


@dataclass(frozen=True, slots=True)
class Established:
    """The identity is there and has signed the device.

    `recovery_key`: to be shown to the operator now, then `shown`; None if they have seen it before.
    `restored`: room keys read from the server's backup. `backup`: for `Keys.back_up_to`; its version is None
    if the backup on the server is somebody else's.
    """

    master_key: str
    created: bool
    recovered: bool
    restored: int
    backup: Backup = field(repr=False)
    backup_version: str | None
    recovery_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class IdentityStatus:
    """For `relais identity show` and `!diagnostic`: `master_key` is the server's, `held_key` ours."""

    user_id: str
    device_id: str
    master_key: str | None
    held_key: str | None
    device_signed: bool
    recovery_set_up: bool
    backup_version: str | None

    @property
    def good(self) -> bool:
        """Whether Element trusts the device, and the bot can prove who it is."""
        return self.device_signed and self.master_key is not None and self.master_key == self.held_key


async def device_is_blank(api: Api, user_id: str, device_id: str) -> bool:
    """Whether the server has no keys of the device: only then may its store be made. Raises MatrixError."""
    return not (await published(api, user_id, device_id)).device


async def establish(
    device: OwnDevice,
    api: Api,
    folder: Path,
    *,
    password: str | None = None,
    recovery_key: str | None = None,
) -> Established:
    """Creates, recovers or checks identity, recovery and backup: at the start, before any message is sent.

    Raises KeysLost if the server knows other keys of this device, IdentityRefused if the account has an
    identity that cannot be opened, RecoveryRefused for a wrong recovery key, MatrixError if the server fails.
    """
    if not device.olm.account.shared:
        await upload_keys(device, api)
    seen = await published(api, device.user_id, device.device_id)
    _check_device(device, seen)
    if seen.public is None:
        identity = cross_signing.load(folder, device.user_id) or _made(folder, device.user_id, recovery_key)
        await cross_signing.publish(api, identity, password)
        seen = await published(api, device.user_id, device.device_id)
        return await _finish(device, api, identity, seen, folder, created=True)
    if known := _known(folder, seen):
        return await _finish(device, api, known, seen, folder)
    identity = await _recovered(api, device.user_id, seen.public, recovery_key)
    cross_signing.save(folder, identity)
    return await _finish(device, api, identity, seen, folder, recovered=True)


async def reset(device: OwnDevice, api: Api, folder: Path, *, password: str | None = None) -> Established:
    """Replaces the account's identity by a new one: whoever had verified the bot is warned by their device.

    Raises IdentityRefused, with what the server asks for, and then nothing has changed.
    """
    if not device.olm.account.shared:
        await upload_keys(device, api)
    _known(folder, await published(api, device.user_id, device.device_id))
    identity = cross_signing.new_identity(device.user_id, secrets.token_bytes(32))
    # Saved before it is published: a crash in between leaves no identity whose keys nobody has.
    cross_signing.save(folder, identity, cross_signing.NEXT)
    await cross_signing.publish(api, identity, password)
    cross_signing.save(folder, identity)
    await recovery.set_up(api, identity)
    await Backup(api, identity).create()
    seen = await published(api, device.user_id, device.device_id)
    return await _finish(device, api, identity, seen, folder, created=True)


def shown(folder: Path, user_id: str) -> None:
    """Erases the recovery key here: the operator has seen it."""
    identity = cross_signing.load(folder, user_id)
    if identity is not None and identity.unshown:
        cross_signing.save(folder, replace(identity, unshown=b""))


def unseen(folder: Path, user_id: str) -> str | None:
    """The recovery key, None once the operator has seen it. Raises KeysDamaged."""
    identity = cross_signing.load(folder, user_id)
    return written(identity.unshown) if identity is not None and identity.unshown else None


async def show(api: Api, folder: Path, user_id: str, device_id: str) -> IdentityStatus:
    """The status, read without the key store, so also while the bot runs. Raises MatrixError, KeysDamaged."""
    seen = await published(api, user_id, device_id)
    held = cross_signing.load(folder, user_id)
    return IdentityStatus(
        user_id=user_id,
        device_id=device_id,
        master_key=seen.public,
        held_key=held.public if held else None,
        device_signed=seen.device_signed,
        recovery_set_up=await SecretStorage(api, user_id).key_id() is not None,
        backup_version=await Backup(api, held).version() if held else None,
    )


async def remove_device(api: Api, user_id: str, device_id: str, password: str | None) -> bool:
    """Logs out a device whose keys are lost, so that nobody encrypts for it. False if the server refuses."""
    path = client_path("delete_devices")
    try:
        await confirmed(api, "POST", path, {"devices": [device_id]}, user_id=user_id, password=password)
    except (IdentityRefused, MatrixError):
        return False
    return True


def _check_device(device: OwnDevice, seen: Published) -> None:
    if seen.device_key != device.olm.account.identity_keys["ed25519"]:
        raise KeysLost(
            f"The homeserver has other keys of device {device.device_id} than this folder: the store was "
            "lost or restored. The bot needs a new device."
        )


def _known(folder: Path, seen: Published) -> Identity | None:
    """The folder's identity that the server shows: the one in use, or one whose reset was interrupted."""
    for name in (cross_signing.IN_USE, cross_signing.NEXT):
        identity = cross_signing.load(folder, seen.user_id, name)
        if identity is not None and identity.public == seen.public:
            if name == cross_signing.NEXT:
                cross_signing.save(folder, identity)
            return identity
    return None


def _made(folder: Path, user_id: str, recovery_key: str | None) -> Identity:
    """Creates an identity, saved before it is published: a crash leaves none whose keys nobody has."""
    recovery_seed = read(recovery_key) if recovery_key else secrets.token_bytes(32)
    identity = cross_signing.new_identity(user_id, recovery_seed)
    cross_signing.save(folder, identity)
    return identity


async def _recovered(api: Api, user_id: str, public: str, recovery_key: str | None) -> Identity:
    if not recovery_key:
        raise IdentityRefused(
            f"The account {user_id} already has a cross-signing identity that is not in this folder. Set "
            "RELAIS_RECOVERY_KEY to its recovery key; or replace it with `relais identity reset`, after "
            "which everybody who verified the bot is warned."
        )
    return await recovery.recovered_identity(api, user_id, public, recovery_key)


async def _finish(
    device: OwnDevice,
    api: Api,
    identity: Identity,
    seen: Published,
    folder: Path,
    *,
    created: bool = False,
    recovered: bool = False,
) -> Established:
    await sign_device(api, device.olm, identity, seen)
    identity = await recovery.ensured(api, identity, folder)
    backup = Backup(api, identity)
    version = await backup.version()
    if version is None and not await backup.exists():
        version = await backup.create()
    new_store = next(iter(device.olm.inbound_group_store), None) is None
    restored = await backup.restore(device.olm, version) if new_store and version else 0
    return Established(
        master_key=identity.public,
        created=created,
        recovered=recovered,
        restored=restored,
        backup=backup,
        backup_version=version,
        recovery_key=written(identity.unshown) if identity.unshown else None,
    )
