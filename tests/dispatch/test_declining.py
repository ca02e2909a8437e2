"""What the bot cannot read or do: files, requests to compare keys, and rooms in which the homeserver tells its news."""

from typing import Any

import pytest

from bot.events.sync_batch import RoomBatch
from bot.matrix import inbound
from bot.matrix.verification import FROM_DEVICES
from tests.chat import ANA, BEN, Chat
from tests.commands.meetups import flat
from tests.homeserver import BOT

TEXT_ONLY = [
    "Je ne lis que le texte : ni les images, ni les fichiers, ni les messages vocaux, ni ce qui les accompagne.",
    "Écrivez-moi votre demande en quelques mots, ou aide.",
]
DECLINED = "Je suis un programme et ne peux pas comparer de clés : j'ai refusé votre demande de vérification."
REQUEST = "m.key.verification.request"


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "content",
    [
        {"msgtype": "m.image", "body": "photo.png"},
        {"msgtype": "m.image", "body": "!expert Comment choisir un DPI ?", "filename": "a.png"},
        {"msgtype": "m.audio", "body": "Message vocal"},
        {"msgtype": "m.file", "body": "tableau.xlsx"},
    ],
)
async def test_a_file_in_private_gets_one_line_a_day(chat: Chat, content: dict[str, str]) -> None:
    alone = await chat.direct(ANA)
    chat.forget()
    for _time in range(2):
        await chat.does(ANA, "m.room.message", content, room=alone)
    assert [flat(text).split("\n") for text in chat.texts] == [TEXT_ONLY]
    await chat.passes(days=1)
    await chat.does(ANA, "m.room.message", content, room=alone)
    assert len(chat.texts) == 2


async def test_a_sticker_in_private_is_answered_too(chat: Chat) -> None:
    alone = await chat.direct(ANA)
    chat.forget()
    await chat.does(ANA, "m.sticker", {"body": "bravo", "url": "mxc://a/b", "info": {}}, room=alone)
    assert [flat(text).split("\n") for text in chat.texts] == [TEXT_ONLY]


async def test_a_file_in_a_room_is_for_the_others_whatever_its_caption(chat: Chat) -> None:
    await chat.does(ANA, "m.room.message", {"msgtype": "m.image", "body": "!aide", "filename": "a.png"})
    assert chat.sent == []
    assert await chat.rows("SELECT id FROM inbox WHERE kind = 'file'") == []


# ── requests to compare keys ──────────────────────────────────────────────────────────────────────────────


def cancelled(chat: Chat, room_id: str) -> list[dict[str, Any]]:
    """What the bot cancelled in a room."""
    timeline = chat.homeserver.rooms[room_id].timeline
    return [source["content"] for source in timeline if source["type"] == "m.key.verification.cancel"]


async def asks(chat: Chat, person: str, *, to: str = BOT, room: str | None = None) -> str:
    content = {"msgtype": REQUEST, "body": "", "to": to, "from_device": "PHONE", "methods": ["m.sas.v1"]}
    return await chat.does(person, "m.room.message", content, room=room)


async def test_a_request_to_compare_keys_is_declined_at_once_and_explained_once_a_day(chat: Chat) -> None:
    alone = await chat.direct(ANA)
    chat.forget()
    asked = [await asks(chat, ANA, room=alone) for _time in range(2)]
    ends = cancelled(chat, alone)
    assert [end["m.relates_to"] for end in ends] == [{"rel_type": "m.reference", "event_id": one} for one in asked]
    assert {(end["code"], flat(end["reason"])) for end in ends} == {("m.user", DECLINED)}
    assert [flat(text).split("\n") for text in chat.texts] == [[DECLINED, "Vous pouvez continuer à m'écrire."]]


async def test_a_request_to_somebody_else_is_left_to_them(chat: Chat) -> None:
    await asks(chat, ANA, to=BEN)
    assert cancelled(chat, chat.room) == []


async def test_a_request_in_a_room_is_declined_there_and_explained_in_private_if_they_talk_there(chat: Chat) -> None:
    await asks(chat, BEN)
    alone = await chat.direct(ANA)
    chat.forget()
    await asks(chat, ANA)
    assert len(cancelled(chat, chat.room)) == 2
    assert [said.room_id for said in chat.messages] == [alone]


def to_device(chat: Chat, sender: str, *, minutes: int = 0, transaction: str = "t1") -> dict[str, Any]:
    stamp = int(chat.now.timestamp() * 1000) - minutes * 60_000
    content = {"from_device": "PHONE", "methods": [], "timestamp": stamp, "transaction_id": transaction}
    return {"type": REQUEST, "sender": sender, "content": content}


async def hears_devices(chat: Chat, *sources: dict[str, Any]) -> None:
    await chat._take(RoomBatch(FROM_DEVICES, inbound.from_devices(list(sources), BOT)))
    await chat.settles()


async def test_a_request_from_device_to_device_is_declined_too(chat: Chat) -> None:
    await chat.direct(ANA)
    chat.forget()
    await hears_devices(chat, to_device(chat, ANA), to_device(chat, ANA))
    [(kind, body)] = chat.homeserver.to_devices
    assert kind == "m.key.verification.cancel"
    said = body["messages"][ANA]["PHONE"]
    assert (said["transaction_id"], said["code"], flat(said["reason"])) == ("t1", "m.user", DECLINED)
    assert len(chat.texts) == 1


async def test_an_old_request_and_those_of_the_own_account_are_left_alone(chat: Chat) -> None:
    await hears_devices(chat, to_device(chat, ANA, minutes=11), to_device(chat, BOT))
    assert chat.homeserver.to_devices == []


@pytest.mark.parametrize("content", [{}, {"timestamp": "x"}, {"timestamp": 1, "from_device": 3}, None])
async def test_a_malformed_request_stops_nothing(chat: Chat, content: object) -> None:
    assert inbound.from_devices([{"type": REQUEST, "sender": ANA, "content": content}], BOT) == ()


async def test_nothing_kept_of_a_request_names_who_asked_but_as_everywhere(chat: Chat) -> None:
    await hears_devices(chat, to_device(chat, ANA, transaction="secret-words"))
    [(key, room_id)] = await chat.rows("SELECT source_key, room_id FROM inbox WHERE kind = 'verification'")
    assert room_id == FROM_DEVICES
    assert "secret" not in key
    assert "ana" not in key


# ── the homeserver's own notices ──────────────────────────────────────────────────────────────────────────


async def notices(chat: Chat) -> str:
    """A room of the homeserver's notices, which the bot has just joined."""
    sender, room = "@notices:example.org", "!notices:example.org"
    chat.homeserver.create(room, sender)
    levels = {"users": {sender: 100}, "users_default": -10}
    chat.homeserver.event(room, "m.room.power_levels", sender, levels, state_key="")
    chat.homeserver.member(room, sender)
    chat.homeserver.rooms[room].own.append({"type": "m.tag", "content": {"tags": {"m.server_notice": {}}}})
    await chat.invites(sender, room, direct=True)
    await chat.hears(room)
    return room


async def test_a_room_of_the_homeserver_s_notices_is_left_alone(chat: Chat) -> None:
    room = await notices(chat)
    for body in ("Maintenance demain", "!aide", "Relais, bonjour"):
        await chat.does("@notices:example.org", "m.room.message", {"msgtype": "m.text", "body": body}, room=room)
    assert [said for said in chat.sent if said.room_id == room] == []
    assert await chat.rows("SELECT id FROM outbox WHERE status IN ('held', 'failed')") == []
    assert await chat.rows("SELECT id FROM inbox WHERE room_id = '!notices:example.org' AND kind = 'message'") == []


async def test_a_tag_that_somebody_writes_into_a_room_silences_nobody(chat: Chat) -> None:
    await chat.does(ANA, "m.tag", {"tags": {"m.server_notice": {}}}, state_key="")
    await chat.says(BEN, "!ping")
    assert chat.texts
