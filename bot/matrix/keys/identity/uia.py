"""Requests for which a server may ask for the password again (user-interactive authentication)."""

from collections.abc import Mapping
from typing import Any

from bot.errors import MatrixError
from bot.matrix.keys.api import Api, Json
from bot.matrix.keys.errors import IdentityRefused

_PASSWORD = "m.login.password"


async def confirmed(
    api: Api, method: str, path: str, body: Mapping[str, Any], *, user_id: str, password: str | None
) -> Json:
    """Sends the request, with the password if the server asks for it.

    Raises IdentityRefused, with what the operator can do, if the server asks for something else or the password is
    missing or wrong; MatrixError for every other answer.
    """
    try:
        return await api.request(method, path, dict(body))
    except MatrixError as error:
        if error.status != 401 or "flows" not in error.body:
            raise
        auth = _auth(error.body, user_id, password)
    try:
        return await api.request(method, path, {**body, "auth": auth})
    except MatrixError as error:
        if error.status == 401:
            raise IdentityRefused("The homeserver does not accept RELAIS_PASSWORD for this.") from error
        raise


def _auth(challenge: Mapping[str, Any], user_id: str, password: str | None) -> Json:
    stages = [flow.get("stages") for flow in challenge.get("flows", []) if isinstance(flow, dict)]
    if [_PASSWORD] not in stages:
        raise IdentityRefused(
            f"The homeserver wants this approved by the account's owner in a browser{_where(challenge)}."
        )
    if not password:
        raise IdentityRefused("The homeserver asks for the account's password: set RELAIS_PASSWORD.")
    return {
        "type": _PASSWORD,
        "identifier": {"type": "m.id.user", "user": user_id},
        "password": password,
        "session": challenge.get("session", ""),
    }


def _where(challenge: Mapping[str, Any]) -> str:
    params = challenge.get("params")
    for stage in params.values() if isinstance(params, dict) else ():
        if isinstance(stage, dict) and isinstance(stage.get("url"), str):
            return f": {stage['url']}"
    return ""
