"""Promises of 🙋 under a search: the same words become a request, and nothing leaves before its author agrees."""

import pytest

from tests.chat import ANA, BEN, Chat
from tests.help.people import offers, request, volunteers


@pytest.mark.parametrize("words", ["interopérabilité messagerie sécurisée", "interopérabilité zzyzx qwxyz"])
async def test_what_was_looked_for_becomes_a_request(chat: Chat, words: str) -> None:
    await volunteers(chat, BEN)
    await chat.says(ANA, f"!doc {words}")
    found = chat.last
    assert "🙋 demander" in found.text
    await chat.reacts(ANA, "🙋", found)

    assert f"«\u00a0{words}\u00a0»" in chat.last.text
    assert offers(chat) == []
    await chat.says(ANA, "compléter : qui l'a mise en place en EHPAD ?", reply_to=chat.last)
    await chat.reacts(ANA, "✅", chat.last)
    assert "qui l'a mise en place en EHPAD ?" in offers(chat)[0].text


async def test_the_typed_word_does_the_same_in_private(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!doc interopérabilité messagerie", room=room)
    await chat.says(ANA, "expert", room=room, reply_to=chat.last)

    assert (await request(chat)).text == "interopérabilité messagerie"


async def test_one_word_is_not_sent_as_it_is(chat: Chat) -> None:
    await chat.says(ANA, "!doc interop")
    await chat.reacts(ANA, "🙋", chat.last)
    await chat.reacts(ANA, "✅", chat.last)

    assert chat.last.text.startswith("Votre question est très courte")
    assert (await request(chat)).status == "draft"


async def test_once_the_words_are_forgotten_the_way_to_ask_is_told(chat: Chat) -> None:
    await chat.says(ANA, "!doc interopérabilité messagerie")
    await chat.passes(minutes=16)
    await chat.reacts(ANA, "🙋", chat.last)

    assert chat.last.text == "Pour demander à des volontaires, écrivez\u00a0: !expert et votre question"
