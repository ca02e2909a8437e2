"""The least that answers: sync, and a fixed reply to `!doc`. No database, no library, and nothing is safe."""

import argparse
import asyncio
import itertools
from typing import Any

import aiohttp

from tests.bench.answer import answer

API = "/_matrix/client/v3"


async def run(homeserver: str, user: str, password: str) -> None:
    login = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": user},
        "password": password,
    }
    async with aiohttp.ClientSession(homeserver) as session:
        async with session.post(f"{API}/login", json=login) as response:
            token = (await response.json())["access_token"]
        session.headers["Authorization"] = f"Bearer {token}"
        numbers = itertools.count()
        since: dict[str, str] = {}
        while True:
            query = {"timeout": "30000", "filter": '{"room":{"timeline":{"limit":100}}}', **since}
            async with session.get(f"{API}/sync", params=query) as response:
                batch = await response.json()
            for room in batch.get("rooms", {}).get("invite", {}):
                await session.post(f"{API}/join/{room}", json={})
            if since:
                await asyncio.gather(*[reply(session, r, e, next(numbers)) for r, e in commands(batch, user)])
            since = {"since": batch["next_batch"]}


def commands(batch: dict[str, Any], user: str) -> list[tuple[str, str]]:
    return [
        (room, event["event_id"])
        for room, news in batch.get("rooms", {}).get("join", {}).items()
        for event in news["timeline"]["events"]
        if event["sender"] != user and str(event["content"].get("body", "")).startswith("!doc ")
    ]


async def reply(session: aiohttp.ClientSession, room: str, event_id: str, number: int) -> None:
    path = f"{API}/rooms/{room}/send/m.room.message/{number}"
    async with session.put(path, json=answer(event_id)) as response:
        await response.read()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("homeserver", "user", "password"):
        parser.add_argument(f"--{name}", required=True)
    asyncio.run(run(**vars(parser.parse_args())))
