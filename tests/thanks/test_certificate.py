"""The document about what one gave in a year: what the record shows, to its author alone, and what it does not show."""

import logging
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.store import audit
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.commands.meetups import LINE
from tests.commands.meetups import publishes as announces
from tests.help.people import asks, offers, volunteers
from tests.sheets.test_capture import shows_the_past
from tests.sheets.test_export import prints as prints
from tests.sheets.test_export import said as all_words
from tests.sheets.writing import publishes, shown


async def certified(chat: Chat, person: str, words: str = "") -> str:
    """The file that somebody gets."""
    await chat.says(person, f"!moi attestation {words} md", room=await chat.direct(person))
    return chat.homeserver.files[-1].decode().replace("\u00a0", " ")


async def one(chat: Chat, query: str) -> int:
    return int((await chat.rows(query))[0][0])


def stepped(caplog: pytest.LogCaptureFixture, noun: str, to: str) -> str:
    """The numbers of the things of which the log says so, as SQL."""
    found = [re.match(rf"{noun} (\d+): \w+ to {to}\b", record.getMessage()) for record in caplog.records]
    return ", ".join(match[1] for match in found if match) or "0"


async def recounted(chat: Chat, caplog: pytest.LogCaptureFixture, person: str) -> dict[str, int]:
    """The same figures from what was logged as it happened, and from the rows, each by its own statement."""
    resolved, published = stepped(caplog, "request", "resolved"), stepped(caplog, "sheet", "published")
    queries = {
        "demande": f"SELECT count(*) FROM help_request WHERE id IN ({resolved}) AND expert = '{person}'",
        "rencontre": "SELECT count(*) FROM meetup m JOIN meetup_series s ON series = s.id WHERE m.status = 'published'"
        f" AND organiser = '{person}' AND starts_at < '{chat.now:%Y-%m-%d %H:%M:%S}'",
        "retour": f"SELECT count(*) FROM meetup_note WHERE kind = 'retex' AND status = 'kept' AND author = '{person}'",
        "écrite": f"SELECT count(*) FROM sheet WHERE id IN ({published}) AND author = '{person}'",
        "relue": f"SELECT count(*) FROM sheet WHERE id IN ({published}) AND reviewer = '{person}'",
        "ressource": "SELECT count(*) FROM contribution WHERE CAST(informed_of AS VARCHAR) = '[\"published\"]'"
        f" AND substr(thing, 1, 9) = 'proposal:' AND person = '{person}'",
        "merci": f"SELECT count(*) FROM thanks WHERE receiver = '{person}'",
    }
    return {what: count for what, query in queries.items() if (count := await one(chat, query))}


def counted(document: str) -> dict[str, int]:
    """The figures of a document, by the word that tells them apart."""
    words = ("demande", "rencontre", "retour", "écrite", "relue", "ressource", "merci")
    lines = re.findall(r"^- (\d+) (.+)$", document, re.MULTILINE)
    return {next(word for word in words if word in said): int(number) for number, said in lines}


async def a_year(chat: Chat) -> None:
    """Ben helps, tells, writes, proposes and is thanked; the moderator organises and reviews."""
    shows_the_past(chat)
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    await chat.reacts(BEN, "✅", offers(chat)[0])
    await chat.says(ANA, "!expert D-1 résolu", room=await chat.direct(ANA))
    await announces(chat, LINE)
    await chat.says(BEN, "!rdv R-1 retex notre tri des déchets")
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    await publishes(chat, BEN)
    await chat.says(BEN, "!doc proposer https://example.org/pansement Choisir un pansement")
    (number,) = [row[0] for row in await chat.rows("SELECT id FROM resource WHERE state = 'proposed'")]
    await chat.confirms(MODO, f"!admin doc valider DOC-{number}")
    await chat.says(ANA, "!merci Ben pour ton aide")
    await chat.says(CLEO, "!merci F-1")
    await chat.passes(days=60)


async def test_it_equals_what_was_logged_and_what_is_stored(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger=audit.logger.name)
    await a_year(chat)
    for person, kinds in ((BEN, 5), (MODO, 2)):
        document = await certified(chat, person)
        assert counted(document) == await recounted(chat, caplog, person)
        assert len(counted(document)) == kinds
    assert counted(await certified(chat, BEN))["merci"] == 2
    assert "rien pour cette période" in await certified(chat, CLEO)


async def test_it_says_what_it_is_for_whom_and_of_when(chat: Chat) -> None:
    await chat.says(ANA, "!merci Ben")
    document = await certified(chat, BEN)
    for said in (
        "# Contributions de l'année 2027",
        "Compte : @ben:example.org",
        "Période : du 1er janvier 2027 au 5 janvier 2027",
        "Établi le 5 janvier 2027",
        "## Numérique en santé",
        "Nom affiché dans ses salons : Ben",
        "- 1 merci reçu",
        "Établi d'après le journal de Relais",
        "Aucune institution ne le signe",
    ):
        assert said in document
    assert "conservés" not in document
    await chat.says(BEN, "!me language en", room=await chat.direct(BEN))
    assert "- 1 thanks received" in await certified(chat, BEN)


async def test_others_see_neither_the_document_nor_a_figure(chat: Chat) -> None:
    home = await chat.direct(BEN)
    await chat.says(ANA, "!merci Ben")
    chat.forget()
    await chat.says(BEN, "!moi attestation")
    assert {said.room_id for said in chat.files} == {home}
    assert [said.text for said in chat.messages if said.room_id == chat.room] == [
        "Je vous l'écris en conversation privée."
    ]


@pytest.mark.parametrize("words", ["", "2027 en PDF"])
async def test_it_is_printed_unless_somebody_wants_to_change_it(chat: Chat, prints: list[Any], words: str) -> None:
    await chat.says(ANA, "!merci Ben")
    await chat.says(BEN, f"!moi attestation {words}", room=await chat.direct(BEN))
    assert [file.content["filename"] for file in chat.files] == ["Contributions-de-l-annee-2027.pdf"]
    assert "!moi attestation 2027 md" in chat.messages[-1].text
    [document] = prints
    assert "1 merci reçu" in all_words(document)
    assert "Aucune institution ne le signe" in all_words(document)


async def test_years_that_cannot_be_are_refused(chat: Chat) -> None:
    home = await chat.direct(BEN)
    wrong = []
    for words in ("2028", "1999", "l'an dernier", "2026 docx"):
        await chat.says(BEN, f"!moi attestation {words}", room=home)
        if chat.files or ("20" not in chat.last.text and "pdf" not in chat.last.text):
            wrong.append(words)
    assert wrong == []


async def test_what_is_stored_no_more_is_said_in_the_document(chat: Chat) -> None:
    await chat.says(ANA, "!merci Ben")
    chat.now = datetime(2028, 3, 1, 9, tzinfo=UTC)
    await chat.engine.routine.forget_old()
    document = await certified(chat, BEN, "2027")
    assert "- 1 merci reçu" in document
    (limit,) = [line for line in document.split("\n") if "ne sont plus conservés" in line]
    assert limit.startswith("- demandes d'aide : ceux d'avant le 2 mars 2027")


async def test_of_whoever_was_erased_nothing_is_certified(chat: Chat) -> None:
    await chat.says(ANA, "!merci Ben")
    await chat.confirms(BEN, "!moi oubli", room=await chat.direct(BEN))
    await chat.passes(minutes=2)
    assert await chat.rows("SELECT id FROM thanks") == []
    await chat.says(BEN, "!moi attestation md")
    assert not any("merci reçu" in file.decode() for file in chat.homeserver.files)
