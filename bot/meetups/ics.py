"""Meet-ups as iCalendar (RFC 5545): bytes that any calendar reads. No name of a person, no text of a room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event
from icalendar.prop import vRecur

PRODUCT = "-//Relais//Relais//FR"
ALARM_BEFORE, EVE = timedelta(hours=1), timedelta(hours=6)
"""Before the start; before the midnight at which whole days begin, so that they ring at 18:00 the evening before."""
USUAL_LENGTH = timedelta(hours=1)
"""Of what was planned without an end: some calendars show nothing that takes no time."""
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: a single meeting, a whole series, or the `named` occurrence of one that differs from its rule.

    `start` is civil time in `zone`. `sequence` grows with each change that readers must take over. `rings`: it has an
    alarm, which what is over has not.
    """

    uid: str
    title: str
    start: datetime
    zone: ZoneInfo
    length: timedelta | None
    changed_at: datetime
    all_day: bool = False
    rrule: str | None = None
    named: datetime | None = None
    sequence: int = 0
    cancelled: bool = False
    place: str | None = None
    link: str | None = None
    excluded: tuple[datetime, ...] = ()
    categories: tuple[str, ...] = ()
    rings: bool = True


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """A whole calendar, with the rules of every zone in it."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("calscale", "GREGORIAN")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        made.add_component(_event(entry))
    made.add_missing_timezones()
    content: bytes = made.to_ical()
    return content


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("dtstart", _time(entry, entry.start))
    event.add("dtend", _end(entry))
    _add_recurrence(event, entry)
    if entry.categories:
        event.add("categories", list(entry.categories))
    if entry.place or entry.link:
        event.add("location", entry.place or entry.link)
    if entry.link:
        event.add("url", entry.link)
        event.add("description", entry.link)
    if entry.rings and not entry.cancelled:
        event.add_component(_alarm(entry))
    return event


def _add_recurrence(event: Event, entry: Entry) -> None:
    if entry.rrule is not None:
        event.add("rrule", vRecur.from_ical(_rule(entry)))
    if entry.excluded:
        event.add("exdate", [_time(entry, civil) for civil in entry.excluded])
    if entry.named is not None:
        event.add("recurrence-id", _time(entry, entry.named))


def _rule(entry: Entry) -> str:
    """UNTIL has the type of DTSTART: a date for whole days, else an instant in UTC."""
    if not entry.all_day:
        return entry.rrule or ""
    parts = (entry.rrule or "").split(";")
    return ";".join(_day_of(part, entry.zone) if part.startswith("UNTIL=") else part for part in parts)


def _day_of(until: str, zone: ZoneInfo) -> str:
    if not until.endswith("Z"):
        return until[: len("UNTIL=20270630")]
    moment = datetime.strptime(until, "UNTIL=%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return f"UNTIL={moment.astimezone(zone):%Y%m%d}"


def _time(entry: Entry, civil: datetime) -> datetime | date:
    return civil.date() if entry.all_day else civil.replace(tzinfo=entry.zone)


def _end(entry: Entry) -> datetime | date:
    """The end: of whole days the day after the last, as the RFC wants; else `length` of real time after the start."""
    if entry.all_day:
        return entry.start.date() + timedelta(days=max(1, round((entry.length or USUAL_LENGTH) / timedelta(days=1))))
    start = entry.start.replace(tzinfo=entry.zone)
    return (start.astimezone(UTC) + (entry.length or USUAL_LENGTH)).astimezone(entry.zone)


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -(EVE if entry.all_day else ALARM_BEFORE))
    alarm.add("description", entry.title)
    return alarm
