"""When whom is reminded of a meet-up: the room days before, people a day and some minutes before."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.meetups.rules.rsvp import REMINDED, Status
from bot.time.hours import OFFICE_HOURS, Hours
from bot.time.recurrence import instant
from bot.time.working_time import WorkingTime

FOLLOW_UP_AFTER = timedelta(hours=1)


class Rung(StrEnum):
    """One reminder of the ladder."""

    WEEK = "week"
    EVE = "eve"
    SOON = "soon"


PRIVATE = (Rung.EVE, Rung.SOON)


@dataclass(frozen=True, slots=True)
class Ladder:
    """How long before a meet-up its room is reminded, and those who said yes; the hours in which the room is."""

    room_days: int = 7
    soon_minutes: int = 15
    hours: Hours = OFFICE_HOURS


USUAL = Ladder()


def due_at(rung: Rung, start: datetime, working: WorkingTime, ladder: Ladder = USUAL) -> datetime:
    """The instant of a reminder: if it is outside somebody's hours, the last open minute before.

    The one some minutes before the start is exact whatever the hours: they said yes to the meet-up.
    """
    if rung is Rung.SOON:
        return (start - timedelta(minutes=ladder.soon_minutes)).astimezone(UTC)
    days = ladder.room_days if rung is Rung.WEEK else 1
    return working.last_open(days_before(start, days, working.zone))


def ahead(
    start: datetime, *, now: datetime, working: WorkingTime, all_day: bool = False, ladder: Ladder = USUAL
) -> frozenset[Rung]:
    """The reminders that can still be sent of a meet-up announced now; whole days have no SOON."""
    told = [rung for rung in Rung if not (all_day and rung is Rung.SOON)]
    return frozenset(rung for rung in told if due_at(rung, start, working, ladder) > now)


def days_before(start: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same time of day, that many days before, in a zone; a time that the clocks skip is moved on."""
    civil = start.astimezone(zone).replace(tzinfo=None, fold=0) - timedelta(days=days)
    return instant(civil, zone).astimezone(UTC)


def is_for(rung: Rung, status: Status) -> bool:
    """Whether a person with this answer gets this reminder in private."""
    if rung is Rung.SOON:
        return status is Status.YES
    return rung is Rung.EVE and status in REMINDED


def still_worth_it(rung: Rung, start: datetime, *, now: datetime, working: WorkingTime, ladder: Ladder = USUAL) -> bool:
    """Whether a reminder that is late is still sent: before the start and before the next reminder."""
    if now >= start:
        return False
    following = {Rung.WEEK: Rung.EVE, Rung.EVE: Rung.SOON}.get(rung)
    return following is None or now < due_at(following, start, working, ladder)


def minutes_left(start: datetime, now: datetime) -> int:
    """Whole minutes until the start, at least 1, for a reminder that is late."""
    return max(1, round((start - now) / timedelta(minutes=1)))
