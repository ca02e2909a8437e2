"""Promises to people who may open neither direct chats nor rooms: all of it happens in a thread of the room."""

from typing import Any

import pytest
from sqlmodel import select

from bot.errors import Refused
from bot.mailbox.receiving import inbox
from bot.mailbox.tables import InboxEvent
from tests.chat import ANA, BEN, CLEO, Chat, Said
from tests.help.people import QUESTION, joins, made_rooms, offers, request, volunteers


def no_new_rooms(_method: str, path: str) -> None:
    """As Tchap answers when people from outside are to be invited."""
    if path.endswith("createRoom"):
        raise Refused(403, "M_FORBIDDEN")


async def asked_in_the_room(chat: Chat) -> tuple[str, Said]:
    """Ana asks in the room, where no chat can be opened with her: her question, and Ben's card."""
    await volunteers(chat, BEN)
    await joins(chat, ANA)
    chat.homeserver.refuse = no_new_rooms
    question = await chat.says(ANA, f"!expert {QUESTION}")
    await chat.reacts(ANA, "✅", chat.last)
    return question, offers(chat)[0]


async def in_thread(chat: Chat, question: str, person: str, text: str) -> None:
    await chat.says(person, text, thread=question)


async def test_from_the_question_to_the_two_answers(chat: Chat) -> None:
    question, card = await asked_in_the_room(chat)
    chat.forget()
    await chat.reacts(BEN, "✅", card)

    hello, news = sorted((said for said in chat.messages if said.room_id == chat.room), key=lambda said: said.text)
    assert news.text.startswith("Bonne nouvelle, Ana\u00a0: Ben accepte de vous aider")
    assert "parlez-vous ici, dans ce fil" in hello.text
    assert {*news.meant_for, *hello.meant_for} == {ANA, BEN}
    assert [news.thread, hello.thread] == [question, question]
    assert made_rooms(chat) == []

    await in_thread(chat, question, CLEO, "Je suis le fil, le connecteur m'intéresse aussi")
    assert (await request(chat)).status == "accepted"
    await chat.restarts()
    await in_thread(chat, question, BEN, "Bonjour Ana, parlons du connecteur")
    assert (await request(chat)).status == "under_way"

    chat.forget()
    await in_thread(chat, question, CLEO, "résolu")
    await in_thread(chat, question, ANA, "résolu")
    assert (await request(chat)).status == "resolved"
    for answer in ("oui", "oui"):
        await in_thread(chat, question, ANA, answer)
    ends = [said.text for said in chat.messages]
    assert ends[0] == "La question a sa réponse\u00a0: interopérabilité (D-1). Merci à vous deux."
    assert "L'échange s'est-il bien déroulé" in ends[1]
    assert "a-t-il été utile" in ends[2]
    assert ends[3:] == ["Merci, c'est noté."]
    assert {said.thread for said in chat.messages} == {question}
    assert (await request(chat)).status == "closed"
    async with chat.database.reading() as tx:
        kept = [str(row.details) for row in await tx.exec(select(InboxEvent))]
    assert not any("connecteur" in details for details in kept)


async def test_whoever_is_known_to_be_out_of_reach_is_not_invited_again(chat: Chat) -> None:
    question, card = await asked_in_the_room(chat)
    await chat.says(BEN, "!expert D-1 préciser Quel éditeur ?", room=card.room_id)
    passed_on = next(said for said in chat.messages if said.thread == question)
    assert "Quel éditeur" in passed_on.text
    assert "Ben" not in passed_on.text
    chat.homeserver.refuse = lambda method, path: None
    chat.forget()
    await chat.reacts(BEN, "✅", card)

    assert made_rooms(chat) == []
    assert [said.thread for said in chat.messages] == [question]
    assert any(said.edits == card.event_id and "dans le fil de la question" in said.text for said in chat.sent)
    await in_thread(chat, question, BEN, "passer")
    assert (await request(chat)).expert is None


async def test_a_question_asked_in_private_never_shows_in_the_room(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await joins(chat, ANA)
    room = await chat.direct(ANA)
    chat.homeserver.refuse = no_new_rooms
    await chat.says(ANA, f"!expert anonyme {QUESTION}", room=room)
    await chat.reacts(ANA, "✅", chat.last)
    card = offers(chat)[0]
    chat.forget()
    await chat.reacts(BEN, "✅", card)

    assert BEN in chat.messages[-1].text
    assert {said.room_id for said in chat.messages} == {room}
    await chat.says(ANA, "résolu", room=room)
    assert (await request(chat)).status == "resolved"


async def test_whoever_volunteers_and_may_not_be_invited_is_told_where_they_did(chat: Chat) -> None:
    chat.homeserver.refuse = no_new_rooms
    event = await chat.says(CLEO, "!expert devenir")
    await chat.passes(days=2)

    assert chat.messages[-1].thread == event
    assert "écrivez-y\u00a0: !expert devenir" in chat.texts[-1]
    assert len(chat.messages) == 2


async def test_that_people_talk_is_still_news_when_the_turn_that_said_so_was_not_kept(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, card = await asked_in_the_room(chat)
    await chat.reacts(BEN, "✅", card)
    thread = {"rel_type": "m.thread", "event_id": question}
    content = {"msgtype": "m.text", "body": "Bonjour Ana, dites-moi tout", "m.relates_to": thread}
    chat.homeserver.event(chat.room, "m.room.message", BEN, content)

    async def power_cut(*_where: Any, **_how: Any) -> None:
        raise ConnectionError

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(inbox, "move", power_cut)
        with pytest.raises(ConnectionError):
            await chat.hears(chat.room)
    await chat.hears_again(chat.room)
    assert await chat.rows("SELECT kind FROM inbox WHERE kind = 'talk'") == [("talk",)]
