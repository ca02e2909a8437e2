"""The part of `relais check` that tries the homeserver and the ports."""

from collections.abc import AsyncIterator

from bot import settings
from bot.errors import StartRefused, TryLater
from bot.http import web
from bot.matrix import faults, session
from bot.settings import Settings


async def homeserver(chosen: Settings) -> AsyncIterator[str]:
    settings.require_account(chosen)
    try:
        found = await session.try_out(chosen)
    except TryLater as error:
        raise StartRefused(_silence(chosen, error)) from None
    yield f"homeserver: {chosen.homeserver} answers"
    yield f"account: {chosen.user_id}, {found}"


def _silence(chosen: Settings, error: TryLater) -> str:
    if error.errcode == faults.CERTIFICATE:
        return (
            f"The certificate of {chosen.homeserver} is not trusted ({error.message}): name the certificate of its "
            "authority in RELAIS_CA_FILE or SSL_CERT_FILE."
        )
    if error.errcode == faults.PROXY:
        return (
            f"The proxy does not let Relais through to {chosen.homeserver} ({error.message}): "
            "see RELAIS_PROXY, HTTPS_PROXY and NO_PROXY."
        )
    if error.errcode in faults.REFUSES_FOR_NOW:
        return f"For now Relais would wait: {faults.reason(error)}."
    if error.status == 0:
        return f"The homeserver {chosen.homeserver} cannot be reached: see RELAIS_HOMESERVER, and the network."
    if error.status == 429:
        return f"The homeserver {chosen.homeserver} asks to wait before another login: try again in a minute."
    return f"{chosen.homeserver} answers {error.status}, not as a Matrix homeserver does: see RELAIS_HOMESERVER."


async def listening(chosen: Settings) -> AsyncIterator[str]:
    found = web.addresses(chosen.listen, chosen.public_listen)
    for setting, host, port in found:
        what = "health, metrics and calendars" if len(found) == 1 else web.SERVES[setting]
        yield f"{what}: {host}:{port}"
