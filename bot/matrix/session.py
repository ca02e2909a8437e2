"""Logs in once: token and device are stored in the data folder and used again at every start."""

import json
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from nio import AsyncClient, AsyncClientConfig

from bot.errors import MatrixError, Refused, StartRefused, TokenLost, TryLater
from bot.matrix import faults
from bot.matrix.api import Api, Json, path
from bot.settings import Settings

logger = logging.getLogger(__name__)

DEVICE_NAME = "Relais"
FILE = "session.json"
NO_SECRET = "Neither RELAIS_PASSWORD nor RELAIS_ACCESS_TOKEN is set: Relais cannot log in."
NO_PASSWORDS = (
    "The homeserver takes no passwords, it leaves log-in to another service: set RELAIS_ACCESS_TOKEN. "
    "deploy/README.md says how to get one (“An account without a password”)."
)
PROBE_WITHIN = 10.0
VERSIONS = "/_matrix/client/versions"
FOR_GOOD = (301, 308)


@dataclass(frozen=True, slots=True)
class Session:
    """Who the bot is, on which device, and what it shows to the homeserver.

    `replaces` is an earlier device whose keys were lost, until it is signed out. With a `refresh_token` the access
    token expires, and is renewed.
    """

    homeserver: str
    user_id: str
    device_id: str
    access_token: str
    replaces: str = ""
    refresh_token: str = ""

    def __repr__(self) -> str:
        return f"Session({self.user_id}, {self.device_id})"

    def with_nothing_replaced(self) -> "Session":
        """The session once the old device is signed out, or cannot be."""
        return replace(self, replaces="")


async def open_session(settings: Settings, *, may_write: Callable[[], bool] = lambda: True) -> tuple[Session, Api]:
    """Use the stored session, or log in. Raises StartRefused with one sentence, TryLater when nobody answers.

    `may_write` says whether the process may change anything on the homeserver just now.
    """
    api = Api(_client(settings), settings.outgoing, may_write=may_write)
    try:
        await _look(api, settings)
        session = await _session(api, settings)
    except MatrixError as error:
        await api.close()
        raise _refusal(error, settings) from None
    except BaseException:
        await api.close()
        raise
    use(api, session)
    api.renew = partial(_renew, api, settings)
    return session, api


async def try_out(settings: Settings) -> str:
    """Check that we could log in; returns in words what `open_session` would use. Leaves no device behind.

    Raises what `open_session` raises.
    """
    api = Api(_client(settings), settings.outgoing)
    try:
        await _look(api, settings)
        await api.request("GET", VERSIONS, within=PROBE_WITHIN)
        return await _tried(api, settings)
    except MatrixError as error:
        raise _refusal(error, settings) from None
    finally:
        await api.close()


async def _look(api: Api, settings: Settings) -> None:
    """See who answers, before a password or a token leaves. Raises StartRefused for another address, TryLater."""
    try:
        await api.request("GET", VERSIONS, within=PROBE_WITHIN, bare=True)
    except TryLater as error:
        if error.errcode == faults.REDIRECTED and (error.status in FOR_GOOD or error.message.startswith("https:")):
            raise StartRefused(
                f"{settings.homeserver} sends on to {error.message}: set RELAIS_HOMESERVER to that, "
                "for neither password nor token is sent on."
            ) from None
        if error.status in (0, 429) or error.errcode == faults.REDIRECTED:
            raise
    except MatrixError:
        return  # what is wrong, whatever comes next says


async def _tried(api: Api, settings: Settings) -> str:
    kept = _read(settings.data_dir / FILE)
    if kept is not None:
        _same_account(kept, settings)
        try:
            return f"the kept session is accepted, device {(await _who(api, settings, kept.access_token)).device_id}"
        except TokenLost:
            if settings.password is None:
                raise
        await _log_in_and_out(api, settings)
        return f"the kept token is lost, the password will renew it for device {kept.device_id}"
    if settings.access_token is not None:
        session = await _who(api, settings, settings.access_token.get_secret_value())
        return f"the access token is accepted, device {session.device_id}"
    if settings.password is None:
        raise StartRefused(NO_SECRET)
    await _log_in_and_out(api, settings)
    return "the password is accepted, the first start will log in with it"


async def _log_in_and_out(api: Api, settings: Settings) -> None:
    session = await _log_in(api, settings, None)
    api.client.access_token = session.access_token
    await api.request("POST", path("logout"), {})


def use(api: Api, session: Session) -> None:
    """Make requests as this user on this device."""
    api.client.user_id = session.user_id
    api.client.device_id = session.device_id
    api.client.access_token = session.access_token


async def _session(api: Api, settings: Settings) -> Session:
    kept = _read(settings.data_dir / FILE)
    if kept is not None:
        _same_account(kept, settings)
        return await _take_up(api, settings, kept)
    if settings.access_token is not None:
        session = await _who(api, settings, settings.access_token.get_secret_value())
    elif settings.password is not None:
        session = await _log_in(api, settings, settings.device_id)
    else:
        raise StartRefused(NO_SECRET)
    return keep(settings, session)


async def _renew(api: Api, settings: Settings) -> bool:
    """Get another access token for the same device, by the refresh token or by the password; store and use it.

    Returns False when neither is accepted. Raises TryLater.
    """
    old = _read(settings.data_dir / FILE)
    if old is None:
        return False
    for way in (_refreshed, _logged_in_again):
        with suppress(Refused, TokenLost):
            if (session := await way(api, settings, old)) is not None:
                use(api, keep(settings, session))
                logger.info("the access token had expired and was renewed")
                return True
    return False


async def _refreshed(api: Api, _settings: Settings, old: Session) -> Session | None:
    """(Client-Server API, /refresh). A new refresh token comes only if the old one is used up."""
    if not old.refresh_token:
        return None
    answer = await api.request("POST", path("refresh"), {"refresh_token": old.refresh_token}, bare=True)
    again = str(answer.get("refresh_token") or old.refresh_token)
    return replace(old, access_token=str(answer["access_token"]), refresh_token=again)


async def _logged_in_again(api: Api, settings: Settings, old: Session) -> Session | None:
    if settings.password is None:
        return None
    return replace(await _log_in(api, settings, old.device_id, expires=True), replaces=old.replaces)


async def _take_up(api: Api, settings: Settings, kept: Session) -> Session:
    """The stored session if its token is valid; else, with a password, log in again for the same device."""
    try:
        found = await _who(api, settings, kept.access_token)
        return replace(found, replaces=kept.replaces, refresh_token=kept.refresh_token)
    except TokenLost as error:
        if error.body.get("soft_logout") and await _renew(api, settings):
            return _read(settings.data_dir / FILE) or kept
        if settings.password is None:
            raise
    session = replace(await _log_in(api, settings, kept.device_id), replaces=kept.replaces)
    return keep(settings, session)


async def on_new_device(api: Api, settings: Settings, old: Session) -> Session:
    """Log in on a new device, for which keys can be made; remembers the old one until it is signed out.

    Raises StartRefused, TryLater.
    """
    try:
        session = await _other(api, settings, old)
    except MatrixError as error:
        raise _refusal(error, settings) from None
    use(api, session)
    return keep(settings, replace(session, replaces=old.device_id))


async def _other(api: Api, settings: Settings, old: Session) -> Session:
    if settings.access_token is not None:
        session = await _who(api, settings, settings.access_token.get_secret_value())
        if session.device_id != old.device_id:
            return session
    if settings.password is None:
        raise StartRefused(
            f"The keys of device {old.device_id} are lost, and its access token is good for no other device: "
            "set RELAIS_PASSWORD, or RELAIS_ACCESS_TOKEN to one of a new device."
        )
    return await _log_in(api, settings, None)


def kept(folder: Path) -> Session | None:
    """The session of that data folder, None before the first login. Raises StartRefused when it is damaged."""
    return _read(folder / FILE)


def keep(settings: Settings, session: Session) -> Session:
    """Store the session for later starts, and return it."""
    _write(settings.data_dir / FILE, session)
    return session


async def _who(api: Api, settings: Settings, token: str) -> Session:
    """User and device of a token (Client-Server API, /account/whoami)."""
    api.client.access_token = token
    answer = await api.request("GET", path("account", "whoami"))
    if answer.get("user_id") != settings.user_id:
        raise StartRefused(f"The access token is not one of {settings.user_id}: see RELAIS_USER_ID.")
    device_id = answer.get("device_id")
    if not device_id:
        raise StartRefused(
            "The access token belongs to no device, so that no room could be encrypted: "
            "create one that does, or use RELAIS_PASSWORD."
        )
    return Session(settings.homeserver, settings.user_id, str(device_id), token)


async def _log_in(api: Api, settings: Settings, device_id: str | None, *, expires: bool = False) -> Session:
    """Log in with the password; `expires` asks for a refresh token, because access tokens of this server expire.

    Raises StartRefused when the server takes no passwords: then none is sent.
    """
    assert settings.password is not None
    body: Json = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": settings.user_id},
        "password": settings.password.get_secret_value(),
        "initial_device_display_name": DEVICE_NAME,
    }
    if device_id:
        body["device_id"] = device_id
    if expires:
        body["refresh_token"] = True
    await _require_password_login(api)
    answer = await api.request("POST", path("login"), body, bare=True)
    device, token = str(answer["device_id"]), str(answer["access_token"])
    again = str(answer.get("refresh_token") or "")
    return Session(settings.homeserver, settings.user_id, device, token, refresh_token=again)


async def _require_password_login(api: Api) -> None:
    try:
        answer = await api.request("GET", path("login"), bare=True)
    except Refused as error:
        if error.errcode == "M_UNRECOGNIZED":
            raise StartRefused(NO_PASSWORDS) from None
        return
    flows = answer.get("flows")
    if isinstance(flows, list) and "m.login.password" not in [flow.get("type") for flow in flows]:
        raise StartRefused(NO_PASSWORDS)


def _refusal(error: MatrixError, settings: Settings) -> Exception:
    if isinstance(error, TryLater):
        return error
    if isinstance(error, TokenLost):
        return StartRefused(
            f"The homeserver no longer accepts the access token of {settings.user_id}. "
            f"Set RELAIS_PASSWORD to renew it for the same device, or RELAIS_ACCESS_TOKEN and remove {FILE}."
        )
    if isinstance(error, Refused) and error.errcode == "M_FORBIDDEN":
        return StartRefused(f"The homeserver refuses the password of {settings.user_id}: see RELAIS_PASSWORD.")
    return StartRefused(f"The homeserver refuses to log {settings.user_id} in ({error.errcode}).")


def _same_account(kept: Session, settings: Settings) -> None:
    if kept.user_id != settings.user_id:
        raise StartRefused(
            f"The data folder belongs to {kept.user_id}, not to {settings.user_id}: use another RELAIS_DATA_DIR."
        )


def _client(settings: Settings) -> AsyncClient:
    config = AsyncClientConfig(store_sync_tokens=False, encryption_enabled=False)
    return AsyncClient(settings.homeserver, settings.user_id, config=config)


def _read(file: Path) -> Session | None:
    if not file.exists():
        return None
    try:
        return Session(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise StartRefused(f"{file} cannot be read or is damaged: restore it, or remove it to log in anew.") from None


def _write(file: Path, session: Session) -> None:
    """Write the session whole or not at all, readable by our user only."""
    partial = file.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(asdict(session), out)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(file)
