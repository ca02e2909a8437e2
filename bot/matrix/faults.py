"""What a fault of the homeserver is, in words for the operator."""

import aiohttp

from bot.errors import TryLater
from bot.process.waits import ACCOUNT, HOMESERVER, Waits

REFUSES_FOR_NOW = {
    "M_USER_SUSPENDED": "the homeserver has suspended the account",
    "M_USER_LOCKED": "the homeserver has locked the account",
    "M_CONSENT_NOT_GIVEN": "the homeserver wants its terms to be accepted for the account",
    "M_RESOURCE_LIMIT_EXCEEDED": "the homeserver has reached a limit, or is closed by its administrator",
}
"""Refusals that end when somebody lifts them (Client-Server API, "Other error codes"): until then we wait."""


CERTIFICATE, PROXY, REDIRECTED, NO_ANSWER = "CERTIFICATE", "PROXY", "REDIRECTED", "NO_ANSWER"
"""Our own codes of what comes before any answer of the homeserver."""


def unreached(error: Exception) -> TryLater:
    """The error of a request that brought no answer."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        why = error.certificate_error
        return TryLater(0, CERTIFICATE, getattr(why, "verify_message", "") or type(why).__name__)
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return TryLater(0, PROXY, f"it answers {error.status}")
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return TryLater(0, PROXY, "it does not answer")
    return TryLater(0, NO_ANSWER, type(error).__name__)


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
    if error.errcode == CERTIFICATE:
        return f"the homeserver's certificate is not trusted ({error.message})"
    if error.errcode == PROXY:
        return f"the proxy does not let us through ({error.message})"
    if error.status == 0:
        return "the homeserver does not answer"
    if error.status == 429:
        return "the homeserver asks to wait"
    return f"the homeserver answers {error.status}"
