"""What each phrase about a day, a time or a length puts into `Parts`."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.time.when.clocks import Hours
from bot.time.when.lexer import Token
from bot.time.when.parts import Clock, Day, Parts
from bot.time.when.result import Doubt, Reason

Tokens = list[Token]
Action = Callable[[Parts, Tokens, str], None]


def value_of(tokens: Tokens, kinds: str, nth: int = 0) -> Any:
    """The value of the nth token whose class is one of these, or None."""
    found = [t.value for t in tokens if t.kind in kinds]
    return found[nth] if nth < len(found) else None


def value_words(tokens: Tokens, kinds: str) -> str:
    """The words of the first token whose class is one of these."""
    return next((t.words for t in tokens if t.kind in kinds), "")


def clock_of(token: Token, like: Token | None = None) -> Clock:
    """A time of day from `14h`, `14:00` or a bare `14`; a bare number before `5pm` is in the afternoon too."""
    clock: Clock
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
        return dated(Day(weekday, *get["D"]), get.get("Y"))
    if "R" in get:
        return Day(weekday, offset=get["R"], later=get.get("B", 0))
    if "z" in get:
        return Day(weekday, feast=get["z"], year=get.get("Y"))
    if "I" in get:
        return Day(weekday, iso_week=get["I"])
    return named_weekday(tokens, get, weekday)


def dated(day: Day, year: int | None) -> Day:
    """`Noël 2027`."""
    if year is not None and day.year not in (None, year):
        raise Doubt(Reason.AMBIGUOUS)
    return day if year is None else day._replace(year=year)


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


def put_until_month(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`jusqu'en juin`, `jusqu'à fin mars`: the last day of that month. "Until June" may leave June out."""
    bounds = [t.words for t in tokens if t.kind == "y"]
    english = tokens[0].words in ("until", "till", "til")
    if any(word not in ("fin", "end") for word in bounds) or (english and not bounds):
        raise Doubt(Reason.VAGUE)
    parts.put("until", Day(day=-1, month=value_of(tokens, "M"), year=value_of(tokens, "Y")))
    parts.until_month = not bounds


def put_apart(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`la veille de Noël`, `le lendemain du 13 février`."""
    parts.put("day", read_day(tokens[1:])._replace(apart=number_of(tokens[0].value)))


def put_counted_apart(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`deux jours après le 3 décembre`, `a week before Christmas`."""
    side = _SIDES.get(value_words(tokens, "~"))
    days = {"d": 1, "w": 7}.get(value_of(tokens, "u"))
    if side is None or days is None:
        raise Doubt(Reason.AMBIGUOUS)
    parts.put("day", read_day(tokens[3:])._replace(apart=side * days * value_of(tokens, "Na")))


_SIDES = {"avant": -1, "before": -1, "apres": 1, "after": 1}


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


def put_except(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`sauf le 24 et le 31 décembre`: a number without a month takes that of the next day, or of the one before."""
    days = [read_day(tokens[found.start() : found.end()]) for found in _ONE_DAY.finditer(shape)]
    giver = next((day for day in reversed(days) if day.month or day.feast is not None), None)
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
    parts.this_evening = "C" not in shape and value_words(tokens, "pt") in ("soir", "tonight", "evening")
    parts.about = parts.about or "%" in shape
    if "C" in shape or "N" in shape:
        put_clock(parts, tokens, shape)


def part_and_hour(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`afternoon at 3`."""
    parts.put("part", value_of(tokens, "p"))
    put_clock(parts, tokens, shape)


def length_of(tokens: Tokens) -> int:
    """The length of `2h`, `1h30`, `90 min`, `deux heures`, `1 h et demie`, `une heure et trente minutes`."""
    total = number = 0
    for token in tokens:
        value = token.value
        if isinstance(value, Hours):
            total += value.hour * 60 + value.minute
        elif isinstance(value, int) and token.kind in "hm":
            total, number = total + number * value, 0
        elif isinstance(value, int):
            total, number = (total + value, number) if token.kind in "Pd" else (total, value)
    return total + number


def put_moment(parts: Parts, tokens: Tokens, shape: str) -> None:
    parts.put("moment", tokens[-1].value)


def nth_weekday_once(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`1er mardi de janvier`, `premier mardi du mois prochain`."""
    month, shift = value_of(tokens, "M"), value_of(tokens, "k")
    day = Day(
        value_of(tokens, "W"), month=month, year=value_of(tokens, "Y"), month_shift=shift, ordinal=value_of(tokens, "O")
    )
    parts.put("day", day)


def nth_day(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`le dernier jour d'octobre`, `3rd day of next month`."""
    number, shift = value_of(tokens, "O"), value_of(tokens, "k")
    if value_of(tokens, "u") != "d" or not (number == -1 or 1 <= number <= 31):
        raise Doubt(Reason.VAGUE)
    if shift is not None and number == -1:
        raise Doubt(Reason.VAGUE)
    parts.put("day", Day(None, number, value_of(tokens, "M"), value_of(tokens, "Y"), month_shift=shift))


def from_clock(parts: Parts, tokens: Tokens, shape: str) -> None:
    parts.bare_hour = shape[:2] in ("Na", "NA")
    if shape[0] != "f" and "A" in shape and value_words(tokens, "N") in ("five", "ten", "twenty", "twenty-five"):
        raise Doubt(Reason.AMBIGUOUS)  # "ten to 3pm"
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
    return sooner_or_later(clock, number_of(token.value))


def sooner_or_later(clock: Clock, minutes: int) -> Clock:
    """A time so many minutes later, or earlier when negative; half past midnight is 24:30."""
    if not minutes:
        return clock
    minutes += clock[0] * 60 + clock[1]
    if minutes < 0 or clock[0] > 24:
        raise Doubt(Reason.IMPOSSIBLE)
    return minutes // 60, minutes % 60


def put_clock(parts: Parts, tokens: Tokens, shape: str) -> None:
    """A time of day that cannot be a duration."""
    token = next(t for t in tokens if t.kind in "CHNj4")
    clock = clock_of(token)
    if tokens[-1] is not token:
        clock = sooner_or_later(clock, minutes_beside(tokens, token))
    if parts.maybe:
        parts.put("duration", parts.maybe[0] * 60 + parts.maybe[1])
        parts.maybe = None
    parts.about = parts.about or "%" in shape
    parts.loose = parts.loose or (isinstance(token.value, Hours) and token.value.loose)
    parts.put("clock", clock)
    parts.half_day = token.kind == "j"


def minutes_beside(tokens: Tokens, hour: Token) -> int:
    """The minutes of `et quart`, `et dix`, `moins vingt-trois minutes` after an hour. "14h et 10" is two things."""
    after = tokens[tokens.index(hour) + 1 :]
    if not after or after[-1].kind not in "dNPm" or (len(after) < 2 and after[-1].kind != "d"):
        return 0
    minutes = number_of(value_of(after, "dNP"))
    joined = value_words(after, "e<")
    spelled = after[0].kind == "h" or (isinstance(hour.value, Hours) and hour.value.spelled)
    if joined in ("et", "and", "&") and not spelled:
        raise Doubt(Reason.AMBIGUOUS)
    if minutes > 59:
        raise Doubt(Reason.IMPOSSIBLE)
    return -minutes if joined == "moins" else minutes


def put_noon(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`midi quinze`, `minuit vingt`."""
    hour, minutes = (next(t for t in tokens if t.kind == kind) for kind in "CN")
    said = number_of(minutes.value)
    if hour.words not in ("midi", "minuit") or minutes.words.isdecimal() or (hour.words == "midi" and said < 5):
        raise Doubt(Reason.AMBIGUOUS)
    parts.put("clock", sooner_or_later(clock_of(hour), said))


def put_spelled_clock(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`neuf heures trente`."""
    hour, minute = (number_of(t.value) for t in tokens if t.kind == "N")
    if hour > 23 or minute > 59:
        raise Doubt(Reason.IMPOSSIBLE)
    if hour < 6 and shape[0] == "N":
        raise Doubt(Reason.AMBIGUOUS)  # "deux heures trente": at, or for
    parts.put("clock", (hour, minute))
    parts.about = parts.about or "%" in shape


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
