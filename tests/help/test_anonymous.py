"""Promises of anonymity: before acceptance nothing that is sent, changed or named leads to who asked."""

import json

from tests.chat import ANA, BEN, CLEO, MODO, MORNING, Chat
from tests.help.people import QUESTION, asks, offers, to, volunteers, works
from tests.homeserver import BOT

SECRETS = ("ana", "tilleuls")


def leaks(chat: Chat) -> list[str]:
    """Every event of ours outside of the author's own chat that says who or where they are, whatever its kind."""
    own = "!direct-ana:example.org"
    found = []
    for room in chat.homeserver.rooms.values():
        for event in room.timeline:
            if event["sender"] != BOT or room.room_id == own:
                continue
            written = json.dumps(event, ensure_ascii=False).lower()
            found += [written for secret in SECRETS if secret in written]
    return found


def relations(chat: Chat) -> list[str]:
    """Events of the author's chat that something of ours in another room points to."""
    own = {event["event_id"] for event in chat.homeserver.rooms["!direct-ana:example.org"].timeline}
    elsewhere = [room for room in chat.homeserver.rooms.values() if room.room_id != "!direct-ana:example.org"]
    texts = [json.dumps(event) for room in elsewhere for event in room.timeline if event["sender"] == BOT]
    return [event_id for event_id in own for text in texts if f'"{event_id}"' in text]


async def test_a_request_sent_in_private_leaks_nothing_while_volunteers_answer(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO, MODO)
    await works(chat, ANA, "EHPAD", "Ain", "Les Tilleuls")
    await asks(chat, ANA, options="anonyme")
    first, second = offers(chat)
    no = await chat.reacts(first.meant_for[0], "❌", first)
    await chat.redacts(first.meant_for[0], no, room=first.room_id)
    await chat.reacts(second.meant_for[0], "🤔", second)
    await chat.says(second.meant_for[0], "!expert D-1 préciser Combien de lits ?", room=second.room_id)
    await chat.says(ANA, "!expert D-1 répondre Quatre-vingts", room=await chat.direct(ANA))
    await chat.passes(days=6)
    await chat.says(MODO, "!admin simuler D-1")
    await chat.says(MODO, "!admin entraide")

    assert leaks(chat) == []
    assert relations(chat) == []
    assert any("EHPAD, Ain" in card.text for card in offers(chat))


async def test_nor_does_the_question_put_to_the_room(chat: Chat) -> None:
    await works(chat, ANA, "EHPAD", "Ain", "Les Tilleuls")
    await asks(chat, ANA, options="collègues anonyme")
    call = next(said for said in chat.messages if said.room_id == chat.room)

    assert QUESTION in call.text
    assert leaks(chat) == []
    assert relations(chat) == []
    await chat.passes(days=2)
    assert leaks(chat) == []


async def test_giving_up_leaks_nothing_either(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA, options="anonyme")
    await chat.says(ANA, "annuler", room=await chat.direct(ANA))

    assert leaks(chat) == []
    assert chat.now == MORNING


async def test_whoever_accepts_learns_who_asks(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await works(chat, ANA, "EHPAD", "Ain", "Les Tilleuls")
    await asks(chat, ANA, options="anonyme")
    card = offers(chat)[0]
    await chat.reacts(card.meant_for[0], "✅", card)

    edit = next(said for said in chat.sent if said.edits == card.event_id)
    assert "Ana" in edit.text
    assert "Les Tilleuls" in edit.text
    others = [said for said in chat.sent if said.edits and said.edits != card.event_id]
    assert all("Ana" not in said.text and "Tilleuls" not in said.text for said in others)


async def test_a_colleague_who_offers_help_meets_the_author_in_private(chat: Chat) -> None:
    await asks(chat, ANA, options="collègues")
    call = next(said for said in chat.messages if said.room_id == chat.room)
    await chat.reacts(CLEO, "🙋🏽‍♀️", call)

    made = [room for room in chat.homeserver.rooms if room.startswith("!made")]
    assert made
    edit = next(said for said in chat.sent if said.edits == call.event_id)
    assert edit.text == "Cette question n'attend plus de réponse\u00a0: interopérabilité (D-1). Merci."


async def test_without_a_colleague_volunteers_are_asked_a_working_day_later(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA, options="collègues")
    assert offers(chat) == []
    await chat.passes(days=1)

    assert [card.meant_for for card in offers(chat)] == [[BEN]]


async def test_after_an_honest_no_the_author_may_ask_the_room(chat: Chat) -> None:
    await asks(chat, ANA)
    await chat.says(ANA, "collègues", room=await chat.direct(ANA))

    assert any(said.room_id == chat.room and QUESTION in said.text for said in chat.messages)
    assert "Votre question est dans le salon, sans votre nom" in to(chat, ANA)[-1].text


async def test_what_concerns_one_person_is_not_told_in_a_room(chat: Chat) -> None:
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA, options="anonyme")
    asked = ((ANA, "!expert mes"), (ANA, "!D-1"), (BEN, "!expert offres"), (BEN, "!moi charge"), (ANA, "!moi profil"))
    for person, line in asked:
        chat.forget()
        await chat.says(person, line)
        here = [said.text for said in chat.messages if said.room_id == chat.room]
        assert here == ["Je vous l'écris en conversation privée."], line
        assert len(to(chat, person)) == 1, line
