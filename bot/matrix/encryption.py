"""Opens the device's keys and the account's identity at the start; replaces a device whose keys are lost."""

import logging
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.matrix import session as sessions
from bot.matrix.api import Api
from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.errors import KeysLost
from bot.matrix.keys.identity import cross_signing, identity
from bot.matrix.keys.identity.identity import Established
from bot.matrix.keys.keyring import Keys
from bot.matrix.keys.room_keys import room_key_export
from bot.matrix.keys.room_keys.sharing import Trust
from bot.matrix.session import Session
from bot.settings import Settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Encryption:
    """The keys in use. `session` is a new one if those of the old device were lost."""

    session: Session
    device: OwnDevice = field(repr=False)
    keys: Keys = field(repr=False)
    established: Established
    api: Api = field(repr=False)
    folder: Path

    async def signed(self) -> bool:
        """Whether the server still shows our identity and that it has signed the device. Raises MatrixError."""
        seen = await identity.show(self.api, self.folder, self.session.user_id, self.session.device_id)
        return seen.good

    def close(self) -> None:
        """Lets another process have the keys."""
        self.device.close()


async def opened(settings: Settings, session: Session, api: Api) -> Encryption:
    """Open the device's keys and have the account's identity sign the device, before anything is sent.

    Raises StartRefused with what the operator can do, and what is lost; MatrixError when the server fails.
    """
    try:
        device, established = await _established(settings, session, api)
    except KeysLost as lost:
        session = await replaced(settings, session, api, lost)
        device, established = await _established(settings, session, api)
    try:
        session = _with_what_was_restored(settings, session, device)
        session = await _without_predecessor(settings, session, api)
    except BaseException:
        device.close()
        raise
    keys = Keys(device, api, trust=Trust(settings.trust))
    if established.backup_version:
        keys.back_up_to(established.backup, established.backup_version)
    return Encryption(session, device, keys, established, api, settings.data_dir)


async def device_of(settings: Settings, session: Session, api: Api) -> OwnDevice:
    """The keys of the session's device, made if it never had any. Raises KeysLost, KeysDamaged, KeysLocked."""
    blank = await identity.device_is_blank(api, session.user_id, session.device_id)
    return OwnDevice(session.user_id, session.device_id, settings.data_dir, may_create=blank)


async def _established(settings: Settings, session: Session, api: Api) -> tuple[OwnDevice, Established]:
    device = await device_of(settings, session, api)
    try:
        established = await identity.establish(
            device, api, settings.data_dir, password=password(settings), recovery_key=_recovery_key(settings)
        )
    except BaseException:
        device.close()
        raise
    return device, established


async def replaced(
    settings: Settings, session: Session, api: Api, lost: KeysLost, *, keeps_identity: bool = True
) -> Session:
    """A session on a new device. Raises KeysLost when no identity could sign it; StartRefused when login fails."""
    held = cross_signing.load(settings.data_dir, session.user_id) is not None
    if keeps_identity and not held and settings.recovery_key is None:
        raise KeysLost(
            f"{lost} Set RELAIS_RECOVERY_KEY: the bot then keeps its identity and reads again what was in the key "
            "backup. Without it, `relais identity reset` makes a new identity; what was said before stays unreadable."
        ) from None
    logger.warning("the keys of the device are lost: taking a new device")
    return await sessions.on_new_device(api, settings, session)


def _with_what_was_restored(settings: Settings, session: Session, device: OwnDevice) -> Session:
    """At the first start after a restore, give the device the old one's room keys, and have the old one signed out."""
    before = room_key_export.take_in(device, settings.data_dir)
    if before is None:
        return session
    if before != session.device_id:
        session = sessions.keep(settings, replace(session, replaces=before))
    room_key_export.taken(settings.data_dir)
    return session


async def _without_predecessor(settings: Settings, session: Session, api: Api) -> Session:
    """Sign out the old device, so that nobody encrypts for it any more: one try, for the server may refuse."""
    if not session.replaces:
        return session
    if not await identity.remove_device(api, session.user_id, session.replaces, password(settings)):
        logger.warning("the old device could not be removed: sign it out in the account's settings")
    return sessions.keep(settings, session.with_nothing_replaced())


def password(settings: Settings) -> str | None:
    return settings.password.get_secret_value() if settings.password else None


def _recovery_key(settings: Settings) -> str | None:
    return settings.recovery_key.get_secret_value() if settings.recovery_key else None


async def with_new_identity(settings: Settings, session: Session, api: Api) -> str | None:
    """Replaces the account's identity, on a new device if the keys of this one are lost; returns its recovery key.

    Raises StartRefused, and then the account has the identity that it had; MatrixError.
    """
    try:
        device = await device_of(settings, session, api)
    except KeysLost as lost:
        session = await replaced(settings, session, api, lost, keeps_identity=False)
        device = await device_of(settings, session, api)
    try:
        return (await identity.reset(device, api, settings.data_dir, password=password(settings))).recovery_key
    finally:
        device.close()
