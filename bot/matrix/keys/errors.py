"""What can go wrong with keys, and what the caller must then do."""

from bot.errors import RelaisError, StartRefused, TryLater


class KeysNotShared(TryLater):
    """The key cannot be shared with the room's members now: send the message later, never without it."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(0, "KEYS_NOT_SHARED", message, retry_after)


class KeyStoreFailed(RelaisError):
    """The key store could not save what was received: end the process without moving the sync token."""


class KeysLocked(StartRefused):
    """Another process uses the key store."""


class KeysDamaged(StartRefused):
    """The key store, or a file beside it, cannot be read."""


class KeysLost(StartRefused):
    """The device is known to the homeserver, but its keys are not here: it must not be used again."""


class IdentityRefused(StartRefused):
    """The account has a cross-signing identity that Relais does not hold, and will not replace by itself."""


class RecoveryRefused(StartRefused):
    """The recovery key is wrong, or what it should open is not there."""
