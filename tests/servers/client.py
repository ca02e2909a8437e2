"""The Matrix client-server API over aiohttp, as thin as it can be: no library that the bot uses."""

import asyncio
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

JSON = dict[str, Any]
API = "/_matrix/client/v3"


class Refused(Exception):
    """The homeserver said no. `errcode` is Matrix's, empty when the answer was not JSON."""

    def __init__(self, status: int, errcode: str, error: str) -> None:
        super().__init__(f"{status} {errcode}: {error}")
        self.status = status
        self.errcode = errcode


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody the homeserver knows, with a device of their own."""

    user_id: str
    password: str
    access_token: str
    device_id: str


class Client:
    """Requests of one account. Waits out a 429; everything else that is not a success raises Refused."""

    def __init__(self, homeserver: str, access_token: str = "") -> None:
        self.homeserver = homeserver.rstrip("/")
        self.access_token = access_token
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self, method: str, path: str, body: Any = None, *, query: Mapping[str, str | int] | None = None
    ) -> JSON:
        """One request; `path` starts with `/_matrix` or `/_synapse`, its parts already quoted by `at`."""
        while True:
            headers = {"Authorization": f"Bearer {self.access_token}"} if self.access_token else {}
            async with self._open().request(
                method, URL(self.homeserver + path, encoded=True), json=body, params=query, headers=headers
            ) as response:
                answer = _read(await response.text())
                if response.status < 300:
                    return answer
            if response.status != 429:
                raise Refused(response.status, answer.get("errcode", ""), answer.get("error", ""))
            await asyncio.sleep(answer.get("retry_after_ms", 100) / 1000)

    async def get(self, path: str, **query: str | int) -> JSON:
        return await self.request("GET", path, query=query)

    async def post(self, path: str, body: Any) -> JSON:
        return await self.request("POST", path, body)

    async def put(self, path: str, body: Any) -> JSON:
        return await self.request("PUT", path, body)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90))
        return self._session


def at(*parts: str) -> str:
    """The path of a client API request, each part quoted: `at("rooms", room, "join")`."""
    return API + "".join("/" + quote(part, safe="") for part in parts)


async def register(
    client: Client,
    shared_secret: str,
    name: str,
    *,
    password: str = "",
    admin: bool = False,
    shown: str = "",
) -> Account:
    """Makes an account by Synapse's shared-secret registration, logged in. `shown`: its display name."""
    path = "/_synapse/admin/v1/register"
    password = password or secrets.token_urlsafe(12)
    nonce = (await client.get(path))["nonce"]
    signed = "\0".join([nonce, name, password, "admin" if admin else "notadmin"])
    mac = hmac.new(shared_secret.encode(), signed.encode(), hashlib.sha1).hexdigest()
    wanted = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
    made = await client.post(path, wanted | {"displayname": shown or name})
    return Account(made["user_id"], password, made["access_token"], made["device_id"])


async def log_in(client: Client, user_id: str, password: str, device_id: str | None = None) -> Account:
    """Logs in with a password: a new device, or the one named."""
    wanted: JSON = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": user_id},
        "password": password,
    }
    if device_id is not None:
        wanted["device_id"] = device_id
    made = await client.post(at("login"), wanted)
    return Account(made["user_id"], password, made["access_token"], made["device_id"])


def _read(text: str) -> JSON:
    try:
        answer = json.loads(text)
    except json.JSONDecodeError:
        return {"error": text[:200]}
    return answer if isinstance(answer, dict) else {"answer": answer}
