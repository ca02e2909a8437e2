"""The line that announces a meet-up."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.meetups.rules.line import Complaint, Flaw, MeetupLine, read_line
from bot.time.when import Reading, Reason

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 25, 10, tzinfo=PARIS)


def _read(text: str) -> MeetupLine:
    return read_line(text, now=NOW, zone=PARIS)


def _at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


def test_the_whole_line_is_understood() -> None:
    line = '!rdv nouveau "Comité RSE : déchets" 1er mardi 14h 1h30 visio https://visio.example.org/rse 30 places'
    assert _read(line) == MeetupLine(
        title="Comité RSE : déchets",
        reading=Reading(_at(12, 1, 14), _at(12, 1, 15, 30), rrule="FREQ=MONTHLY;BYDAY=1TU"),
        place=None,
        online=True,
        link="https://visio.example.org/rse",
        capacity=30,
        external=False,
    )


def test_a_place_and_a_range_of_hours() -> None:
    line = _read('"Journée Grand Est" 19/12 9h-17h Colmar 60 places externe')
    assert line.reading == Reading(_at(12, 19, 9), _at(12, 19, 17))
    assert (line.place, line.capacity, line.external, line.online) == ("Colmar", 60, True, False)


@pytest.mark.parametrize(
    "quoted", ['"Atelier tri"', "« Atelier tri »", "“Atelier tri”", "Atelier tri", "«\u00a0Atelier tri\u00a0»"]
)
def test_any_quotes_or_none_hold_the_title(quoted: str) -> None:
    for line in (f"{quoted} demain 14h visio", f"!rdv nouveau {quoted} demain 14h visio"):
        assert _read(line).title == "Atelier tri"
        assert _read(line).reading == Reading(_at(11, 26, 14))
        assert not _read(line).complaints


def test_a_date_in_the_title_is_not_the_date() -> None:
    line = _read('"Bilan du 5 janvier" demain 14h salle 12')
    assert (line.title, line.reading, line.place) == ("Bilan du 5 janvier", Reading(_at(11, 26, 14)), "salle 12")


def test_places_are_not_minutes() -> None:
    line = _read('"Atelier" demain 14h 30 places')
    assert (line.reading, line.capacity) == (Reading(_at(11, 26, 14)), 30)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("demain 14h", Complaint(Flaw.NO_TITLE)),
        (f'"{"x" * 5000}" demain 14h', Complaint(Flaw.LONG_LINE)),
        (f'"{"x" * 201}" demain 14h', Complaint(Flaw.LONG_TITLE)),
        ('"Atelier demain 14h', Complaint(Flaw.OPEN_QUOTE)),
        ('"Atelier"', Complaint(Flaw.DATE, reason=Reason.UNKNOWN)),
        ('"Atelier" 30 février 14h', Complaint(Flaw.DATE, reason=Reason.IMPOSSIBLE)),
        ('"Atelier" hier 14h', Complaint(Flaw.DATE, reason=Reason.PAST)),
        ('"Atelier" mardi ou jeudi', Complaint(Flaw.DATE, reason=Reason.AMBIGUOUS)),
        ('"Atelier" tous les 15 jours', Complaint(Flaw.DATE, reason=Reason.NO_DATE)),
        ('"Atelier" 28/03/2027 02:30', Complaint(Flaw.DATE, "", Reason.NONEXISTENT, _at(3, 28, 3, 30, 2027))),
        ('"Atelier" demain 14h 0 places', Complaint(Flaw.BAD_CAPACITY, "0 places")),
        ('"Atelier" demain 14h -1 places', Complaint(Flaw.BAD_CAPACITY, "-1 places")),
        ('"Atelier" demain 14h 99999999 places', Complaint(Flaw.BAD_CAPACITY, "99999999 places")),
        ('"Atelier" demain 14h 2,5 places', Complaint(Flaw.BAD_CAPACITY, "2,5 places")),
        ('"Atelier" demain 14h 20 places 30 places', Complaint(Flaw.SEVERAL_CAPACITIES, "20 places, 30 places")),
        ('"Atelier" demain 14h javascript://x', Complaint(Flaw.BAD_LINK, "javascript://x")),
        ('"Atelier" demain 14h https://', Complaint(Flaw.BAD_LINK, "https://")),
        ('"Atelier" demain 14h https://a.example https://b.example', Complaint(Flaw.SEVERAL_LINKS)),
    ],
)
def test_a_flaw_is_named_precisely(text: str, complaint: Complaint) -> None:
    assert _read(text).complaints == (complaint,)


@pytest.mark.parametrize(
    ("text", "title", "place", "capacity"),
    [
        ("Journée RSE 12 janvier 14h à Lyon", "Journée RSE", "Lyon", None),
        ("COPIL n°3 mardi 12 janvier 14h", "COPIL n°3", None, None),
        ("Réunion salle 12 mardi 12 janvier 14h", "Réunion salle 12", None, None),
        ("Réunion salle 12 janvier 14h", "Réunion salle", None, None),
        ("Bilan 2026 le 12 janvier 14h", "Bilan 2026", None, None),
        ("Repas de fin d'année le 12 janvier à 14h", "Repas de fin d'année", None, None),
        ("Comité 12 janvier 14h, 2 rue de la Paix, Tours", "Comité", "2 rue de la Paix, Tours", None),
        ("Comité 12 janvier 14h, 2 place de la Gare, Tours", "Comité", "2 place de la Gare, Tours", None),
        ("Comité 12 janvier 14h (salle 204)", "Comité", "salle 204", None),
        ("Comité 12 janvier 14h pour 15 personnes", "Comité", None, 15),
        ("Comité 12 janvier 14h jauge 15", "Comité", None, 15),
        ("Comité 12 janvier 14h, limité à 15, visio (lien à venir)", "Comité", None, 15),
        ("Comité 12 janvier 14h (visio, lien à venir)", "Comité", None, None),
        ("Comité 12 janvier 14h (visio, salle 3)", "Comité", "salle 3", None),
        ("Nuit de l'éthique 12 janvier 14h", "Nuit de l'éthique", None, None),
        ("Équipe de nuit mardi 12 janvier 14h", "Équipe de nuit", None, None),
        ("Les soins du matin mardi 12 janvier à 14h", "Les soins du matin", None, None),
        ("Midi recherche 12 janvier 14h", "Midi recherche", None, None),
        ("l'après-midi du 12 janvier à 2h comité", "comité", None, None),
    ],
)
def test_numbers_and_words_of_a_title_or_an_address_are_not_dates(
    text: str, title: str, place: str | None, capacity: int | None
) -> None:
    line = _read(text)
    assert line.reading == Reading(_at(1, 12, 14, year=2027))
    assert (line.title, line.place, line.capacity) == (title, place, capacity)


def test_streets_towns_and_links_stay_whole() -> None:
    expected = {
        "12 rue de la Paix 75002 Paris": ("12 rue de la Paix 75002 Paris", None),
        "au 12 bis rue du 8 mai 1945": ("12 bis rue du 8 mai 1945", None),
        "avenue du 14 juillet, Lyon": ("avenue du 14 juillet, Lyon", None),
        "3 place du 11 novembre 1918": ("3 place du 11 novembre 1918", None),
        "rue du 4-Septembre": ("rue du 4-Septembre", None),
        "https://webconf.example.org/Salle(1)": (None, "https://webconf.example.org/Salle(1)"),
        "(https://webconf.example.org/Salle)": (None, "https://webconf.example.org/Salle"),
        "https://webconf.example.org/a?b=(c).": (None, "https://webconf.example.org/a?b=(c)"),
    }
    found = {}
    for words in expected:
        line = _read(f'"A" mardi 8 décembre 14h {words}')
        assert line.reading == Reading(_at(12, 8, 14)), words
        found[words] = (line.place, line.link)
    assert found == expected


def test_what_may_be_minutes_or_places_is_asked_about() -> None:
    assert _read('"X" mardi 14h30 places').complaints == (Complaint(Flaw.HOUR_OR_PLACES, "14h30 places"),)
    assert _read('"X" mardi 14h30, 30 places').complaints == ()
    assert _read('"X" mardi 14h 30 places').capacity == 30


def test_holidays_that_nobody_told_us_are_asked_about() -> None:
    (asked,) = _read('"Point" chaque lundi 9h sauf vacances scolaires').complaints
    assert asked.reason is Reason.EXCEPTION


@pytest.mark.parametrize(
    "text",
    [
        "Les mardis de l'éthique le 8 décembre 18h",
        "Assises 2028 le 15 janvier 10h",
        "Soirée jeux 12 janvier 8h",
        "Soirée jeux 12 janvier",
    ],
)
def test_a_title_that_may_change_the_date_is_asked_about(text: str) -> None:
    (asked,) = _read(text).complaints
    assert asked.reason in (Reason.AMBIGUOUS, Reason.NO_TIME)


def test_the_kind_is_read_where_it_is_said_and_words_that_only_look_like_one_stay() -> None:
    """Line, title, place, kind, held by others."""
    table = {
        'formation "Gestion du risque" demain 9h-17h externe': ("Gestion du risque", None, "formation", True),
        "externe, retours d’expérience : « Tri » demain 14h": ("Tri", None, "retex", True),
        '"Tri" demain 14h, formation': ("Tri", None, "formation", False),
        '"Tri" demain 14h Colmar type café': ("Tri", "Colmar", "café", False),
        "Café DPI demain 14h": ("Café DPI", None, "café", False),
        '"Journée Grand Est" 19/12 9h-17h Colmar': ("Journée Grand Est", "Colmar", "journée", False),
        '"Tri" demain 14h salle de formation': ("Tri", "salle de formation", None, False),
        '"Tri" demain 14h au café': ("Tri", "café", None, False),
        'salle B "Tri" demain 14h': ("Tri", "salle B", None, False),
        "Informatique demain 14h": ("Informatique", None, None, False),
        "Réunion type DPI demain 14h": ("Réunion type DPI", None, None, False),
    }
    found = {text: _read(text) for text in table}
    assert {text: (line.title, line.place, line.kind, line.external) for text, line in found.items()} == table


def test_the_territory_is_read_where_it_is_said_and_an_address_stays_whole() -> None:
    """Place and territory of a line."""
    table = {
        '"Journée Grand Est" mardi 2 mars 9h Colmar': ("Colmar", "R44"),
        '"Journée" mardi 2 mars 9h région Grand Est Colmar 60 places': ("Colmar", "R44"),
        '"A" mardi 2 mars 9h, Colmar, en région Grand Est': ("Colmar", "R44"),
        '"A" mardi 2 mars 9h, Colmar (région Grand Est)': ("Colmar (région Grand Est)", "R44"),
        '"A" mardi 2 mars 9h en Bretagne': ("Bretagne", "R53"),
        '"A" mardi 2 mars 9h Hôtel de région Bretagne, Rennes': ("Hôtel de région Bretagne, Rennes", "R53"),
        '"A" mardi 2 mars 9h salle 2 territoire Ain': ("salle 2", "01"),
        '"A" mardi 2 mars 9h Paris': ("Paris", None),
        '"Point du comité de territoire" mardi 2 mars 9h salle B': ("salle B", None),
        '"Bretagne et Normandie" mardi 2 mars 9h': (None, None),
    }
    found = {text: (line.place, line.territory) for text in table for line in [read_line(text, now=NOW, zone=PARIS)]}
    assert found == table


def test_a_day_or_an_hour_that_is_not_read_is_asked_about_and_is_no_place() -> None:
    for text in ('"Atelier" 26.01 14h', '"Atelier" jeudi 9.30'):
        assert _read(text).complaints, text
    assert _read('"Conseil" lundi 18 janv. 17h30/19h mairie').place == "mairie"
