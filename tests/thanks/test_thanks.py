"""Thanks: noted for whoever was thanked alone, passed on once in private, and never taken from ordinary talk."""

from typing import Any

import pytest

from bot import nouns
from bot.noun import Noun, When
from bot.thanks.of_things import THANKED
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.help.people import volunteers
from tests.help.test_own_data import erases
from tests.sheets.test_capture import anywhere, shows_the_past
from tests.sheets.writing import publishes, to

FOR = "!merci Ben pour la relecture du protocole"


@pytest.fixture(autouse=True)
def past(chat: Chat) -> None:
    shows_the_past(chat)


async def kept(chat: Chat) -> list[Any]:
    """Who thanked whom, and the words that are still there."""
    rows = await chat.rows("SELECT giver, receiver, words FROM thanks ORDER BY id")
    return [tuple(row) for row in rows]


async def read(chat: Chat, person: str) -> list[str]:
    return [said.text.replace("\u00a0", " ") for said in to(chat, person)]


async def test_whoever_is_thanked_reads_it_once_in_private_on_the_next_working_day(chat: Chat) -> None:
    await chat.direct(BEN)
    chat.forget()
    await chat.says(ANA, FOR)
    assert chat.last.text.startswith("Votre merci pour Ben est noté.")
    await chat.says(CLEO, "!merci @ben:example.org")
    await chat.passes(hours=20)
    assert await read(chat, BEN) == [], "neither at once nor at night"
    await chat.restarts()
    await chat.passes(hours=6)

    (said,) = await read(chat, BEN)
    assert said.startswith("2 mercis pour vous")
    assert "Ana : « la relecture du protocole »" in said
    assert "Cleo" in said
    assert await anywhere(chat, "relecture du protocole") == []
    await chat.passes(days=3)
    assert len(await read(chat, BEN)) == 1


async def test_whoever_works_at_night_reads_it_in_the_evening(chat: Chat) -> None:
    await volunteers(chat, BEN)
    home = await chat.direct(BEN)
    await chat.says(BEN, "!moi horaires nuit 21h-7h", room=home)
    await chat.restarts()
    chat.forget()
    await chat.says(ANA, FOR)
    await chat.passes(hours=34)
    assert await read(chat, BEN) == [], "it is not yet 21 h"
    await chat.passes(hours=1)
    assert [said.room_id for said in to(chat, BEN)] == [home]


async def test_what_is_refused_says_why_and_notes_nothing(chat: Chat) -> None:
    """To oneself, to the robot, to a stranger, to nobody, twice; about a patient, or too long."""
    rows = {
        "!merci Ana pour moi": "On ne se remercie pas soi-même",
        "!merci @relais:example.org": "Je ne suis qu'un robot",
        "!merci @zoe:example.org pour tout": "Je ne vois pas cette personne",
        "!merci tout le monde": "Je ne vois",
        "!merci F-7": "Je ne connais rien sous le numéro F-7",
        f"!merci Ben pour {'x' * 301}": "301 caractères",
    }
    wrong = []
    for typed, why in rows.items():
        await chat.says(ANA, typed)
        if why not in chat.last.text.replace("\u00a0", " ") or await kept(chat):
            wrong.append((typed, chat.last.text))
    assert wrong == []
    await chat.says(ANA, "!merci Ben pour Mme Durand, 2 85 05 78 006 084 41")
    assert await kept(chat) == []
    await chat.says(ANA, FOR)
    await chat.says(ANA, FOR)
    assert chat.last.text.startswith("C'est déjà noté")
    assert len(await kept(chat)) == 1


async def test_a_merci_between_people_is_talk(chat: Chat) -> None:
    said = await chat.says(BEN, "Le protocole est relu.")
    chat.forget()
    for talk in ("merci Ben", "Merci @ben:example.org pour la relecture", "! merci Ben", "remercier", "Merci à tous !"):
        await chat.says(ANA, talk, mentions=[BEN])
        await chat.says(ANA, talk, reply_to=said)
    await chat.reacts(ANA, "👏", said)
    assert chat.sent == []
    assert await kept(chat) == []
    await chat.says(ANA, "merci beaucoup", room=await chat.direct(ANA))
    assert chat.last.text.startswith("Avec plaisir."), "the robot is thanked as before"


async def test_a_reply_thanks_whoever_wrote_the_message_whatever_it_mentions(chat: Chat) -> None:
    said = await chat.says(BEN, "Le protocole est relu.")
    await chat.says(ANA, "!merci pour la relecture", reply_to=said, mentions=[CLEO])
    assert await kept(chat) == [(ANA, BEN, "la relecture")]
    await chat.says(ANA, "!merci", reply_to=said)
    assert chat.last.text.startswith("C'est déjà noté"), "once for one message"


async def test_applause_counts_on_a_volunteers_message_silently_and_its_removal_undoes(chat: Chat) -> None:
    await volunteers(chat, BEN)
    said = await chat.says(BEN, "Voici comment nous avons fait.")
    chat.forget()
    clap = await chat.reacts(ANA, "👏🏽", said)
    await chat.reacts(ANA, "👏", said)
    await chat.reacts(BEN, "👏", said)
    assert chat.sent == []
    assert await kept(chat) == [(ANA, BEN, "")]
    assert await anywhere(chat, "comment nous avons fait") == []
    await chat.redacts(ANA, clap)
    assert await kept(chat) == []
    await chat.passes(days=2)
    assert await read(chat, BEN) == []


async def test_after_a_restart_in_which_nobody_spoke_members_are_known_all_the_same(chat: Chat) -> None:
    await volunteers(chat, BEN)
    said = await chat.says(BEN, "Voici comment nous avons fait.")
    await chat.restarts()
    shows_the_past(chat)
    await chat.reacts(ANA, "👏", said)
    await chat.says(ANA, "!merci Cleo")
    assert await kept(chat) == [(ANA, BEN, ""), (ANA, CLEO, "")]


async def test_a_message_that_is_changed_or_deleted_changes_or_takes_back(chat: Chat) -> None:
    typed = await chat.says(ANA, FOR)
    await chat.edits(ANA, typed, "!merci Cleo pour la relecture")
    assert await kept(chat) == [(ANA, CLEO, "la relecture")]
    await chat.edits(BEN, typed, "!merci Ben")
    assert await kept(chat) == [(ANA, CLEO, "la relecture")], "nobody changes what another said"
    await chat.redacts(ANA, typed)
    assert chat.last.text == "Ce merci est retiré."
    assert await kept(chat) == []


async def test_what_was_read_stays_as_it_is(chat: Chat) -> None:
    await chat.direct(BEN)
    typed = await chat.says(ANA, FOR)
    await chat.passes(days=1, hours=2)
    await chat.edits(ANA, typed, "!merci Ben pour autre chose")
    assert "déjà transmis" in chat.last.text
    assert await kept(chat) == [(ANA, BEN, "")]


async def test_who_wants_no_message_gets_none_and_reads_it_when_they_ask(chat: Chat) -> None:
    home = await chat.direct(BEN)
    await chat.says(BEN, "stop", room=home)
    await chat.says(ANA, FOR)
    await chat.says(ANA, "!merci Cleo")
    chat.forget()
    await chat.passes(days=4)
    assert chat.messages == [], "nobody is invited to a conversation for it"
    await chat.says(BEN, "!merci", room=home)
    said = chat.last.text.replace("\u00a0", " ")
    assert "1 merci pour vous" in said
    assert "Ana : « la relecture du protocole »" in said
    assert await kept(chat) == [(ANA, BEN, ""), (ANA, CLEO, "")]


async def test_words_that_nobody_could_be_told_go_after_a_month_and_all_after_two_years(chat: Chat) -> None:
    await chat.says(ANA, FOR)
    await chat.passes(days=31)
    await chat.engine.routine.forget_old()
    assert await kept(chat) == [(ANA, BEN, "")]
    await chat.passes(days=700)
    await chat.engine.routine.forget_old()
    assert await kept(chat) == []


@pytest.mark.parametrize("gone", [ANA, BEN])
async def test_nothing_is_passed_on_from_or_to_somebody_who_is_banned(chat: Chat, gone: str) -> None:
    await chat.direct(BEN)
    await chat.says(ANA, FOR)
    chat.homeserver.member(chat.room, gone, membership="ban")
    await chat.hears(chat.room)
    chat.forget()
    await chat.passes(days=2)
    assert await read(chat, BEN) == []
    assert await kept(chat) == [(ANA, BEN, "")]


async def test_of_whoever_is_erased_no_name_stays(chat: Chat) -> None:
    await chat.says(ANA, FOR)
    await chat.says(BEN, "!merci Ana")
    home = await chat.direct(ANA)
    await chat.confirms(ANA, "!moi oubli", room=home)
    await chat.passes(minutes=2)
    assert await kept(chat) == [(None, BEN, "")]


async def test_a_day_has_ten_thanks_and_no_more(chat: Chat) -> None:
    await volunteers(chat, BEN)
    said = [await chat.says(BEN, f"Étape {step}.") for step in range(12)]
    for one in said:
        await chat.reacts(ANA, "👏", one)
    assert len(await kept(chat)) == 10
    await chat.says(ANA, "!merci Cleo")
    assert len(await kept(chat)) == 10


async def test_a_published_sheet_thanks_all_who_sign_it(chat: Chat) -> None:
    await publishes(chat)
    await chat.says(BEN, "!merci F-1 pour le tableau")
    assert "signent F-1" in chat.last.text
    await chat.says(CLEO, "!F-1")
    card = chat.last
    clap = await chat.reacts(CLEO, "👏", card)
    await chat.reacts(ANA, "👏", card)
    await chat.says(MODO, "!merci F-9")
    assert "F-9" in chat.last.text
    assert await kept(chat) == [(BEN, ANA, "le tableau"), (CLEO, ANA, "")]
    await chat.redacts(CLEO, clap)
    assert await kept(chat) == [(BEN, ANA, "le tableau")]


async def test_for_a_sheet_whose_authors_are_gone_the_refusal_says_so(chat: Chat) -> None:
    await publishes(chat)
    chat.homeserver.member(chat.room, ANA, membership="leave")
    await chat.hears(chat.room)
    await chat.says(BEN, "!merci F-1")
    assert chat.last.text.startswith("Les personnes qui signent cela ne sont plus membres")
    chat.homeserver.member(chat.room, ANA, membership="join")
    await chat.hears(chat.room)
    await erases(chat, ANA)
    await chat.says(BEN, "!merci F-1")
    assert chat.last.text.startswith("Les personnes qui signent cela ne sont plus membres")
    assert await kept(chat) == []


async def test_what_wants_to_follow_from_thanks_for_a_sheet_follows_once(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await publishes(chat)
    wants = Noun(when=(When("sheet", THANKED, "trial"),))
    monkeypatch.setattr(nouns, "NOUNS", (*nouns.NOUNS, wants))
    await chat.says(ANA, "!merci F-1")
    assert await chat.rows("SELECT item FROM timer WHERE kind = 'trial'") == [], "not by its author"
    await chat.says(BEN, "!merci F-1")
    assert [tuple(row) for row in await chat.rows("SELECT item FROM timer WHERE kind = 'trial'")] == [("1",)]


async def test_somebody_says_in_private_whom_they_thank(chat: Chat) -> None:
    home = await chat.direct(ANA)
    await chat.says(ANA, "je voudrais remercier Cleo pour son aide", room=home)
    assert await kept(chat) == [(ANA, CLEO, "son aide")]
