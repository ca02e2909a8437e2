"""What a flood leaves as it was."""

from bot.mailbox.turns import HANDFUL
from tests.chat import ANA, BEN, CLEO, MODO, Chat


async def test_what_a_flood_deletes(chat: Chat) -> None:
    flood = [
        chat.homeserver.event(chat.room, "m.room.message", ANA, {"msgtype": "m.text", "body": "!ping"})
        for _number in range(60)
    ]
    target = str(flood[40]["event_id"])
    chat.homeserver.event(chat.room, "m.room.redaction", MODO, {"redacts": target})
    await chat.hears(chat.room)

    gone = next(said.event_id for said in chat.messages if said.reply_to == target)
    removed = [said.content.get("redacts") for said in chat.sent if said.source["type"] == "m.room.redaction"]
    assert removed == [gone]


async def test_a_handful_is_served_in_the_order_in_which_it_was_said(chat: Chat) -> None:
    said = [(person, "!ping") for _time in range(HANDFUL) for person in (ANA, BEN, CLEO)]

    events = [
        chat.homeserver.event(chat.room, "m.room.message", person, {"msgtype": "m.text", "body": text})
        for person, text in said
    ]
    await chat.hears(chat.room)

    assert [answer.reply_to for answer in chat.messages] == [event["event_id"] for event in events]
