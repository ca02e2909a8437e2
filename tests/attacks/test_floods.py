"""One person's flood is served after the others of the room."""

import asyncio

from bot.mailbox.turns import HANDFUL
from tests.attacks import attack
from tests.chat import ANA, BEN, CLEO, Chat

MANY = 500


async def _at_once(chat: Chat, *said: tuple[str, str]) -> list[str]:
    """Everything arrives with one sync; returns the ids of what was said."""
    events = [
        chat.homeserver.event(chat.room, "m.room.message", person, {"msgtype": "m.text", "body": text})
        for person, text in said
    ]
    await chat.hears(chat.room)
    return [str(event["event_id"]) for event in events]


def _answered(chat: Chat) -> list[str | None]:
    return [said.reply_to for said in chat.messages]


@attack(who="a member", tries="500 commands before another's one", instead="the other is answered among the first 20")
async def test_one_command_behind_a_flood(chat: Chat) -> None:
    *flood, other = await _at_once(chat, *[(ANA, "!ping")] * MANY, (BEN, "!ping"))

    answered = _answered(chat)
    assert answered.index(other) < 2 * HANDFUL
    assert [event for event in answered if event != other] == flood


@attack(who="two members", tries="a flood each", instead="a third is answered among the first 20, none is lost")
async def test_two_floods(chat: Chat) -> None:
    asked = await _at_once(chat, *[(ANA, "!ping")] * 100, *[(BEN, "!ping")] * 100, (CLEO, "!ping"))

    answered = _answered(chat)
    assert answered.index(asked[-1]) < 2 * HANDFUL
    assert sorted(map(str, answered)) == sorted(asked)
    for own in (asked[:100], asked[100:200]):
        assert [event for event in answered if event in own] == own


@attack(who="a member", tries="a flood while its answers still go out", instead="who asks then waits for 20 of them")
async def test_a_flood_that_is_being_answered(chat: Chat) -> None:
    """Handling is quick and sending is slow: the flood waits in the outbox."""
    asked: list[str] = []

    def halfway(method: str, path: str) -> None:
        if "/send/m.room.message/" in path and len(chat.messages) == MANY // 2 and not asked:
            event = chat.homeserver.event(chat.room, "m.room.message", BEN, {"msgtype": "m.text", "body": "!ping"})
            asked.append(str(event["event_id"]))
            heard.append(asyncio.create_task(chat.hears(chat.room)))

    heard: list[asyncio.Task[None]] = []
    chat.homeserver.refuse = halfway
    await _at_once(chat, *[(ANA, "!ping")] * MANY)
    await heard[0]

    assert _answered(chat).index(asked[0]) - MANY // 2 <= 3 * HANDFUL
