"""Puts a recurrence on the calendar: its rule, first day, bounds and exceptions."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.time.when.calendar import days_of, find_day, fits, months_through
from bot.time.when.parts import Day, Parts, Rule
from bot.time.when.result import Doubt, Reading, Reason
from bot.time.when.times import at, check_whole_days, comes_twice, end_of, midnight, zone_of

DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_TIMES = 1000


def series(parts: Parts, rule: Rule, now: datetime) -> Reading:
    """A recurrence: its rule, and its first occurrence if the text gives enough to compute it."""
    if parts.all_day and parts.clock:
        raise Doubt(Reason.AMBIGUOUS)
    zone = zone_of(now)
    rule = _on_weekdays(_without_weekdays(rule, parts.not_on), parts.listed)
    _bound(parts, rule, now.date())
    rule, anchor = _anchored(rule, parts, now)
    rule = _without_months(rule, parts)
    count = parts.count if parts.count is not None else _weeks_long(parts, rule)
    start = None if rule.bare and anchor is None and not _daily(rule) else _first(parts, rule, anchor, now)
    until = _until(parts, start, zone)
    text = write_rule(rule, count=count, until=until)
    not_on = _not_on(parts, rule, start, count)
    if start is None:
        return Reading(None, None, all_day=parts.clock is None, rrule=text)
    if parts.clock is None:
        check_whole_days(parts)
        return Reading(start, None, all_day=True, rrule=text, not_on=not_on)
    return Reading(start, end_of(start, parts), rrule=text, repeated_hour=comes_twice(start), not_on=not_on)


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


def _without_months(rule: Rule, parts: Parts) -> Rule:
    """`tous les jeudis sauf en août`. "Six times except in August" can be counted in two ways."""
    if not parts.not_in:
        return rule
    kept = tuple(month for month in range(1, 13) if month not in parts.not_in)
    if not kept or rule.months or parts.count or parts.days_long or (rule.bare and not _daily(rule)):
        raise Doubt(Reason.AMBIGUOUS)
    return rule._replace(months=kept)


def _on_weekdays(rule: Rule, weekdays: tuple[int, ...] | None) -> Rule:
    """`lundi et jeudi, toutes les semaines`."""
    if weekdays is None:
        return rule
    if not rule.bare or rule.freq != "WEEKLY":
        raise Doubt(Reason.AMBIGUOUS)
    return rule._replace(byday=tuple((0, day) for day in weekdays))


def _bound(parts: Parts, rule: Rule, today: date) -> None:
    """`du 5 janvier au 30 juin` and `de janvier à juin`, beside a rule: its first and last day."""
    if parts.last_day is None and parts.span is None:
        return
    if parts.until is not None or parts.since is not None or parts.through or (rule.bare and not _daily(rule)):
        raise Doubt(Reason.AMBIGUOUS)
    if parts.last_day is not None and parts.span is None:
        parts.since, parts.day = parts.day, None
        parts.until, parts.last_day = parts.last_day, None
    elif parts.span is not None and parts.day is None:
        first, last = months_through(*parts.span, today)
        parts.since = Day(None, first.day, first.month, first.year)
        parts.until = Day(None, last.day, last.month, last.year)
    else:
        raise Doubt(Reason.AMBIGUOUS)


def _not_on(parts: Parts, rule: Rule, start: datetime | None, count: int | None) -> tuple[date, ...]:
    """The excepted days; each must be one of the series. "Six times except" can be counted in two ways."""
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
    weeks = (day.toordinal() - day.weekday() - first.toordinal() + first.weekday()) // 7
    return fits(rule, day) and (rule.freq != "WEEKLY" or weeks % rule.interval == 0)


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
        return (rule, None) if parts.since is None else _with_first_day(rule, parts, parts.since, now)
    if parts.since is not None:
        if not day.only_weekday or day.weekday is None:
            raise Doubt(Reason.AMBIGUOUS)
        return _with_first_day(_on_weekdays(rule, (day.weekday,)), parts, parts.since, now)
    if rule.bare:
        if rule.freq == "WEEKLY" and day.only_weekday and day.weekday is not None:
            return rule._replace(byday=((0, day.weekday),)), None
        if rule.freq == "MONTHLY" and day.day and day == Day(day=day.day):
            return rule._replace(monthdays=(day.day,)), None
        if rule.freq == "YEARLY" and day.day and day.month and day == Day(day=day.day, month=day.month):
            return rule._replace(months=(day.month,), monthdays=(day.day,)), None
    if parts.plural or (day.only_weekday and day.usual):
        raise Doubt(Reason.AMBIGUOUS)
    return _with_first_day(rule, parts, day, now)


def _with_first_day(rule: Rule, parts: Parts, day: Day, now: datetime) -> tuple[Rule, date]:
    first = find_day(day, now.date(), over=parts.clock is not None and parts.clock < (now.hour, now.minute))
    if rule.bare and rule.freq == "WEEKLY" and day.weekday is not None:
        return rule._replace(byday=((0, day.weekday),)), first
    if rule.bare and day.weekday is not None and (rule.freq == "MONTHLY" or day.only_weekday):
        raise Doubt(Reason.AMBIGUOUS)  # "mardi 8 décembre, tous les mois": each 8th, or each second Tuesday
    if parts.since is None and not rule.bare and not fits(rule, first):
        raise Doubt(Reason.CONTRADICTION)
    return rule, first


def _first(parts: Parts, rule: Rule, anchor: date | None, now: datetime) -> datetime:
    """The first occurrence that is not over."""
    zone = zone_of(now)
    clock = parts.clock or (0, 0)
    candidates = [anchor] if anchor and rule.bare else days_of(rule, anchor or now.date())
    for day in candidates:
        start = at(day, clock, zone) if parts.clock else midnight(day, zone)
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
    if rule.months:
        text += ";BYMONTH=" + ",".join(map(str, rule.months))
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
