"""Promises of the volunteers' room: a request without anybody is shown there, and one of them takes it."""

from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat, Said
from tests.help.people import QUESTION, asks, joins, made_rooms, offers, request, to, volunteers, works

ROOM = "!volontaires:example.org"


async def nobody_left(chat: Chat, *, options: str = "") -> tuple[Said, Said]:
    """Ben was asked in private and said no; the card in the volunteers' room, where Cleo is too, and Ben's own."""
    await joins(chat, ANA)
    await works(chat, ANA, "EHPAD", "Ain", "Les Tilleuls")
    await volunteers(chat, BEN)
    await volunteers(chat, CLEO, BOSS, topic="donnees")
    await chat.opens(ROOM, community="numerique", members=(BEN, CLEO, BOSS, MODO))
    await chat.says(MODO, "!admin salon experts", room=ROOM)
    await chat.reacts(MODO, "✅", chat.last)
    chat.forget()
    await asks(chat, ANA, options=options)
    own = offers(chat)[0]
    await chat.reacts(BEN, "❌", own)
    return next(said for said in chat.messages if said.room_id == ROOM), own


async def test_who_knows_another_topic_may_take_it_there_and_the_cards_change_quietly(chat: Chat) -> None:
    card, _own = await nobody_left(chat)
    assert "EHPAD, Ain. Par écrit ou en visio" in card.text
    chat.forget()
    await chat.reacts(CLEO, "✅", card)
    await chat.reacts(BOSS, "✅", card)

    assert (await request(chat)).expert == CLEO
    assert len(made_rooms(chat)) == 1
    assert any(said.edits == card.event_id and "n'attend plus" in said.text and not said.rings for said in chat.sent)
    assert to(chat, BOSS)[-1].text.startswith("Cleo s'occupe déjà de cette demande\u00a0: interopérabilité (D-1).")
    assert not any(said.room_id == ROOM and not said.edits for said in chat.messages)


async def test_the_room_is_told_of_two_requests_a_day_and_of_the_third_the_next_day(chat: Chat) -> None:
    await nobody_left(chat)
    for person in (CLEO, MODO):
        await asks(chat, person, "Comment choisir un outil de télésanté en EHPAD ?")
    cards = [said for said in chat.messages if said.room_id == ROOM]
    assert len(cards) == 2
    await chat.passes(days=1)

    assert len([said for said in chat.messages if said.room_id == ROOM]) == 3


async def test_a_yes_removed_shows_it_again(chat: Chat) -> None:
    card, _own = await nobody_left(chat)
    yes = await chat.reacts(CLEO, "✅", card)
    chat.forget()
    await chat.redacts(CLEO, yes, room=ROOM)

    assert (await request(chat)).expert is None
    assert any(said.edits == card.event_id and QUESTION in said.text for said in chat.sent)


async def test_a_no_is_silent_a_question_is_answered_in_private_and_others_count_for_nothing(chat: Chat) -> None:
    card, _own = await nobody_left(chat)
    chat.forget()
    await chat.reacts(CLEO, "❌", card)
    await chat.reacts(MODO, "✅", card)
    assert [said for said in chat.sent if said.source["type"] != "m.room.redaction"] == []
    await chat.reacts(CLEO, "🤔", card)
    await chat.says(CLEO, "!expert D-1 préciser Quel éditeur ?", room=await chat.direct(CLEO))

    assert "Quelle est votre question" in to(chat, CLEO)[0].text
    assert "Quel éditeur ?" in to(chat, ANA)[0].text
    assert (await request(chat)).expert is None


async def test_an_anonymous_author_stays_so_until_somebody_accepts(chat: Chat) -> None:
    await nobody_left(chat, options="anonyme")

    before = [str(said.source) for said in chat.sent if said.room_id == ROOM or said.room_id.startswith("!direct-ben")]
    assert any(QUESTION in said for said in before)
    assert not any(secret in said for said in before for secret in ("Ana", ANA, "Tilleuls"))
