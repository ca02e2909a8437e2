"""What each phrase about a day, a time or a length puts into `Parts`."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.time.when.lexer import Hours, Token
from bot.time.when.parts import Clock, Day, Parts
from bot.time.when.result import Doubt, Reason

Tokens = list[Token]
Action = Callable[[Parts, Tokens, str], None]


def value_of(tokens: Tokens, kinds: str, nth: int = 0) -> Any:
    """The value of the nth token whose class is one of these, or None."""
    found = [t.value for t in tokens if t.kind in kinds]
    return found[nth] if nth < len(found) else None


def clock_of(token: Token, like: Token | None = None) -> Clock:
    """A time of day from `14h`, `14:00` or a bare `14`; a bare number before `5pm` is in the afternoon too."""
    if isinstance(token.value, Hours):
        clock = (token.value.hour, token.value.minute)
    elif isinstance(token.value, tuple):
        clock = token.value
    else:
        clock = bare_hour(int(str(token.value)), like)
    if clock > (24, 0):
        raise Doubt(Reason.IMPOSSIBLE)
    return clock


def bare_hour(hour: int, like: Token | None) -> Clock:
    if like is None or not re.search(r"[ap]\.?m", like.words):
        return hour, 0
    if "p" in like.words and hour < 12 and (hour + 12, 0) < clock_of(like):
        return hour + 12, 0
    return hour, 0


def read_day(tokens: Tokens) -> Day:
    """One day from any of the forms of `_DAY`."""
    get: Mapping[str, Any] = {t.kind: t.value for t in reversed(tokens)}
    weekday = get.get("W", get.get("w"))
    number = get.get("N", get.get("O"))
    if number is not None:
        return numbered_day(tokens, get, weekday, number)
    if "D" in get:
        return Day(weekday, *get["D"])
    if "R" in get:
        return Day(weekday, offset=get["R"])
    if "z" in get:
        return Day(weekday, easter=get["z"], year=get.get("Y"))
    if "I" in get:
        return Day(weekday, iso_week=get["I"])
    return named_weekday(tokens, get, weekday)


def number_of(value: object) -> int:
    assert isinstance(value, int)
    return value


def numbered_day(tokens: Tokens, get: Mapping[str, Any], weekday: int | None, number: int) -> Day:
    month, shift = get.get("M"), get.get("k")
    if number == -1 and month is None and shift is None:
        raise Doubt(Reason.PAST)  # "mardi dernier"
    if month is None and any(t.words == "mar" for t in tokens):
        raise Doubt(Reason.AMBIGUOUS)  # mardi 5, or March 5
    return Day(weekday, number, month, get.get("Y"), month_shift=shift, next=get.get("n"))


def named_weekday(tokens: Tokens, get: Mapping[str, Any], weekday: int | None) -> Day:
    if "l" in get:
        raise Doubt(Reason.PAST)
    later, week = get.get("B", 0), get.get("K")
    usual = tokens[0].value == "fr" and tokens[0].kind == "L"
    bare = week is None and not later and "n" not in get
    return Day(weekday, week=week, later=later, next=get.get("n"), this="c" in get, usual=usual and bare)


def put_day(parts: Parts, tokens: Tokens, shape: str) -> None:
    parts.put("since" if tokens[0].kind == "b" else "day", read_day(tokens))


def put_until(parts: Parts, tokens: Tokens, shape: str) -> None:
    parts.put("until", read_day(tokens[1:]))


def put_days(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`du 3 au 20 janvier`: the first day takes the month and year that it lacks from the last."""
    tokens = [t for t in tokens if t.kind != "S"]
    cut = max(i for i, t in enumerate(tokens) if t.kind in "AJa-e")
    first, last = read_day(tokens[:cut]), read_day(tokens[cut + 1 :])
    if first.only_weekday and last.only_weekday:
        raise Doubt(Reason.AMBIGUOUS)
    if first.day and last.day and first.month is None:
        first = first._replace(month=last.month, year=last.year, month_shift=last.month_shift)
    if last.day and last.month is None and first.month:
        last = last._replace(month=first.month, year=first.year)
    parts.put("day", first)
    parts.put("last_day", last)


def between(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`entre le 5 janvier et le 30 juin` bounds a series; for a single meeting it is too vague."""
    if parts.rule is None or tokens[0].words not in ("entre", "between"):
        raise Doubt(Reason.AMBIGUOUS)
    put_days(parts, tokens, shape)


def put_through(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`du 7 décembre 14h au 9 décembre 12h`."""
    cut = next(i for i, t in enumerate(tokens) if t.kind in "CH") + 1
    for half, name in ((tokens[:cut], "clock"), (tokens[cut:], "clock_end")):
        parts.put(name, clock_of(half[-1]))
    put_days(parts, [*tokens[: cut - 1], *tokens[cut:-1]], shape)
    parts.through = True


def weeks_from(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`two weeks from today`."""
    days = {"d": 1, "w": 7}.get(value_of(tokens, "u"))
    if days is None or tokens[2].words != "from":
        raise Doubt(Reason.AMBIGUOUS)
    parts.put("day", Day(offset=value_of(tokens, "Na") * days + value_of(tokens, "R")))


def put_except(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`sauf le 24 et le 31 décembre`: a number without a month takes that of the next day, or of the one before."""
    days = [read_day(tokens[found.start() : found.end()]) for found in _ONE_DAY.finditer(shape)]
    giver = next((day for day in reversed(days) if day.month or day.easter is not None), None)
    for place in reversed(range(len(days))):
        day = days[place]
        if day.month:
            giver = day
        elif day.day:
            if giver is None or not giver.month:
                raise Doubt(Reason.AMBIGUOUS)
            days[place] = Day(day.weekday, day.day, giver.month, giver.year)
    parts.excepted += tuple(days)


_ONE_DAY = re.compile(r"zY?|[Ww]?L?(?:D|M[NO]Y?|[NO](?:f?MY?)?)")


def put_except_weekdays(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`sauf le dimanche`."""
    parts.put("not_on", tuple(sorted(number_of(t.value) for t in tokens if t.kind in "WVw")))


def month_first(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`January 3 to 20`."""
    month, year = value_of(tokens, "M"), value_of(tokens, "Y")
    first, last = (t.value for t in tokens if t.kind in "NO")
    parts.put("day", Day(day=number_of(first), month=month, year=year))
    parts.put("last_day", Day(day=number_of(last), month=month, year=year))


def two_days(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`les 5 et 6 janvier` is a range only when the days follow one another."""
    first, last = (number_of(t.value) for t in tokens if t.kind in "NO")
    if last != first + 1:
        raise Doubt(Reason.AMBIGUOUS)
    put_days(parts, tokens, shape)


def this_part(parts: Parts, tokens: Tokens, shape: str) -> None:
    parts.put("day", Day(offset=0))
    parts.put("part", value_of(tokens, "pt"))
    if "C" in shape or "N" in shape:
        put_clock(parts, tokens, shape)


def part_and_hour(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`afternoon at 3`."""
    parts.put("part", value_of(tokens, "p"))
    put_clock(parts, tokens, shape)


def in_days(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`dans 2 semaines`. In French 8 and 15 days may mean one and two weeks."""
    number, unit = value_of(tokens, "Na"), value_of(tokens, "u")
    if unit == "d" and number in (8, 15) and any(t.words.startswith("j") for t in tokens):
        raise Doubt(Reason.AMBIGUOUS)
    if unit in "dw":
        parts.put("day", Day(offset=number * (7 if unit == "w" else 1)))
    else:
        parts.put("day", Day(months=number * {"m": 1, "q": 3, "y": 12}[unit]))


def in_hours(parts: Parts, tokens: Tokens, shape: str) -> None:
    parts.put("moment", timedelta(minutes=length_of([t for t in tokens if t.kind != "i"])))


def length_of(tokens: Tokens) -> int:
    """The length of `2h`, `1h30`, `90 min`, `deux heures`, `1 h et demie`."""
    total = sum(int(t.value) for t in tokens if t.kind in "Pd" and isinstance(t.value, int))
    hours = next((t.value for t in tokens if isinstance(t.value, Hours)), None)
    if hours:
        total += hours.hour * 60 + hours.minute
    number = value_of(tokens, "Na")
    if number is not None:
        total += number * (value_of(tokens, "h") or value_of(tokens, "m"))
    return total


def put_moment(parts: Parts, tokens: Tokens, shape: str) -> None:
    parts.put("moment", tokens[-1].value)


def nth_weekday_once(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`1er mardi de janvier`, `premier mardi du mois prochain`."""
    month, shift = value_of(tokens, "M"), value_of(tokens, "k")
    day = Day(
        value_of(tokens, "W"), month=month, year=value_of(tokens, "Y"), month_shift=shift, ordinal=value_of(tokens, "O")
    )
    parts.put("day", day)


def from_clock(parts: Parts, tokens: Tokens, shape: str) -> None:
    times = [t for t in tokens if t.kind in "CHNj4"]
    if times[0].kind == "N" and tokens[0].words in ("du", "des"):
        raise Doubt(Reason.AMBIGUOUS)  # "du 5 à 14h" is a day
    if times[0].kind == "N" and times[1].start - times[0].end > 1 and shape[-3:-1] == "N-":
        raise Doubt(Reason.AMBIGUOUS)  # "mardi 5 - 14h" is not from five to two
    if times[1].kind == "N" and times[1].start - times[0].end > 1:
        raise Doubt(Reason.AMBIGUOUS)  # "14h-16" is read, "14h - 16" may count something
    last = clock_of(times[1])
    parts.put("clock", clock_of(times[0], times[1]))
    if shape[-1] == "d":
        last = shifted(last, tokens[-1])
    parts.put("clock_end", last)
    parts.half_day = times[0].kind == "j" and not isinstance(times[1].value, Hours) and times[1].kind == "j"


def until_clock(parts: Parts, tokens: Tokens, shape: str) -> None:
    parts.put("clock_end", clock_of(tokens[-1]))


def shifted(clock: Clock, token: Token) -> Clock:
    minutes = clock[0] * 60 + clock[1] + number_of(token.value)
    return minutes // 60, minutes % 60


def put_clock(parts: Parts, tokens: Tokens, shape: str) -> None:
    """A time of day that cannot be a duration."""
    token = next(t for t in tokens if t.kind in "CHNj4")
    clock = clock_of(token)
    if shape[-1] == "d":
        clock = shifted(clock, tokens[-1])
    if parts.maybe:
        parts.put("duration", parts.maybe[0] * 60 + parts.maybe[1])
        parts.maybe = None
    parts.loose = parts.loose or (isinstance(token.value, Hours) and token.value.loose)
    parts.put("clock", clock)
    parts.half_day = token.kind == "j"


def put_spelled_clock(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`neuf heures trente`."""
    hour, minute = (number_of(t.value) for t in tokens if t.kind == "N")
    if hour > 23 or minute > 59:
        raise Doubt(Reason.IMPOSSIBLE)
    if hour < 6 and shape[0] == "N":
        raise Doubt(Reason.AMBIGUOUS)  # "deux heures trente": at, or for
    parts.put("clock", (hour, minute))


def put_hours(parts: Parts, tokens: Tokens, shape: str) -> None:
    hours = tokens[0].value
    assert isinstance(hours, Hours)
    parts.put_hours(hours)


def put_duration(parts: Parts, tokens: Tokens, shape: str) -> None:
    hours = tokens[-1].value
    if tokens[0].words == "pour" and isinstance(hours, Hours) and hours.hour > 5:
        put_clock(parts, tokens, shape)  # "pour 14h" is when, "pour 2h" is how long
        return
    minutes = length_of([t for t in tokens if t.kind != "g"])
    if shape == "Nh" and minutes >= 6 * 60 and parts.clock is None:
        parts.put("clock", (minutes // 60, 0))  # "quatorze heures", as "14 heures" is read
        return
    parts.put("duration", minutes)


def put_days_long(parts: Parts, tokens: Tokens, shape: str) -> None:
    number = value_of(tokens, "Na") * {"d": 1, "w": 7, "m": 0, "y": 0, "q": 0}[value_of(tokens, "u")]
    if not number:
        raise Doubt(Reason.VAGUE)
    parts.put("days_long", number)


def vague(parts: Parts, tokens: Tokens, shape: str) -> None:
    raise Doubt(Reason.VAGUE)


def past(parts: Parts, tokens: Tokens, shape: str) -> None:
    raise Doubt(Reason.PAST)


def ambiguous(parts: Parts, tokens: Tokens, shape: str) -> None:
    raise Doubt(Reason.AMBIGUOUS)


def setter(name: str, kinds: str) -> Action:
    def action(parts: Parts, tokens: Tokens, shape: str) -> None:
        parts.put(name, value_of(tokens, kinds))

    return action


def all_day(parts: Parts, tokens: Tokens, shape: str) -> None:
    parts.all_day = True
