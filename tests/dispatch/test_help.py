"""What people are told about us: at their first word, and when they ask for help."""

import pytest

from tests.chat import ANA, BOSS, MODO, Chat

DORA = "@dora:example.org"
"""Somebody who has not been welcomed yet."""


async def test_help_shows_only_what_the_person_may_do_and_what_exists(chat: Chat) -> None:
    await chat.says(ANA, "!aide")
    assert "!doc outil\u00a0: chercher" in chat.last.text
    assert "!moi\u00a0: vos demandes" in chat.last.text
    assert "!admin" not in chat.last.text
    assert "!fiche" not in chat.last.text

    await chat.says(MODO, "!aide")
    assert "!admin" in chat.last.text
    await chat.says(MODO, "!aide admin")
    assert "!admin salon" in chat.last.text
    await chat.says(MODO, "!aide admin communauté")
    assert "créer" not in chat.last.text


async def test_one_word_of_help_comes_with_two_examples(chat: Chat) -> None:
    await chat.says(ANA, "!aide doc")

    assert chat.last.lines == [
        "!doc\u00a0: chercher un outil, un document, un retour d'expérience",
        "!doc <mots>\u00a0: chercher un outil, un document, un retour d'expérience",
        "!doc proposer <adresse> <titre>\u00a0: proposer une ressource à l'équipe de la communauté",
        "Par exemple\u00a0: !doc outil",
        "Par exemple\u00a0: !doc outil dossier partagé",
    ]


@pytest.mark.parametrize(
    ("person", "word"), [(BOSS, "rdv"), (BOSS, "moi"), (BOSS, "expert"), (BOSS, "admin"), (ANA, "rdv")]
)
async def test_no_help_is_longer_than_twelve_lines_and_says_how_to_go_on(chat: Chat, person: str, word: str) -> None:
    await chat.says(person, f"!aide {word}")
    first = chat.last.lines
    assert len(first) <= 12
    if first[-1].startswith("La suite"):
        await chat.says(person, f"!{first[-1].partition('!')[2]}")
        rest = chat.last.lines
        assert 0 < len(rest) <= 12
        assert not {*first} & {*rest}


async def test_help_tells_a_member_last_what_only_some_may_do_and_who_they_are(chat: Chat) -> None:
    await chat.says(ANA, "!aide rdv")
    await chat.says(ANA, "!aide rdv suite")
    first, rest = (said.lines for said in chat.messages)
    led = rest.index("Pour la personne qui organise et pour l'équipe de la communauté\u00a0:")
    some = ("déplacer", "annuler", "places", "reprendre", "présents", "odj", "cr", "lien")
    assert [line.split()[2] for line in rest[led + 1 :]] == list(some)
    assert "!rdv R-7 non\u00a0: dire que vous ne venez pas" in first

    await chat.says(MODO, "!aide rdv")
    assert "!rdv R-7 annuler" in chat.last.text


async def test_help_says_whom_to_turn_to(chat: Chat) -> None:
    await chat.says(ANA, "!aide contact")

    assert "L'équipe de la communauté\u00a0: Modo." in chat.last.text
    assert "DPO" in chat.last.text


# ── the first time ────────────────────────────────────────────────────────────────────────────────────────


async def test_a_person_is_welcomed_once_in_answer_to_their_first_word(chat: Chat) -> None:
    room = await chat.opens("!rse:example.org", community="rse", newcomers=[DORA])
    assert chat.sent == []

    await chat.says(DORA, "!aide", room=room)
    assert chat.last.lines[0].startswith("Bonjour Dora, bienvenue dans la communauté Responsabilité sociétale.")
    assert "Ne donnez jamais de nom" in chat.last.text
    assert "Je ne conserve pas les discussions" in chat.last.text
    assert len(chat.last.lines) == 12
    assert len(chat.messages) == 1

    await chat.says(DORA, "!aide", room=room)
    assert chat.last.lines[0] == "Voici ce que vous pouvez m'écrire\u00a0:"


async def test_the_first_answer_that_leaves_room_for_it_comes_before_the_welcome(chat: Chat) -> None:
    room = await chat.opens("!second:example.org", community="numerique", newcomers=[DORA])

    await chat.says(DORA, "!doc cybersécurité", room=room)
    assert "bienvenue" not in chat.last.text
    await chat.says(DORA, "!doc messagerie", room=room)
    assert len(chat.last.lines) == 12

    assert "pour «\u00a0messagerie\u00a0»" in chat.last.lines[0]
    assert "Bonjour Dora, bienvenue" in chat.last.text


async def test_the_team_is_told_in_twelve_lines_what_it_may_set_and_where_the_rest_is(chat: Chat) -> None:
    await chat.says(MODO, "!admin")
    assert len(chat.last.lines) <= 12
    assert chat.last.lines[-1] == "La suite\u00a0: !aide admin suite"

    chat.forget()
    await chat.says(ANA, "!admin foo")
    assert chat.texts == [
        "Cette action est réservée à l'équipe de la communauté du salon (Modo). Vous pouvez leur en parler directement."
    ]
