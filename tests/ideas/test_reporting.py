"""Irritants: shown before others read them, joined by ➕ once a person, found again by their number."""

import pytest

from tests.chat import ANA, BEN, CLEO, Chat
from tests.ideas.reporting import DOUBLE, card, ideas, now_reads, reports, supporters


async def test_an_irritant_is_shown_to_its_author_then_read_by_the_room_and_found_again(chat: Chat) -> None:
    await chat.says(ANA, f"!idée irritant {DOUBLE}")
    preview = chat.last.text.replace("\u00a0", " ")
    assert DOUBLE in preview
    assert "Rien n'est publié" in preview
    assert await ideas(chat) == []

    await chat.says(ANA, "oui")
    shown = await card(chat)
    assert shown.room_id == chat.room
    assert shown.lines[0] == "Un irritant, signalé par Ana (I-1)"
    assert "C'est noté (I-1)" in chat.last.text
    await chat.says(BEN, "!I-1")
    assert DOUBLE in chat.last.text
    await chat.says(CLEO, "!idée")
    assert f"- {DOUBLE} (I-1)" in chat.last.lines


async def test_a_plus_counts_once_a_person_and_its_removal_takes_it_back(chat: Chat) -> None:
    """By emoji, in words, under the card in the room or another, after a restart."""
    shown = await reports(chat)
    plus = await chat.reacts(BEN, "➕", shown)
    await chat.says(BEN, "moi aussi", reply_to=shown)
    assert "C'est déjà noté" in chat.last.text
    await chat.reacts(ANA, "➕", shown)
    assert await supporters(chat) == [BEN], "its author counts already"
    await chat.restarts()
    await chat.says(CLEO, "!idée I-1 moi aussi", room=await chat.direct(CLEO))
    assert await supporters(chat) == [BEN, CLEO]
    assert "2 autres personnes disent : moi aussi" in await now_reads(chat, shown)

    await chat.redacts(BEN, plus)
    assert await supporters(chat) == [CLEO]
    await chat.says(CLEO, "!idée I-1 pas moi")
    assert "autre personne" not in await now_reads(chat, shown)


@pytest.mark.parametrize("talk", ["moi aussi", "Bonne idée !", "! idée lumineuse, Ben", "I-1 est au premier étage"])
async def test_ordinary_talk_is_no_irritant_and_joins_none(chat: Chat, talk: str) -> None:
    await reports(chat)
    chat.forget()
    await chat.says(BEN, talk)
    assert chat.sent == []
    assert len(await ideas(chat)) == 1
    assert await supporters(chat) == []
