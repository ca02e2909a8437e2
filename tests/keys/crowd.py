"""A homeserver in memory that answers the key requests of one bot in a room of many devices."""

import asyncio
from pathlib import Path
from typing import Any

import nio
import vodozemac

from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.keyring import Keys

ROOM = "!room:relais.test"


class Crowd:
    """So many people, each with one device."""

    def __init__(self, devices: int) -> None:
        self.accounts = {f"@p{number}:relais.test": vodozemac.Account() for number in range(devices)}
        for account in self.accounts.values():
            account.generate_one_time_keys(1)
        self.sent = 0
        self._queried = {user: self._device(user) for user in self.accounts}
        self._claimed = {user: self._one_time_key(user) for user in self.accounts}

    async def request(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        await asyncio.sleep(0)
        if path.endswith("/keys/query"):
            return {"device_keys": {user: self._queried[user] for user in body["device_keys"]}}
        if path.endswith("/keys/claim"):
            return {"one_time_keys": {user: self._claimed[user] for user in body["one_time_keys"]}}
        if "/members" in path:
            return {"chunk": [{"state_key": u, "content": {"membership": "join"}} for u in self.accounts]}
        if "messages" in (body or {}):
            self.sent += sum(len(devices) for devices in body["messages"].values())
        return {}

    def _device(self, user: str) -> dict[str, Any]:
        account = self.accounts[user]
        keys = {
            "ed25519:D": account.ed25519_key.to_base64(),
            "curve25519:D": account.curve25519_key.to_base64(),
        }
        return {"D": self._signed(user, {"user_id": user, "device_id": "D", "algorithms": [], "keys": keys})}

    def _one_time_key(self, user: str) -> dict[str, Any]:
        (name, key), *_ = self.accounts[user].one_time_keys.items()
        return {"D": {f"signed_curve25519:{name}": self._signed(user, {"key": key.to_base64()})}}

    def _signed(self, user: str, value: dict[str, Any]) -> dict[str, Any]:
        signature = self.accounts[user].sign(nio.Api.to_canonical_json(value).encode()).to_base64()
        return {**value, "signatures": {user: {"ed25519:D": signature}}}


class Speaker:
    """A bot that is about to say something in the crowd's room for the first time."""

    def __init__(self, crowd: Crowd, folder: Path, *, device: OwnDevice | None = None) -> None:
        new = not (folder / "keys.sqlite").exists()
        self.device = device or OwnDevice("@bot:relais.test", "PHONE", folder, may_create=new)
        self.device.encrypted(ROOM)
        self.keys = Keys(self.device, crowd)

    async def speak(self, text: str = "hello") -> dict[str, Any]:
        """A raw event that says so, as the server would show it."""
        kind, content = await self.keys.encrypt(ROOM, "m.room.message", {"msgtype": "m.text", "body": text})
        return {
            "type": kind,
            "content": content,
            "event_id": f"$said:{content['ciphertext'][:40]}",
            "sender": self.device.user_id,
            "origin_server_ts": 1,
        }


def sync_answer(events: list[dict[str, Any]]) -> dict[str, Any]:
    """What a `/sync` brings with these events in the room."""
    return {"rooms": {"join": {ROOM: {"timeline": {"events": events}}}}}
