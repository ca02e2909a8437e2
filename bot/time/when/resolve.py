"""Puts the pieces of a text on the calendar and the clock: `Parts` in, `Reading` out, `Doubt` when unsure."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.time.when.calendar import find_day, is_chosen
from bot.time.when.parts import Clock, Day, Parts
from bot.time.when.result import Doubt, Reading, Reason
from bot.time.when.series import series
from bot.time.when.times import MIDNIGHT, at, check_whole_days, comes_twice, end_of, midnight, zone_of

TONIGHT: Clock = (19, 0)  # "ce soir" without an hour
LONGEST_STAY = 366  # days between the first and the last day of a range


def resolve(parts: Parts, now: datetime) -> Reading:
    """The reading of what was found; `now` is aware and local. Raises `Doubt`."""
    _settle(parts, now)
    reading = _resolve(parts, now)
    return replace(reading, chosen=True) if parts.about and not reading.chosen else reading


def _resolve(parts: Parts, now: datetime) -> Reading:
    if parts.rule is None and parts.since is not None:
        parts.put("day", parts.since)
    if parts.rule is None and (parts.excepted or parts.not_on or parts.not_in or parts.listed or parts.until_month):
        raise Doubt(Reason.AMBIGUOUS)
    if parts.moment is not None:
        return _moment(parts, now)
    if parts.rule is not None:
        return series(parts, parts.rule, now)
    if parts.count is not None:
        raise Doubt(Reason.UNKNOWN)
    if parts.day is None:
        return _no_day(parts, now)
    return _single(parts, parts.day, now)


def _settle(parts: Parts, now: datetime) -> None:
    """Decides what single pieces could not: parts of the day, hours without am or pm, midnight."""
    if parts.maybe is not None:
        _settle_maybe(parts, parts.maybe)
    if parts.this_evening and parts.clock is None and (now.hour, now.minute) < TONIGHT:
        parts.clock, parts.about = TONIGHT, True
    if parts.bare_hour and parts.day is None and parts.rule is None:
        raise Doubt(Reason.AMBIGUOUS)
    if parts.part is not None:
        _settle_part(parts, parts.part)
    elif parts.half_day:
        raise Doubt(Reason.AMBIGUOUS)
    if parts.clock and parts.clock >= MIDNIGHT and (parts.day or parts.rule) and parts.clock_end is None:
        raise Doubt(Reason.AMBIGUOUS)  # the night before that day, or after it


def _settle_maybe(parts: Parts, value: Clock) -> None:
    if parts.part is not None and parts.clock is None:
        parts.clock = value
    elif parts.clock is None and (parts.day or parts.rule):
        raise Doubt(Reason.AMBIGUOUS)  # "demain 2h": at two, or for two hours
    else:
        parts.put("duration", value[0] * 60 + value[1])
    parts.maybe = None


def _settle_part(parts: Parts, part: tuple[int, int]) -> None:
    """`8h du soir` is 20:00; `ce soir` alone has no time and is too vague."""
    if parts.clock is None:
        raise Doubt(Reason.VAGUE)
    parts.clock = _within(parts.clock, part)
    if parts.clock_end is not None and parts.clock_end <= parts.clock:
        parts.clock_end = _within(parts.clock_end, (part[0], 24))


def _within(clock: Clock, part: tuple[int, int]) -> Clock:
    hour, *rest = clock
    if part[0] <= hour <= part[1] or (hour == 24 and part[1] == 23):
        return clock
    if part[0] >= 12 and 1 <= hour < 12 and part[0] <= hour + 12 <= part[1]:
        return hour + 12, *rest
    raise Doubt(Reason.CONTRADICTION if part[0] < 20 else Reason.AMBIGUOUS)


def _moment(parts: Parts, now: datetime) -> Reading:
    if parts.day or parts.clock or parts.rule or parts.part or parts.all_day:
        raise Doubt(Reason.AMBIGUOUS)
    if isinstance(parts.moment, timedelta):
        start = (now.astimezone(UTC) + parts.moment).astimezone(now.tzinfo).replace(second=0, microsecond=0)
        start = start if start >= now else start + timedelta(minutes=1)
    else:
        assert parts.moment is not None
        start = _iso_moment(parts.moment, now)
    return Reading(start, end_of(start, parts))


def _iso_moment(moment: datetime, now: datetime) -> datetime:
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    start = (
        moment.astimezone(zone)
        if moment.tzinfo
        else at(moment.date(), (moment.hour, moment.minute, moment.second), zone)
    )
    if start < now:
        raise Doubt(Reason.PAST)
    return start


def _no_day(parts: Parts, now: datetime) -> Reading:
    if parts.until is not None and parts == Parts(until=parts.until):
        return _until_then(parts.until, now)
    if parts.clock is None or parts.all_day or parts.days_long:
        raise Doubt(Reason.NO_DATE if parts.duration or parts.clock_end or parts.days_long else Reason.UNKNOWN)
    if parts.until:
        raise Doubt(Reason.UNKNOWN)
    return _timed(parts, now.date() + timedelta(days=parts.clock >= MIDNIGHT), None, now)


def _until_then(until: Day, now: datetime) -> Reading:
    """`jusqu'à jeudi`: whole days, from today to that one."""
    today, last = now.date(), find_day(until, now.date())
    if last > today + timedelta(days=LONGEST_STAY):
        raise Doubt(Reason.CONTRADICTION)
    end = midnight(last, zone_of(now)) if last > today else None
    return Reading(midnight(today, zone_of(now)), end, all_day=True)


def _single(parts: Parts, day: Day, now: datetime) -> Reading:
    last = parts.last_day
    if parts.until is not None:
        if last is not None or parts.clock is not None:
            raise Doubt(Reason.AMBIGUOUS)
        last = parts.until
    over = parts.clock is not None and parts.clock < (now.hour, now.minute)
    first_date = find_day(day, now.date(), over=over)
    if day.usual and day.only_weekday and parts.clock is None:
        raise Doubt(Reason.AMBIGUOUS)  # "le mardi": this one or all of them
    parts.about = parts.about or is_chosen(day, first_date, now.date())
    last_date = find_day(last, first_date) if last is not None else None
    if last_date is not None and not first_date < last_date <= first_date + timedelta(days=LONGEST_STAY):
        raise Doubt(Reason.CONTRADICTION)
    if parts.days_long and not parts.clock:
        if last_date is not None:
            raise Doubt(Reason.AMBIGUOUS)
        last_date = first_date + timedelta(days=parts.days_long - 1) if parts.days_long > 1 else None
    return _timed(parts, first_date, last_date, now)


def _timed(parts: Parts, first: date, last: date | None, now: datetime) -> Reading:
    zone = zone_of(now)
    if parts.clock is None:
        return _whole_days(parts, first, last, zone)
    if parts.through and last is not None and parts.clock_end is not None:
        return _from_to(parts.clock, first, parts.clock_end, last, now)
    if last is not None or parts.days_long or parts.all_day:
        raise Doubt(Reason.AMBIGUOUS)  # each of these days, or from the first to the last
    start = at(first, parts.clock, zone)
    if start < now:
        raise Doubt(Reason.PAST)
    return Reading(start, end_of(start, parts), repeated_hour=comes_twice(start))


def _from_to(clock: Clock, first: date, clock_end: Clock, last: date, now: datetime) -> Reading:
    start = at(first, clock, zone_of(now))
    if start < now:
        raise Doubt(Reason.PAST)
    return Reading(start, at(last, clock_end, zone_of(now)), repeated_hour=comes_twice(start))


def _whole_days(parts: Parts, first: date, last: date | None, zone: ZoneInfo) -> Reading:
    check_whole_days(parts)
    end = midnight(last, zone) if last is not None else None
    return Reading(midnight(first, zone), end, all_day=True)
