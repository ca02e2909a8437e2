"""What each phrase about a recurrence puts into `Parts`."""

import re

from bot.time.when.parts import Parts, Rule
from bot.time.when.pieces import Action, Tokens, number_of, value_of
from bot.time.when.result import Doubt, Reason

FREQUENCIES = {"d": "DAILY", "w": "WEEKLY", "m": "MONTHLY", "y": "YEARLY"}
WORKING_DAYS = tuple((0, day) for day in range(5))


def every_weekday(parts: Parts, tokens: Tokens, shape: str) -> None:
    days = sorted({number_of(t.value) for t in tokens if t.kind in "WVw"})
    parts.plural = shape[0] == "S"
    interval = value_of(tokens, "sr") or value_of(tokens, "N")
    interval = 1 if interval is None else interval
    parts.put_rule(Rule("WEEKLY", interval, tuple([(0, day) for day in days])))


def in_months(inner: Action) -> Action:
    """`tous les mardis de janvier à juin`: an action for what is repeated, then the series' first and last month."""

    def action(parts: Parts, tokens: Tokens, shape: str) -> None:
        bounds = re.search(r"(?:[fA@i]uf|[f@i])M", shape) if "M" in shape else None
        cut = bounds.start() if bounds else len(shape)
        inner(parts, tokens[:cut], shape[:cut])
        if bounds:
            months = [(t.value, _year_after(tokens, i)) for i, t in enumerate(tokens) if t.kind == "M"]
            parts.put("span", (months[0], months[-1]))

    return action


def _year_after(tokens: Tokens, at: int) -> int | None:
    return number_of(tokens[at + 1].value) if at + 1 < len(tokens) and tokens[at + 1].kind == "Y" else None


def listed_weekdays(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`lundi et jeudi`: read only beside `toutes les semaines`."""
    parts.put("listed", tuple(sorted({number_of(t.value) for t in tokens if t.kind == "W"})))


def except_months(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`sauf en août`, `sauf juillet et août`, `hors juin à septembre`."""
    out: list[int] = []
    through = False
    for token in tokens[shape.index("M") :]:
        if token.kind == "M":
            month = number_of(token.value)
            out += [(out[-1] + n) % 12 + 1 for n in range((month - out[-1]) % 12)] if through else [month]
        through = token.kind in "aA-"
    parts.put("not_in", tuple(sorted(set(out))))


def weekday_range(parts: Parts, tokens: Tokens, shape: str) -> None:
    first, last = (number_of(t.value) for t in tokens if t.kind in "Ww")
    if first >= last or (shape[0] in "fW" and (first, last) != (0, 4)):
        raise Doubt(Reason.AMBIGUOUS)
    parts.put_rule(Rule("WEEKLY", 1, tuple((0, day) for day in range(first, last + 1))))


def working_days(parts: Parts, tokens: Tokens, shape: str) -> None:
    parts.put_rule(Rule("WEEKLY", 1, WORKING_DAYS))


def nth_weekdays(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`1er mardi du mois`, `tous les 2e et 4e jeudis`. "Last Tuesday" alone is past, "every second" is ambiguous."""
    monthly = "u" in shape or any(t.words.startswith("dernier") for t in tokens)
    ordinals = [number_of(t.value) for t in tokens if t.kind == "O"]
    if not monthly and ordinals == [-1]:
        raise Doubt(Reason.PAST)
    if not monthly and tokens[0].value == "en" and ordinals == [2]:
        raise Doubt(Reason.AMBIGUOUS)
    if value_of(tokens, "u") not in (None, "m") or any(not -2 <= n <= 5 for n in ordinals):
        raise Doubt(Reason.AMBIGUOUS)
    weekday = value_of(tokens, "WV")
    parts.put_rule(Rule("MONTHLY", value_of(tokens, "N") or 1, tuple((n, weekday) for n in ordinals)))


def put_every(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`tous les 15 jours`, `chaque semaine`, `every other week`, `une semaine sur deux`."""
    unit, number = value_of(tokens, "u"), value_of(tokens, "s") or value_of(tokens, "r") or value_of(tokens, "NO")
    number = 1 if number is None else number
    if number < 1:
        raise Doubt(Reason.IMPOSSIBLE)
    if "s" not in shape and "E" in shape and "O" in shape and number != 2:
        raise Doubt(Reason.AMBIGUOUS)
    if unit == "q":
        unit, number = "m", number * 3
    french = "jour" in tokens[-1].words or tokens[-1].words == "j"
    if unit == "d" and french and number == 8:
        raise Doubt(Reason.AMBIGUOUS)  # said for "every week"
    if unit == "d" and french and number == 15:
        unit, number = "w", 2
    elif unit == "d" and number % 7 == 0:
        unit, number = "w", number // 7
    parts.put_rule(Rule(FREQUENCIES[unit], number))


def adjective(parts: Parts, tokens: Tokens, shape: str) -> None:
    freq, interval = value_of(tokens, "F")
    parts.put_rule(Rule(freq, interval))


def month_days(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`le 5 de chaque mois`, `tous les 1er et 15 du mois`."""
    days = tuple(sorted(number_of(t.value) for t in tokens if t.kind in "NO"))
    if value_of(tokens, "u") != "m":
        raise Doubt(Reason.AMBIGUOUS)
    if any(not 1 <= day <= 31 for day in days):
        raise Doubt(Reason.IMPOSSIBLE)
    parts.put_rule(Rule("MONTHLY", 1, monthdays=days))


def put_last_day(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`dernier jour du mois`, `dernier jour ouvré de chaque mois`."""
    ordinal = value_of(tokens, "O")
    if value_of(tokens, "u", 0 if "G" in shape else 1) != "m" or ordinal not in (1, -1):
        raise Doubt(Reason.AMBIGUOUS)
    rule = Rule("MONTHLY", last_workday=ordinal) if "G" in shape else Rule("MONTHLY", monthdays=(ordinal,))
    parts.put_rule(rule)


def every_part(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`tous les matins à 9h`."""
    parts.put_rule(Rule("DAILY"))
    parts.put("part", value_of(tokens, "p"))
