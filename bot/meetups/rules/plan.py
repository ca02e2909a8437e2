"""A meet-up as planned, before it exists: the preview shows it, and it is published from it."""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.meetups.rules.line import MeetupLine
from bot.time.public_holidays import METROPOLE, is_public_holiday
from bot.time.recurrence import Occurrence, Series, days_touched, is_endless, occurrences

LONGEST = timedelta(days=31)
USUAL_LENGTH = 60
"""Minutes that a meet-up takes when nobody says how long: every calendar shows what has an end."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Plain JSON values only. `start` is civil time in `zone`; of whole days `length` counts to the end of the last.

    `length` is in minutes, None when unknown; `assumed` when nobody gave it. `excluded` are civil starts of the rule
    that do not take place. An `external` one is held by others, who count their places themselves. `territory` is a
    code of `bot.registers.territories`.
    """

    title: str
    start: str
    zone: str
    length: int | None = None
    all_day: bool = False
    rrule: str | None = None
    place: str | None = None
    online: bool = False
    link: str | None = None
    capacity: int | None = None
    external: bool = False
    excluded: tuple[str, ...] = ()
    assumed: bool = False
    kind: str | None = None
    territory: str | None = None

    @classmethod
    def of(cls, line: MeetupLine, zone: ZoneInfo) -> "Plan":
        """The plan of a line without complaints."""
        reading = line.reading
        assert reading is not None
        assert reading.start is not None
        start = reading.start.replace(tzinfo=None, fold=0)
        return cls(
            title=line.title,
            start=start.isoformat(),
            zone=zone.key,
            length=minutes_between(reading.start, reading.end, all_day=reading.all_day) or USUAL_LENGTH,
            assumed=reading.end is None and not reading.all_day,
            all_day=reading.all_day,
            rrule=reading.rrule,
            place=line.place,
            online=line.online,
            link=line.link,
            capacity=None if line.external else line.capacity,
            external=line.external,
            kind=line.kind,
            territory=line.territory,
            excluded=tuple(datetime.combine(day, start.time()).isoformat() for day in reading.not_on),
        )

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Plan":
        """The inverse of `json`."""
        return cls(**values | {"excluded": tuple(values.get("excluded", ()))})

    @property
    def json(self) -> dict[str, Any]:
        return asdict(self) | {"excluded": list(self.excluded)}

    @property
    def series(self) -> Series:
        """Its times."""
        length = timedelta(minutes=self.length) if self.length is not None else None
        excluded = frozenset(map(datetime.fromisoformat, self.excluded))
        return Series(datetime.fromisoformat(self.start), ZoneInfo(self.zone), self.rrule, length, excluded)

    @property
    def endless(self) -> bool:
        return is_endless(self.rrule)

    def next(self, now: datetime, limit: int) -> list[Occurrence]:
        """The next occurrences that start from now on."""
        return occurrences(self.series, after=now, limit=limit)


def minutes_between(start: datetime, end: datetime | None, *, all_day: bool) -> int | None:
    """The length in real minutes, also when the clocks change; None when unknown. Whole days count 24 h each."""
    if all_day:
        days = (end.date() - start.date()).days + 1 if end else 1
        return days * 24 * 60
    return None if end is None else round((end.astimezone(UTC) - start.astimezone(UTC)) / timedelta(minutes=1))


def holidays_met(found: list[Occurrence], *, all_day: bool = False, region: str = METROPOLE) -> list[date]:
    """The public holidays on which these occurrences fall; whole days include the last, whatever the clocks do."""
    if all_day:
        found = [_to_last_day(one) for one in found]
    days = {day for one in found for day in days_touched(one)}
    return sorted(day for day in days if is_public_holiday(day, region))


def _to_last_day(one: Occurrence) -> Occurrence:
    zone = one.start.tzinfo
    assert isinstance(zone, ZoneInfo)
    return replace(one, end=last_day(one.start, one.end, zone) + timedelta(hours=1))


def last_day(start: datetime, end: datetime | None, zone: ZoneInfo) -> datetime:
    """The last of whole days, at 00:00 in the zone; `end` is the midnight after it, give or take a clock change."""
    if end is None:
        return start
    civil = (end - timedelta(hours=2)).astimezone(zone).date()
    return datetime(civil.year, civil.month, civil.day, tzinfo=zone)
