"""What a preview promises of reminders: those that will be sent, no others."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import speaking
from bot.meetups.rules.line import read_line
from bot.meetups.rules.plan import Plan
from commands.rdv.texts import preview

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 5, 10, tzinfo=PARIS)  # a Tuesday


def _reminders(plan: Plan) -> list[str]:
    with speaking("fr"):
        said = preview(plan, home=PARIS, now=NOW, room="Salon", members=3).plain
    return [line for line in said.replace("\u00a0", " ").split("\n") if "rappel" in line.lower()]


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (
            "2027-01-19T14:00:00",
            "- Rappels : 7 jours avant dans le salon ; la veille et 15 minutes avant en privé",
        ),
        ("2027-01-08T14:00:00", "- Rappels en privé : la veille et 15 minutes avant"),
        ("2027-01-05T17:00:00", "- Rappel en privé : 15 minutes avant"),
        ("2027-01-05T10:10:00", "- Pas de rappel : c'est trop proche"),
    ],
)
def test_a_near_meet_up_is_promised_only_what_can_still_be_sent(start: str, told: str) -> None:
    assert _reminders(Plan("Point", start, "Europe/Paris")) == [told]


def test_a_whole_day_is_not_announced_a_quarter_of_an_hour_before() -> None:
    plan = Plan("Journée", "2027-01-08T00:00:00", "Europe/Paris", length=24 * 60, all_day=True)
    assert _reminders(plan) == ["- Rappel en privé : la veille"]


def test_a_series_says_what_its_first_date_goes_without() -> None:
    rule = "FREQ=WEEKLY;BYDAY=FR"
    assert _reminders(Plan("Point", "2027-01-08T14:00:00", "Europe/Paris", rrule=rule)) == [
        "- Rappels : 7 jours avant dans le salon ; la veille et 15 minutes avant en privé",
        "- La première, vendredi 8 janvier, est proche : seulement les rappels encore possibles",
    ]


@pytest.mark.parametrize(
    ("line", "hours"),
    [
        ("Astreinte du 30 octobre 2027 22h au 31 octobre 2027 6h", "6 h 00"),
        ("Maintenance 28 mars 2027 de 1h à 4h", "4 h 00"),
        ("Maintenance 28 mars 2027 à 1h00 pendant 2h", "4 h 00"),
    ],
)
def test_a_meet_up_ends_when_it_was_said_to_in_a_night_when_the_clocks_change(line: str, hours: str) -> None:
    plan = Plan.of(read_line(line, now=NOW, zone=PARIS), PARIS)
    with speaking("fr"):
        said = preview(plan, home=PARIS, now=NOW, room="Salon", members=3).plain.replace("\u00a0", " ")
    assert said.split("\n")[2].endswith(f" à {hours}")


def test_whole_days_up_to_a_change_of_the_clocks_touch_no_holiday_after_it() -> None:
    plan = Plan.of(read_line("Séminaire du 27 au 28 mars 2027", now=NOW, zone=PARIS), PARIS)
    with speaking("fr"):
        assert "fériés" not in preview(plan, home=PARIS, now=NOW, room="Salon", members=3).plain
