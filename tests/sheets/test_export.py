"""A sheet as a file: what everybody reads for every member, a draft for its authors, in private."""

import json
from typing import Any

import pytest

from bot.documents import process
from bot.process import apart
from tests.chat import ANA, BEN, CLEO, MODO, Chat, Said
from tests.dispatch.test_direct_chats import rooms_with
from tests.help.people import joins
from tests.help.test_own_data import erases
from tests.sheets.writing import DONE, NEED, RESULT, answers, publishes, submits, writes

N = "\u00a0"


@pytest.fixture
def prints(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is to be printed, instead of being printed."""
    asked: list[Any] = []

    async def printed(document: Any) -> bytes:
        asked.append(document)
        return b"%PDF"

    monkeypatch.setattr(process, "printed", printed)
    return asked


async def exports(chat: Chat, person: str, words: str = "", *, room: str | None = None) -> Said:
    """The last thing that the bot says when somebody asks for the sheet as a file."""
    await chat.says(person, f"!fiche F-1 exporter {words}".strip(), room=room or await chat.direct(person))
    return chat.last


def said(document: Any) -> str:
    """All words of a document."""
    return json.dumps(document, ensure_ascii=False)


async def test_whoever_prints_a_sheet_has_all_that_it_says_and_where_it_comes_from(
    chat: Chat, prints: list[Any]
) -> None:
    await writes(chat, ANA, "!fiche F-1 source EHPAD des Lilas", "!fiche F-1 licence CC BY 4.0", "!fiche F-1 soumettre")
    await answers(chat, MODO, "!fiche F-1 publier")
    await exports(chat, BEN)

    [document], [file] = prints, chat.files
    assert file.content["filename"] == "F-1-Les-entrees-en-EHPAD-etaient-saisies-deux-fois.pdf"
    assert (file.content["msgtype"], file.content["info"]["mimetype"]) == ("m.file", "application/pdf")
    assert (document["title"], document["language"]) == ("Les entrées en EHPAD étaient saisies deux fois", "fr")
    facts = dict(document["parts"][-2]["rows"])
    assert facts == {
        f"Numéro{N}:": "F-1",
        f"Type{N}:": "Pratique",
        f"Signature{N}:": "Ana",
        f"Provenance{N}:": "EHPAD des Lilas",
        f"Communauté{N}:": "Numérique en santé",
        f"Publication{N}:": "5 janvier 2027",
        f"Licence{N}:": "CC BY 4.0",
    }
    assert [
        words
        for words in (NEED, DONE, RESULT, "par des membres de la communauté Num", "!F-1")
        if words not in said(document)
    ] == []
    assert "une longue fiche en prend plusieurs" in chat.last.text


async def test_as_a_text_it_is_markdown_in_which_nothing_that_people_wrote_is_a_mark(chat: Chat) -> None:
    await writes(
        chat, ANA, "!fiche F-1 conditions # Titre <b>*gras*</b> [ici](https://example.org)", "!fiche F-1 soumettre"
    )
    await answers(chat, MODO, "!fiche F-1 publier")
    await exports(chat, BEN, "markdown")

    [file] = chat.files
    text = chat.homeserver.files[-1].decode()
    assert file.content["filename"].endswith(".md")
    assert text.startswith("# Les entrées en EHPAD étaient saisies deux fois\n\n## Le besoin\n\n")
    assert "\\# Titre \\<b\\>\\*gras\\*\\</b\\> \\[ici\\](https://example.org)" in text
    assert f"- **Licence{N}:** non précisée" in text


async def test_in_private_wherever_it_is_asked_and_in_the_room_for_who_cannot_be_reached(
    chat: Chat, prints: list[Any]
) -> None:
    await publishes(chat)
    private = await chat.direct(BEN)
    chat.forget()
    await exports(chat, BEN, room=chat.room)
    assert [file.room_id for file in chat.files] == [private]

    await joins(chat, CLEO)
    await exports(chat, CLEO, room=chat.room)
    made = rooms_with(chat, CLEO)[-1]
    chat.homeserver.member(made, CLEO, "leave")
    await chat.hears(made)
    assert "écrivez-le encore une fois" in chat.last.text.lower(), chat.last.text
    chat.forget()
    await exports(chat, CLEO, room=chat.room)
    assert [file.room_id for file in chat.files] == [chat.room]


async def test_what_nobody_has_reviewed_is_for_its_authors_alone(chat: Chat, prints: list[Any]) -> None:
    await submits(chat)
    refusals = {
        BEN: "Je ne connais pas de fiche F-1 ici.",
        MODO: "Tant qu'elle n'est pas publiée, seuls ses auteurs l'obtiennent en fichier.",
    }
    for person, refusal in refusals.items():
        assert (await exports(chat, person)).text == refusal
    assert prints == []
    await exports(chat, ANA)
    assert "personne ne l'a encore relu" in said(prints[0])
    await answers(chat, MODO, "!fiche F-1 publier", "!fiche F-1 retirer plus juste", "oui")
    assert (await exports(chat, MODO)).text.startswith("Ce n'est pas possible")


async def test_while_it_is_written_anew_everybody_has_what_was_published(chat: Chat, prints: list[Any]) -> None:
    await publishes(chat)
    await answers(chat, ANA, "!fiche F-1 réviser", "!fiche F-1 résultat Deux heures gagnées par entrée.")
    for person in (BEN, ANA):
        await exports(chat, person)
        assert RESULT in said(prints[-1])
        assert "publiée, à vérifier" in said(prints[-1])


async def test_an_author_who_was_erased_is_named_no_more(chat: Chat, prints: list[Any]) -> None:
    await joins(chat, BEN)
    await publishes(chat)
    await erases(chat, ANA)
    await exports(chat, BEN)
    assert "anonyme" in said(prints[0])
    assert "Ana" not in said(prints[0])


async def test_a_file_that_cannot_be_printed_says_what_to_ask_for_instead(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_document: Any) -> bytes:
        raise apart.NotMade

    monkeypatch.setattr(process, "printed", fails)
    await publishes(chat)
    assert "md à la place de pdf" in (await exports(chat, BEN)).text
    assert (await exports(chat, BEN, "docx")).text == (
        f"Je ne fais pas de fichier «{N}docx{N}», mais ceux-ci{N}: pdf pour imprimer, md pour modifier."
    )


async def test_it_is_in_the_language_of_who_asks_and_its_words_in_their_own(chat: Chat, prints: list[Any]) -> None:
    await publishes(chat)
    room = await chat.direct(BEN)
    await chat.says(BEN, "!me language en", room=room)
    await chat.says(BEN, "!sheet F-1 export", room=room)
    [document] = prints
    assert document["language"] == "en"
    assert {part["language"] for part in document["parts"] if part["kind"] == "paragraph"} == {"fr", ""}
    assert "Written and reviewed by members" in said(document)
    assert "to print" in chat.last.text
