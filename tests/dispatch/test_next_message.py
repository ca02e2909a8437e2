"""Where we ask for somebody's own words, their next message is these words, whatever it looks like: one rule."""

from collections.abc import Awaitable, Callable

import pytest

from tests.chat import ANA, BEN, Chat
from tests.help.people import TOPIC, asks, offers, volunteers
from tests.help.people import to as received
from tests.sheets.writing import answers, writes

Opens = Callable[[Chat], Awaitable[tuple[str, str]]]
LOOK_LIKE_COMMANDS = (
    "Aide des familles : comment la coordonnez-vous ?",
    "Rendez-vous avec les aidants : à quelle fréquence ?",
    "Je cherche un logiciel moins cher, et vous ?",
    "Doc en main, nous avons tout essayé sans résultat",
    "Merci de votre aide : nous avons 80 lits et deux sites",
    "Non, ce n'est pas encore décidé chez nous",
    "Rappelle-toi que nous sommes en congés en août",
)
SAY_SOMETHING_ELSE = ("merci", "aide", "!rdv", "rdv", "je suis épuisée, je n'en peux plus")


async def clarifies(chat: Chat) -> tuple[str, str]:
    """A volunteer wants to ask something first."""
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    (card,) = offers(chat)
    await chat.says(BEN, "préciser", room=card.room_id)
    return BEN, card.room_id


async def is_asked(chat: Chat) -> tuple[str, str]:
    """The author is asked by a volunteer."""
    _ben, room = await clarifies(chat)
    await chat.says(BEN, "Quel éditeur utilisez-vous ?", room=room)
    await chat.says(BEN, "oui", room=room)
    return ANA, received(chat, ANA)[-1].room_id


async def asks_nothing_yet(chat: Chat) -> tuple[str, str]:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert", room=room)
    return ANA, room


async def begins(chat: Chat) -> tuple[str, str]:
    """A few words, to be completed."""
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert le DPI", room=room)
    return ANA, room


async def rewords(chat: Chat) -> tuple[str, str]:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert Comment choisir une messagerie sécurisée ?", room=room)
    await chat.says(ANA, "corriger", room=room)
    return ANA, room


async def comments(chat: Chat) -> tuple[str, str]:
    """A reviewer says what is missing from a sheet."""
    await volunteers(chat, BEN)
    await writes(chat, ANA, f"!fiche F-1 sujet {TOPIC}")
    await answers(chat, ANA, "!fiche F-1 soumettre")
    card = received(chat, BEN)[-1]
    await chat.reacts(BEN, "🤔", card)
    return BEN, card.room_id


async def tells(chat: Chat) -> tuple[str, str]:
    """The first question of a practice sheet."""
    room = await chat.direct(ANA)
    await chat.says(ANA, "!fiche", room=room)
    return ANA, room


PLACES: tuple[Opens, ...] = (clarifies, is_asked, asks_nothing_yet, begins, rewords, comments, tells)


async def taken(chat: Chat, words: str) -> bool:
    """Whether the words are shown as what was written, or stand where such words are stored."""
    rows = await chat.rows("SELECT text FROM help_request UNION SELECT need FROM sheet UNION SELECT missing FROM sheet")
    shown = [said.text for said in chat.sent if "«" in said.text]
    part = words.rstrip("? ").replace(" :", "\u00a0:").lower()
    found = [text.replace(" :", "\u00a0:").lower() for text in [*shown, *(str(text) for (text,) in rows)]]
    return any(part in text for text in found)


@pytest.mark.parametrize(("opens", "words"), [*zip(PLACES, LOOK_LIKE_COMMANDS, strict=True)])
async def test_whatever_is_written_next_is_what_we_asked_for(chat: Chat, opens: Opens, words: str) -> None:
    person, room = await opens(chat)
    chat.forget()
    await chat.says(person, words, room=room)

    assert await taken(chat, words), chat.texts


@pytest.mark.parametrize("opens", PLACES)
async def test_thanks_help_distress_and_a_command_are_not_and_we_go_on_waiting(chat: Chat, opens: Opens) -> None:
    person, room = await opens(chat)
    chat.forget()
    for words in SAY_SOMETHING_ELSE:
        if words == "rdv" and opens is tells:
            continue  # a question of a form takes any word: « rdv » may be a title
        await chat.says(person, words, room=room)
        assert not await taken(chat, words), words
    await chat.says(person, "Le second site a un autre éditeur depuis 2024", room=room)

    assert await taken(chat, "Le second site a un autre éditeur depuis 2024"), chat.texts


async def test_once_we_have_said_something_else_a_sentence_that_asks_for_something_is_a_command(chat: Chat) -> None:
    person, room = await is_asked(chat)
    await chat.says(person, "rdv", room=room)
    chat.forget()
    await chat.says(person, "Je cherche un guide sur les chutes", room=room)

    assert not any("Pass" in text or "transmis" in text for text in chat.texts)
    assert "chutes" in chat.last.text


async def test_a_volunteers_question_may_be_answered_by_yes(chat: Chat) -> None:
    person, room = await is_asked(chat)
    chat.forget()
    await chat.says(person, "oui", room=room)

    assert "« oui »".replace(" ", "\u00a0") in received(chat, BEN)[-1].text


async def test_an_answer_that_may_ask_us_for_something_is_shown_before_it_is_passed_on(chat: Chat) -> None:
    person, room = await is_asked(chat)
    chat.forget()
    await chat.says(person, "Je cherche un logiciel moins cher", room=room)
    assert received(chat, BEN) == []
    await chat.says(person, "oui", room=room)

    assert "logiciel moins cher" in received(chat, BEN)[-1].text
