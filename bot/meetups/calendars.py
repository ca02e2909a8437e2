"""Calendars to subscribe to: secret addresses, stored as hashes, and the calendars that they give."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete
from sqlmodel import col, select

from bot.communities import communities
from bot.communities.communities import name_in
from bot.communities.people import members, people
from bot.communities.rules.roles import Role
from bot.communities.rules.room_facts import RoomDirectory
from bot.i18n import DEFAULT, speaking
from bot.meetups import meetups, rsvps
from bot.meetups.ics import Entry, calendar
from bot.meetups.meetups import Meetup
from bot.meetups.rules.rsvp import REMINDED, Rsvp
from bot.meetups.tables import CalendarLink, MeetupSeries
from bot.meetups.texts import categories, heading
from bot.store.database import Transaction

ENDED = "rdv-team-calendar"
"""The timer that informs a team that the address of its calendar has stopped working; set by a migration."""
PAST_SHOWN = timedelta(days=90)
DOMAIN = "relais"
TOKEN_BYTES = 32


async def new_link(tx: Transaction, *, account: str, now: datetime, person: str, community: str | None = None) -> str:
    """A new token for a person's own calendar, or for a community's while that person is in its team. The one before
    stops working. Only its hash is stored."""
    await revoke(tx, account=account, person=None if community else person, community=community)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    tx.add(CalendarLink(token_hash=_hash(token), account=account, person=person, community=community, created_at=now))
    await tx.flush()
    return token


async def revoke(tx: Transaction, *, account: str, person: str | None = None, community: str | None = None) -> bool:
    """Make an address stop working; False when there was none.

    With `community` it is that community's calendar: whoever asked for it, or, with `person`, only if they did.
    """
    if person is None and community is None:
        raise ValueError("a calendar is a person's or a community's")
    mine: list[ColumnElement[bool]] = [
        col(CalendarLink.account) == account,
        col(CalendarLink.community) == community if community else col(CalendarLink.community).is_(None),
    ]
    if person is not None:
        mine.append(col(CalendarLink.person) == person)
    return bool((await tx.exec(delete(CalendarLink).where(*mine))).rowcount)


async def has_link(tx: Transaction, person: str) -> bool:
    """Whether the person asked for any address."""
    return (await tx.exec(select(CalendarLink.id).where(CalendarLink.person == person).limit(1))).first() is not None


async def people_of(tx: Transaction, community: str) -> set[str]:
    """The people who asked for the address of a community's calendar."""
    found = await tx.exec(select(CalendarLink.person).where(CalendarLink.community == community))
    return {person for person in found if person is not None}


async def communities_of(tx: Transaction, token: str, now: datetime) -> set[str]:
    """The communities whose members must be known before the feed of a token is read."""
    link = await _link(tx, token)
    if link is None or link.person is None:
        return set()
    if link.community is not None:
        return {link.community}
    return {meetup.series.community for meetup, _rsvp in await _answered(tx, link.person, now)}


async def feed(
    tx: Transaction, token: str, now: datetime, *, directory: RoomDirectory, operators: Collection[str] = ()
) -> bytes | None:
    """The calendar of a token, as its owner may read it now; None for a token that is unknown or revoked.

    Also None for a community's calendar once the person who asked for it has left its team.
    """
    link = await _link(tx, token)
    if link is None or link.person is None:
        return None
    if link.community is None:
        return await _of_person(tx, link.person, now, directory)
    community = await communities.get(tx, link.community)
    here = await members.is_member(tx, directory, link.person, link.community)
    roles = await people.roles(tx, link.person, community, directory=directory, here=here, operators=operators)
    return await _of_community(tx, link.community, now) if Role.MODERATOR in roles else None


async def _link(tx: Transaction, token: str) -> CalendarLink | None:
    return (await tx.exec(select(CalendarLink).where(CalendarLink.token_hash == _hash(token)))).first()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def _answered(tx: Transaction, person: str, now: datetime) -> list[tuple[Meetup, Rsvp]]:
    """The meet-ups they said yes or maybe to."""
    mine = await rsvps.of_person(tx, person, after=now - PAST_SHOWN)
    return [(meetup, rsvp) for meetup, rsvp in mine if rsvp.status in REMINDED]


async def _of_person(tx: Transaction, person: str, now: datetime, directory: RoomDirectory) -> bytes:
    """What they answered in the communities of which they are a member now, each meet-up as an event of its own."""
    mine = [meetup for meetup, _rsvp in await _answered(tx, person, now)]
    slugs = {meetup.series.community for meetup in mine}
    ours = {slug for slug in slugs if await members.is_member(tx, directory, person, slug)}
    with speaking(await people.language_of(tx, person) or DEFAULT):
        return calendar("Relais", [single(meetup, now) for meetup in mine if meetup.series.community in ours])


async def _of_community(tx: Transaction, slug: str, now: datetime) -> bytes:
    """Every series with its rule, and each occurrence that differs from it."""
    entries: list[Entry] = []
    community = await communities.get(tx, slug)
    with speaking(community.language if community else DEFAULT):
        for series in await meetups.every_series(tx, slug):
            entries += await _series(tx, series, now)
        return calendar(name_in(community, community.language) if community else slug, entries)


async def _series(tx: Transaction, series: MeetupSeries, now: datetime) -> list[Entry]:
    """The entries of a series: its rule and what differs from it; of a stopped one its occurrences one by one."""
    if series.rrule is None or series.status != meetups.OPEN:
        return [single(meetup, now) for meetup in await meetups.every_occurrence(tx, series)]
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
        rings=bool(meetups.plan_of(series).next(now, 1)),
    )
    return [master, *(_override(meetup, now) for meetup in changed)]


def _override(meetup: Meetup, now: datetime) -> Entry:
    """An occurrence that was moved or cancelled, by the name that the rule gave it."""
    named = datetime.fromisoformat(meetup.row.named)
    return _occurrence(meetup, now, uid=f"{meetup.series.uid}@{DOMAIN}", named=named)


def single(meetup: Meetup, now: datetime) -> Entry:
    """A meet-up by itself, under an id that never changes."""
    if meetup.series.rrule is None:
        return _occurrence(meetup, now, uid=f"{meetup.series.uid}@{DOMAIN}")
    named = datetime.fromisoformat(meetup.row.named)
    return _occurrence(meetup, now, uid=f"{meetup.series.uid}-{named:%Y%m%dT%H%M}@{DOMAIN}")


def file(meetup: Meetup, now: datetime) -> bytes:
    """The meet-up alone, to be put into a calendar once."""
    return calendar(meetup.title, [single(meetup, now)])


def _occurrence(meetup: Meetup, now: datetime, *, uid: str, named: datetime | None = None) -> Entry:
    row = meetup.row
    return _entry(
        meetup.series,
        uid=uid,
        start=datetime.fromisoformat(row.civil),
        length=timedelta(minutes=row.length) if row.length is not None else None,
        changed_at=row.changed_at,
        named=named,
        sequence=row.sequence,
        cancelled=meetup.cancelled,
        rings=meetup.start > now,
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
    rings: bool,
) -> Entry:
    return Entry(
        uid=uid,
        title=heading(series.title, kind=series.kind, territory=series.territory, external=series.external),
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
        categories=categories(series),
        rings=rings,
    )
