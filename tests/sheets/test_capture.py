"""What somebody wrote in a room becomes a sheet only with their yes, whoever asks; until then nothing of it is kept."""

from typing import Any

import pytest
from sqlmodel import SQLModel

from bot.events.events import Event, MessageReceived
from bot.matrix import inbound
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.homeserver import BOT
from tests.sheets.writing import NEED, RESULT, answers, kept, shown, to

SAID = "Chez nous, deux secrétariats tiennent un seul dossier : une heure gagnée par entrée."


@pytest.fixture(autouse=True)
def past(chat: Chat) -> None:
    shows_the_past(chat)


def shows_the_past(chat: Chat) -> None:
    """The homeserver shows single events, as real ones do; of a deleted one nothing is left."""

    async def event(room_id: str, event_id: str) -> Event | None:
        timeline = chat.homeserver.rooms[room_id].timeline
        gone = {source["content"].get("redacts") for source in timeline}
        found = next((source for source in timeline if source["event_id"] == event_id), None)
        return inbound.event(found, room_id, BOT) if found and event_id not in gone else None

    async def edits(room_id: str, event_id: str) -> list[Event]:
        timeline = chat.homeserver.rooms[room_id].timeline
        found = [inbound.event(source, room_id, BOT) for source in timeline]
        return [one for one in found if isinstance(one, MessageReceived) and one.replaces == event_id]

    history: Any = chat.engine._dispatcher._quotes._history
    history.event, history.edits = event, edits


async def anywhere(chat: Chat, words: str) -> list[str]:
    """The tables that hold these words."""
    tables = {name: await chat.rows(f'SELECT * FROM "{name}"') for name in SQLModel.metadata.tables}
    return [name for name, rows in tables.items() if any(words in str(tuple(row)) for row in rows)]


async def asked_of_ana(chat: Chat, *, by: str = BEN) -> str:
    await chat.direct(ANA)
    said = await chat.says(ANA, SAID)
    await chat.reacts(by, "📖", said)
    return said


async def test_a_mark_asks_its_author_who_says_yes_and_goes_on(chat: Chat) -> None:
    await asked_of_ana(chat)
    assert [said.text for said in chat.messages if said.room_id == chat.room] == []
    assert await anywhere(chat, "secrétariats") == []
    card = to(chat, ANA)[-1]
    assert card.text.startswith("Ben aimerait que ce que vous avez écrit serve à d'autres")
    await chat.reacts(BEN, "✅", card, room=card.room_id)
    assert (await kept(chat))["status"] == "proposed"

    await chat.reacts(ANA, "✅", card)
    assert chat.last.text.startswith("1 sur 3.")
    assert (await kept(chat))["done"] == SAID
    await answers(chat, ANA, NEED)
    assert chat.last.text.startswith("3 sur 3.")
    await answers(chat, ANA, RESULT)
    assert SAID in chat.last.text


async def test_a_no_or_silence_keeps_nothing(chat: Chat) -> None:
    await asked_of_ana(chat)
    await chat.passes(days=7)
    assert await anywhere(chat, "secrétariats") == []
    await chat.reacts(ANA, "❌", to(chat, ANA)[-1])

    assert (await kept(chat))["status"] == "withdrawn"
    assert await anywhere(chat, "secrétariats") == []


async def test_a_no_is_final_for_that_message_whoever_asks(chat: Chat) -> None:
    said = await asked_of_ana(chat)
    await chat.direct(CLEO)
    await chat.reacts(ANA, "❌", to(chat, ANA)[-1])
    chat.forget()
    await chat.reacts(CLEO, "📖", said)
    await chat.says(BEN, "!fiche", reply_to=said)

    assert to(chat, ANA) == []
    assert to(chat, CLEO)[-1].text == "On ne fait pas de fiche à partir de ce message."
    assert chat.last.text == to(chat, CLEO)[-1].text
    await chat.reacts(ANA, "📖", said)
    assert (await kept(chat, 2))["done"] == SAID, "its author may change their mind"


async def test_nobody_is_asked_more_than_three_times_a_day_by_all_together(chat: Chat) -> None:
    await asked_of_ana(chat)
    for by in (CLEO, BEN, CLEO):
        last = await chat.says(ANA, SAID)
        await chat.says(by, "!fiche", reply_to=last)
    assert len(to(chat, ANA)) == 3
    assert chat.last.text.endswith("Réessayez un autre jour.")
    await chat.passes(days=1, minutes=1)
    await chat.says(BEN, "!fiche", reply_to=last)
    assert len(to(chat, ANA)) == 4


async def test_the_card_leads_to_the_message_that_it_is_about(chat: Chat) -> None:
    said = await asked_of_ana(chat)
    address = f"https://matrix.to/#/{chat.room}/{said}?via=example.org"
    assert address in to(chat, ANA)[-1].text


async def test_after_a_restart_in_which_nobody_spoke_its_author_is_still_a_member(chat: Chat) -> None:
    await chat.direct(ANA)
    said = await chat.says(ANA, SAID)
    await chat.restarts()
    shows_the_past(chat)
    await chat.reacts(BEN, "📖", said)
    assert to(chat, ANA)[-1].text.startswith("Ben aimerait que")


async def test_a_reply_asks_too_and_twice_at_once_asks_once(chat: Chat) -> None:
    said = await asked_of_ana(chat)
    await chat.says(CLEO, "!fiche", reply_to=said)
    assert chat.last.text == "Une fiche se prépare déjà à partir de ce message."
    other = await chat.says(ANA, "Et un tableau partagé des lits.")
    await chat.says(CLEO, "!fiche", reply_to=other)
    here = [said.text for said in chat.messages if said.room_id == chat.room]
    assert here[-1].startswith("Je pose la question en privé à la personne qui l'a écrit.")
    assert len(to(chat, ANA)) == 2


async def test_ones_own_message_needs_nobody(chat: Chat) -> None:
    await chat.direct(ANA)
    said = await chat.says(ANA, SAID)
    await chat.reacts(ANA, "📖", said)
    assert (await kept(chat))["done"] == SAID
    await chat.reacts(ANA, "✅", shown(chat, ANA))
    assert chat.last.text.startswith("1 sur 3.")


async def test_what_its_author_changed_since_counts_and_nobody_elses_edit(chat: Chat) -> None:
    said = await asked_of_ana(chat)
    await chat.edits(ANA, said, "Un seul dossier partagé, depuis mars.")
    await chat.edits(BEN, said, "Tout autre chose.")
    await chat.reacts(ANA, "✅", to(chat, ANA)[-1])
    assert (await kept(chat))["done"] == "Un seul dossier partagé, depuis mars."


async def test_a_message_that_is_too_long_is_cut_behind_a_sentence_and_its_author_knows(chat: Chat) -> None:
    await chat.direct(ANA)
    await chat.reacts(ANA, "📖", await chat.says(ANA, "Un seul dossier. " * 200))
    done = (await kept(chat))["done"]
    assert len(done) > 2_900
    assert done.endswith("dossier.")
    assert any("plus de 3000 caractères" in said.text for said in to(chat, ANA))


async def test_to_stop_in_a_captured_draft_says_that_it_stays_and_how_to_forget_it(chat: Chat) -> None:
    await asked_of_ana(chat)
    await chat.reacts(ANA, "✅", to(chat, ANA)[-1])
    await answers(chat, ANA, "annuler")
    assert "Ce que vous avez écrit reste" in chat.last.text
    assert "!fiche F-1 retirer" in chat.last.text
    assert (await kept(chat))["done"] == SAID


@pytest.mark.parametrize("begun", [True, False])
async def test_a_message_that_is_deleted_takes_the_draft_with_it(chat: Chat, *, begun: bool) -> None:
    said = await asked_of_ana(chat)
    card = to(chat, ANA)[-1]
    if begun:
        await chat.reacts(ANA, "✅", card)
        await answers(chat, ANA, NEED)
    await chat.redacts(ANA, said)
    await chat.passes(minutes=1)

    assert (await kept(chat))["status"] == "withdrawn"
    assert await anywhere(chat, "secrétariats") == []
    await chat.reacts(ANA, "✅", card)
    assert await anywhere(chat, "secrétariats") == []


async def test_what_is_published_stays_as_it_was_read_while_it_is_written_anew(chat: Chat) -> None:
    said = await asked_of_ana(chat)
    await chat.reacts(ANA, "✅", to(chat, ANA)[-1])
    await answers(chat, ANA, NEED, RESULT, "oui")
    await answers(chat, MODO, "!fiche F-1 publier")
    await answers(chat, ANA, "!fiche F-1 réviser", "!fiche F-1 titre Un seul dossier", "!fiche F-1 soumettre")
    chat.forget()
    await chat.redacts(ANA, said)
    await chat.passes(minutes=1)

    assert [said for said in chat.sent if said.room_id == chat.room] == []
    assert (await kept(chat))["status"] == "in_review"
    await chat.says(BEN, "!F-1")
    assert SAID in chat.last.text


async def test_what_cannot_become_a_sheet_is_told_to_whoever_marked_it(chat: Chat) -> None:
    await chat.direct(BEN)
    await chat.says(ANA, "!ping")
    await chat.reacts(BEN, "📖", chat.last)
    assert to(chat, BEN) == []
    gone = await chat.says(ANA, SAID)
    await chat.redacts(ANA, gone)
    await chat.reacts(BEN, "📖", gone)
    assert to(chat, BEN)[-1].text.endswith("je n'en vois pas là.")
    await chat.says(ANA, "stop", room=await chat.direct(ANA))
    chat.forget()
    await chat.reacts(BEN, "📖", await chat.says(ANA, SAID))
    assert to(chat, BEN)[-1].text.startswith("Je ne peux pas poser la question")
    assert await kept(chat) == {}
