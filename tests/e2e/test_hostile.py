"""People and programs that mean no good, or just type strange things."""

import asyncio
import contextlib
import re
from typing import Any

import pytest

from tests.e2e.town import PATIENCE, Town
from tests.events.test_text import ALLOWED
from tests.servers.client import Refused
from tests.servers.events import Event
from tests.servers.people import Person

_TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>", re.IGNORECASE)
_PLAIN = re.compile(r'(start="\d+")?')
_LINK = re.compile(r'\Ahref="https?://[^"<>]*"\Z')
_CROOKED: list[tuple[str, Any]] = [
    ("m.room.message", {}),
    ("m.room.message", {"msgtype": "m.text", "body": 7}),
    ("m.room.message", {"msgtype": ["m.text"], "body": "!ping"}),
    ("m.room.message", {"msgtype": "m.text", "body": "!ping", "m.relates_to": ["not", "a", "relation"]}),
    ("m.room.message", {"msgtype": "m.text", "body": "!ping", "m.relates_to": {"m.in_reply_to": "$x"}}),
    ("m.room.message", {"msgtype": "m.text", "body": "!ping", "m.relates_to": {"rel_type": "m.thread", "event_id": 1}}),
    ("m.room.message", {"msgtype": "m.text", "body": "!ping", "m.mentions": {"user_ids": {"a": 1}}}),
    ("m.room.message", {"msgtype": "m.text", "body": "* x", "m.relates_to": {"rel_type": "m.replace"}}),
    (
        "m.room.message",
        {
            "msgtype": "m.text",
            "body": "* x",
            "m.new_content": "x",
            "m.relates_to": {"rel_type": "m.replace", "event_id": "$x"},
        },
    ),
    ("m.reaction", {}),
    ("m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$nothing", "key": "✅"}}),
    ("m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": ["$x"], "key": {}}}),
    ("m.room.redaction", {"redacts": 5}),
    ("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "no"}),
    ("m.room.message", {"msgtype": "m.location", "body": None, "geo_uri": 1}),
    ("org.example.poll", {"": {"": []}}),
]
_TO_DEVICE: list[tuple[str, Any]] = [
    ("m.room.encrypted", {}),
    ("m.room.encrypted", {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "?", "ciphertext": {"?": 1}}),
    ("m.room_key", {"algorithm": 1, "session_key": "~~~"}),
    ("m.key.verification.request", {"methods": "no", "timestamp": "now"}),
    ("", {"x": [[[[]]]]}),
]


@pytest.mark.parametrize(
    "text",
    [
        "!doc <script>alert(1)</script><img src=x onerror=alert(1)>",
        "!doc [cliquez](javascript:alert(1)) **gras** `code`",
        "!doc @room regardez",
        '!doc "><a href="javascript:alert(1)">x</a>',
        "!doc a\u202eb\u200bc\u0007\x1b[31m\u2066",
        "!aide <b>@room</b>",
        "!admin communauté lier <b>@room</b>",
    ],
    ids=["html", "markdown", "room", "quote", "invisible", "help", "admin"],
)
async def test_what_people_type_comes_back_as_text(town: Town, text: str) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire])
    harmless(await town.asks(claire, room, text))


def harmless(answer: Event) -> None:
    """No tag but those of a layout, no attribute but a link to the web and a list's start, and nobody rung."""
    for closing, tag, attributes in _TAG.findall(answer.html):
        assert tag in ALLOWED
        assert closing or (_LINK.match(attributes.strip()) if tag == "a" else _PLAIN.fullmatch(attributes.strip()))
    assert answer.content["m.mentions"] == {}


async def test_crooked_events_change_nothing(town: Town) -> None:
    claire = await town.people.arrive("claire")
    room = await town.room(members=[claire])
    for kind, content in _CROOKED:
        with contextlib.suppress(Refused):
            await claire.send_event(room, kind, content)
    for kind, content in _TO_DEVICE:
        with contextlib.suppress(Refused):
            await claire.send_to_device(kind, {town.bot.user_id: {"*": content}})
    for kind in ("m.room.name", "m.room.tombstone", "relais.room", "m.room.encryption"):
        with contextlib.suppress(Refused):
            await claire.set_state(room, kind, {"name": ["?"], "replacement_room": 3, "key": {}})
    await town.asks(claire, room, "!ping")
    # Of what is malformed nio would log all that stands in it.
    assert not any(str(entry.get("logger")).startswith("nio") for entry in town.bot.log)


async def test_a_flood_in_one_room_does_not_delay_another(town: Town) -> None:
    claire, troll = await town.people.arrive("claire"), await town.people.arrive("troll")
    quiet, loud = await town.room(members=[claire]), await town.room(members=[troll])
    flooding = asyncio.create_task(_flood(troll, loud))
    await troll.until(town.speaks(loud), within=PATIENCE, since=troll.mark())
    delays = [await _delay(town, claire, quiet) for _ in range(5)]
    await flooding
    alone = await _delay(town, claire, quiet)
    assert min(delays) < alone + 10
    await town.fence(troll, loud)


async def _flood(troll: Person, room: str) -> None:
    bodies = ["!doc " + "🏥" * 2_000, "!doc " + "mot " * 15_000, "!doc messagerie", "🏥" * 2_000, "1 23 " * 12_000]
    for _ in range(4):
        await asyncio.gather(*[troll.say(room, body) for body in bodies * 3])


async def _delay(town: Town, person: Person, room: str) -> float:
    """Seconds on the homeserver's clock between a question and its answer."""
    asked = await person.say(room, "!ping")
    answer = await person.answer(asked, within=PATIENCE)
    question = await person.until(lambda event: event.event_id == asked, within=PATIENCE)
    return (answer.at - question.at) / 1000
