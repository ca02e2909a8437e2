"""Promises of a community's settings: what may be written is read, the rest is refused with the range."""

import re
from datetime import time
from typing import Any

import pytest

from bot.communities.file import SLUG
from bot.communities.settings.setting import Kind, bare_key, begins_with
from bot.communities.settings.setting_kinds import Choice, Number, TimeOfDay, Wait, WeeklyHours, Words, Zone, people
from bot.errors import UserError
from bot.i18n import N_, speaking
from bot.nouns import every_setting
from bot.time.delay import Delay
from bot.time.hours import OFFICE_HOURS

NUMBER = Number(1, 20, people)
WAIT = Wait(days=20, hours=80)
EVENING = TimeOfDay(time(8), time(20, 30))
YES_NO = Choice({"oui": N_("yes"), "non": N_("no")})
TEXT = Words(30)
HOURS = WeeklyHours()

READ: tuple[tuple[Kind[Any], str, object], ...] = (
    (NUMBER, "3", 3),
    (NUMBER, " 3  personnes ", 3),
    (NUMBER, "1 person", 1),
    (WAIT, "1 jour ouvré", Delay(days=1)),
    (WAIT, "4h", Delay(hours=4)),
    (EVENING, "18h", time(18)),
    (EVENING, "8:00", time(8)),
    (EVENING, "20 h 30", time(20, 30)),
    (YES_NO, "OUI", "oui"),
    (YES_NO, "no", "non"),
    (TEXT, " Bienvenue à l’équipe ", "Bienvenue à l’équipe"),
    (TEXT, "« Bienvenue\u202e. »", "Bienvenue."),
    (HOURS, "lun-ven 8h30-18h30", OFFICE_HOURS),
    (Zone(), "La Réunion", "Indian/Reunion"),
    (Zone(), "heure de Paris", "Europe/Paris"),
)
REFUSED: tuple[tuple[Kind[Any], tuple[str, ...], str], ...] = (
    (NUMBER, ("0", "21", "-3", "2,5", "trois", "", "3 jours", "3 3", "²", "9" * 400), "from 1 person to 20 people"),
    (WAIT, ("21 jours", "81 h", "0 jour", "3", "demain"), "from 1 working hour to 80 working hours"),
    (EVENING, ("7h59", "20:31", "25h", "18h60", "midi", ""), "from 08:00 to 20:30"),
    (YES_NO, ("peut-être", "", "ou"), "yes, no"),
    (HOURS, ("9-5", "toujours", ""), "Mon-Fri 9:00-17:30"),
    (Zone(), ("Atlantide", ""), "such as Paris"),
    (TEXT, ("a" * 31,), "This text has 31 characters; it may have 30."),
    (TEXT, ("NIR 1 84 12 76 451 089 46",), "data about a patient"),
)


def test_a_value_is_read_in_both_languages_and_as_it_is_stored() -> None:
    wrong = []
    for kind, words, value in READ:
        for language in ("fr", "en"):
            with speaking(language):
                again = [kind.read(words), kind.read(kind.stored(value)), kind.read(kind.said(value))]
            wrong += [(words, found) for found in again if found != value]
    assert wrong == []


def test_what_is_no_value_is_refused_with_those_that_are() -> None:
    wrong = []
    with speaking("en"):
        for kind, lines, sentence in REFUSED:
            for words in lines:
                with pytest.raises(UserError) as refusal:
                    kind.read(words)
                if sentence not in str(refusal.value):
                    wrong.append((words, str(refusal.value)))
    assert wrong == []


def test_every_setting_is_found_by_its_key_says_what_it_is_and_usually_is_what_it_may_be() -> None:
    known, wrong = every_setting(), []
    for setting in known:
        typed = f"{setting.key.replace('-', ' ').title()} = 3"
        said = setting.what[0].islower() and not setting.what.endswith(".") and setting.concerns.endswith(".")
        usual = setting.default == "" or setting.kind.read(setting.kind.stored(setting.default)) == setting.default
        found = begins_with(typed, known) == (setting, "3")
        wrong += [] if re.fullmatch(SLUG, setting.key) and said and usual and found else [setting.key]
    assert wrong == []
    assert len({bare_key(setting.key) for setting in known}) == len(known)
