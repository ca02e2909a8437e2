"""The least that answers: sync, and a fixed reply to each command. No database, no library, and nothing is safe."""

import argparse
import asyncio
import itertools
import json
from pathlib import Path
from typing import Any

import aiohttp

from tests.bench.answer import DOC, as_reply

API = "/_matrix/client/v3"


Answers = dict[str, dict[str, Any]]
"""The content that answers a message, by the word it begins with."""


async def run(homeserver: str, user: str, password: str, answers: Answers) -> None:
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
                found = commands(batch, user, answers)
                await asyncio.gather(*[reply(session, *each, next(numbers)) for each in found])
            since = {"since": batch["next_batch"]}


def commands(batch: dict[str, Any], user: str, answers: Answers) -> list[tuple[str, dict[str, Any]]]:
    """The rooms in which something was asked, and the content to send there."""
    return [
        (room, as_reply(answers[word], event["event_id"]))
        for room, news in batch.get("rooms", {}).get("join", {}).items()
        for event in news["timeline"]["events"]
        if event["sender"] != user and (word := str(event["content"].get("body", "")).partition(" ")[0]) in answers
    ]


async def reply(session: aiohttp.ClientSession, room: str, content: dict[str, Any], number: int) -> None:
    path = f"{API}/rooms/{room}/send/m.room.message/{number}"
    async with session.put(path, json=content) as response:
        await response.read()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("homeserver", "user", "password"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--answers", type=lambda file: json.loads(Path(file).read_text()), default={"!doc": DOC})
    asyncio.run(run(**vars(parser.parse_args())))
