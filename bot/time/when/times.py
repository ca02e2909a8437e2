"""Times of the day on the clocks of a zone, and when a meeting ends."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.time.when.parts import Clock, Parts
from bot.time.when.result import Doubt, Reason

MIDNIGHT: Clock = (24, 0)


def zone_of(now: datetime) -> ZoneInfo:
    assert isinstance(now.tzinfo, ZoneInfo)
    return now.tzinfo


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def at(day: date, clock: Clock, zone: ZoneInfo) -> datetime:
    """A civil time as an aware one, the first if it comes twice; `Doubt` with the next valid time if it is skipped.

    24:00 is 0:00: the caller gives the day on which midnight falls.
    """
    second = clock[2] if len(clock) > 2 else 0
    start = datetime(day.year, day.month, day.day, clock[0] % 24, clock[1], second, tzinfo=zone)
    if comes_twice(start):  # or never
        real = start.astimezone(UTC).astimezone(zone)
        if (real.hour, real.minute) != (start.hour, start.minute):
            raise Doubt(Reason.NONEXISTENT, real)
    return start


def comes_twice(start: datetime) -> bool:
    return start.utcoffset() != start.replace(fold=1).utcoffset()


def end_of(start: datetime, parts: Parts) -> datetime | None:
    zone = start.tzinfo
    assert isinstance(zone, ZoneInfo)
    if parts.duration is not None:
        if parts.clock_end is not None or not 0 < parts.duration <= 24 * 60:
            raise Doubt(Reason.CONTRADICTION)
        return (start.astimezone(UTC) + timedelta(minutes=parts.duration)).astimezone(zone)
    if parts.clock_end is None:
        return None
    clock, day = parts.clock_end, start.date()
    if clock <= (start.hour, start.minute, start.second):
        if start.hour < 18 or clock > (12, 0):
            raise Doubt(Reason.CONTRADICTION)
        day += timedelta(days=1)
    elif clock >= MIDNIGHT:
        day += timedelta(days=1)
    return at(day, clock, zone)


def check_whole_days(parts: Parts) -> None:
    if parts.duration or parts.clock_end:
        raise Doubt(Reason.NO_TIME)
