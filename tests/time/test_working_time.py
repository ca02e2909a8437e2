"""Working time passes in working hours only, through nights, holidays, rests and changes of clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.time.hours import Hours, Span
from bot.time.hours_text import parse_hours
from bot.time.public_holidays import REGIONS
from bot.time.working_time import WorkingTime

PARIS = ZoneInfo("Europe/Paris")
ZONES = ["Europe/Paris", "America/Martinique", "Indian/Reunion", "Pacific/Noumea", "America/Miquelon", "UTC"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFICE = WorkingTime(PARIS)


def week(written: str) -> Hours:
    hours = parse_hours(written)
    assert hours is not None
    return hours


def working(written: str, zone: str = "Europe/Paris", rest_until: date | None = None) -> WorkingTime:
    return WorkingTime(ZoneInfo(zone), week(written), rest_until=rest_until)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


INSTANTS = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
WEEKS = st.lists(
    st.builds(
        lambda weekday, start, length: Span(weekday, start, start + length),
        st.integers(0, 6),
        st.integers(0, 1439),
        st.integers(1, 1440),
    ),
    min_size=1,
    max_size=8,
).map(Hours.of)
TIMES = st.builds(
    WorkingTime,
    st.sampled_from(ZONES).map(ZoneInfo),
    WEEKS,
    st.sampled_from(["metropole", "alsace-moselle", "la-reunion", "nouvelle-caledonie"]),
    st.none() | st.dates(date(2026, 1, 1), date(2029, 12, 31)),
)

# 20 November 2026 is a Friday.
FRIDAY_EVENING = paris("2026-11-20T17:30")


def test_one_working_day_after_friday_evening_is_monday_evening() -> None:
    assert OFFICE.add_days(FRIDAY_EVENING, 1) == paris("2026-11-23T17:30")


def test_one_working_day_after_friday_is_tuesday_when_monday_is_a_holiday() -> None:
    assert OFFICE.add_days(paris("2027-03-26T17:30"), 1) == paris("2027-03-30T17:30")


def test_four_working_hours_after_friday_evening_end_on_monday_before_noon() -> None:
    assert OFFICE.add(FRIDAY_EVENING, 4 * HOUR) == paris("2026-11-23T11:30")
    assert OFFICE.add(paris("2027-03-26T17:30"), 4 * HOUR) == paris("2027-03-30T11:30")


def test_a_day_counts_from_the_opening_when_asked_at_the_weekend() -> None:
    assert OFFICE.add_days(paris("2026-11-21T10:00"), 1) == paris("2026-11-24T08:30")
    assert OFFICE.add_days(paris("2026-11-21T10:00"), 0) == paris("2026-11-23T08:30")


def test_a_day_that_ends_on_a_shorter_one_is_moved_on() -> None:
    short_tuesday = working("lun mer jeu ven 8h30-18h30, mar 9h-12h")
    assert short_tuesday.add_days(paris("2026-11-23T17:30"), 1) == paris("2026-11-25T08:30")
    assert short_tuesday.add_days(paris("2026-11-23T08:40"), 1) == paris("2026-11-24T09:00")


@pytest.mark.parametrize(
    ("moment", "is_open", "opening"),
    [
        ("2026-11-20T08:29:59", False, "2026-11-20T08:30"),
        ("2026-11-20T08:30", True, "2026-11-20T08:30"),
        ("2026-11-20T18:29:59", True, "2026-11-20T18:29:59"),
        ("2026-11-20T18:30", False, "2026-11-23T08:30"),
        ("2026-12-25T10:00", False, "2026-12-28T08:30"),
    ],
)
def test_office_hours_open_and_close(moment: str, is_open: bool, opening: str) -> None:
    assert OFFICE.is_open(paris(moment)) is is_open
    assert OFFICE.next_opening(paris(moment)) == paris(opening)


def test_a_night_runs_through_midnight() -> None:
    nights = working("nuit lun-ven 21h-7h")
    assert nights.is_open(paris("2026-11-21T06:59"))  # Friday's night
    assert not nights.is_open(paris("2026-11-21T07:00"))
    assert nights.next_opening(paris("2026-11-21T07:00")) == paris("2026-11-23T21:00")
    assert nights.add(paris("2026-11-21T06:00"), 2 * HOUR) == paris("2026-11-23T22:00")
    assert nights.add_days(paris("2026-11-21T03:00"), 1) == paris("2026-11-24T03:00")


def test_a_night_belongs_to_the_day_on_which_it_starts() -> None:
    nights = working("nuit 21h-7h")
    assert nights.is_open(paris("2026-12-25T03:00"))
    assert not nights.is_open(paris("2026-12-26T03:00"))


def test_a_rest_lasts_to_the_end_of_its_last_day() -> None:
    resting = working("lun-ven 8h30-18h30", rest_until=date(2026, 11, 26))
    assert not resting.is_open(paris("2026-11-26T10:00"))
    assert resting.next_opening(FRIDAY_EVENING) == paris("2026-11-27T08:30")


OWN_HOLIDAYS = {
    "2027-03-26": {"alsace-moselle", "guadeloupe", "polynesie-francaise"},  # Good Friday; overseas by custom
    "2026-12-26": {"alsace-moselle"},
    "2027-04-27": {"mayotte"},
    "2026-05-22": {"martinique"},
    "2027-05-27": {"guadeloupe"},
    "2027-05-28": {"saint-martin"},
    "2027-06-10": {"guyane"},
    "2027-10-09": {"saint-barthelemy"},
    "2027-12-20": {"la-reunion"},
}


def test_some_regions_have_holidays_of_their_own() -> None:
    every_day = week("tous les jours 8h-18h")
    closed = {
        day: {region for region in REGIONS if not WorkingTime(PARIS, every_day, region).is_open(paris(f"{day}T12:00"))}
        for day in OWN_HOLIDAYS
    }
    assert closed == OWN_HOLIDAYS


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(ValueError, match="atlantide"):
        WorkingTime(PARIS, region="atlantide")


def test_clocks_that_change_make_a_night_shorter_or_longer() -> None:
    nights = working("nuit 21h-7h")
    spring, autumn = paris("2027-03-27T21:00"), paris("2026-10-24T21:00")
    assert nights.working_age(spring, spring + DAY) == timedelta(hours=9)
    assert nights.working_age(autumn, autumn + timedelta(hours=23)) == timedelta(hours=11)


def test_hours_in_the_hour_that_does_not_exist_are_skipped() -> None:
    early = working("tous les jours 2h30-3h")
    assert early.next_opening(paris("2027-03-28T00:00")) == paris("2027-03-30T02:30")  # Monday is Easter


def test_each_person_works_in_their_own_zone() -> None:
    martinique = working("lun-ven 8h30-18h30", "America/Martinique")
    assert not martinique.is_open(paris("2026-11-20T10:00"))
    assert martinique.is_open(paris("2026-11-20T23:00"))


def test_age_is_counted_in_working_days() -> None:
    assert OFFICE.age_in_days(FRIDAY_EVENING, paris("2026-11-23T17:29")) == 0
    assert OFFICE.age_in_days(FRIDAY_EVENING, paris("2026-11-23T17:30")) == 1
    assert OFFICE.age_in_days(FRIDAY_EVENING, paris("2026-11-30T18:00")) == 6
    assert OFFICE.age_in_days(FRIDAY_EVENING, FRIDAY_EVENING - DAY) == 0


def test_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        OFFICE.add(FRIDAY_EVENING, -HOUR)
    with pytest.raises(ValueError, match="backwards"):
        OFFICE.add_days(FRIDAY_EVENING, -1)


@given(TIMES, INSTANTS)
def test_the_next_opening_is_open_and_nothing_before_it(times: WorkingTime, instant: datetime) -> None:
    opening = times.next_opening(instant)
    assert opening >= instant
    assert times.is_open(opening)
    assert times.is_open(instant) == (opening == instant)
    assert times.working_age(instant, opening) == timedelta(0)


@given(TIMES, INSTANTS, st.timedeltas(timedelta(0), timedelta(hours=60)))
def test_the_time_added_is_the_time_counted(times: WorkingTime, instant: datetime, added: timedelta) -> None:
    later = times.add(instant, added)
    assert later >= instant + added
    assert times.working_age(instant, later) == added


@given(
    TIMES,
    INSTANTS,
    st.timedeltas(timedelta(0), timedelta(hours=20)),
    st.timedeltas(timedelta(0), timedelta(hours=20)),
)
def test_adding_in_two_steps_is_adding_at_once(
    times: WorkingTime, instant: datetime, first: timedelta, second: timedelta
) -> None:
    assert times.add(times.add(instant, first), second) == times.add(instant, first + second)


@given(TIMES, INSTANTS, st.integers(0, 8))
def test_days_added_end_in_open_hours_and_never_go_back(times: WorkingTime, instant: datetime, days: int) -> None:
    later = times.add_days(instant, days)
    assert times.is_open(later)
    assert times.next_opening(instant) <= later <= times.add_days(instant, days + 1)
    assert times.age_in_days(instant, later) >= days
    assert times.age_in_days(instant, later - timedelta(microseconds=1)) <= max(days - 1, 0) or days == 0


@given(TIMES, INSTANTS, st.timedeltas(timedelta(0), 30 * DAY), st.timedeltas(timedelta(0), 30 * DAY))
def test_ages_add_up(times: WorkingTime, start: datetime, first: timedelta, second: timedelta) -> None:
    middle, end = start + first, start + first + second
    assert times.working_age(start, middle) + times.working_age(middle, end) == times.working_age(start, end)
    assert times.working_age(end, start) == timedelta(0)
