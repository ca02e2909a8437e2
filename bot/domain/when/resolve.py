"""Puts the pieces of a text on the calendar and the clock: `Parts` in, `Reading` out, `Doubt` when unsure."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.when.calendar import days_of, find_day
from bot.domain.when.parts import Clock, Day, Parts, Rule
from bot.domain.when.result import Doubt, Reading, Reason

DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_STAY = 366  # days between the first and the last day of a range
MOST_TIMES = 1000


def resolve(parts: Parts, now: datetime) -> Reading:
    """The reading of what was found; `now` is aware and local. Raises `Doubt`."""
    _settle(parts)
    if (parts.excepted or parts.not_on) and parts.rule is None:
        raise Doubt(Reason.AMBIGUOUS)
    if parts.moment is not None:
        return _moment(parts, now)
    if parts.rule is not None:
        return _series(parts, parts.rule, now)
    if parts.count is not None:
        raise Doubt(Reason.UNKNOWN)
    if parts.day is None:
        return _no_day(parts, now)
    return _single(parts, parts.day, now)


def _settle(parts: Parts) -> None:
    """Decides what single pieces could not: parts of the day, hours without am or pm, midnight."""
    if parts.maybe is not None:
        _settle_maybe(parts, parts.maybe)
    if parts.part is not None:
        _settle_part(parts, parts.part)
    elif parts.half_day:
        raise Doubt(Reason.AMBIGUOUS)
    if parts.clock == (24, 0) and (parts.day or parts.rule) and parts.clock_end is None:
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
    """`8h du soir` is 20:00; `ce soir` alone says no time."""
    if parts.clock is None:
        raise Doubt(Reason.VAGUE)
    parts.clock = _within(parts.clock, part)
    if parts.clock_end is not None and parts.clock_end <= parts.clock:
        parts.clock_end = _within(parts.clock_end, (part[0], 24))


def _within(clock: Clock, part: tuple[int, int]) -> Clock:
    hour, minute = clock
    if part[0] <= hour <= part[1] or (hour == 24 and part[1] == 23):
        return clock
    if part[0] >= 12 and 1 <= hour < 12 and part[0] <= hour + 12 <= part[1]:
        return hour + 12, minute
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
    return Reading(start, _end_of(start, parts))


def _iso_moment(moment: datetime, now: datetime) -> datetime:
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    start = moment.astimezone(zone) if moment.tzinfo else at(moment.date(), (moment.hour, moment.minute), zone)
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
    return _timed(parts, now.date() + timedelta(days=parts.clock == (24, 0)), None, now)


def _until_then(until: Day, now: datetime) -> Reading:
    """`jusqu'à jeudi`: whole days, from today to that one."""
    today, last = now.date(), find_day(until, now.date())
    if last > today + timedelta(days=LONGEST_STAY):
        raise Doubt(Reason.CONTRADICTION)
    end = _midnight(last, _zone(now)) if last > today else None
    return Reading(_midnight(today, _zone(now)), end, all_day=True)


def _single(parts: Parts, day: Day, now: datetime) -> Reading:
    last = parts.last_day
    if parts.until is not None:
        if last is not None or parts.clock is not None:
            raise Doubt(Reason.AMBIGUOUS)
        last = parts.until
    over = parts.clock is not None and parts.clock < (now.hour, now.minute)
    first_date = find_day(day, now.date(), over=over)
    last_date = find_day(last, first_date) if last is not None else None
    if last_date is not None and not first_date < last_date <= first_date + timedelta(days=LONGEST_STAY):
        raise Doubt(Reason.CONTRADICTION)
    if parts.days_long and not parts.clock:
        if last_date is not None:
            raise Doubt(Reason.AMBIGUOUS)
        last_date = first_date + timedelta(days=parts.days_long - 1) if parts.days_long > 1 else None
    return _timed(parts, first_date, last_date, now)


def _timed(parts: Parts, first: date, last: date | None, now: datetime) -> Reading:
    zone = _zone(now)
    if parts.clock is None:
        return _whole_days(parts, first, last, zone)
    if parts.through and last is not None and parts.clock_end is not None:
        return _from_to(parts.clock, first, parts.clock_end, last, now)
    if last is not None or parts.days_long or parts.all_day:
        raise Doubt(Reason.AMBIGUOUS)  # each of these days, or from the first to the last
    clock = (0, 0) if parts.clock == (24, 0) else parts.clock
    start = at(first, clock, zone)
    if start < now:
        raise Doubt(Reason.PAST)
    return Reading(start, _end_of(start, parts), repeated_hour=_comes_twice(start))


def _from_to(clock: Clock, first: date, clock_end: Clock, last: date, now: datetime) -> Reading:
    start = at(first, clock, _zone(now))
    if start < now:
        raise Doubt(Reason.PAST)
    return Reading(start, at(last, clock_end, _zone(now)), repeated_hour=_comes_twice(start))


def _whole_days(parts: Parts, first: date, last: date | None, zone: ZoneInfo) -> Reading:
    if parts.duration or parts.clock_end:
        raise Doubt(Reason.NO_TIME)
    end = _midnight(last, zone) if last is not None else None
    return Reading(_midnight(first, zone), end, all_day=True)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _zone(now: datetime) -> ZoneInfo:
    assert isinstance(now.tzinfo, ZoneInfo)
    return now.tzinfo


def at(day: date, clock: Clock, zone: ZoneInfo) -> datetime:
    """A civil time as an aware one, the first if it comes twice; `Doubt` with the next valid time if it is skipped."""
    start = datetime(day.year, day.month, day.day, clock[0], clock[1], tzinfo=zone)
    real = start.astimezone(UTC).astimezone(zone)
    if (real.hour, real.minute) != clock:
        raise Doubt(Reason.NONEXISTENT, real)
    return start


def _comes_twice(start: datetime) -> bool:
    return start.utcoffset() != start.replace(fold=1).utcoffset()


def _end_of(start: datetime, parts: Parts) -> datetime | None:
    zone = start.tzinfo
    assert isinstance(zone, ZoneInfo)
    if parts.duration is not None:
        if parts.clock_end is not None or not 0 < parts.duration <= 24 * 60:
            raise Doubt(Reason.CONTRADICTION)
        return (start.astimezone(UTC) + timedelta(minutes=parts.duration)).astimezone(zone)
    if parts.clock_end is None:
        return None
    clock, day = parts.clock_end, start.date()
    if clock <= (start.hour, start.minute):
        if start.hour < 18 or clock > (12, 0):
            raise Doubt(Reason.CONTRADICTION)
        day += timedelta(days=1)
    elif clock == (24, 0):
        day, clock = day + timedelta(days=1), (0, 0)
    return at(day, clock, zone)


def _series(parts: Parts, rule: Rule, now: datetime) -> Reading:
    """A recurrence: its rule, and its first occurrence if the text says enough to know it."""
    if parts.last_day is not None or (parts.all_day and parts.clock):
        raise Doubt(Reason.AMBIGUOUS)
    zone = _zone(now)
    rule, anchor = _anchored(_without_weekdays(rule, parts.not_on), parts, now)
    count = parts.count if parts.count is not None else _weeks_long(parts, rule)
    start = None if rule.bare and anchor is None and not _daily(rule) else _first(parts, rule, anchor, now)
    until = _until(parts, start, zone)
    text = write_rule(rule, count=count, until=until)
    not_on = _not_on(parts, rule, start, count)
    if start is None:
        return Reading(None, None, all_day=parts.clock is None, rrule=text)
    if parts.clock is None:
        return replace(_whole_days(parts, start.date(), None, zone), rrule=text, not_on=not_on)
    return Reading(start, _end_of(start, parts), rrule=text, repeated_hour=_comes_twice(start), not_on=not_on)


def _without_weekdays(rule: Rule, left_out: tuple[int, ...] | None) -> Rule:
    """`tous les jours sauf le dimanche`."""
    if not left_out:
        return rule
    days = range(7) if _daily(rule) and rule.bare else [day for _, day in rule.byday]
    kept = tuple((0, day) for day in days if day not in left_out)
    weekly = (_daily(rule) and rule.bare) or (rule.freq == "WEEKLY" and rule.interval == 1)
    if not weekly or not kept or not set(left_out) <= set(days):
        raise Doubt(Reason.AMBIGUOUS)
    return Rule("WEEKLY", 1, kept)


def _not_on(parts: Parts, rule: Rule, start: datetime | None, count: int | None) -> tuple[date, ...]:
    """The excepted days. One that is no day of the series contradicts it; "six times except" counts two ways."""
    if not parts.excepted:
        return ()
    if start is None or count is not None or (rule.bare and not _daily(rule)):
        raise Doubt(Reason.AMBIGUOUS)
    days = tuple(sorted({find_day(day, start.date()) for day in parts.excepted}))
    if not all(_takes_place(rule, start.date(), day) for day in days):
        raise Doubt(Reason.CONTRADICTION)
    return days


def _takes_place(rule: Rule, first: date, day: date) -> bool:
    if rule.interval != 1 and rule.freq != "WEEKLY":
        raise Doubt(Reason.AMBIGUOUS)
    weeks = ((day - timedelta(days=day.weekday())) - (first - timedelta(days=first.weekday()))).days // 7
    return next(days_of(rule, day), None) == day and (rule.freq != "WEEKLY" or weeks % rule.interval == 0)


def _daily(rule: Rule) -> bool:
    return rule.freq == "DAILY" and rule.interval == 1


def _weeks_long(parts: Parts, rule: Rule) -> int | None:
    """`pendant 6 semaines` counts only once-a-week series."""
    if parts.days_long is None:
        return None
    if rule.freq != "WEEKLY" or rule.interval != 1 or len(rule.byday) > 1 or parts.days_long % 7:
        raise Doubt(Reason.AMBIGUOUS)
    return parts.days_long // 7


def _anchored(rule: Rule, parts: Parts, now: datetime) -> tuple[Rule, date | None]:
    """Completes a bare rule with the day beside it (`toutes les semaines le mardi`), or takes that day as the first."""
    day = parts.day
    if day is None:
        return rule, None
    if rule.bare and not parts.since:
        if rule.freq == "WEEKLY" and day.only_weekday and day.weekday is not None:
            return rule._replace(byday=((0, day.weekday),)), None
        if rule.freq == "MONTHLY" and day.day and day == Day(day=day.day):
            return rule._replace(monthdays=(day.day,)), None
        if rule.freq == "YEARLY" and day.day and day.month and day == Day(day=day.day, month=day.month):
            return rule._replace(month=day.month, monthdays=(day.day,)), None
    if day.only_weekday and day.usual:
        raise Doubt(Reason.AMBIGUOUS)
    return _with_first_day(rule, parts, day, now)


def _with_first_day(rule: Rule, parts: Parts, day: Day, now: datetime) -> tuple[Rule, date]:
    first = find_day(day, now.date(), over=parts.clock is not None and parts.clock < (now.hour, now.minute))
    if rule.bare and rule.freq == "WEEKLY" and day.weekday is not None:
        return rule._replace(byday=((0, day.weekday),)), first
    fits = rule.bare or next(days_of(rule, first), None) == first
    if not fits and not parts.since:
        raise Doubt(Reason.CONTRADICTION)
    return rule, first


def _first(parts: Parts, rule: Rule, anchor: date | None, now: datetime) -> datetime:
    """The first occurrence that is not over."""
    zone = _zone(now)
    clock = parts.clock if parts.clock not in (None, (24, 0)) else (0, 0)
    assert clock is not None
    candidates = [anchor] if anchor and rule.bare else days_of(rule, anchor or now.date())
    for day in candidates:
        start = at(day, clock, zone) if parts.clock else _midnight(day, zone)
        if start >= now or (parts.clock is None and day >= now.date()):
            return start
    raise Doubt(Reason.PAST if anchor else Reason.IMPOSSIBLE)


def _until(parts: Parts, start: datetime | None, zone: ZoneInfo) -> str | None:
    """UNTIL in the form RFC 5545 asks for: a date for whole days, else the end of that day in UTC."""
    if parts.until is None:
        return None
    if start is None or parts.count is not None:
        raise Doubt(Reason.AMBIGUOUS)
    last = find_day(parts.until, start.date())
    if last <= start.date():
        raise Doubt(Reason.CONTRADICTION)
    if parts.clock is None:
        return f"{last:%Y%m%d}"
    end = datetime.combine(last, time(23, 59, 59), zone).astimezone(UTC)
    return f"{end.year:04}{end.month:02}{end.day:02}T{end.hour:02}{end.minute:02}{end.second:02}Z"


def write_rule(rule: Rule, *, count: int | None, until: str | None) -> str:
    """The rule as an RFC 5545 RRULE value, its parts always in the same order."""
    text = f"FREQ={rule.freq}"
    if rule.interval != 1:
        text += f";INTERVAL={_bounded(rule.interval)}"
    if rule.month:
        text += f";BYMONTH={rule.month}"
    if rule.byday:
        text += ";BYDAY=" + ",".join(f"{n or ''}{DAY_NAMES[day]}" for n, day in rule.byday)
    if rule.monthdays:
        text += ";BYMONTHDAY=" + ",".join(map(str, rule.monthdays))
    if rule.last_workday:
        text += f";BYDAY=MO,TU,WE,TH,FR;BYSETPOS={rule.last_workday}"
    if count is not None:
        text += f";COUNT={_bounded(count)}"
    return text + (f";UNTIL={until}" if until else "")


def _bounded(number: int) -> int:
    if not 1 <= number <= MOST_TIMES:
        raise Doubt(Reason.IMPOSSIBLE)
    return number
