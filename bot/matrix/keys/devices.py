"""Which devices people have (key queries), and which of them their owners have signed."""

import asyncio
from collections.abc import Iterable
from typing import Any

from nio.responses import KeysQueryResponse

from bot.matrix.keys.api import Api, Json, client_path
from bot.matrix.keys.machine import Machine
from bot.matrix.keys.signatures import signed_by, verified

_USERS_A_REQUEST = 200
_USERS_A_BLOCK = 10
_PATIENCE = 300.0


class Devices:
    """Keeps the devices of everybody tracked up to date."""

    def __init__(self, machine: Machine, api: Api) -> None:
        self._machine = machine
        self._api = api
        self._unreachable: dict[str, float] = {}
        self.signed: dict[str, frozenset[str]] = {}

    def pending(self, among: Iterable[str] | None = None) -> set[str]:
        """Users whose devices must be queried, except those whose homeserver has just failed to answer."""
        waiting: set[str] = set(self._machine.users_for_key_query)
        if among is not None:
            waiting.intersection_update(among)
        now = asyncio.get_running_loop().time()
        return {user for user in waiting if self._unreachable.get(user, 0.0) <= now}

    def track(self, users: Iterable[str]) -> None:
        """Puts users in the next query unless their devices are known to be up to date."""
        self._machine.users_for_key_query.update(set(users) - self._machine.tracked_users)

    async def query(self, users: set[str]) -> None:
        """Queries the devices of these users. Raises MatrixError, and then they stay pending."""
        ordered = sorted(users)
        for first in range(0, len(ordered), _USERS_A_REQUEST):
            await self._query(ordered[first : first + _USERS_A_REQUEST])

    async def _query(self, users: list[str]) -> None:
        self._machine.users_for_key_query.difference_update(users)
        try:
            body: Json = {"device_keys": {user: [] for user in users}}
            answer = await self._api.request("POST", client_path("keys", "query"), body)
        except BaseException:
            self._machine.users_for_key_query.update(users)
            raise
        await self._take(users, answer)

    async def _take(self, users: list[str], answer: Json) -> None:
        answered = answer.get("device_keys", {})
        for first in range(0, len(users), _USERS_A_BLOCK):
            with self._machine.store.batch():
                for user in users[first : first + _USERS_A_BLOCK]:
                    self._take_one(user, answered, answer)
            await asyncio.sleep(0)

    def _take_one(self, user: str, answered: Json, answer: Json) -> None:
        if user not in answered:
            self._machine.users_for_key_query.add(user)
            self._unreachable[user] = asyncio.get_running_loop().time() + _PATIENCE
            return
        self._unreachable.pop(user, None)
        changed_meanwhile = user in self._machine.users_for_key_query
        devices = {name: keys for name, keys in answered[user].items() if _well_formed(user, name, keys)}
        self.signed[user] = _signed_by_owner(user, devices, answer)
        self._machine._handle_key_query(KeysQueryResponse({user: devices}, {}))
        if changed_meanwhile:
            self._machine.users_for_key_query.add(user)


def _well_formed(user: str, device_id: str, keys: Any) -> bool:
    """Stock nio: one malformed device makes it drop the whole answer, with everybody else's devices."""
    if not isinstance(keys, dict) or not isinstance(keys.get("keys"), dict):
        return False
    names = [f"{kind}:{device_id}" for kind in ("ed25519", "curve25519")]
    if not all(isinstance(keys["keys"].get(name), str) for name in names):
        return False
    if (keys.get("user_id"), keys.get("device_id")) != (user, device_id):
        return False
    return isinstance(keys.get("unsigned", {}), dict)


def _signed_by_owner(user: str, devices: Json, answer: Json) -> frozenset[str]:
    """The devices that the user's identity has signed (master key signs self-signing key signs device)."""
    master = _key(answer.get("master_keys", {}).get(user), user, "master")
    signing = answer.get("self_signing_keys", {}).get(user)
    key = _key(signing, user, "self_signing")
    if master is None or key is None or not signed_by(signing, user, master):
        return frozenset()
    return frozenset(name for name, keys in devices.items() if signed_by(keys, user, key))


def _key(published: Any, user: str, usage: str) -> str | None:
    """The public part of a cross-signing key, None if it is not of that user and usage."""
    if not isinstance(published, dict) or published.get("user_id") != user:
        return None
    if usage not in published.get("usage", []) or not isinstance(published.get("keys"), dict):
        return None
    return next((key for name, key in published["keys"].items() if name == f"ed25519:{key}"), None)


def device_signature_is_good(keys: Any, user: str, device_id: str, key: str) -> bool:
    """Whether the device's own keys carry the device's own signature."""
    return verified(keys, user, f"ed25519:{device_id}", key)
