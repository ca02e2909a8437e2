"""The timers of a meet-up: set when somebody answers, removed when they change their mind."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlmodel import col, select

from bot.communities.people import people
from bot.communities.settings.settings import value
from bot.mailbox.timers import Timers
from bot.meetups import meetups, settings
from bot.meetups.meetups import Meetup
from bot.meetups.rules.lead_time import Lead
from bot.meetups.rules.reminder_ladder import FOLLOW_UP_AFTER, PRIVATE, Rung, due_at, is_for
from bot.meetups.rules.rsvp import REMINDED, Rsvp, Status
from bot.meetups.settings import NAMES
from bot.meetups.tables import OwnReminder
from bot.store.database import Transaction
from bot.time.working_time import WorkingTime
from bot.volunteers import availability

WEEK, EVE, SOON = "rdv-week", "rdv-eve", "rdv-soon"
OWN, HOLD, NEWS = "rdv-own", "rdv-hold", "rdv-news"
PROMOTE, AFTER, FORGET, EXTEND = "rdv-promote", "rdv-after", "rdv-forget", "rdv-extend"
_KINDS = {Rung.EVE: EVE, Rung.SOON: SOON}


async def hours_of(tx: Transaction, person: str, zone: ZoneInfo) -> WorkingTime:
    """The hours in which a person may be disturbed: their own if they set any, in their own zone if they gave it.

    A rest does not count: people rest from requests for help, and still want reminders of meet-ups.
    """
    row = await availability.of(tx, person)
    own = await people.zone_of(tx, person) or row.time_zone
    return availability.working(row.hours, own or zone.key, row.region, None)


# ── of the whole meet-up ──────────────────────────────────────────────────────────────────────────────────


async def arm_meetup(tx: Transaction, timers: Timers, meetup: Meetup, *, now: datetime) -> None:
    """The room's reminder, the follow-up, and the end of what is kept; those already past are left out."""
    item, slug = str(meetup.id), meetup.series.community
    kept, ladder = await value(tx, slug, NAMES), await settings.ladder(tx, slug)
    working = WorkingTime(meetup.zone, ladder.hours)
    dues = {
        WEEK: due_at(Rung.WEEK, meetup.reminds_from, working, ladder),
        AFTER: working.next_opening(meetup.over_at + FOLLOW_UP_AFTER),
        FORGET: meetup.over_at + timedelta(days=kept),
    }
    for kind, due in dues.items():
        if due > now:
            await timers.set(tx, kind, item, due_at=due)
        else:
            await timers.cancel(tx, kind, item)


async def disarm_meetup(tx: Transaction, timers: Timers, meetup: Meetup) -> None:
    """It is cancelled: neither room nor waiting list hears of it again."""
    for kind in (WEEK, AFTER, PROMOTE):
        await timers.cancel(tx, kind, str(meetup.id))


# ── of one person's answer ────────────────────────────────────────────────────────────────────────────────


async def arm(
    tx: Transaction, timers: Timers, meetup: Meetup, row: int, rsvp: Rsvp | None, person: str, *, now: datetime
) -> None:
    """Set or cancel the timers of one answer, `row` being its number; `rsvp` None when it was taken back."""
    hours = await hours_of(tx, person, meetup.zone)
    ladder = await settings.ladder(tx, meetup.series.community)
    for rung in PRIVATE:
        due = due_at(rung, meetup.reminds_from, hours, ladder)
        wanted = rsvp is not None and is_for(rung, rsvp.status) and not meetup.cancelled and due > now
        wanted = wanted and not (rung is Rung.SOON and meetup.series.all_day)
        await _set(tx, timers, _KINDS[rung], str(row), due if wanted else None)
    held = rsvp.hold_until if rsvp and rsvp.status is Status.OFFERED and not meetup.cancelled else None
    await _set(tx, timers, HOLD, str(row), held)
    comes = rsvp is not None and rsvp.status in REMINDED
    refuses = rsvp is not None and rsvp.status is Status.NO
    for own in await _habits_and_own(tx, person, meetup.id):
        wanted = comes if own.meetup is None else not refuses
        await _arm_own(tx, timers, meetup, own, hours, wanted=wanted, now=now)


async def arm_own(tx: Transaction, timers: Timers, meetup: Meetup, person: str, *, now: datetime) -> None:
    """The reminders that a person added for this one meet-up: after a move, or when it is cancelled."""
    hours = await hours_of(tx, person, meetup.zone)
    for own in await _own(tx, person, meetup.id):
        await _arm_own(tx, timers, meetup, own, hours, wanted=True, now=now)


async def _arm_own(
    tx: Transaction,
    timers: Timers,
    meetup: Meetup,
    own: OwnReminder,
    hours: WorkingTime,
    *,
    wanted: bool,
    now: datetime,
) -> None:
    due = when(Lead(own.days, own.minutes), meetup, hours)
    keep = wanted and not meetup.cancelled and due > now
    await _set(tx, timers, OWN, f"{own.id}.{meetup.id}", due if keep else None)


def when(lead: Lead, meetup: Meetup, hours: WorkingTime) -> datetime:
    """The instant of somebody's own reminder: days before inside their hours, minutes before to the minute."""
    due = lead.before(meetup.reminds_from, hours.zone)
    return hours.last_open(due) if lead.days else due


async def _set(tx: Transaction, timers: Timers, kind: str, item: str, due: datetime | None) -> None:
    if due is None:
        await timers.cancel(tx, kind, item)
    else:
        await timers.set(tx, kind, item, due_at=due)


# ── one's own reminders ───────────────────────────────────────────────────────────────────────────────────


async def habits(tx: Transaction, person: str) -> Sequence[OwnReminder]:
    """The reminders that a person wants for every meet-up they come to."""
    rows = select(OwnReminder).where(OwnReminder.person == person, col(OwnReminder.meetup).is_(None))
    return (await tx.exec(rows.order_by(col(OwnReminder.id)))).all()


async def own_reminder(tx: Transaction, identity: int) -> OwnReminder | None:
    """A person's own reminder, by its number."""
    return await tx.get(OwnReminder, identity)


async def community_of(tx: Transaction, item: str) -> str | None:
    """The community of the meet-up in the item of an OWN timer."""
    return await meetups.community_of(tx, item.partition(".")[2])


async def _own(tx: Transaction, person: str, meetup: int) -> Sequence[OwnReminder]:
    rows = select(OwnReminder).where(OwnReminder.person == person, OwnReminder.meetup == meetup)
    return (await tx.exec(rows)).all()


async def _habits_and_own(tx: Transaction, person: str, meetup: int) -> Sequence[OwnReminder]:
    either = col(OwnReminder.meetup).is_(None) | (col(OwnReminder.meetup) == meetup)
    return (await tx.exec(select(OwnReminder).where(OwnReminder.person == person, either))).all()


async def people_with_own(tx: Transaction, meetup: Meetup) -> set[str]:
    """Who added a reminder for this meet-up."""
    return set(await tx.exec(select(OwnReminder.person).where(OwnReminder.meetup == meetup.id)))


async def has_own(tx: Transaction, person: str) -> bool:
    """Whether the person added a reminder for some meet-up."""
    mine = (OwnReminder.person == person, col(OwnReminder.meetup).is_not(None))
    return (await tx.exec(select(OwnReminder.id).where(*mine).limit(1))).first() is not None


async def add_own(
    tx: Transaction, person: str, lead: Lead, *, account: str, meetup: int | None = None
) -> OwnReminder | None:
    """Store a reminder; None when the person has the same already."""
    same = select(OwnReminder).where(
        OwnReminder.person == person,
        OwnReminder.days == lead.days,
        OwnReminder.minutes == lead.minutes,
        OwnReminder.meetup == meetup if meetup is not None else col(OwnReminder.meetup).is_(None),
    )
    if (await tx.exec(same)).first() is not None:
        return None
    own = OwnReminder(account=account, person=person, meetup=meetup, days=lead.days, minutes=lead.minutes)
    tx.add(own)
    await tx.flush()
    return own


async def remove_own(tx: Transaction, timers: Timers, person: str, meetup: Meetup) -> int:
    """Take back what the person added for this meet-up; returns how many."""
    mine = await _own(tx, person, meetup.id)
    for own in mine:
        await timers.cancel(tx, OWN, f"{own.id}.{meetup.id}")
        await tx.exec(delete(OwnReminder).where(col(OwnReminder.id) == own.id))
    return len(mine)


async def drop_habits(tx: Transaction, timers: Timers, person: str, upcoming: Sequence[Meetup]) -> int:
    """The person wants none for every meet-up any more; `upcoming` are those to come. Returns how many it were."""
    mine = await habits(tx, person)
    for own in mine:
        for meetup in upcoming:
            await timers.cancel(tx, OWN, f"{own.id}.{meetup.id}")
        await tx.exec(delete(OwnReminder).where(col(OwnReminder.id) == own.id))
    return len(mine)
