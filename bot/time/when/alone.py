"""What only a text that says nothing else may mean: `17 2`, `dix-neuf trente`, `8 ce soir`."""

from bot.time.when.parts import Day, Parts
from bot.time.when.pieces import Tokens, number_of, put_clock, put_hours, sooner_or_later, value_of
from bot.time.when.result import Doubt, Reason


def put_alone_date(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`17 2`, `le 17 02`, `20 02 2027`, `20 2 27`."""
    numbers = [t for t in tokens if t.kind in "NY"]
    if not all(t.words.isdecimal() for t in numbers):
        put_alone_clock(parts, tokens, shape)
        return
    day, month, *year = (number_of(t.value) for t in numbers)
    if numbers[-1].kind == "N":
        year = [2000 + number for number in year]
    parts.put("day", Day(None, day, month, year[0] if year else None))


def put_alone_clock(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`dix-neuf trente`. "Three twenty" may be in the afternoon."""
    numbers = [t for t in tokens if t.kind == "N"]
    if len(numbers) != 2 or any(t.words.isdecimal() for t in numbers) or shape[0] == "L":
        raise Doubt(Reason.UNKNOWN)
    hour, minute = (number_of(t.value) for t in numbers)
    if not 7 <= hour <= 23 or not 10 <= minute <= 59:
        raise Doubt(Reason.AMBIGUOUS)
    parts.put("clock", (hour, minute))


def put_alone_hour(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`8 ce soir`, `huit et demie du soir`; with its minutes also `huit et demie`."""
    hour = number_of(value_of(tokens, "N"))
    parts.put("clock", sooner_or_later((hour, 0), value_of(tokens, "d") or 0))
    parts.half_day = not 7 <= hour <= 23


def put_about(parts: Parts, tokens: Tokens, shape: str) -> None:
    """`14h environ`; `2h environ` may be a length, as `2h` may."""
    if not tokens[-1].words.startswith(("environ", "approx")):
        raise Doubt(Reason.UNKNOWN)
    (put_hours if shape == "H%" else put_clock)(parts, tokens, shape)
    parts.about = True
