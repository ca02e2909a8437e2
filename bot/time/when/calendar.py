"""Finds the calendar day that a text names, and the days of a rule."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from bot.time.when.feasts import Feast
from bot.time.when.parts import Day, Rule
from bot.time.when.result import Doubt, Reason

JUST_OVER = 31  # a day without a year that is over for fewer days than this is read as past, not as next year's
DAYS_AHEAD = 380  # how far a rule of weekdays is followed to its first day: eleven months may be left out
MONTHS_AHEAD = 60  # the same, for a rule of months


def find_day(day: Day, today: date, *, over: bool = False) -> date:
    """The day meant. `over`: the time of day that goes with it has passed today. Raises `Doubt`."""
    if day.apart:
        return _agreeing(find_day(day._replace(apart=0), today) + timedelta(days=day.apart), Day(), today)
    if day.offset is not None:
        return _agreeing(today + timedelta(days=day.offset + day.later), day, today)
    if day.months is not None:
        return _months_on(today, day.months) + timedelta(days=day.later)
    if day.feast is not None:
        return _feast(day, day.feast, today)
    if day.iso_week is not None:
        return _in_week(day, day.iso_week, today)
    if day.ordinal is not None:
        return _nth_weekday(day, today)
    if day.month is not None and day.day is not None:
        return _day_of_year(day, today)
    if day.day is not None:
        return _day_of_month(day, today)
    return _weekday(day, today, over=over)


def make(year: int, month: int, day: int) -> date:
    """A date, or `Doubt` when there is no such day; -1 is the last day of the month."""
    try:
        day = day if day > 0 else monthrange(year, month)[1] + 1 + day
        return date(year, month, day)
    except ValueError as error:
        raise Doubt(Reason.IMPOSSIBLE) from error


def _agreeing(found: date, day: Day, today: date) -> date:
    if day.weekday is not None and found.weekday() != day.weekday:
        raise Doubt(Reason.CONTRADICTION)
    if found < today:
        raise Doubt(Reason.PAST)
    return found


def months_through(first: tuple[int, int | None], last: tuple[int, int | None], today: date) -> tuple[date, date]:
    """From the first day of one month (or today) to the last day of another. Raises `Doubt` when they are over."""
    month, year = first
    if year is None:
        coming = today.year + (month < today.month)
        year = coming if last[1] is None else last[1] - (month > last[0])
    end_year = last[1] if last[1] is not None else year + (last[0] < month)
    end = make(end_year, last[0], monthrange(end_year, last[0])[1])
    if end < today:
        raise Doubt(Reason.PAST)
    return max(make(year, month, 1), today), end


def _months_on(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    if today.day > monthrange(year, month + 1)[1]:
        raise Doubt(Reason.AMBIGUOUS)
    return date(year, month + 1, today.day)


def _feast(day: Day, feast: Feast, today: date) -> date:
    """A feast of this year, or of the next when it has been over for a while."""
    found = feast(day.year or today.year)
    if day.year is None and (today - found).days >= JUST_OVER:
        found = feast(today.year + 1)
    return _agreeing(found, day, today)


def _in_week(day: Day, week: int, today: date) -> date:
    """A weekday of a numbered week (ISO 8601)."""
    assert day.weekday is not None
    year = today.isocalendar().year
    found = _iso_day(year, week, day.weekday)
    if (today - found).days >= JUST_OVER:
        found = _iso_day(year + 1, week, day.weekday)
    return _agreeing(found, day, today)


def _iso_day(year: int, week: int, weekday: int) -> date:
    try:
        return date.fromisocalendar(year, week, weekday + 1)
    except ValueError as error:
        raise Doubt(Reason.IMPOSSIBLE) from error


def _day_of_year(day: Day, today: date) -> date:
    assert day.month is not None
    assert day.day is not None
    if not 1 <= day.month <= 12:
        raise Doubt(Reason.IMPOSSIBLE)
    if day.year is not None:
        return _agreeing(make(day.year, day.month, day.day), day, today)
    this_year = make(today.year, day.month, day.day) if not _leap(day) else _leap_day(today)
    if this_year >= today:
        return _agreeing(this_year, day, today)
    next_year = make(today.year + 1, day.month, day.day)
    if day.weekday is not None:
        fits = day.weekday == next_year.weekday() != this_year.weekday()
        return next_year if fits else _agreeing(this_year, day, today)
    if (today - this_year).days < JUST_OVER and not day.next:
        raise Doubt(Reason.PAST)
    return next_year


def _leap(day: Day) -> bool:
    return (day.month, day.day) == (2, 29)


def _leap_day(today: date) -> date:
    """29 February, of the coming February only: one that is years ahead is more likely a mistake."""
    coming = today.year if today <= date(today.year, 3, 1) else today.year + 1
    return make(coming, 2, 29)


def _day_of_month(day: Day, today: date) -> date:
    assert day.day is not None
    if not 1 <= day.day <= 31:
        raise Doubt(Reason.IMPOSSIBLE)
    if day.month_shift is not None:
        year, month = _month(today, day.month_shift)
        return _agreeing(make(year, month, day.day), day, today)
    if day.day == today.day and day.weekday is None:
        raise Doubt(Reason.AMBIGUOUS)  # today, or in a month
    year, month = _month(today, 0 if day.day >= today.day else 1)
    if day.day > monthrange(year, month)[1]:
        raise Doubt(Reason.AMBIGUOUS)
    return _agreeing(date(year, month, day.day), day, today)


def _month(today: date, shift: int) -> tuple[int, int]:
    year, month = divmod(today.year * 12 + today.month - 1 + shift, 12)
    return year, month + 1


def _nth_weekday(day: Day, today: date) -> date:
    assert day.ordinal is not None
    assert day.weekday is not None
    if day.month is None:
        found = nth(*_month(today, day.month_shift or 0), day.ordinal, day.weekday)
    elif day.year is not None:
        found = nth(day.year, day.month, day.ordinal, day.weekday)
    else:
        found = nth(today.year, day.month, day.ordinal, day.weekday)
        if found and found < today and (today - found).days >= JUST_OVER:
            found = nth(today.year + 1, day.month, day.ordinal, day.weekday)
    if found is None:
        raise Doubt(Reason.IMPOSSIBLE)
    return _agreeing(found, day, today)


def nth(year: int, month: int, ordinal: int, weekday: int) -> date | None:
    """The nth such weekday of a month, from the end when negative; None when there are fewer."""
    first_weekday, length = monthrange(year, month)
    if ordinal > 0:
        day = 1 + (weekday - first_weekday) % 7 + 7 * (ordinal - 1)
    else:
        last_weekday = (first_weekday + length - 1) % 7
        day = length - (last_weekday - weekday) % 7 + 7 * (ordinal + 1)
    return date(year, month, day) if 1 <= day <= length else None


def _weekday(day: Day, today: date, *, over: bool) -> date:
    assert day.weekday is not None
    if day.week is not None:
        monday = today - timedelta(days=today.weekday())
        return _agreeing(monday + timedelta(days=7 * day.week + day.weekday), day, today)
    ahead = (day.weekday - today.weekday()) % 7
    this_week = ahead + today.weekday() < 7
    if day.next == "en" and (ahead == 1 or (this_week and ahead)):
        raise Doubt(Reason.AMBIGUOUS)  # "next Friday" on a Wednesday
    if ahead == 0 and day.later:
        return today + timedelta(days=day.later)  # "mercredi en huit" on a Wednesday is a week from today
    if ahead == 0 and not day.this:
        if not over and not day.next:
            raise Doubt(Reason.AMBIGUOUS)  # today, or in a week
        ahead = 7
    return today + timedelta(days=ahead + day.later)


def is_chosen(day: Day, found: date, today: date) -> bool:
    """Whether some would mean another day: `mardi prochain` on a Monday, `mardi en huit` on a Tuesday, `le mardi`."""
    ahead = (found - today).days
    return bool((day.next and ahead == 1) or (day.later and ahead == day.later) or day.usual)


def fits(rule: Rule, day: date) -> bool:
    """Whether a day fits a rule, its interval ignored."""
    if rule.months and day.month not in rule.months:
        return False
    if rule.freq in ("DAILY", "WEEKLY"):
        return not rule.byday or (0, day.weekday()) in rule.byday
    return day in _days_in(rule, day.year, day.month)


def days_of(rule: Rule, start: date) -> Iterator[date]:
    """The days that fit a rule, its interval ignored, from `start` on, in order."""
    if rule.freq in ("DAILY", "WEEKLY"):
        yield from _weekdays_of(rule, start.toordinal())
        return
    for shift in range(MONTHS_AHEAD):
        year, month = _month(start, shift)
        if not rule.months or month in rule.months:
            yield from (day for day in _days_in(rule, year, month) if day >= start)


def _weekdays_of(rule: Rule, first: int) -> Iterator[date]:
    weekdays = [weekday for _, weekday in rule.byday] or range(7)
    for ordinal in range(first, first + DAYS_AHEAD):
        if (ordinal - 1) % 7 in weekdays:  # the first of all days was a Monday
            day = date.fromordinal(ordinal)
            if not rule.months or day.month in rule.months:
                yield day


@lru_cache(maxsize=1024)
def _days_in(rule: Rule, year: int, month: int) -> tuple[date, ...]:
    """The days of a month that fit a monthly or yearly rule. Cached: each sentence asks several times."""
    length = monthrange(year, month)[1]
    if rule.last_workday:
        working = [d for d in range(1, length + 1) if date(year, month, d).weekday() < 5]
        return (date(year, month, working[min(rule.last_workday, 0)]),)
    days = [d if d > 0 else length + 1 + d for d in rule.monthdays]
    found = [date(year, month, d) for d in days if d <= length]
    named = (nth(year, month, ordinal, weekday) for ordinal, weekday in rule.byday)
    return tuple(sorted([*found, *(day for day in named if day)]))
