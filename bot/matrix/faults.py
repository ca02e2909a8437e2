"""What a fault of the homeserver is, in words for the operator."""

from bot.errors import TryLater
from bot.waits import ACCOUNT, HOMESERVER, Waits

REFUSES_FOR_NOW = {
    "M_USER_SUSPENDED": "the homeserver has suspended the account",
    "M_USER_LOCKED": "the homeserver has locked the account",
    "M_CONSENT_NOT_GIVEN": "the homeserver wants its terms to be accepted for the account",
    "M_RESOURCE_LIMIT_EXCEEDED": "the homeserver has reached a limit, or is closed by its administrator",
}
"""Refusals that end when somebody lifts them (Client-Server API, "Other error codes"): until then we wait."""


def note(waits: Waits, error: TryLater) -> None:
    """Note what is waited for after this error."""
    if error.errcode in REFUSES_FOR_NOW:
        waits.over(HOMESERVER)
        waits.begin(ACCOUNT, REFUSES_FOR_NOW[error.errcode])
    else:
        waits.begin(HOMESERVER, reason(error))


def reason(error: TryLater) -> str:
    """Why the homeserver does not do what it was asked."""
    if error.errcode in REFUSES_FOR_NOW:
        return REFUSES_FOR_NOW[error.errcode]
    if error.status == 0:
        return "the homeserver does not answer"
    if error.status == 429:
        return "the homeserver asks to wait"
    return f"the homeserver answers {error.status}"
