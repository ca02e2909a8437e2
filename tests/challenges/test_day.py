"""A day in a region: a meet-up on challenges, its tables, contributions on the day, themes, and what came out."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.challenges.rules import day
from tests.challenges.opening import QUESTION, gives, opens, outcomes
from tests.chat import ANA, BEN, CLEO, MODO, Chat, Said
from tests.commands.meetups import card_now, flat, publishes
from tests.help.people import to
from tests.ideas.reporting import now_reads

DAY = '!rdv nouveau "Journée Grand Est" 14/1/2027 9h-17h Colmar 60 places défis C-1 C-2'
SECOND = "Comment sortir plus tôt ?"


async def open_day(chat: Chat, line: str = DAY) -> Said:
    """Two challenges, and the day on which people work on them; its card."""
    await opens(chat)
    await chat.confirms(MODO, f'!admin défi ouvrir "{SECOND}" jusqu\'au 30/1/2027')
    return await publishes(chat, line)


async def seats(chat: Chat) -> list[tuple[int, str]]:
    return [tuple(row) for row in await chat.rows("SELECT challenge, person FROM day_seat ORDER BY person")]


def last(chat: Chat) -> str:
    return flat(chat.last.text)


async def test_a_day_on_challenges_shows_them_in_preview_and_card_and_in_its_territory(chat: Chat) -> None:
    await opens(chat)
    await chat.confirms(MODO, f'!admin défi ouvrir "{SECOND}" jusqu\'au 30/1/2027')
    await chat.says(MODO, DAY)
    assert f"Défi : « {QUESTION} » (C-1)" in last(chat)
    assert f"Défi : « {SECOND} » (C-2)" in last(chat)
    assert "Colmar" in last(chat)
    await chat.reacts(MODO, "❌", chat.last)
    card = await publishes(chat, DAY)
    now = card_now(chat, card)
    assert "Journée Grand Est" in now
    assert "Lieu : Colmar" in now
    assert "Défis du jour" in now
    assert "1. « Comment ne saisir qu'une fois ? » (C-1)" in now
    assert await chat.rows("SELECT territory FROM meetup_series") != [(None,)]


async def test_only_open_challenges_of_the_community_are_worked_on_and_a_day_has_one_date(chat: Chat) -> None:
    await opens(chat)
    await chat.confirms(MODO, f'!admin défi ouvrir "{SECOND}" jusqu\'au 30/1/2027')
    await chat.confirms(MODO, "!admin défi C-2 abandonner le logiciel change")
    wrong = {}
    for line, why in {
        "14/1/2027 9h-17h Colmar défi C-9": "Je ne connais pas de défi C-9",
        "14/1/2027 9h-17h Colmar défi C-2": "est terminé",
        "1er mardi 9h-17h Colmar challenges C-1": "n'a qu'une date",
    }.items():
        await chat.says(MODO, f'!rdv nouveau "Journée" {line}')
        if why not in last(chat):
            wrong[line] = last(chat)
    assert wrong == {}
    await chat.says(MODO, '!rdv nouveau "Le défi C-9 en question" 14/1/2027 9h Colmar')
    assert "À vérifier" in last(chat) or "À relire" in last(chat), "a title is no list of challenges"


async def test_who_comes_chooses_one_table_by_words_or_a_number_changes_it_and_gives_it_back(chat: Chat) -> None:
    home = await chat.direct(BEN)
    card = await open_day(chat)
    await chat.says(ANA, "!rdv R-1 table C-2")
    assert "Dites d'abord que vous venez" in last(chat)
    await chat.reacts(ANA, "✅", card)
    chosen = await chat.says(ANA, "!rdv R-1 table C-2")
    assert "table 2" in last(chat)
    tap = await chat.reacts(BEN, "1️⃣", card)
    assert await seats(chat) == [(2, ANA)], "Ben has not said that he comes"
    await chat.redacts(BEN, tap)
    await chat.says(BEN, "!rdv R-1 oui", room=home)
    await chat.says(BEN, "!rdv R-1 table", room=home)
    assert "Les tables" in last(chat)
    await chat.says(BEN, "1", room=home)
    assert await seats(chat) == [(2, ANA), (1, BEN)]
    now = card_now(chat, card)
    assert "(C-1), 1 à cette table" in now
    assert "(C-2), 1 à cette table" in now
    assert "Ben" not in now, "counts, no names"
    await chat.says(BEN, "table 2", reply_to=card)
    await chat.edits(ANA, chosen, "!rdv R-1 table 1")
    assert await seats(chat) == [(1, ANA), (2, BEN)]
    await chat.redacts(ANA, chosen)
    await chat.says(BEN, "table ronde très riche", reply_to=card)
    assert await seats(chat) == [(2, BEN)]
    await chat.reacts(ANA, "2️⃣", card)
    assert "(C-2), 2 à cette table" in card_now(chat, card)
    await chat.says(BEN, "!rdv R-1 non", room=home)
    assert "(C-2), 1 à cette table" in card_now(chat, card), "who comes no more has no place at a table"
    await chat.says(BEN, "!rdv R-1 table aucune", room=home)
    await chat.says(ANA, "!rdv R-1 table 7")
    assert "Quelle table" in last(chat)
    chat.homeserver.member(chat.room, ANA, "leave")
    await chat.hears(chat.room)
    await chat.passes(minutes=2)
    assert await seats(chat) == []


async def test_a_word_in_the_thread_on_the_day_is_a_solution_or_a_note_and_follows_its_message(chat: Chat) -> None:
    card = await open_day(chat)
    await chat.reacts(ANA, "✅", card)
    await chat.says(ANA, "!rdv R-1 table 2")
    early = await chat.says(CLEO, "contribution C-1 : un seul badge", thread=card.event_id)
    assert "ce jour-là" in last(chat)
    await chat.redacts(CLEO, early)
    await chat.passes(days=9)
    assert chat.now.date().isoformat() == "2027-01-14"
    chat.forget()
    await chat.says(BEN, "Contribution très intéressante ce matin", thread=card.event_id)
    assert chat.messages == []
    mine = await chat.says(ANA, "contribution : un lit, une heure", thread=card.event_id)
    assert "Merci : solution 1 pour C-2" in last(chat), "the challenge of her table"
    assert chat.last.thread == card.event_id
    await chat.edits(ANA, mine, "contribution : deux lits, une heure")
    assert await chat.rows("SELECT text FROM solution") == [("deux lits, une heure",)]
    await chat.says(BEN, "Contribution : sans table", thread=card.event_id)
    assert "À quel défi ?" in last(chat)
    await chat.says(BEN, "!rdv R-1 C-1 un seul badge")
    await chat.redacts(ANA, mine)
    assert await chat.rows("SELECT challenge, status FROM solution ORDER BY id") == [(2, "withdrawn"), (1, "given")]

    await gives(chat, CLEO)
    await chat.confirms(MODO, "!admin défi C-1 voter")
    note = await chat.says(BEN, "contribution C-1 : penser aux badges perdus", thread=card.event_id)
    assert "Noté pour le compte rendu" in last(chat)
    await chat.edits(BEN, note, "contribution C-1 : penser aux badges oubliés")
    assert await chat.rows("SELECT kind, text FROM meetup_note") == [("info", "C-1 : penser aux badges oubliés")]
    await chat.redacts(BEN, note)
    assert await chat.rows("SELECT text FROM meetup_note") == []


async def test_what_came_out_is_posted_once_below_the_challenges_that_the_minutes_name(chat: Chat) -> None:
    for person in (ANA, BEN):
        await chat.direct(person)
    card = await open_day(chat)
    await gives(chat, BEN)
    await chat.passes(days=9, hours=7)
    await chat.says(ANA, "^décision C-1 : un badge pour tous, dès mars", thread=card.event_id)
    await chat.says(ANA, "^info Le café était bon", thread=card.event_id)
    await chat.passes(days=1)
    chat.forget()
    await chat.confirms(MODO, "!rdv R-1 cr")
    (posted,) = [said for said in chat.messages if "Ce qui en est sorti" in said.text]
    assert "pour C-1" in flat(posted.text)
    assert "jeudi 14 janvier 2027" in flat(posted.text)
    assert "un badge pour tous" in posted.text
    assert "café" not in posted.text
    ((root,),) = await chat.rows("SELECT event_id FROM outbox WHERE key = 'challenge:1'")
    assert posted.thread == root
    assert to(chat, BEN) == [], "it is no end"
    await chat.confirms(MODO, "!rdv R-1 cr")
    assert len([said for said in chat.messages if "Ce qui en est sorti" in said.text and not said.edits]) == 1


async def test_a_challenge_given_up_before_the_day_closes_its_table_and_tells_who_sat_there_once(chat: Chat) -> None:
    homes = {person: await chat.direct(person) for person in (ANA, MODO)}
    card = await open_day(chat)
    await chat.reacts(ANA, "✅", card)
    await chat.says(ANA, "!rdv R-1 table 1", room=homes[ANA])
    await chat.restarts()
    chat.forget()
    await chat.confirms(MODO, "!admin défi C-1 abandonner le logiciel change")
    await chat.settles()
    await chat.passes(minutes=1)
    assert sum("n'existe plus" in said.text for said in to(chat, ANA)) == 1
    assert "(C-1), abandonné" in card_now(chat, card)
    assert await seats(chat) == []
    await chat.says(ANA, "!rdv R-1 table 1", room=homes[ANA])
    assert "cette table est fermée" in last(chat)
    await chat.confirms(MODO, "!admin défi C-2 abandonner le logiciel change")
    await chat.passes(minutes=1)
    assert sum("n'a plus aucun défi" in said.text for said in to(chat, MODO)) == 1
    assert "Qui vient choisit" not in card_now(chat, card)
    await chat.confirms(MODO, '!admin défi ouvrir "Et demain ?" jusqu\'au 30/1/2027')
    await chat.says(MODO, "!rdv R-1 défis C-3")
    assert "« Et demain ? » (C-3)" in card_now(chat, card)


async def test_a_day_that_is_moved_keeps_its_tables_and_one_that_is_cancelled_takes_no_more(chat: Chat) -> None:
    card = await open_day(chat)
    await chat.reacts(ANA, "✅", card)
    await chat.says(ANA, "!rdv R-1 table 1")
    await chat.confirms(MODO, "!rdv R-1 déplacer 20/1/2027 9h-17h")
    assert "1 à cette table" in card_now(chat, card)
    await chat.passes(days=9)
    await chat.says(ANA, "contribution : un badge", thread=card.event_id)
    assert "ce jour-là" in last(chat), "it is no longer the 14th"
    await chat.confirms(MODO, "!rdv R-1 annuler")
    await chat.says(ANA, "!rdv R-1 table 2")
    assert "annulée" in last(chat)
    assert await seats(chat) == [(1, ANA)]
    assert await outcomes(chat) == {}
    assert "Annulé" in await now_reads(chat, card)


@pytest.mark.parametrize(
    ("line", "numbers", "rest"),
    [
        ('"Journée" 14/1 9h-17h Colmar 60 places défis C-2 C-3', (2, 3), '"Journée" 14/1 9h-17h Colmar 60 places'),
        ('"Journée" défi C-2 14/1 9h Colmar', (2,), '"Journée" 14/1 9h Colmar'),
        ('"Day" 14/1 9am Colmar on the challenges C-2, C-3 and C-2', (2, 3), '"Day" 14/1 9am Colmar'),
        ('"Le défi C-2" 14/1 9h salle C-3', (), '"Le défi C-2" 14/1 9h salle C-3'),
        ('"Journée" 14/1 9h défi 2 et C-2', (), '"Journée" 14/1 9h défi 2 et C-2'),
    ],
)
def test_the_challenges_of_a_line_are_told_from_its_title_and_place(
    line: str, numbers: tuple[int, ...], rest: str
) -> None:
    found, left = day.take_challenges(line)
    assert (found, " ".join(left.split())) == (numbers, rest)


def test_the_day_is_a_civil_one_whatever_the_clocks_do() -> None:
    zone = ZoneInfo("Europe/Paris")
    for civil, hours in (("2027-03-28", 23), ("2027-10-31", 25), ("2027-01-14", 24)):
        begin = datetime.fromisoformat(f"{civil}T00:00").replace(tzinfo=zone).astimezone(UTC)
        start = datetime.fromisoformat(f"{civil}T09:00").replace(tzinfo=zone)
        over = datetime.fromisoformat(f"{civil}T17:00").replace(tzinfo=zone)
        minute = timedelta(minutes=1)
        said = [begin - minute, begin, begin + timedelta(hours=hours) - minute, begin + timedelta(hours=hours)]
        assert [day.on_the_day(at, start, over, zone) for at in said] == [False, True, True, False], civil
    start, midnight = datetime(2027, 1, 14, 9, tzinfo=zone), datetime(2027, 1, 15, tzinfo=zone)
    assert not day.on_the_day(midnight, start, midnight, zone), "what is over at midnight is over"


async def test_another_community_hostile_words_and_english(chat: Chat) -> None:
    card = await open_day(chat)
    await chat.passes(days=9)
    chat.forget()
    await chat.says(ANA, f"contribution C-1 : <b>oui</b> {'x' * 900}", thread=card.event_id)
    assert "800" in last(chat)
    await chat.says(ANA, "contribution C-99 : rien", thread=card.event_id)
    assert "À quel défi" in last(chat)
    home = await chat.direct(CLEO)
    await chat.says(CLEO, "!me language en", room=home)
    await chat.says(CLEO, "!rdv R-1 table C-1", room=home)
    assert "First say that you come" in last(chat)
    await chat.says(BEN, "!rdv R-1 contribution C-1 <b>un</b> badge")
    assert await chat.rows("SELECT text FROM solution") == [("<b>un</b> badge",)]


async def test_the_card_of_the_challenge_takes_contributions_too_and_after_the_end_of_the_day_it_is_too_late(
    chat: Chat,
) -> None:
    card = await open_day(chat)
    ((root,),) = await chat.rows("SELECT event_id FROM outbox WHERE key = 'challenge:1'")
    await chat.passes(days=9)
    await chat.says(ANA, "contribution : un badge", thread=root)
    assert "Merci : solution 1 pour C-1" in last(chat)
    await gives(chat, CLEO)
    await chat.confirms(MODO, "!admin défi C-1 voter")
    await chat.says(ANA, "contribution : deux badges", thread=root)
    assert "Noté pour le compte rendu de Journée Grand Est (R-1)" in last(chat)
    await chat.passes(hours=9)  # after five in the afternoon
    await chat.says(BEN, "!rdv R-1 C-2 un lit")
    assert "Merci : solution 1 pour C-2" in last(chat)
    await chat.passes(hours=5)  # after midnight
    await chat.says(BEN, "!rdv R-1 C-2 deux lits")
    assert "ce jour-là" in last(chat)
    chat.forget()
    await chat.says(BEN, "contribution C-2 : trois lits", thread=card.event_id)
    assert "ce jour-là" in last(chat)
    assert len(await chat.rows("SELECT id FROM solution")) == 3
