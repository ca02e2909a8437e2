"""Promises of asking back: a conversation through the bot, in which the next message counts and nobody is named."""

from tests.chat import ANA, BEN, CLEO, Chat, Said
from tests.help.people import asks, made_rooms, offers, request, to, volunteers

WONDERS = "Quel éditeur utilisez-vous, et depuis quand ?"
TELLS = "Un éditeur régional, depuis 2024"


async def asked(chat: Chat, person: str = BEN) -> Said:
    """Ben and Cleo were asked; the card of one of them."""
    await volunteers(chat, BEN, CLEO)
    await asks(chat, ANA)
    card = next(card for card in offers(chat) if card.meant_for == [person])
    chat.forget()
    return card


async def test_the_next_message_is_the_question_and_the_authors_next_one_the_answer(chat: Chat) -> None:
    card = await asked(chat)
    await chat.says(BEN, "préciser", room=card.room_id)
    assert "Écrivez-la ici" in chat.last.text
    await chat.says(BEN, WONDERS, room=card.room_id)
    assert to(chat, ANA) == []
    assert WONDERS.replace(" ?", "") in chat.last.text
    await chat.says(BEN, "oui", room=card.room_id)

    question = to(chat, ANA)[-1]
    assert "Quel éditeur utilisez-vous" in question.text
    assert "Ben" not in question.text
    chat.forget()
    await chat.says(ANA, TELLS, room=question.room_id)
    assert f"C'est transmis\u00a0:\n«\u00a0{TELLS}\u00a0»" in to(chat, ANA)[0].text
    for person in (BEN, CLEO):
        (answer,) = to(chat, person)
        assert TELLS in answer.text
        assert "Ana" not in answer.text
    await chat.says(BEN, "oui", room=card.room_id)
    assert (await request(chat)).expert == BEN
    assert len(made_rooms(chat)) == 1


async def test_a_question_may_be_dropped_and_asked_anew(chat: Chat) -> None:
    card = await asked(chat)
    await chat.reacts(BEN, "🤔", card)
    await chat.says(BEN, "annuler", room=card.room_id)
    assert chat.last.text.startswith("Je ne transmets rien.")
    await chat.reacts(BEN, "🤔", card)
    await chat.restarts()
    await chat.says(BEN, WONDERS, room=card.room_id)
    await chat.says(BEN, "non", room=card.room_id)
    assert to(chat, ANA) == []
    await chat.says(BEN, "oui", room=card.room_id)

    assert (await request(chat)).expert == BEN


async def test_a_patients_number_is_neither_shown_again_nor_passed_on(chat: Chat) -> None:
    card = await asked(chat)
    await chat.reacts(BEN, "🤔", card)
    await chat.says(BEN, "Est-ce pour 1 55 08 99 999 999 19 ?", room=card.room_id)

    assert to(chat, ANA) == []
    assert all("99 999 999" not in said.text for said in chat.sent)


async def test_thanks_a_cry_for_help_and_what_asks_for_something_else_are_no_answer(chat: Chat) -> None:
    card = await asked(chat)
    await chat.says(BEN, f"!expert D-1 préciser {WONDERS}", room=card.room_id)
    chat.forget()
    for words in (
        *("merci beaucoup", "je suis épuisée, je n'en peux plus", "Urgence vitale, un arrêt cardiaque !"),
        *("non", "ok", "où en est ma demande ?", "annule ma demande", "inscris-moi à la rencontre DPI"),
    ):
        await chat.says(ANA, words, room=await chat.direct(ANA))

    assert to(chat, BEN) == []
    await chat.says(ANA, TELLS, room=await chat.direct(ANA))
    assert TELLS in to(chat, BEN)[0].text


async def test_a_question_to_a_request_that_is_closed_meanwhile_is_not_passed_on(chat: Chat) -> None:
    card = await asked(chat)
    await chat.reacts(BEN, "🤔", card)
    await chat.says(BEN, WONDERS, room=card.room_id)
    await chat.says(ANA, "!expert D-1 annuler", room=await chat.direct(ANA))
    chat.forget()
    await chat.says(BEN, "oui", room=card.room_id)

    assert to(chat, ANA) == []
    assert "rien n'a changé" in chat.last.text


async def test_giving_up_an_answer_does_not_give_up_the_request(chat: Chat) -> None:
    card = await asked(chat)
    for words in ("préciser", WONDERS, "oui"):
        await chat.says(BEN, words, room=card.room_id)
    room = to(chat, ANA)[-1].room_id

    await chat.says(ANA, "annuler", room=room)

    assert chat.last.text == "Je ne transmets rien. Votre demande continue."
    assert (await request(chat)).status == "seeking"


async def test_who_has_nothing_to_ask_after_all_asks_nothing(chat: Chat) -> None:
    await volunteers(chat, BEN)
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert", room=room)
    await chat.says(ANA, "annuler", room=room)

    assert chat.last.text == "D'accord, je ne fais rien."
    assert await chat.rows("SELECT id FROM help_request") == []


async def test_a_yes_in_words_is_answered_once(chat: Chat) -> None:
    card = await asked(chat)
    await chat.says(BEN, "oui", room=card.room_id)

    assert (await request(chat)).expert == BEN
    assert [said.text for said in to(chat, BEN) if "Je n'attends pas" in said.text] == []
