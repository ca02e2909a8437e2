"""Series in civil time, through clock changes, exceptions and moves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.time.recurrence import MOST, Occurrence, Series, days_touched, exists, is_endless, occurrences

PARIS = ZoneInfo("Europe/Paris")
JANUARY = datetime(2027, 1, 1, tzinfo=PARIS)


def _at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A civil time of 2027."""
    return datetime(2027, month, day, hour, minute, tzinfo=UTC).replace(tzinfo=None)


def _series(
    start: datetime,
    rrule: str | None,
    length: timedelta | None = None,
    excluded: frozenset[datetime] = frozenset(),
    moved: dict[datetime, datetime] | None = None,
) -> Series:
    return Series(start, PARIS, rrule, length, excluded, moved or {})


def _civil(found: list[Occurrence]) -> list[str]:
    return [f"{one.start:%m-%d %H:%M}" for one in found]


MONTHLY = _series(_at(1, 5, 14), "FREQ=MONTHLY;BYDAY=1TU", length=timedelta(minutes=90))


def test_a_monthly_series_stays_at_two_in_winter_and_summer() -> None:
    found = occurrences(MONTHLY, after=JANUARY, limit=12)
    assert {one.start.time().hour for one in found} == {14}
    assert {one.start.astimezone(UTC).hour for one in found} == {12, 13}
    assert _civil(found)[:3] == ["01-05 14:00", "02-02 14:00", "03-02 14:00"]
    assert all(one.end is not None and one.end - one.start == timedelta(minutes=90) for one in found)


def test_months_without_a_31st_are_skipped() -> None:
    series = _series(_at(1, 31, 9), "FREQ=MONTHLY;BYMONTHDAY=31")
    assert _civil(occurrences(series, after=JANUARY, limit=4)) == [
        "01-31 09:00",
        "03-31 09:00",
        "05-31 09:00",
        "07-31 09:00",
    ]


def test_a_night_that_skips_the_hour_moves_it_and_says_so() -> None:
    series = _series(_at(3, 27, 2, 30), "FREQ=DAILY")
    before, shifted, after = occurrences(series, after=JANUARY, limit=3)
    assert (before.shifted, shifted.shifted, after.shifted) == (False, True, False)
    assert f"{shifted.start:%H:%M %z}" == "03:30 +0200"
    assert shifted.named == _at(3, 28, 2, 30)
    assert not exists(shifted.named, PARIS)


def test_an_hour_that_comes_twice_is_met_once_the_first_time() -> None:
    series = _series(_at(10, 30, 2, 30), "FREQ=DAILY")
    found = occurrences(series, after=JANUARY, limit=3)
    assert [one.repeated for one in found] == [False, True, False]
    assert f"{found[1].start:%H:%M %z}" == "02:30 +0200"


def test_a_length_through_the_clock_change_is_real_time() -> None:
    series = _series(_at(3, 28, 1), None, length=timedelta(hours=2))
    (one,) = occurrences(series, after=JANUARY, limit=5)
    assert f"{one.end:%H:%M}" == "04:00"


def test_one_occurrence_cancelled_or_moved_leaves_the_others() -> None:
    series = _series(
        _at(1, 5, 14),
        "FREQ=MONTHLY;BYDAY=1TU",
        excluded=frozenset({_at(2, 2, 14)}),
        moved={_at(3, 2, 14): _at(3, 4, 10)},
    )
    found = occurrences(series, after=JANUARY, limit=3)
    assert _civil(found) == ["01-05 14:00", "03-04 10:00", "04-06 14:00"]
    assert [one.moved for one in found] == [False, True, False]
    assert found[1].named == _at(3, 2, 14)


def test_an_occurrence_moved_past_the_next_ones_keeps_the_order_of_starts() -> None:
    series = _series(_at(1, 5, 14), "FREQ=WEEKLY;BYDAY=TU", moved={_at(1, 5, 14): _at(1, 20, 9)})
    assert _civil(occurrences(series, after=JANUARY, limit=3)) == ["01-12 14:00", "01-19 14:00", "01-20 09:00"]


def test_an_occurrence_moved_from_long_ago_is_still_met() -> None:
    series = _series(_at(1, 5, 14), "FREQ=WEEKLY;BYDAY=TU", moved={_at(1, 5, 14): _at(6, 2, 9)})
    found = occurrences(series, after=datetime(2027, 6, 1, 15, tzinfo=PARIS), limit=2)
    assert _civil(found) == ["06-02 09:00", "06-08 14:00"]


def test_until_includes_its_last_day_in_local_time() -> None:
    series = _series(_at(6, 15, 14), "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629T215959Z")
    assert _civil(occurrences(series, after=JANUARY, limit=9)) == ["06-15 14:00", "06-22 14:00", "06-29 14:00"]
    whole = _series(_at(6, 15), "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629")
    assert len(occurrences(whole, after=JANUARY, limit=9)) == 3


def test_an_endless_series_is_always_bounded() -> None:
    daily = _series(_at(1, 1, 9), "FREQ=DAILY")
    assert is_endless(daily.rrule)
    assert len(occurrences(daily, after=JANUARY, limit=10**9)) == MOST
    never = _series(_at(1, 1, 9), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert occurrences(never, after=JANUARY, limit=3) == []


def test_before_and_after_bound_the_answer() -> None:
    found = occurrences(
        MONTHLY, after=datetime(2027, 2, 2, 14, tzinfo=PARIS), limit=9, before=datetime(2027, 4, 1, tzinfo=PARIS)
    )
    assert _civil(found) == ["02-02 14:00", "03-02 14:00"]


def test_a_time_with_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="civil"):
        _series(datetime(2027, 1, 5, tzinfo=PARIS), None)


def test_the_days_of_a_night_are_two() -> None:
    series = _series(_at(1, 5, 21), None, length=timedelta(hours=10))
    (one,) = occurrences(series, after=JANUARY, limit=1)
    assert [day.day for day in days_touched(one)] == [5, 6]
