"""Says dates and recurrences in French and English, in full: weekday, day, month, year, hours, zone."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.time.spoken_names import DAYS, MONTHS
from bot.time.spoken_rules import say_rule
from bot.time.zone_names import zone_name, zone_phrase

__all__ = ["say_clock", "say_date", "say_day", "say_days", "say_for", "say_hours", "say_moment", "say_rule"]

NBSP = "\u00a0"


def say_day(moment: datetime, *, zone: ZoneInfo, language: str, year: bool = True) -> str:
    """`mardi 5 janvier 2027`, `vendredi 1er janvier`; the day is that of the zone."""
    local = moment.astimezone(zone)
    number = "1er" if local.day == 1 and language == "fr" else str(local.day)
    words = f"{DAYS[language][local.weekday()]} {number} {MONTHS[language][local.month - 1]}"
    return f"{words} {local.year}" if year else words


def say_date(moment: datetime, *, zone: ZoneInfo, language: str, year: bool = True) -> str:
    """`5 janvier 2027`, `1er janvier`: where the weekday does not matter."""
    return say_day(moment, zone=zone, language=language, year=year).partition(" ")[2]


def say_month(moment: datetime, *, zone: ZoneInfo, language: str) -> str:
    """`février 2027`."""
    local = moment.astimezone(zone)
    return f"{MONTHS[language][local.month - 1]} {local.year}"


def say_clock(moment: datetime, *, zone: ZoneInfo, language: str) -> str:
    """`14 h 00` with no-break spaces, or `14:00`."""
    local = moment.astimezone(zone)
    if language == "fr":
        return f"{local.hour}{NBSP}h{NBSP}{local.minute:02}"
    return f"{local.hour:02}:{local.minute:02}"


def say_hours(start: datetime, end: datetime | None, *, zone: ZoneInfo, language: str) -> str:
    """`à 14 h 00` or `de 14 h 00 à 15 h 30`; both ends are on the same day."""
    first = say_clock(start, zone=zone, language=language)
    if end is None:
        return f"à {first}" if language == "fr" else f"at {first}"
    last = say_clock(end, zone=zone, language=language)
    return f"de {first} à {last}" if language == "fr" else f"from {first} to {last}"


def say_moment(
    start: datetime, end: datetime | None = None, *, zone: ZoneInfo, language: str, all_day: bool = False
) -> str:
    """`mardi 5 janvier 2027, de 14 h 00 à 15 h 30, heure de Paris`. Whole days have no hour and no zone."""
    return _moment(start, end, zone=zone, language=language, all_day=all_day)


def _moment(
    start: datetime,
    end: datetime | None,
    *,
    zone: ZoneInfo,
    language: str,
    all_day: bool,
    year: bool = True,
    named: bool = True,
) -> str:
    if all_day:
        return _whole_days(start, end, zone=zone, language=language, year=year)
    span = _span(start, end, zone=zone, language=language, year=year)
    return f"{span}, {zone_phrase(zone, language)}" if named else span


def say_short(
    start: datetime,
    end: datetime | None = None,
    *,
    zone: ZoneInfo,
    language: str,
    now: datetime,
    usual: ZoneInfo | None = None,
    all_day: bool = False,
) -> str:
    """As `say_moment`, without what goes without saying: the year of `now`, a zone that is the `usual` one.

    `usual` None: the zone is the reader's own.
    """
    named = usual is not None and zone != usual
    year = _other_year(now, start, end, zone)
    return _moment(start, end, zone=zone, language=language, all_day=all_day, year=year, named=named)


def _other_year(now: datetime | None, start: datetime, end: datetime | None, zone: ZoneInfo) -> bool:
    """Whether the year has to be said."""
    return now is None or len({moment.astimezone(zone).year for moment in (now, start, end or start)}) > 1


def say_for(
    start: datetime,
    end: datetime | None = None,
    *,
    own: ZoneInfo,
    zone: ZoneInfo,
    language: str,
    now: datetime | None = None,
    usual: ZoneInfo | None = None,
) -> str:
    """The person's own hour first when their clock differs from that of the meeting; its day too when that differs.

    What goes without saying is left out: the year of `now`, the `usual` zone.
    """
    year = _other_year(now, start, end, zone)
    if _same_clock(start, end, own, zone):
        return _moment(start, end, zone=zone, language=language, all_day=False, year=year, named=zone != usual)
    mine = _span(start, end, zone=own, language=language, year=year)
    same_days = start.astimezone(own).date() == start.astimezone(zone).date() and _one_day(start, end, zone)
    theirs = say_hours(start, end, zone=zone, language=language) if same_days else _span(
        start, end, zone=zone, language=language, year=year
    )  # fmt: skip
    if language == "fr":
        return f"{mine} pour vous ({zone_name(own).place}), soit {theirs} {zone_name(zone).at}"
    return f"{mine} for you ({zone_name(own).english}), that is {theirs} in {zone_name(zone).english}"


def say_days(moments: Sequence[datetime], *, zone: ZoneInfo, language: str) -> str:
    """`mardi 5 janvier, mardi 2 février et mardi 2 mars 2027`: the year once, where it changes and at the end."""
    said = []
    for place, moment in enumerate(moments):
        year = moment.astimezone(zone).year
        last_of_year = place == len(moments) - 1 or moments[place + 1].astimezone(zone).year != year
        said.append(say_day(moment, zone=zone, language=language, year=last_of_year))
    word = " et " if language == "fr" else " and "
    return word.join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)


def _span(start: datetime, end: datetime | None, *, zone: ZoneInfo, language: str, year: bool) -> str:
    if _one_day(start, end, zone):
        day = say_day(start, zone=zone, language=language, year=year)
        return f"{day}, {say_hours(start, end, zone=zone, language=language)}"
    assert end is not None
    words = [
        f"{say_day(moment, zone=zone, language=language, year=year)} "
        f"{say_hours(moment, None, zone=zone, language=language)}"
        for moment in (start, end)
    ]
    return f"du {words[0]} au {words[1]}" if language == "fr" else f"from {words[0]} to {words[1]}"


def _one_day(start: datetime, end: datetime | None, zone: ZoneInfo) -> bool:
    return end is None or start.astimezone(zone).date() == end.astimezone(zone).date()


def _same_clock(start: datetime, end: datetime | None, own: ZoneInfo, zone: ZoneInfo) -> bool:
    moments = [start] if end is None else [start, end]
    return all(m.astimezone(own).utcoffset() == m.astimezone(zone).utcoffset() for m in moments)


def _whole_days(start: datetime, end: datetime | None, *, zone: ZoneInfo, language: str, year: bool) -> str:
    first = say_day(start, zone=zone, language=language, year=year)
    if _one_day(start, end, zone):
        return first
    assert end is not None
    last = say_day(end, zone=zone, language=language, year=year)
    first = _without_what_follows(first, last)
    return f"du {first} au {last}" if language == "fr" else f"from {first} to {last}"


def _without_what_follows(first: str, last: str) -> str:
    """The first of two days without the month and the year that stand in the last: `mardi 26`."""
    weekday, number, *month = first.split(" ")
    return f"{weekday} {number}" if month == last.split(" ")[2:] else first
