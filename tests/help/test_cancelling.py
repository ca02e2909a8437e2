"""Somebody closes a request of theirs in words of their own; it is shown to them before it is closed."""

from tests.chat import ANA, BEN, CLEO, Chat
from tests.commands.meetups import flat
from tests.help.people import QUESTION, asks, request, to, volunteers

OTHER = "Quel logiciel de messagerie sécurisée choisir pour un EHPAD ?"


async def says(chat: Chat, *lines: str) -> str:
    """Ana writes in private; returns our last words to her."""
    room = await chat.direct(ANA)
    for line in lines:
        await chat.says(ANA, line, room=room)
    return flat(to(chat, ANA)[-1].text)


async def statuses(chat: Chat) -> list[str]:
    return [status for (status,) in await chat.rows("SELECT status FROM help_request ORDER BY id")]


async def test_the_only_request_is_shown_and_closed_after_yes(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)

    shown = await says(chat, "annule ma demande")
    assert QUESTION in shown
    assert shown.endswith("La refermer ? ✅ oui, ❌ non")
    assert await statuses(chat) == ["seeking"]

    await says(chat, "non")
    assert await statuses(chat) == ["seeking"]
    await says(chat, "je retire ma question", "oui")
    assert "Votre demande D-1 est refermée." in [flat(said.text) for said in chat.sent]
    assert await statuses(chat) == ["cancelled"]
    assert "n'avez pas de demande ouverte" in await says(chat, "annule ma demande")


async def test_of_several_requests_the_number_says_which(chat: Chat) -> None:
    await asks(chat, ANA)
    await asks(chat, ANA, OTHER)

    asked = await says(chat, "je voudrais annuler ma demande")
    assert asked.startswith("Quelle demande refermer ?")
    assert "2. interopérabilité (D-1)" in asked
    assert QUESTION in await says(chat, "2")
    await says(chat, "oui")
    assert await statuses(chat) == ["cancelled", "untaken"]


async def test_what_is_not_sent_yet_is_given_up_at_once(chat: Chat) -> None:
    await says(chat, f"!expert {QUESTION}", "annule ma demande")

    assert flat(chat.last.text) == "Rien n'a été envoyé, et votre question est oubliée."
    assert await statuses(chat) == ["cancelled"]


async def test_in_a_room_nothing_is_said_of_what_was_asked_in_private(chat: Chat) -> None:
    await asks(chat, ANA)
    chat.forget()
    await chat.says(ANA, "!expert annuler")

    assert [flat(said.text) for said in chat.messages if said.room_id == chat.room] == [
        "Je vous l'écris en conversation privée."
    ]
    assert "Pour en refermer une, écrivez ici" in to(chat, ANA)[-1].text


async def test_a_request_that_was_closed_meanwhile_is_not_closed_twice(chat: Chat) -> None:
    await asks(chat, ANA)
    await says(chat, "annule ma demande")
    preview = to(chat, ANA)[-1]
    await says(chat, "!expert D-1 annuler")
    await chat.reacts(ANA, "✅", preview)

    assert flat(chat.last.text) == "Cette demande est déjà refermée."


async def test_a_question_that_begins_with_the_word_is_still_a_question(chat: Chat) -> None:
    shown = await says(chat, "expert Annuler une prescription dans le DPI, comment faire ?")
    assert "« Annuler une prescription dans le DPI, comment faire ? »" in shown


async def test_only_ones_own_requests_are_closed(chat: Chat) -> None:
    await asks(chat, ANA)
    room = await chat.direct(CLEO)
    await chat.says(CLEO, "!expert annuler D-1", room=room)

    assert (await request(chat)).status == "untaken"
    assert "ne vous concerne" in chat.last.text or "D-1" in chat.last.text
