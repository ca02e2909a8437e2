"""Promises of how messages of the team and of one's own settings look: on a phone, and in HTML."""

import pytest

from tests.chat import ANA, MODO, Chat
from tests.phone import lines_of


@pytest.mark.parametrize(
    ("person", "line", "most"),
    [
        (ANA, "!moi confidentialité", 20),
        (ANA, "!moi confidentialité suite", 20),
        (ANA, "!moi données", 15),
        (ANA, "!moi oubli", 20),
        (ANA, "!moi", 8),
        (MODO, "!admin", 12),
        (MODO, "!admin début", 15),
        (MODO, "!admin historique", 9),
        (MODO, "!admin équipe", 6),
        (MODO, "!admin salon", 6),
        (MODO, "!admin salon aide", 4),
        (MODO, "!admin communauté", 9),
    ],
)
async def test_it_is_read_without_scrolling(chat: Chat, person: str, line: str, most: int) -> None:
    room = await chat.direct(person) if line.startswith("!moi") else None
    await chat.says(person, line, room=room)

    assert lines_of(chat.last.text) <= most, chat.last.text


async def test_what_is_kept_is_told_whole_in_two_messages(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!moi confidentialité", room=room)
    first = chat.last
    await chat.says(ANA, "!moi confidentialité suite", room=room)

    assert "Clés des salons chiffrés" in first.text
    assert "<li><code>!moi oubli</code>" in first.html
    for told in ("30 jours", "90 jours", "deux jours", "peut lire sa base"):
        assert told in first.text
    for told in ("un an", "empreinte", "sans votre nom", "un nom reste", "Réactions"):
        assert told in chat.last.text
    assert "Ce que je garde d'autre" in chat.last.lines[0]


async def test_the_steps_of_a_first_day_are_a_numbered_list(chat: Chat) -> None:
    await chat.says(MODO, "!admin début")

    assert chat.last.html.startswith("<h4>Pour commencer")
    assert '<ol start="1"><li>Un salon relié' in chat.last.html
    assert "<code>!admin début annonce</code>" in chat.last.html
