"""Dates as members read them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.time.spoken_dates import say_days, say_for, say_moment, say_rule

PARIS, MARTINIQUE, NOUMEA = ZoneInfo("Europe/Paris"), ZoneInfo("America/Martinique"), ZoneInfo("Pacific/Noumea")
START, END = datetime(2027, 1, 5, 14, tzinfo=PARIS), datetime(2027, 1, 5, 15, 30, tzinfo=PARIS)


def _typed(text: str) -> str:
    """The text with plain spaces, as one writes it in a test."""
    return text.replace("\u00a0", " ")


def test_a_date_is_said_in_full() -> None:
    said = say_moment(START, END, zone=PARIS, language="fr")
    assert said == "mardi 5 janvier 2027, de 14\u00a0h\u00a000 à 15\u00a0h\u00a030, heure de Paris"
    assert (
        say_moment(START, END, zone=PARIS, language="en") == "Tuesday 5 January 2027, from 14:00 to 15:30, Paris time"
    )


def test_the_first_of_the_month_is_an_ordinal_in_french() -> None:
    said = say_moment(datetime(2027, 1, 1, 9, 5, tzinfo=PARIS), zone=PARIS, language="fr")
    assert _typed(said) == "vendredi 1er janvier 2027, à 9 h 05, heure de Paris"


def test_ones_own_hour_comes_first() -> None:
    said = say_for(START, END, own=MARTINIQUE, zone=PARIS, language="fr")
    assert (
        _typed(said)
        == "mardi 5 janvier 2027, de 9 h 00 à 10 h 30 pour vous (Martinique), soit de 14 h 00 à 15 h 30 à Paris"
    )


def test_the_day_is_that_of_ones_own_zone() -> None:
    said = say_for(START, END, own=NOUMEA, zone=PARIS, language="fr")
    mine = "mercredi 6 janvier 2027, de 0 h 00 à 1 h 30 pour vous (Nouvelle-Calédonie)"
    assert _typed(said) == f"{mine}, soit mardi 5 janvier 2027, de 14 h 00 à 15 h 30 à Paris"


def test_the_same_clock_is_said_once() -> None:
    brussels = ZoneInfo("Europe/Brussels")
    assert say_for(START, END, own=brussels, zone=PARIS, language="fr") == say_moment(
        START, END, zone=PARIS, language="fr"
    )


def test_a_night_names_both_days() -> None:
    said = say_moment(
        datetime(2027, 1, 5, 21, tzinfo=PARIS), datetime(2027, 1, 6, 7, tzinfo=PARIS), zone=PARIS, language="fr"
    )
    assert _typed(said) == "du mardi 5 janvier 2027 à 21 h 00 au mercredi 6 janvier 2027 à 7 h 00, heure de Paris"


def test_whole_days_have_no_hour() -> None:
    first, last = datetime(2027, 1, 4, tzinfo=PARIS), datetime(2027, 1, 8, tzinfo=PARIS)
    assert say_moment(first, zone=PARIS, language="fr", all_day=True) == "lundi 4 janvier 2027"
    said = say_moment(first, last, zone=PARIS, language="fr", all_day=True)
    assert said == "du lundi 4 au vendredi 8 janvier 2027"


def test_the_year_is_said_once_where_it_changes_and_at_the_end() -> None:
    days = [datetime(2027, month, day, 14, tzinfo=PARIS) for month, day in ((1, 5), (2, 2), (3, 2))]
    assert say_days(days, zone=PARIS, language="fr") == "mardi 5 janvier, mardi 2 février et mardi 2 mars 2027"
    early = [datetime(2026, 12, 1, tzinfo=PARIS), *days[:1]]
    assert say_days(early, zone=PARIS, language="en") == "Tuesday 1 December 2026 and Tuesday 5 January 2027"


@pytest.mark.parametrize(
    ("rrule", "french", "english"),
    [
        ("FREQ=MONTHLY;BYDAY=1TU", "le premier mardi de chaque mois", "the first Tuesday of each month"),
        (
            "FREQ=MONTHLY;BYDAY=2TH,4TH",
            "le deuxième et quatrième jeudi de chaque mois",
            "the second and fourth Thursday of each month",
        ),
        ("FREQ=WEEKLY;BYDAY=TU", "tous les mardis", "every Tuesday"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "tous les mardis et jeudis", "every Tuesday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "un jeudi sur deux", "every other Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2", "toutes les 2 semaines", "every 2 weeks"),
        ("FREQ=DAILY", "tous les jours", "every day"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "du lundi au vendredi", "Monday to Friday"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "le 31 de chaque mois", "the 31st of each month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "le 1er et 15 de chaque mois", "the 1st and 15th of each month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU", "le premier mardi tous les 2 mois", "the first Tuesday every 2 months"),
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=5", "le 5 janvier, tous les ans", "the 5 January, every year"),
        (
            "FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=TU",
            "tous les mardis, sauf en juillet et en août",
            "every Tuesday, except in July and in August",
        ),
        (
            "FREQ=MONTHLY;BYMONTH=1,2;BYDAY=1TU",
            "le premier mardi de chaque mois, en janvier et en février",
            "the first Tuesday of each month, in January and in February",
        ),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=6", "tous les mardis, 6 fois", "every Tuesday, 6 times"),
        (
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630T215959Z",
            "tous les mardis, jusqu’au 30 juin 2027",
            "every Tuesday, until 30 June 2027",
        ),
    ],
)
def test_a_recurrence_is_said_in_words(rrule: str, french: str, english: str) -> None:
    assert say_rule(rrule, zone=PARIS, language="fr") == french
    assert say_rule(rrule, zone=PARIS, language="en") == english


def test_a_rule_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        say_rule("FREQ=DAILY;BYHOUR=9", zone=PARIS, language="fr")
