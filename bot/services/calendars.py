"""Calendars to subscribe to: secret addresses, kept as hashes, and what stands behind them."""

import hashlib
import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete
from sqlmodel import col, select

from bot.domain.rsvp import REMINDED
from bot.services import communities, meetups, rsvps
from bot.services.ics import Entry, calendar
from bot.services.meetups import Meeting
from bot.store.database import Transaction
from bot.store.meetup_tables import CalendarLink, MeetupSeries

PAST_SHOWN = timedelta(days=90)
DOMAIN = "relais"
TOKEN_BYTES = 32


async def new_link(
    tx: Transaction, *, account: str, now: datetime, person: str | None = None, community: str | None = None
) -> str:
    """A token for a person's calendar, or for a community's; the one before stops working. It is shown only now."""
    await revoke(tx, account=account, person=person, community=community)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    tx.add(CalendarLink(token_hash=_hash(token), account=account, person=person, community=community, created_at=now))
    await tx.flush()
    return token


async def revoke(tx: Transaction, *, account: str, person: str | None = None, community: str | None = None) -> bool:
    """The address stops working; False when there was none."""
    if person is None and community is None:
        raise ValueError("a calendar is a person's or a community's")
    mine: list[ColumnElement[bool]] = [
        col(CalendarLink.account) == account,
        col(CalendarLink.person) == person if person else col(CalendarLink.person).is_(None),
        col(CalendarLink.community) == community if community else col(CalendarLink.community).is_(None),
    ]
    return bool((await tx.exec(delete(CalendarLink).where(*mine))).rowcount)


async def feed(tx: Transaction, token: str, now: datetime) -> bytes | None:
    """The calendar behind a token; None for one that was never given, or is revoked."""
    found = select(CalendarLink).where(CalendarLink.token_hash == _hash(token))
    link = (await tx.exec(found)).first()
    if link is None:
        return None
    if link.person is not None:
        return await _of_person(tx, link.person, now)
    assert link.community is not None
    return await _of_community(tx, link.community, now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def _of_person(tx: Transaction, person: str, now: datetime) -> bytes:
    """The meet-ups they said yes or maybe to, each as an event of its own."""
    mine = await rsvps.of_person(tx, person, after=now - PAST_SHOWN)
    return calendar("Relais", [single(meeting) for meeting, rsvp in mine if rsvp.status in REMINDED])


async def _of_community(tx: Transaction, slug: str, now: datetime) -> bytes:
    """Every series with its rule, and each occurrence that differs from it."""
    entries: list[Entry] = []
    for series in await meetups.every_series(tx, slug):
        entries += await _series(tx, series)
    community = await communities.get(tx, slug)
    return calendar(community.name["fr"] if community else slug, entries)


async def _series(tx: Transaction, series: MeetupSeries) -> list[Entry]:
    """A series that was stopped shows the occurrences that exist, one by one."""
    if series.rrule is None or series.status != meetups.OPEN:
        return [single(meeting) for meeting in await meetups.every_occurrence(tx, series)]
    changed = await meetups.changed_occurrences(tx, series)
    start = datetime.fromisoformat(series.start)
    length = timedelta(minutes=series.length) if series.length is not None else None
    master = _entry(
        series,
        uid=f"{series.uid}@{DOMAIN}",
        start=start,
        length=length,
        changed_at=series.created_at,
        rrule=series.rrule,
        excluded=tuple(map(datetime.fromisoformat, series.excluded)),
    )
    return [master, *(_override(meeting) for meeting in changed)]


def _override(meeting: Meeting) -> Entry:
    """An occurrence that was moved or cancelled, by the name that the rule gave it."""
    return _occurrence(meeting, uid=f"{meeting.series.uid}@{DOMAIN}", named=datetime.fromisoformat(meeting.row.named))


def single(meeting: Meeting) -> Entry:
    """A meet-up by itself, under an id that never changes."""
    if meeting.series.rrule is None:
        return _occurrence(meeting, uid=f"{meeting.series.uid}@{DOMAIN}")
    named = datetime.fromisoformat(meeting.row.named)
    return _occurrence(meeting, uid=f"{meeting.series.uid}-{named:%Y%m%dT%H%M}@{DOMAIN}")


def file(meeting: Meeting) -> bytes:
    """The meet-up alone, to be put into a calendar once."""
    return calendar(meeting.title, [single(meeting)])


def _occurrence(meeting: Meeting, *, uid: str, named: datetime | None = None) -> Entry:
    row = meeting.row
    return _entry(
        meeting.series,
        uid=uid,
        start=datetime.fromisoformat(row.civil),
        length=timedelta(minutes=row.length) if row.length is not None else None,
        changed_at=row.changed_at,
        named=named,
        sequence=row.sequence,
        cancelled=meeting.cancelled,
    )


def _entry(
    series: MeetupSeries,
    *,
    uid: str,
    start: datetime,
    length: timedelta | None,
    changed_at: datetime,
    rrule: str | None = None,
    named: datetime | None = None,
    sequence: int = 0,
    cancelled: bool = False,
    excluded: tuple[datetime, ...] = (),
) -> Entry:
    return Entry(
        uid=uid,
        title=series.title,
        start=start,
        zone=ZoneInfo(series.zone),
        length=length,
        changed_at=changed_at,
        all_day=series.all_day,
        rrule=rrule,
        named=named,
        sequence=sequence,
        cancelled=cancelled,
        place=series.place,
        link=series.link,
        excluded=excluded,
    )
