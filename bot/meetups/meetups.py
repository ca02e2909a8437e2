"""Meet-ups: published from a plan, created some weeks ahead, moved and cancelled one by one."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.communities import rooms
from bot.communities.figures.per_week import per_week
from bot.communities.rules.weeks import Weeks
from bot.mailbox.sending.outbox import Card
from bot.meetups.rules.plan import Plan
from bot.meetups.tables import MeetupRow, MeetupSeries
from bot.meetups.texts import heading
from bot.registers import territories
from bot.store.database import Transaction
from bot.time.recurrence import instant, occurrences

PUBLISHED, CANCELLED = "published", "cancelled"
OPEN, STOPPED = "open", "stopped"
AHEAD = 3
HORIZON = timedelta(days=35)
MOST_AHEAD = 40
"""The next AHEAD occurrences exist, and those within HORIZON; at most MOST_AHEAD of a series."""
MORNING = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class Meetup:
    """One meet-up with all that belongs to it."""

    row: MeetupRow
    series: MeetupSeries

    @property
    def id(self) -> int:
        assert self.row.id is not None
        return self.row.id

    @property
    def reference(self) -> str:
        return f"R-{self.id}"

    @property
    def title(self) -> str:
        return self.series.title

    @property
    def start(self) -> datetime:
        return self.row.starts_at

    @property
    def end(self) -> datetime | None:
        return self.row.ends_at

    @property
    def reminds_from(self) -> datetime:
        """What reminders count back from: the start, or nine in the morning of a whole day."""
        if not self.series.all_day:
            return self.start
        return instant(datetime.fromisoformat(self.row.civil) + MORNING, self.zone)

    @property
    def over_at(self) -> datetime:
        """When it is over; one without an end counts as lasting two hours."""
        return self.end or self.start + timedelta(hours=2)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.series.zone)

    @property
    def heading(self) -> str:
        """The title, with its kind and territory, and whether others hold it."""
        series = self.series
        return heading(self.title, kind=series.kind, territory=series.territory, external=series.external)

    @property
    def capacity(self) -> int | None:
        """How many places there are; no limit where others hold the meet-up and count for themselves."""
        if self.series.external:
            return None
        return self.row.capacity if self.row.capacity is not None else self.series.capacity

    def is_for(self, territory: str) -> bool:
        """Whether it has a territory, which is this one, lies in it or lies around it."""
        own = self.series.territory
        return own is not None and territories.near_each_other(own, territory)

    @property
    def cancelled(self) -> bool:
        return self.row.status == CANCELLED


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether a card of the meet-up still waits for answers."""
    meetup = await get(tx, int(item))
    return meetup is not None and not meetup.cancelled and now < meetup.over_at


def plan_of(series: MeetupSeries) -> Plan:
    """The plan from which a series was made."""
    return Plan(
        title=series.title,
        start=series.start,
        zone=series.zone,
        length=series.length,
        all_day=series.all_day,
        rrule=series.rrule,
        place=series.place,
        online=series.online,
        link=series.link,
        capacity=series.capacity,
        external=series.external,
        kind=series.kind,
        territory=series.territory,
        excluded=tuple(series.excluded),
    )


async def publish(
    tx: Transaction, plan: Plan, *, account: str, community: str, room_id: str, organiser: str, now: datetime
) -> list[Meetup]:
    """Create the series and its next occurrences; returns those, in order."""
    series = MeetupSeries(
        account=account,
        community=community,
        room_id=room_id,
        uid=secrets.token_hex(16),
        organiser=organiser,
        created_at=now,
        **{name: value for name, value in plan.json.items() if name != "assumed"},
    )
    tx.add(series)
    await tx.flush()
    return await extend(tx, series, now=now)


async def extend(tx: Transaction, series: MeetupSeries, *, now: datetime) -> list[Meetup]:
    """Create the occurrences that are missing; returns all that are still to come, in order."""
    if series.status == OPEN:
        plan = plan_of(series)
        upcoming = occurrences(plan.series, after=now, limit=MOST_AHEAD)
        wanted = [one for place, one in enumerate(upcoming) if place < AHEAD or one.start <= now + HORIZON]
        known = {row.named for row in await tx.exec(select(MeetupRow).where(MeetupRow.series == series.id))}
        for one in wanted:
            if one.named.isoformat() not in known:
                tx.add(_row(series, one.named, now))
        await tx.flush()
    return [meetup for meetup in await of_series(tx, series) if meetup.start >= now]


def _row(series: MeetupSeries, named: datetime, now: datetime) -> MeetupRow:
    assert series.id is not None
    row = MeetupRow(
        series=series.id, named=named.isoformat(), civil="", length=series.length, starts_at=now, changed_at=now
    )
    _set_time(row, series, named)
    return row


def _set_time(row: MeetupRow, series: MeetupSeries, civil: datetime) -> None:
    row.civil = civil.isoformat()
    row.starts_at = instant(civil, ZoneInfo(series.zone))
    length = timedelta(minutes=row.length) if row.length is not None else None
    row.ends_at = row.starts_at.astimezone(UTC) + length if length is not None else None


async def get(tx: Transaction, identity: int, *, lock: bool = False) -> Meetup | None:
    """A meet-up; `lock` keeps it for us until the transaction ends, so that answers come one after another."""
    row = await tx.get(MeetupRow, identity, with_for_update=lock)
    series = await tx.get(MeetupSeries, row.series) if row else None
    return Meetup(row, series) if row and series else None


async def community_of(tx: Transaction, identity: int | str) -> str | None:
    """The community of a meet-up."""
    return next(iter(await belongs_to(tx, identity)), None)


async def belongs_to(tx: Transaction, item: int | str) -> Sequence[str]:
    """The community whose meet-up it is."""
    held = select(MeetupSeries.community).join(MeetupRow, col(MeetupRow.series) == col(MeetupSeries.id))
    return list(await tx.exec(held.where(MeetupRow.id == int(item))))


def ids_of(community: str) -> SelectOfScalar[Any]:
    """A statement for the numbers of all meet-ups of a community, to be part of another one."""
    series = select(MeetupSeries.id).where(MeetupSeries.community == community)
    ours: SelectOfScalar[Any] = select(col(MeetupRow.id))
    return ours.where(col(MeetupRow.series).in_(series))


async def begun(tx: Transaction, community: str, weeks: Weeks, *, until: datetime) -> Sequence[int]:
    """How many meet-ups of a community's own began in each week, without the cancelled ones."""
    own = select(MeetupSeries.id).where(MeetupSeries.community == community, col(MeetupSeries.external).is_(False))
    took_place = (col(MeetupRow.status) == PUBLISHED, col(MeetupRow.starts_at) <= until)
    return await per_week(tx, col(MeetupRow.starts_at), weeks, col(MeetupRow.series).in_(own), *took_place)


async def held_by(tx: Transaction, person: str, *, after: datetime) -> list[Meetup]:
    """The meet-ups after an instant that a person organises."""
    to_come = (col(MeetupRow.starts_at) >= after, col(MeetupRow.status) == PUBLISHED)
    return await _found(tx, MeetupSeries.organiser == person, *to_come)


async def series_by_id(tx: Transaction, identity: int) -> MeetupSeries | None:
    """The series of an id."""
    return await tx.get(MeetupSeries, identity, with_for_update=True)


async def of_series(tx: Transaction, series: MeetupSeries) -> list[Meetup]:
    """The occurrences of a series that are not cancelled, in order of start."""
    return await _found(tx, MeetupRow.series == series.id, col(MeetupRow.status) == PUBLISHED)


async def upcoming(
    tx: Transaction,
    communities: Sequence[str],
    *,
    now: datetime,
    before: datetime | None = None,
    limit: int = 100,
    here: str | None = None,
    everywhere: bool = False,
) -> list[Meetup]:
    """The next meet-ups of some communities, those that are on included, soonest first.

    Those of rooms that we made for some members are for these alone: of them only `here`, or with `everywhere`.
    """
    conditions = [
        col(MeetupSeries.community).in_(communities),
        col(MeetupRow.status) == PUBLISHED,
        (col(MeetupRow.ends_at) > now) | (col(MeetupRow.starts_at) > now),
    ]
    if before is not None:
        conditions.append(col(MeetupRow.starts_at) < before)
    if not everywhere:
        conditions.append(col(MeetupSeries.room_id).not_in(rooms.own()) | (col(MeetupSeries.room_id) == here))
    return await _found(tx, *conditions, limit=limit)


async def every_occurrence(tx: Transaction, series: MeetupSeries) -> list[Meetup]:
    """All that was ever created of a series, cancelled ones too."""
    return await _found(tx, MeetupRow.series == series.id)


async def changed_occurrences(tx: Transaction, series: MeetupSeries) -> list[Meetup]:
    """The occurrences that differ from the rule: moved or cancelled."""
    return await _found(tx, MeetupRow.series == series.id, col(MeetupRow.sequence) > 0)


async def every_series(tx: Transaction, community: str) -> Sequence[MeetupSeries]:
    """The series of a community, stopped ones too, but those of rooms that we made for some members."""
    rows = select(MeetupSeries).where(MeetupSeries.community == community)
    rows = rows.where(col(MeetupSeries.room_id).not_in(rooms.own()))
    return (await tx.exec(rows.order_by(col(MeetupSeries.id)))).all()


async def _found(tx: Transaction, *conditions: ColumnElement[bool] | bool, limit: int = 1000) -> list[Meetup]:
    rows: Any = select(MeetupRow, MeetupSeries).join(MeetupSeries, col(MeetupRow.series) == col(MeetupSeries.id))
    ordered = rows.where(*conditions).order_by(col(MeetupRow.starts_at), col(MeetupRow.id)).limit(limit)
    return [Meetup(row, series) for row, series in await tx.exec(ordered)]


# ── changes ───────────────────────────────────────────────────────────────────────────────────────────────


async def follow(tx: Transaction, old: str, new: str) -> None:
    """After a room upgrade, move its meet-ups to the new room."""
    await tx.exec(update(MeetupSeries).where(col(MeetupSeries.room_id) == old).values(room_id=new))


async def announce(tx: Transaction, meetup: Meetup, card: str) -> None:
    """Its card is in the outbox under this key."""
    meetup.row.card = card
    await _write(tx, meetup)


async def move(tx: Transaction, meetup: Meetup, civil: datetime, *, length: int | None, now: datetime) -> None:
    """This occurrence, and no other, starts at another civil time of its zone; `length` None keeps its own."""
    if length is not None:
        meetup.row.length = length
    _set_time(meetup.row, meetup.series, civil)
    await _change(tx, meetup, now)


async def cancel(tx: Transaction, meetup: Meetup, *, now: datetime) -> None:
    """This occurrence, and no other, does not take place."""
    meetup.row.status = CANCELLED
    await _change(tx, meetup, now)


async def stop(tx: Transaction, series: MeetupSeries) -> None:
    """Stop a series: no further occurrence is created."""
    series.status = STOPPED
    tx.add(series)
    await tx.flush()


async def set_capacity(tx: Transaction, meetup: Meetup, capacity: int) -> None:
    """Other places for this occurrence."""
    meetup.row.capacity = capacity
    await _write(tx, meetup)


async def set_link(tx: Transaction, meetup: Meetup, link: str, *, now: datetime) -> list[Meetup]:
    """By which people join this meet-up and those of its series after it; returns them all."""
    meetup.series.link, meetup.series.online = link, True
    return await _change_series(tx, meetup, now)


async def set_kind(tx: Transaction, meetup: Meetup, kind: str | None, *, now: datetime) -> list[Meetup]:
    """The kind of this meet-up and those of its series after it; returns them all."""
    meetup.series.kind = kind
    return await _change_series(tx, meetup, now)


async def set_territory(tx: Transaction, meetup: Meetup, territory: str | None, *, now: datetime) -> list[Meetup]:
    """The territory of this meet-up and those of its series after it; returns them all."""
    meetup.series.territory = territory
    return await _change_series(tx, meetup, now)


async def _change_series(tx: Transaction, meetup: Meetup, now: datetime) -> list[Meetup]:
    """The occurrences to come of a series that was changed."""
    tx.add(meetup.series)
    changed = [one for one in await of_series(tx, meetup.series) if one.start >= now and not one.cancelled]
    for one in changed:
        await _change(tx, one, now)
    return changed


async def set_attended(tx: Transaction, meetup: Meetup, attended: int) -> None:
    """How many came; never who."""
    meetup.row.attended = attended
    await _write(tx, meetup)


async def hand_over(tx: Transaction, series: MeetupSeries, organiser: str) -> None:
    """Make somebody else the organiser of the series."""
    series.organiser = organiser
    tx.add(series)
    await tx.flush()


async def _change(tx: Transaction, meetup: Meetup, now: datetime) -> None:
    meetup.row.sequence += 1
    meetup.row.changed_at = now
    await _write(tx, meetup)


async def _write(tx: Transaction, meetup: Meetup) -> None:
    tx.add(meetup.row)
    await tx.flush()
