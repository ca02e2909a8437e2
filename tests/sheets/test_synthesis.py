"""What several sheets have in common: side by side, with their numbers, in the words of those who wrote them."""

from typing import Any

import pytest

from tests.chat import ANA, BEN, MODO, Chat
from tests.help.people import joins
from tests.help.test_own_data import erases
from tests.phone import lines_of
from tests.sheets.test_export import prints as prints
from tests.sheets.test_export import said
from tests.sheets.writing import NEED, RESULT, answers, writes

N = "\u00a0"


async def publish(chat: Chat, number: int, *lines: str, by: str = ANA) -> None:
    """A sheet with these lines about it, published."""
    await joins(chat, by)
    about = [f"!fiche F-{number} {line}" for line in lines]
    await writes(chat, by, *about, f"!fiche F-{number} soumettre")
    await answers(chat, MODO, f"!fiche F-{number} publier")


async def two(chat: Chat) -> None:
    about = ("source EHPAD des Lilas", "licence CC BY 4.0")
    await publish(chat, 1, "ingrédient 2, 4", "conditions une salle de réunion", *about)
    await publish(chat, 2, "ingrédient 4, 2", "résultat Moins d'appels. Écoutez d'abord les équipes de nuit.", by=BEN)
    chat.forget()


async def asks(chat: Chat, words: str, person: str = BEN, *, private: bool = True) -> str:
    await chat.says(
        person, f"!fiche synthèse {words}".strip(), room=await chat.direct(person) if private else chat.room
    )
    return chat.last.text


async def test_in_private_each_part_has_what_each_sheet_says_of_it(chat: Chat) -> None:
    await two(chat)
    assert (await asks(chat, "territoire")).split("\n") == [
        f"Synthèse{N}: l'intervention dans le territoire",
        "2 fiches publiées, en extraits",
        "Le besoin",
        f"- F-2 {NEED}",
        f"- F-1 {NEED}",
        "Conditions",
        "- F-1 une salle de réunion",
        "Résultat et conseil",
        "- F-2 Moins d'appels. Écoutez d'abord les équipes de nuit.",
        f"- F-1 {RESULT}",
        "En commun",
        "- les collectifs de travail (F-2, F-1)",
        "- Pratique (F-2, F-1)",
        "Les fiches",
        "- Les entrées en EHPAD étaient saisies deux fois (F-2), Ben",
        "- Les entrées en EHPAD étaient saisies deux fois (F-1), EHPAD des Lilas, Ana, CC BY 4.0",
        f"Pour en lire une{N}: !F-2",
        f"Pour l'imprimer{N}: !fiche synthèse territoire pdf",
    ]


async def test_in_a_room_it_is_short_however_many_there_are(chat: Chat) -> None:
    for number in range(1, 6):
        await publish(chat, number, "ingrédient 4", f"résultat {'Une heure gagnée par entrée ' * 90}")
    text = await asks(chat, "ingrédient 4", private=False)
    assert "Et aussi\u00a0: F-2, F-1" in text
    assert lines_of(text) <= 22
    assert text.endswith(f"écrivez-moi en privé{N}: !fiche synthèse ingrédient 4")


async def test_of_one_or_none_it_is_refused_with_the_next_step(chat: Chat) -> None:
    assert (await asks(chat, "territoire")).endswith(f"Pour en écrire une{N}: !fiche")
    await publish(chat, 1, "ingrédient 4")
    assert (await asks(chat, "territoire")).split("\n")[:2] == [
        f"Une synthèse demande deux fiches publiées, et il y en a une sur ce sujet{N}: "
        "Les entrées en EHPAD étaient saisies deux fois (F-1).",
        f"Pour la lire{N}: !F-1",
    ]
    await publish(chat, 2, "ingrédient 4, 2", by=BEN)
    for words in ("licornes", "", "@room\u202e"):
        assert (await asks(chat, words)).endswith(
            f"Plusieurs fiches portent sur{N}: l'intervention dans le territoire."
        )
    assert "une sur ce sujet" in await asks(chat, "équipe")


async def test_withdrawn_ones_are_left_out_and_those_written_anew_say_what_was_published(chat: Chat) -> None:
    await two(chat)
    await answers(chat, ANA, "!fiche F-1 réviser", "!fiche F-1 résultat Tout est autre.", "!fiche F-1 soumettre")
    text = await asks(chat, "territoire")
    assert RESULT in text
    assert "Tout est autre" not in text
    assert "Ana, CC BY 4.0, à vérifier" in text
    await answers(chat, ANA, "!fiche F-1 retirer", "oui")
    assert "il y en a une" in await asks(chat, "territoire")


async def test_an_author_who_was_erased_is_anonymous_in_it(chat: Chat) -> None:
    await two(chat)
    await erases(chat, ANA)
    assert "(F-1), EHPAD des Lilas, anonyme" in await asks(chat, "territoire")


async def test_a_topic_an_issue_and_english_are_understood(chat: Chat) -> None:
    for number, person in ((1, ANA), (2, BEN)):
        await publish(chat, number, "sujet 1", "enjeu numérique", by=person)
    wrong = [
        words
        for words in ("sujet 1", "topic 1", "enjeu numérique", "numérique")
        if "F-1" not in await asks(chat, words)
    ]
    assert wrong == []
    await chat.says(BEN, "!me language en", room=await chat.direct(BEN))
    await chat.says(BEN, "!sheet synthesis topic 1", room=await chat.direct(BEN))
    assert chat.last.text.startswith("Synthesis: ")


async def test_nobody_else_s_community_is_in_it(chat: Chat) -> None:
    await two(chat)
    await chat.opens("!rse:example.org", community="rse")
    await chat.says(BEN, "!fiche synthèse territoire", room="!rse:example.org")
    assert "Aucun sujet n'a encore deux fiches" in chat.last.text


@pytest.mark.parametrize("words", ["territoire pdf", "territoire en PDF"])
async def test_it_is_a_document_too(chat: Chat, prints: list[Any], words: str) -> None:
    await two(chat)
    await asks(chat, words)
    [document] = prints
    assert chat.files[0].content["filename"] == "Synthese-l-intervention-dans-le-territoire.pdf"
    assert "Moins d'appels. Écoutez d'abord les équipes de nuit." in said(document)
    assert "Extraits de fiches de membres de la communauté Numérique en santé" in said(document)
