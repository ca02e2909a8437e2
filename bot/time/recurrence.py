"""Computes the instants of a series from local civil time, IANA zone and RRULE. Instants are never stored.

RFC 5545: a month without a 31st has no occurrence on a 31st; a local time that the clocks skip is moved on by the
length of the skip; of one that comes twice the first is taken.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from types import MappingProxyType
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr

MOST = 1000  # occurrences in one answer
HORIZON = timedelta(days=366 * 10)  # how far after the start a series is followed
_NO_MOVES: Mapping[datetime, datetime] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Series:
    """A single meeting (`rrule` None) or a repeated one. Every datetime here is naive: civil time in `zone`."""

    start: datetime
    zone: ZoneInfo
    rrule: str | None = None
    length: timedelta | None = None
    excluded: frozenset[datetime] = frozenset()
    moved: Mapping[datetime, datetime] = field(default_factory=lambda: _NO_MOVES)

    def __post_init__(self) -> None:
        civil = [self.start, *self.excluded, *self.moved, *self.moved.values()]
        if any(moment.tzinfo is not None for moment in civil):
            raise ValueError("a series is kept in civil time, without an offset")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting of a series, named for ever by the civil time that the rule gave it."""

    named: datetime  # naive; RECURRENCE-ID
    start: datetime  # aware
    end: datetime | None  # aware
    moved: bool = False
    shifted: bool = False  # the civil time does not exist that day; the clock shows a later one
    repeated: bool = False  # the civil time comes twice that day; this is the first


def occurrences(series: Series, *, after: datetime, limit: int, before: datetime | None = None) -> list[Occurrence]:
    """At most `limit` occurrences that start at or after `after` (aware) and before `before`, in order of start."""
    upcoming = (one for one in _all(series, after) if one.start >= after and (before is None or one.start < before))
    return list(islice(upcoming, max(0, min(limit, MOST))))


def _all(series: Series, after: datetime) -> Iterator[Occurrence]:
    """Every occurrence from two days before an instant on, in order; the few moved ones are merged in by new start."""
    moved = sorted((_occurrence(series, named) for named in series.moved), key=lambda one: one.start)
    low = max(series.start, after.astimezone(series.zone).replace(tzinfo=None) - timedelta(days=2))
    end = low + HORIZON
    for civil in _civil(series, low):
        if civil > end:
            break
        if civil in series.moved:
            continue
        one = _occurrence(series, civil)
        while moved and moved[0].start <= one.start:
            yield moved.pop(0)
        yield one
    yield from moved


def _civil(series: Series, low: datetime) -> Iterator[datetime]:
    """The civil times of the rule from `low` on, without the excluded ones."""
    if series.rrule is None:
        times: Iterator[datetime] = iter([series.start] if series.start >= low else [])
    else:
        times = parse_rule(series.rrule, series.start, series.zone).xafter(low, inc=True)
    return (civil for civil in times if civil not in series.excluded)


def parse_rule(text: str, start: datetime, zone: ZoneInfo) -> rrule | rruleset:
    """A dateutil rule over naive civil times. Raises `ValueError` for a rule that RFC 5545 does not know."""
    parts = [_local_until(part, zone) for part in text.removeprefix("RRULE:").split(";")]
    return rrulestr(";".join(parts), dtstart=start)


def _local_until(part: str, zone: ZoneInfo) -> str:
    """UNTIL in civil time, in which the rule runs; the RFC gives it in UTC. A date alone includes the whole day."""
    name, _, value = part.partition("=")
    if name != "UNTIL":
        return part
    if len(value) == len("20270630"):
        return f"UNTIL={value}T235959"
    if not value.endswith("Z"):
        return part
    until = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return f"UNTIL={until.astimezone(zone):%Y%m%dT%H%M%S}"


def _occurrence(series: Series, named: datetime) -> Occurrence:
    civil = series.moved.get(named, named)
    start = instant(civil, series.zone)
    end = (start.astimezone(UTC) + series.length).astimezone(series.zone) if series.length is not None else None
    return Occurrence(
        named, start, end, moved=named in series.moved, shifted=not exists(civil, series.zone),
        repeated=comes_twice(civil, series.zone),
    )  # fmt: skip


def instant(civil: datetime, zone: ZoneInfo) -> datetime:
    """The aware time of a civil one: the first if it comes twice, moved on by the skip if it does not exist."""
    return civil.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def exists(civil: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks of the zone ever show this civil time."""
    return instant(civil, zone).replace(tzinfo=None, fold=0) == civil


def comes_twice(civil: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks of the zone show this civil time twice."""
    first, second = civil.replace(tzinfo=zone, fold=0), civil.replace(tzinfo=zone, fold=1)
    return exists(civil, zone) and first.utcoffset() != second.utcoffset()


def is_endless(text: str | None) -> bool:
    """Whether a rule has neither COUNT nor UNTIL."""
    return text is not None and "COUNT=" not in text and "UNTIL=" not in text


def days_touched(one: Occurrence) -> list[date]:
    """The calendar days of an occurrence, in its zone: to warn about public holidays. At most a year of them."""
    last = one.end - timedelta(microseconds=1) if one.end and one.end > one.start else one.start
    count = min((last.date() - one.start.date()).days, 366)
    return [one.start.date() + timedelta(days=n) for n in range(count + 1)]
