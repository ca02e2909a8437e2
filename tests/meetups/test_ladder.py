"""Promises of the ladder: inside people's hours, never after the start, and the same day however clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetups.rules.lead_time import Lead, read_lead
from bot.meetups.rules.reminder_ladder import Rung, days_before, due_at, is_for, minutes_left, still_worth_it
from bot.meetups.rules.rsvp import Status
from bot.time.working_time import WorkingTime

PARIS, NOUMEA = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Noumea")
AT_WORK = WorkingTime(PARIS)
START = datetime(2027, 1, 5, 14, tzinfo=PARIS)


def paris(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=PARIS)


def test_the_three_rungs_of_a_meeting_in_the_afternoon() -> None:
    assert due_at(Rung.EVE, START, AT_WORK) == paris(4, 14)
    assert due_at(Rung.SOON, START, AT_WORK) == paris(5, 13, 45)
    assert due_at(Rung.WEEK, paris(19, 14), AT_WORK) == paris(12, 14)


def test_the_eve_of_a_monday_is_the_last_open_minute_of_friday() -> None:
    assert due_at(Rung.EVE, paris(11, 14), AT_WORK) == paris(8, 18, 29)


def test_the_eve_of_an_evening_meeting_is_the_end_of_the_day_before() -> None:
    assert due_at(Rung.EVE, paris(6, 20), AT_WORK) == paris(5, 18, 29)


def test_a_quarter_of_an_hour_before_does_not_wait_for_office_hours() -> None:
    assert due_at(Rung.SOON, paris(9, 21), AT_WORK) == paris(9, 20, 45)


def test_in_noumea_the_reminder_keeps_to_the_hours_of_noumea() -> None:
    assert due_at(Rung.EVE, START, WorkingTime(NOUMEA)) == datetime(2027, 1, 4, 18, 29, tzinfo=NOUMEA)


@pytest.mark.parametrize("start", [datetime(2027, 3, 28, 14, tzinfo=PARIS), datetime(2027, 10, 31, 14, tzinfo=PARIS)])
def test_a_change_of_the_clocks_does_not_move_the_hour(start: datetime) -> None:
    assert days_before(start, 1, PARIS).astimezone(PARIS).hour == 14
    assert days_before(start + timedelta(days=7), 7, PARIS).astimezone(PARIS).hour == 14


def test_the_eve_of_a_time_that_the_clocks_skip_is_moved_on() -> None:
    assert days_before(datetime(2027, 3, 29, 2, 30, tzinfo=PARIS), 1, PARIS) == paris(28, 3, 30, month=3)


@pytest.mark.parametrize(
    ("rung", "told"),
    [
        (Rung.EVE, {Status.YES, Status.UNCONFIRMED, Status.MAYBE}),
        (Rung.SOON, {Status.YES}),
        (Rung.WEEK, set[Status]()),
    ],
)
def test_who_gets_which_reminder(rung: Rung, told: set[Status]) -> None:
    assert {status for status in Status if is_for(rung, status)} == told


@pytest.mark.parametrize(
    ("rung", "now", "sent"),
    [
        (Rung.EVE, paris(4, 23), True),
        (Rung.EVE, paris(5, 13, 44), True),
        (Rung.EVE, paris(5, 13, 45), False),
        (Rung.SOON, paris(5, 13, 59), True),
        (Rung.SOON, START, False),
        (Rung.WEEK, paris(3, 12), True),
        (Rung.WEEK, paris(4, 14), False),
    ],
)
def test_a_late_reminder_is_sent_only_while_it_says_something_new(rung: Rung, now: datetime, sent: bool) -> None:
    assert still_worth_it(rung, START, now=now, working=AT_WORK) is sent


def test_a_late_reminder_tells_the_minutes_that_are_left() -> None:
    assert minutes_left(START, START - timedelta(minutes=15)) == 15
    assert minutes_left(START, START - timedelta(minutes=6, seconds=10)) == 6
    assert minutes_left(START, START - timedelta(seconds=3)) == 1


ZONES = st.sampled_from(["Europe/Paris", "America/Martinique", "Indian/Reunion", "Pacific/Noumea"]).map(ZoneInfo)
STARTS = st.integers(0, 30_000).map(lambda n: datetime(2027, 1, 20, tzinfo=UTC) + n * timedelta(minutes=30))


@given(STARTS, ZONES, st.sampled_from([Rung.WEEK, Rung.EVE]))
def test_a_reminder_is_inside_the_hours_and_before_its_time(start: datetime, zone: ZoneInfo, rung: Rung) -> None:
    hours = WorkingTime(zone)
    due = due_at(rung, start, hours)
    assert hours.is_open(due)
    assert due <= days_before(start, 7 if rung is Rung.WEEK else 1, zone)
    if due < days_before(start, 7 if rung is Rung.WEEK else 1, zone):
        assert not hours.is_open(due + timedelta(minutes=1))


@given(STARTS, ZONES)
def test_the_rungs_come_in_order(start: datetime, zone: ZoneInfo) -> None:
    hours = WorkingTime(zone)
    assert due_at(Rung.WEEK, start, hours) < due_at(Rung.EVE, start, hours) < due_at(Rung.SOON, start, hours) < start


@pytest.mark.parametrize(
    ("typed", "lead"),
    [
        ("J-2", Lead(days=2)),
        ("j - 1", Lead(days=1)),
        ("H-3", Lead(minutes=180)),
        ("2h", Lead(minutes=120)),
        ("30 min avant", Lead(minutes=30)),
        ("2 jours avant", Lead(days=2)),
        ("1 day before", Lead(days=1)),
        ("D-3", Lead(days=3)),
        ("J-0", None),
        ("J-61", None),
        ("25h", None),
        ("demain", None),
        ("", None),
    ],
)
def test_how_long_before_is_read_as_people_type_it(typed: str, lead: Lead | None) -> None:
    assert read_lead(typed) == lead


def test_days_before_keep_the_clock_and_minutes_the_distance() -> None:
    start = datetime(2027, 3, 28, 14, tzinfo=PARIS)
    assert Lead(days=1).before(start, PARIS) == paris(27, 14, month=3)
    assert Lead(minutes=90).before(start, PARIS) == start - timedelta(minutes=90)
