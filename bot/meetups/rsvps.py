"""Answers to meet-ups: changes one roster and its timers in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col, select

from bot.communities.settings import settings
from bot.mailbox.timers import Timers
from bot.meetups import meetups, reminder_timers
from bot.meetups.meetups import Meetup
from bot.meetups.reminder_timers import NEWS, PROMOTE
from bot.meetups.rules import rsvp as rules
from bot.meetups.rules.rsvp import Answer, Promotion, Roster, Rsvp, Status
from bot.meetups.settings import AUTOMATIC, HELD
from bot.meetups.tables import MeetupRow, MeetupSeries, RsvpRow
from bot.store import audit
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Outcome:
    """The roster before and after a change."""

    before: Roster
    after: Roster

    @property
    def changed(self) -> bool:
        return self.before != self.after


async def roster(tx: Transaction, meetup: Meetup) -> Roster:
    """Every answer to a meet-up; get the meet-up with `lock` before changing it."""
    return Roster(meetup.capacity, tuple(_rsvp(row) for row in await _rows(tx, meetup)))


async def _rows(tx: Transaction, meetup: Meetup) -> Sequence[RsvpRow]:
    return (await tx.exec(select(RsvpRow).where(RsvpRow.meetup == meetup.id).order_by(col(RsvpRow.id)))).all()


def _rsvp(row: RsvpRow) -> Rsvp:
    return Rsvp(row.person, Status(row.status), (row.ranked_at, row.ranked_by), row.hold_until, row.passed_over)


async def numbers(tx: Transaction, meetup: Meetup, *statuses: Status) -> list[tuple[int, str]]:
    """The number of each answer with one of these statuses, and who gave it."""
    return [(row.id or 0, row.person) for row in await _rows(tx, meetup) if Status(row.status) in statuses]


async def by_id(tx: Transaction, identity: int) -> tuple[int, Rsvp] | None:
    """The meet-up's id and the answer, of an answer's number."""
    row = await tx.get(RsvpRow, identity)
    return (row.meetup, _rsvp(row)) if row else None


async def community_of(tx: Transaction, item: str) -> str | None:
    """The community of the meet-up of an answer's number."""
    found = await by_id(tx, int(item))
    return await meetups.community_of(tx, found[0]) if found is not None else None


async def people(tx: Transaction, community: str, *, since: datetime, until: datetime) -> int:
    """How many people had said yes to a meet-up that began in a time."""
    here = col(MeetupRow.id).in_(meetups.ids_of(community))
    then = (col(MeetupRow.starts_at) >= since, col(MeetupRow.starts_at) <= until)
    coming = select(func.count(col(RsvpRow.person).distinct())).join(
        MeetupRow, col(RsvpRow.meetup) == col(MeetupRow.id)
    )
    return (await tx.exec(coming.where(here, *then, col(RsvpRow.status).in_(rules.COMING)))).one()


async def of_person(tx: Transaction, person: str, *, after: datetime) -> list[tuple[Meetup, Rsvp]]:
    """What a person answered to meet-ups that are not over."""
    rows: Any = (
        select(RsvpRow, MeetupRow, MeetupSeries)
        .join(MeetupRow, col(RsvpRow.meetup) == col(MeetupRow.id))
        .join(MeetupSeries, col(MeetupRow.series) == col(MeetupSeries.id))
        .where(RsvpRow.person == person, col(MeetupRow.starts_at) >= after)
        .order_by(col(MeetupRow.starts_at))
    )
    return [(Meetup(found, series), _rsvp(row)) for row, found, series in await tx.exec(rows)]


async def number_of(tx: Transaction, meetup: Meetup, person: str) -> int | None:
    """The number of a person's answer; None when they gave none."""
    return (await _row(tx, meetup, person)).id


async def has_answered(tx: Transaction, person: str) -> bool:
    """Whether an answer of this person to any meet-up is still stored."""
    return (await tx.exec(select(RsvpRow.id).where(RsvpRow.person == person).limit(1))).first() is not None


async def people_of(tx: Transaction, community: str, *, after: datetime) -> set[str]:
    """All who answered to meet-ups of a community that begin after this instant."""
    rows: Any = (
        select(RsvpRow.person)
        .join(MeetupRow, col(RsvpRow.meetup) == col(MeetupRow.id))
        .join(MeetupSeries, col(MeetupRow.series) == col(MeetupSeries.id))
        .where(MeetupSeries.community == community, col(MeetupRow.starts_at) >= after)
    )
    return set(await tx.exec(rows.distinct()))


# ── what people do ────────────────────────────────────────────────────────────────────────────────────────


async def answer(
    tx: Transaction,
    timers: Timers,
    meetup: Meetup,
    person: str,
    said: Answer,
    *,
    rank: tuple[datetime, str],
    now: datetime,
) -> Outcome:
    """Record an answer; whoever waits moves up when that frees a seat."""
    before = await roster(tx, meetup)
    late = rules.promotion(now, meetup.start) is Promotion.NOTHING
    return await _settle(tx, timers, meetup, before, before.answer(person, said, rank=rank, first_come=late), now)


async def withdraw(tx: Transaction, timers: Timers, meetup: Meetup, person: str, *, now: datetime) -> Outcome:
    """Somebody takes their answer back."""
    before = await roster(tx, meetup)
    return await _settle(tx, timers, meetup, before, before.withdraw(person), now)


async def lapse(tx: Transaction, timers: Timers, meetup: Meetup, person: str, *, now: datetime) -> Outcome:
    """What was held for somebody is held no longer."""
    before = await roster(tx, meetup)
    return await _settle(tx, timers, meetup, before, before.lapse(person), now)


async def fill(tx: Transaction, timers: Timers, meetup: Meetup, *, now: datetime) -> Outcome:
    """Seats may have become free: there are more of them, or somebody can be asked again."""
    before = await roster(tx, meetup)
    return await _settle(tx, timers, meetup, before, before, now)


async def moved(tx: Transaction, timers: Timers, meetup: Meetup, *, now: datetime) -> Outcome:
    """The meet-up has another time: every answer and every timer follows."""
    before = await roster(tx, meetup)
    outcome = await _settle(tx, timers, meetup, before, before.move(), now)
    await rearm(tx, timers, meetup, now=now)
    return outcome


async def rearm(tx: Transaction, timers: Timers, meetup: Meetup, *, now: datetime) -> None:
    """Set, move or take away every person's timers as the meet-up is now."""
    rows = await _rows(tx, meetup)
    for row in rows:
        assert row.id is not None
        await reminder_timers.arm(tx, timers, meetup, row.id, _rsvp(row), row.person, now=now)
        if meetup.cancelled:
            await timers.cancel(tx, NEWS, str(row.id))
    for person in sorted(await reminder_timers.people_with_own(tx, meetup) - {row.person for row in rows}):
        await reminder_timers.arm_own(tx, timers, meetup, person, now=now)


async def rearm_person(tx: Transaction, timers: Timers, meetup: Meetup, person: str, *, now: datetime) -> None:
    """Set one person's timers as their answer and their habits are now."""
    row = await _row(tx, meetup, person)
    if row.id is not None:
        await reminder_timers.arm(tx, timers, meetup, row.id, _rsvp(row), person, now=now)


async def rearm_all(tx: Transaction, timers: Timers, person: str, *, now: datetime) -> None:
    """Set one person's timers of all meet-ups to come, when their hours, their zone or their habits changed."""
    for meetup, rsvp in await of_person(tx, person, after=now):
        await rearm_person(tx, timers, meetup, rsvp.person, now=now)


async def forget_names(tx: Transaction, meetup: Meetup) -> int:
    """Who answered is not kept for ever; returns how many answers there were."""
    return (await tx.exec(delete(RsvpRow).where(col(RsvpRow.meetup) == meetup.id))).rowcount


# ── the roster and its timers ─────────────────────────────────────────────────────────────────────────────


async def _settle(
    tx: Transaction, timers: Timers, meetup: Meetup, before: Roster, after: Roster, now: datetime
) -> Outcome:
    after = await _promoted(tx, timers, meetup, after, now)
    for was, rsvp in rules.changes(before, after):
        if rsvp is None:
            assert was is not None
            await _remove(tx, timers, meetup, was.person, now)
        else:
            await _keep(tx, timers, meetup, was, rsvp, now)
    return Outcome(before, after)


async def _promoted(tx: Transaction, timers: Timers, meetup: Meetup, roster: Roster, now: datetime) -> Roster:
    """Free seats go to those who wait. Nobody is asked outside their hours: the seat waits for them, too."""
    slug = meetup.series.community
    how = rules.promotion(now, meetup.start, automatic=await settings.value(tx, slug, AUTOMATIC))
    hour = await settings.value(tx, slug, HELD)
    while roster.waiting and roster.free != 0 and how is not Promotion.NOTHING and not meetup.cancelled:
        first = roster.waiting[0]
        if how is Promotion.OFFER:
            opens = (await reminder_timers.hours_of(tx, first.person, meetup.zone)).next_opening(now)
            if opens > now:
                await timers.set(tx, PROMOTE, str(meetup.id), due_at=opens)
                return roster
        roster = roster.promote(how, hold_until=rules.hold_until(now, meetup.start, meetup.zone, hour=hour))
    return roster


async def _keep(tx: Transaction, timers: Timers, meetup: Meetup, was: Rsvp | None, rsvp: Rsvp, now: datetime) -> None:
    row = await _row(tx, meetup, rsvp.person)
    before = was.status if was else Status.NONE
    row.status, row.hold_until, row.passed_over = rsvp.status.value, rsvp.hold_until, rsvp.passed_over
    row.ranked_at, row.ranked_by = rsvp.rank
    tx.add(row)
    await tx.flush()
    assert row.id is not None
    if rsvp.status is not before:
        audit.moved(tx, rules.LIFECYCLE.noun, row.id, before, rsvp.status)
    await reminder_timers.arm(tx, timers, meetup, row.id, rsvp, rsvp.person, now=now)
    await _set_news(tx, timers, meetup, row.id, was, rsvp, now)


async def _row(tx: Transaction, meetup: Meetup, person: str) -> RsvpRow:
    mine = select(RsvpRow).where(RsvpRow.meetup == meetup.id, RsvpRow.person == person)
    found = (await tx.exec(mine)).first()
    return found or RsvpRow(meetup=meetup.id, person=person, status="", ranked_at=meetup.start, ranked_by="")


async def _set_news(
    tx: Transaction, timers: Timers, meetup: Meetup, row: int, was: Rsvp | None, rsvp: Rsvp, now: datetime
) -> None:
    """Set a timer to inform somebody who waited and now has a seat (in their hours) or is offered one (at once)."""
    waited = was is not None and was.status is Status.WAITING
    if waited and rsvp.status is Status.OFFERED:
        await timers.set(tx, NEWS, str(row), due_at=now)
    elif waited and rsvp.status is Status.YES:
        hours = await reminder_timers.hours_of(tx, rsvp.person, meetup.zone)
        await timers.set(tx, NEWS, str(row), due_at=max(now, hours.next_opening(now)))
    else:
        await timers.cancel(tx, NEWS, str(row))


async def _remove(tx: Transaction, timers: Timers, meetup: Meetup, person: str, now: datetime) -> None:
    row = await _row(tx, meetup, person)
    if row.id is not None:
        await reminder_timers.arm(tx, timers, meetup, row.id, None, person, now=now)
        await timers.cancel(tx, NEWS, str(row.id))
        audit.moved(tx, rules.LIFECYCLE.noun, row.id, row.status, Status.NONE)
        await tx.exec(delete(RsvpRow).where(col(RsvpRow.id) == row.id))
