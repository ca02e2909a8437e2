"""A question that was shown and has not left is put in other words; nothing else that was chosen is lost."""

import pytest

from tests.chat import ANA, Chat
from tests.commands.meetups import flat
from tests.help.people import QUESTION, request, to

ANEW = "Notre messagerie sécurisée ne reçoit plus rien depuis la mise à jour, que vérifier ?"


async def says(chat: Chat, *lines: str) -> str:
    room = await chat.direct(ANA)
    for line in lines:
        await chat.says(ANA, line, room=room)
    return flat(to(chat, ANA)[-1].text)


@pytest.mark.parametrize(
    "said",
    ["corriger", "Modifier", "attendez, je voudrais changer une phrase", "attends je corrige", "let me rephrase"],
)
async def test_the_next_message_is_the_question_in_other_words(chat: Chat, said: str) -> None:
    await says(chat, f"!expert collègues {QUESTION}")
    assert (await says(chat, said)).startswith("Récrivez votre question, entière")

    assert f"« {ANEW} »" in await says(chat, ANEW)
    row = await request(chat)
    assert (row.text, row.status, row.peers, row.topic) == (ANEW, "draft", True, "messagerie")


async def test_the_question_may_follow_the_word_and_a_few_words_are_none(chat: Chat) -> None:
    await says(chat, f"!expert {QUESTION}")
    assert "Récrivez" in await says(chat, "corriger le sujet")
    assert f"« {QUESTION} »" in await says(chat, "annuler")
    assert f"« {ANEW} »" in await says(chat, f"corriger : {ANEW}")


@pytest.mark.parametrize("said", ["sujets", "sujet", "changer de sujet", "topics"])
async def test_the_topics_are_shown_to_choose_from(chat: Chat, said: str) -> None:
    await says(chat, f"!expert {QUESTION}")
    assert (await says(chat, said)).startswith("Quel sujet ?")
    assert "Sujet : messagerie sécurisée" in await says(chat, "4")


async def test_what_was_sent_is_not_written_anew(chat: Chat) -> None:
    await says(chat, f"!expert {QUESTION}", "oui")
    await says(chat, "corriger", ANEW)
    assert (await request(chat)).text == QUESTION


async def test_in_a_room_the_way_is_said(chat: Chat) -> None:
    await chat.says(ANA, f"!expert {QUESTION}")
    await chat.says(ANA, "corriger", thread=chat.last.thread)
    assert flat(chat.last.text).startswith("Pour changer votre question, modifiez votre message")
