"""`!rappel`: every word of the text comes back, at the hour that was meant; a changed message changes the reminder."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.meetups.rules.reminder_line import read_reminder
from bot.time.when import Reading
from tests.chat import ANA, MODO, Chat
from tests.commands.meetups import flat
from tests.phone import lines_of

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 30, 8, tzinfo=PARIS)  # a Monday
TUESDAY, FRIDAY = datetime(2026, 12, 1, 9, tzinfo=PARIS), datetime(2026, 12, 4, 10, tzinfo=PARIS)
LINES = {
    "demain 9h réserver 2 heures de salle": (TUESDAY, "réserver 2 heures de salle"),
    "demain 9h préparer 45 min de présentation": (TUESDAY, "préparer 45 min de présentation"),
    "acheter 2 heures demain à 9h": (TUESDAY, "acheter 2 heures"),
    "vendredi 10h préparer la réunion de lundi 14h": (FRIDAY, "préparer la réunion de lundi 14h"),
    "demain 9h appeler Paul le 12 janvier": (TUESDAY, "appeler Paul le 12 janvier"),
    'demain 9h "mardi gras"': (TUESDAY, '"mardi gras"'),
    "vendredi 10h envoyer le rapport annuel": (FRIDAY, "envoyer le rapport annuel"),
    "demain 9h point mensuel": (TUESDAY, "point mensuel"),
    "vendredi 10h chaque service envoie ses plannings": (FRIDAY, "chaque service envoie ses plannings"),
    "dans 1 heure et 30 minutes appeler Paul": (datetime(2026, 11, 30, 9, 30, tzinfo=PARIS), "appeler Paul"),
    "dans une heure et demie appeler Paul": (datetime(2026, 11, 30, 9, 30, tzinfo=PARIS), "appeler Paul"),
    "demain 9h HNE appeler": (datetime(2026, 12, 1, 15, tzinfo=PARIS), "appeler"),
    "demain à 9h de relancer Paul": (TUESDAY, "relancer Paul"),
    "demain appeler Paul à 9h": (TUESDAY, "appeler Paul"),
    "relancer Paul demain à 9h": (TUESDAY, "relancer Paul"),
    "demain 9h à 10h réunion": (TUESDAY, "réunion"),
    "demain 9h appeler le 01 23 45 67 89": (TUESDAY, "appeler le 01 23 45 67 89"),
    "tomorrow 9am book 2 hours of room": (TUESDAY, "book 2 hours of room"),
    # what is not sure is asked about
    "demain 9h et 14h prendre la température": None,
    "demain réserver 2 heures de salle à 9h": None,
    "à 15h vérifier le chariot de 16h": None,
    "demain matin appeler le labo": None,
    "relancer Paul": None,
}


def test_no_word_of_a_reminder_is_lost_and_no_hour_is_guessed() -> None:
    wrong = {}
    for line, expected in LINES.items():
        found = read_reminder(line, now=NOW, zone=PARIS)
        sure = isinstance(found.result, Reading) and found.result.start is not None
        read = (found.result.start, found.text) if isinstance(found.result, Reading) and sure else None
        if read != expected:
            wrong[line] = read
    assert wrong == {}


async def test_what_was_understood_is_said_at_once(chat: Chat) -> None:
    for command in ("!rappel", "!rappelle-moi", "!rappelez-moi"):
        await chat.says(ANA, f"{command} demain 9h réserver 2 heures de salle")
        assert flat(chat.last.text).split("\n")[:2] == [
            "Je vous le rappellerai en privé mercredi 6 janvier, à 9 h 00 :",
            "réserver 2 heures de salle",
        ]
        assert "<blockquote>réserver 2 heures de salle</blockquote>" in chat.last.html
        assert lines_of(chat.last.text) <= 6


@pytest.mark.parametrize("day", ["demain", "jeudi", "demain matin", "dans une semaine"])
async def test_a_missing_hour_is_asked_for_with_the_words_of_whoever_wrote(chat: Chat, day: str) -> None:
    await chat.says(ANA, f"!rappel {day} relancer le fournisseur")
    assert flat(chat.last.text) == f"À quelle heure {day} ? Par exemple : 9h"


async def test_a_changed_message_changes_its_reminder_and_makes_no_second_one(chat: Chat) -> None:
    asked = await chat.says(ANA, "!rappel demain 9h relancr")
    answer = chat.last
    await chat.edits(ANA, asked, "!rappel demain 10h relancer")
    assert chat.last.edits == answer.event_id
    assert "mercredi 6 janvier, à 10 h 00" in flat(chat.last.text)
    chat.forget()
    await chat.passes(days=2)
    assert chat.texts == ["Rappel\u00a0: relancer"]


async def test_a_change_that_cannot_be_read_leaves_the_reminder_and_says_so(chat: Chat) -> None:
    asked = await chat.says(ANA, "!rappel demain 9h relancer")
    await chat.edits(ANA, asked, "!rappel demain relancer Paul")
    assert flat(chat.last.text).split("\n") == [
        "À quelle heure demain ? Par exemple : 9h",
        "Votre rappel d'avant reste prévu : relancer",
    ]
    await chat.edits(ANA, asked, "!rappel demain 11h relancer Paul")
    chat.forget()
    await chat.passes(days=2)
    assert chat.texts == ["Rappel\u00a0: relancer Paul"]


@pytest.mark.parametrize("becomes", [None, "finalement non"])
async def test_a_deleted_message_cancels_its_reminder_and_says_so(chat: Chat, becomes: str | None) -> None:
    for person, words in ((ANA, "demain 9h jeter ce papier"), (MODO, "salon demain 9h jeter ce papier")):
        asked = await chat.says(person, f"!rappel {words}")
        answer = chat.last
        await (chat.edits(person, asked, becomes) if becomes else chat.redacts(person, asked))
        assert chat.last.edits == answer.event_id
        assert chat.last.text == "Le rappel est annulé."
    await chat.restarts()
    chat.forget()
    await chat.passes(days=2)
    assert chat.messages == []


async def test_a_message_deleted_after_its_reminder_came_changes_nothing(chat: Chat) -> None:
    asked = await chat.says(ANA, "!rappel demain 9h jeter ce papier")
    await chat.passes(days=2)
    chat.forget()
    await chat.redacts(ANA, asked)
    assert [said.text for said in chat.sent if said.text] == []


async def test_one_s_reminders_are_a_list_with_the_numbers_that_cancel_them(chat: Chat) -> None:
    room = await chat.direct(ANA)
    for words in ("demain 9h appeler Paul", "demain 10h appeler Inès"):
        await chat.says(ANA, f"rappel {words}", room=room)
    await chat.says(ANA, "rappel annuler 1", room=room)
    await chat.says(ANA, "rappels", room=room)
    assert flat(chat.last.text).split("\n") == [
        "Vos rappels",
        "2. mercredi 6 janvier, à 10 h 00 : appeler Inès",
        "Pour en annuler un : !rappel annuler 2",
    ]
    assert '<ol start="2">' in chat.last.html
