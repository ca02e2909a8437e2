"""What was heard is answered before more is asked for, unless that takes too long."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot import app
from bot.matrix.api import Json
from tests.chat import ANA, BOSS
from tests.homeserver import BOT
from tests.living import Template
from tests.mortal import Lives
from tests.streaming import StreamingHomeserver

SLOW, OTHER = "!slow:example.org", "!other:example.org"


class Hesitant(StreamingHomeserver):
    """Takes its time with what the bot says in one room; counts the syncs."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.takes_it = asyncio.Event()
        self.asked = asyncio.Event()
        self.syncs = 0

    async def request(self, method: str, path: str, body: Json | None = None, **more: Any) -> Json:
        if method == "PUT" and "slow" in path:
            self.asked.set()
            await self.takes_it.wait()
        self.syncs += path.endswith("/sync")
        return await super().request(method, path, body, **more)

    def says(self, room_id: str, text: str) -> str:
        return str(self.event(room_id, "m.room.message", ANA, {"msgtype": "m.text", "body": text})["event_id"])

    def answers(self, to: str) -> int:
        relations = [
            event["content"].get("m.relates_to", {}) for room in self.rooms.values() for event in room.timeline
        ]
        return sum(relation.get("m.in_reply_to", {}).get("event_id") == to for relation in relations)

    async def until_heard_out(self, *, after: int = 0) -> None:
        """Until the bot waits for news, some syncs from now at the earliest."""
        until = self.syncs + after
        async with asyncio.timeout(10):
            while self.syncs < until or not self.heard_out:
                await asyncio.sleep(0.001)


@pytest_asyncio.fixture
async def homeserver(template: Template, tmp_path: Path, impatient: None) -> AsyncIterator[Hesitant]:
    """One with a bot in two rooms, which has heard all there was."""
    lives = Lives(f"sqlite:///{shutil.copy(template.file, tmp_path)}", template.library, BOSS)
    homeserver = lives.homeserver = Hesitant(lambda: lives.now)
    homeserver.takes_it.set()
    for room_id in (SLOW, OTHER):
        homeserver.create(room_id, BOSS)
        for person in (ANA, BOSS):
            homeserver.member(room_id, person)
        homeserver.member(room_id, BOT, "invite")["sender"] = BOSS
    await lives.live()
    homeserver.takes_it.clear()
    homeserver.asked.clear()
    life = asyncio.create_task(lives.live())
    await homeserver.until_heard_out(after=2)  # the first of a life does not wait
    yield homeserver
    homeserver.takes_it.set()
    await life


async def test_more_is_asked_for_when_the_answer_is_out(homeserver: Hesitant) -> None:
    first, syncs = homeserver.says(SLOW, "!ping"), homeserver.syncs
    await homeserver.asked.wait()
    second = homeserver.says(OTHER, "!ping")
    await asyncio.sleep(0.05)
    assert homeserver.syncs == syncs
    homeserver.takes_it.set()
    await homeserver.until_heard_out()
    assert (homeserver.answers(first), homeserver.answers(second)) == (1, 1)


async def test_a_slow_answer_does_not_keep_another_room_waiting_for_long(
    homeserver: Hesitant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "ANSWERS_WITHIN", 0.01)
    first = homeserver.says(SLOW, "!ping")
    await homeserver.asked.wait()
    second = homeserver.says(OTHER, "!ping")
    async with asyncio.timeout(10):
        while not homeserver.answers(second):
            await asyncio.sleep(0.001)
    assert not homeserver.answers(first)
