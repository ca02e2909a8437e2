"""What keys cost while the bot has better things to do."""

import asyncio
import logging
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nio
import vodozemac

from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.keyring import Keys
from tests.keys.rooms import World

logger = logging.getLogger(__name__)

ROOM = "!room:relais.test"


class Crowd:
    """A homeserver that answers key requests for a room of many devices."""

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


async def longest_block(done: asyncio.Event) -> float:
    """The longest time in seconds that the event loop was held by others."""
    longest, last = 0.0, time.perf_counter()
    while not done.is_set():
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest


async def test_sharing_a_key_with_two_hundred_devices_never_holds_the_loop_for_long(tmp_path: Path) -> None:
    crowd, done = Crowd(200), asyncio.Event()
    device = OwnDevice("@bot:relais.test", "PHONE", tmp_path, may_create=True)
    device.encrypted(ROOM)
    keys = Keys(device, crowd)
    watch = asyncio.create_task(longest_block(done))
    started = time.perf_counter()
    await keys.encrypt(ROOM, "m.room.message", {"body": "hello"})
    whole = time.perf_counter() - started
    done.set()
    longest = await watch
    device.close()
    logger.info("200 devices: %.0f ms, longest block %.1f ms", whole * 1000, longest * 1000)
    assert crowd.sent == 200
    assert longest < 0.05


async def test_two_hundred_encrypted_events_are_handled_quickly(world: World) -> None:
    bot, ana = await world.ours("bot"), await world.ours("ana")
    rooms = [await world.room(bot, ana) for _ in range(2)]  # Synapse shows at most 100 events of one
    for number in range(200):
        await ana.say(rooms[number % 2], str(number))
    take, handled = bot.keys.take, []

    def timed(answer: dict[str, Any]) -> None:
        started = time.thread_time()
        take(answer)
        handled.append(time.thread_time() - started)

    with patch.object(bot.keys, "take", timed):
        await bot.sync()
    logger.info("200 encrypted events: %.1f ms", handled[0] * 1000)
    assert len(bot.bodies()) == 200
    assert handled[0] <= 0.06
