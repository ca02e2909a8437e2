"""What each phrase about a length of time from now puts into `Parts`."""

from datetime import timedelta

from bot.time.when.clocks import Hours
from bot.time.when.parts import Day, Parts
from bot.time.when.pieces import Tokens, length_of, number_of, value_of
from bot.time.when.result import Doubt, Reason

_DAYS = {"d": 1, "w": 7}
_MONTHS = {"m": 1, "q": 3, "y": 12}


def in_hours(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`dans 2h`, `dans une heure et trente minutes`, `in about half an hour`."""
    parts.put("moment", timedelta(minutes=length_of([t for t in tokens if t.kind not in "i%"])))
    parts.about = parts.about or "%" in shape


def in_days(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`dans 2 semaines`, `in 1 year 2 months`, `dans 1 jour et 2 heures`. In French 8 days may mean one week."""
    cut = shape.rindex("u") + 1
    days, months = _counted(tokens[:cut])
    alone = shape.count("u") == 1 and value_of(tokens, "u") == "d"
    if alone and days in (8, 15) and any(t.words.startswith("j") for t in tokens):
        raise Doubt(Reason.AMBIGUOUS)
    rest = [t for t in tokens[cut:] if t.kind not in "en"]
    parts.about = parts.about or "%" in shape
    if not rest:
        parts.put("day", Day(months=months, later=days) if months else Day(offset=days))
        return
    if months or (rest[0].kind == "H" and isinstance(rest[0].value, Hours) and not rest[0].value.spelled):
        raise Doubt(Reason.AMBIGUOUS)  # "dans 2 jours et 14h"
    parts.put("moment", timedelta(days=days, minutes=length_of(rest)))


def from_now(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`2 weeks from now`, `7 days hence`."""
    (in_days if "u" in shape else in_hours)(parts, tokens[:-1], shape[:-1])


def weeks_from(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`two weeks from tomorrow`, `a month from today`."""
    days, months = _counted(tokens[:2])
    after = value_of(tokens, "R")
    if tokens[2].words != "from" or (months and after):
        raise Doubt(Reason.AMBIGUOUS)
    parts.put("day", Day(months=months) if months else Day(offset=days + after))


def _counted(tokens: Tokens) -> tuple[int, int]:
    """How many days and how many months these say together."""
    numbers = [number_of(t.value) for t in tokens if t.kind in "Na"]
    said = list(zip(numbers, [str(t.value) for t in tokens if t.kind == "u"], strict=True))
    return sum(n * _DAYS.get(unit, 0) for n, unit in said), sum(n * _MONTHS.get(unit, 0) for n, unit in said)
