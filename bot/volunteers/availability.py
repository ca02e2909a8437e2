"""When and how often a volunteer may be asked, and who is their delegate."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_
from sqlmodel import col, select

from bot.communities import Community
from bot.store.database import Transaction
from bot.time.hours import OFFICE_HOURS, Hours, Span
from bot.time.public_holidays import METROPOLE
from bot.time.working_time import WorkingTime
from bot.volunteers.rules.absence import Absence, Away, closes_a_circle
from bot.volunteers.tables import Availability, Expert

Week = tuple[tuple[int, int, int], ...]


async def of(tx: Transaction, person: str, *, lock: bool = False) -> Availability:
    """What the person has set; what is usual for somebody who set nothing. `lock`: until the transaction ends."""
    found = await tx.get(Availability, person, with_for_update=lock)
    if found is None and lock:
        await ensure(tx, person)
        found = await tx.get(Availability, person, with_for_update=True)
    return found or Availability(person=person)


async def ensure(tx: Transaction, person: str) -> None:
    """Create the person's row, with defaults, if there is none: to lock it or write to it."""
    usual = {"open_cap": 2, "month_cap": 2, "paused": False, "unanswered": 0}
    await tx.insert_new(Availability, {"person": person} | usual)


async def keep(tx: Transaction, row: Availability) -> None:
    """Store a changed row."""
    await tx.merge(row)
    await tx.flush()


async def move(tx: Transaction, person: str, zone: str) -> None:
    """Change the time zone of a person's hours, if they have set any."""
    row = await tx.get(Availability, person)
    if row is not None:
        row.time_zone = zone
        await keep(tx, row)


async def observe(tx: Transaction, person: str, region: str) -> None:
    """Count the public holidays of this region, one of `public_holidays.REGIONS`, as the person's."""
    row = await of(tx, person, lock=region != METROPOLE)
    if (row.region or METROPOLE) != region:
        row.region = region
        await keep(tx, row)


def is_away(row: Availability, now: datetime, *, zone: str) -> bool:
    """Whether the person is away today by their own clock; `zone` is their community's, for those who set none."""
    if row.absent_from is None or row.absent_to is None:
        return False
    today = now.astimezone(ZoneInfo(row.time_zone or zone)).date()
    return Absence(row.absent_from, row.absent_to).covers(today)


def working_time(row: Availability, *, zone: str) -> WorkingTime:
    """The person's hours in their zone; `zone` is their community's, for those who set none."""
    return working(row.hours, row.time_zone or zone, row.region, row.rest_until)


def working(
    hours: list[list[int]] | None,
    zone: str,
    region: str | None,
    rest_until: date | None,
    *,
    usual: Hours = OFFICE_HOURS,
) -> WorkingTime:
    """Working time from stored values, in `usual` hours where none are stored.

    Equal values give the same object, so that it is computed once for thousands.
    """
    week = tuple((day, start, end) for day, start, end in hours) if hours else None
    return _working(week, zone, region or METROPOLE, rest_until, usual)


@lru_cache(maxsize=4096)
def _working(week: Week | None, zone: str, region: str, rest_until: date | None, usual: Hours) -> WorkingTime:
    hours = Hours.of(Span(*span) for span in week) if week else usual
    return WorkingTime(ZoneInfo(zone), hours, region, rest_until)


def next_opening(row: Availability, now: datetime, *, zone: str) -> datetime:
    """When the person may next be disturbed: within their hours, and after an absence."""
    own = working_time(row, zone=zone)
    opens = own.next_opening(now)
    if not is_away(row, opens, zone=zone) or row.absent_to is None:
        return opens
    return own.next_opening(datetime.combine(row.absent_to + timedelta(days=1), time(), own.zone))


def week_of(hours: Hours) -> list[list[int]]:
    """Hours in the form in which they are stored."""
    return [[span.weekday, span.start, span.end] for span in hours.spans]


async def circle(tx: Transaction, person: str, delegate: str, *, first: date, last: date) -> bool:
    """Whether naming this delegate would send a request round in a circle during these days."""
    rows = select(Availability).where(
        col(Availability.delegate).is_not(None),
        col(Availability.absent_from) <= last,
        col(Availability.absent_to) >= first,
    )
    found: Sequence[Availability] = (await tx.exec(rows)).all()
    away: Away = {row.person: row.delegate for row in found}
    return closes_a_circle(person, delegate, away)


async def there_today(tx: Transaction, community: Community, *, now: datetime) -> int:
    """How many active volunteers of a community neither take a break nor are away, by the community's clock."""
    today = now.astimezone(ZoneInfo(community.time_zone)).date()
    away = and_(col(Availability.absent_from) <= today, col(Availability.absent_to) >= today)
    rests = or_(col(Availability.paused).is_(True), col(Availability.rest_until) >= today, away)
    resting = select(Availability.person).where(rests)
    active = (Expert.community == community.slug, col(Expert.own_yes).is_(True), col(Expert.team_yes).is_(True))
    return (await tx.exec(select(func.count()).where(*active, col(Expert.person).not_in(resting)))).one()
