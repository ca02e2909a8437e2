"""What people are told about us: at their first word, and when they ask for help."""

import importlib
from pathlib import Path

import pytest

from bot.dispatch.menu.menu import Menu
from tests.chat import ANA, BOSS, MODO, Chat
from tests.phone import lines_of

DORA = "@dora:example.org"
"""Somebody who has not been welcomed yet."""


async def test_help_shows_only_what_the_person_may_do_and_what_exists(chat: Chat) -> None:
    await chat.says(ANA, "!aide")
    assert "!doc\u00a0: chercher" in chat.last.text
    assert "!moi\u00a0: vos réglages" in chat.last.text
    assert lines_of(chat.last.text) <= 12
    assert "!admin" not in chat.last.text
    assert "!fiche\u00a0: raconter" in chat.last.text

    await chat.says(MODO, "!aide")
    assert "!admin" in chat.last.text
    assert lines_of(chat.last.text) <= 12
    await chat.says(MODO, "!aide admin")
    assert "!admin salon" in chat.last.text
    await chat.says(MODO, "!aide admin communauté")
    assert "créer" not in chat.last.text


async def test_an_observer_finds_the_figures_and_nothing_else_of_the_team(chat: Chat) -> None:
    await chat.confirms(BOSS, f"!admin équipe ajouter {ANA} observation")
    room = await chat.direct(ANA)

    await chat.says(ANA, "!aide", room=room)
    assert "!admin" in chat.last.text
    for line in ("!admin", "!aide admin"):
        await chat.says(ANA, line, room=room)
        assert "!admin tableau\u00a0: l'état des lieux" in chat.last.text
        assert "équipe\u00a0:" not in chat.last.text
        assert "réglage" not in chat.last.text


async def test_one_word_of_help_comes_with_two_examples(chat: Chat) -> None:
    await chat.says(ANA, "!aide doc")

    assert chat.last.lines == [
        "!doc\u00a0: chercher un document, un outil",
        "- !doc outil\u00a0: chercher un document, un outil",
        "- !doc proposer https://exemple.fr/page Titre de la page\u00a0: proposer une ressource à l'équipe de la"
        " communauté",
        "Par exemple\u00a0: !doc outil dossier partagé",
        "Par exemple\u00a0: !doc DOC-4",
    ]
    assert lines_of(chat.last.text) <= 12


@pytest.mark.parametrize(
    ("person", "word"), [(BOSS, "rdv"), (BOSS, "moi"), (BOSS, "expert"), (BOSS, "admin"), (ANA, "rdv")]
)
async def test_no_help_is_longer_than_twelve_lines_and_says_how_to_go_on(chat: Chat, person: str, word: str) -> None:
    line, read = f"!aide {word}", [""]
    while line:
        await chat.says(person, line)
        assert lines_of(chat.last.text) <= 12, line
        assert not {*read} & {*chat.last.lines}
        read += chat.last.lines
        line = f"!{read[-1].partition('!')[2]}" if read[-1].startswith("La suite") else ""


async def test_help_tells_a_member_last_what_only_some_may_do_and_who_they_are(chat: Chat) -> None:
    for page in ("", " suite", " suite 2", " suite 3", " suite 4", " suite 5"):
        await chat.says(ANA, f"!aide rdv{page}")
    lines = [line for said in chat.messages for line in said.lines if not line.startswith("La suite")]
    led = lines.index("Pour la personne qui organise et pour l'équipe de la communauté\u00a0:")
    some = (
        *("déplacer", "annuler", "type", "territoire", "places", "reprendre", "présents", "odj", "cr", "lien"),
        *("défis", "thèmes"),
    )
    assert {line.split()[3] for line in lines[led + 1 : led + 13]} == set(some)
    assert "- !rdv R-7 non\u00a0: dire que vous ne venez pas" in lines[:led]

    for page in ("suite", "suite 2"):
        await chat.says(MODO, f"!aide rdv {page}")
    assert any("!rdv R-7 annuler" in text for text in chat.texts[-2:])


async def test_help_says_whom_to_turn_to(chat: Chat) -> None:
    await chat.says(ANA, "!aide contact")

    assert "L'équipe de la communauté\u00a0: Modo." in chat.last.text
    assert "DPO" in chat.last.text


# ── the first time ────────────────────────────────────────────────────────────────────────────────────────


async def test_a_person_is_welcomed_once_behind_the_answer_and_apart_from_it(chat: Chat) -> None:
    room = await chat.opens("!rse:example.org", community="rse", newcomers=[DORA])
    assert chat.sent == []

    asked = await chat.says(DORA, "!doc messagerie", room=room)
    answer, welcome = chat.messages
    assert (answer.reply_to, welcome.reply_to) == (asked, None)
    assert welcome.lines == [
        "Bonjour Dora, je suis Relais, un robot qui trouve documents et collègues.",
        "Jamais de donnée de patient ici.",
        "Ce que je garde, et comment m'arrêter",
        "!moi confidentialité\u00a0; stop en privé",
    ]
    assert "<details><summary>Ce que je garde" in welcome.html
    assert lines_of(welcome.text) <= 5
    assert not welcome.rings

    await chat.says(DORA, "!aide", room=room)
    assert chat.last.lines[0] == "Voici ce que vous pouvez m'écrire\u00a0:"


async def test_a_person_is_not_welcomed_again_in_another_community_nor_after_a_restart(chat: Chat) -> None:
    one = await chat.opens("!rse:example.org", community="rse", newcomers=[DORA])
    other = await chat.opens("!gestion:example.org", community="gestion", newcomers=[DORA])
    await chat.says(DORA, "!doc messagerie", room=one)
    await chat.restarts()
    chat.forget()
    for room in (one, other):
        await chat.says(DORA, "!aide", room=room)
    assert not any("Bonjour" in text for text in chat.texts)


async def test_what_waits_for_an_answer_stands_last_and_the_welcome_comes_later(chat: Chat) -> None:
    room = await chat.opens("!second:example.org", community="numerique", newcomers=[DORA])

    await chat.says(DORA, "!expert Comment choisir un DPI ?", room=room)
    assert not any("Bonjour" in text for text in chat.texts)

    await chat.says(DORA, "!doc messagerie", room=room)
    assert chat.last.text.startswith("Bonjour Dora")


async def test_the_team_is_told_in_twelve_lines_what_it_may_set_and_where_the_rest_is(chat: Chat) -> None:
    await chat.says(MODO, "!admin")
    assert len(chat.last.lines) <= 12
    assert chat.last.lines[-1] == "La suite\u00a0: !aide admin suite"


async def test_a_verb_of_the_team_is_refused_with_the_reason_however_it_is_spelt(chat: Chat) -> None:
    for written in ("!admin foo", "!admin tableau de bord", "!admin archiver tout"):
        await chat.says(ANA, written)
        assert "réservée à l'équipe de la communauté" in chat.last.text, written
        assert lines_of(chat.last.text) <= 4

    await chat.says(MODO, "!admin planche de bord")
    assert chat.last.lines[0] == "Je ne connais pas «\u00a0planche de bord\u00a0» après !admin."
    assert lines_of(chat.last.text) <= 4

    chat.forget()
    await chat.says(ANA, "!Admin réseau absent aujourd'hui")
    assert chat.texts == []


async def test_of_two_commands_in_one_message_the_first_is_done_and_the_second_named(chat: Chat) -> None:
    await chat.says(ANA, "!doc messagerie sécurisée\n!expert Comment choisir un DPI ?")

    assert "pour «\u00a0messagerie sécurisée\u00a0»" in chat.last.lines[0]
    assert chat.last.lines[-1] == "Une commande par message. Pour la suite, envoyez !expert Comment choisir un DPI ?"
    assert await chat.rows("SELECT id FROM help_request") == []


def test_the_folders_within_a_word_change_nothing_in_the_order_of_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in ("a/deeper/two", "a/one", "a/three", "b"):
        path = tmp_path / "some_words" / f"{file}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(
            f"from bot.dispatch.menu.command import Command\ncommand = Command({path.stem!r}, summary='')\n"
        )
    (tmp_path / "some_words" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    menu = Menu.of(importlib.import_module("some_words"))
    assert [command.word for command in menu.commands] == ["one", "three", "two", "b"]
