"""Subscriptions of people to the news of their communities."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlmodel import col, select

from bot.communities import communities
from bot.communities.people import people
from bot.digest.rules.rhythm import next_after
from bot.digest.rules.wish import Wish
from bot.digest.tables import Subscription
from bot.store.database import Transaction

MOST = 20
"""Subscriptions of one person in one community."""


def wish_of(row: Subscription) -> Wish:
    return Wish(row.what, row.kind, row.topic, row.rhythm, row.territory)


async def of_person(tx: Transaction, person: str, community: str | None = None) -> Sequence[Subscription]:
    """A person's subscriptions, in all communities or in one, oldest first."""
    rows = select(Subscription).where(Subscription.person == person)
    if community is not None:
        rows = rows.where(Subscription.community == community)
    return (await tx.exec(rows.order_by(col(Subscription.id)))).all()


async def like(tx: Transaction, person: str, community: str, wish: Wish) -> Subscription | None:
    """The person's subscription to the same, whatever its rhythm."""
    same = (
        Subscription.what == wish.what,
        Subscription.kind == wish.kind,
        Subscription.topic == wish.topic,
        Subscription.territory == wish.territory,
    )
    mine = (Subscription.person == person, Subscription.community == community)
    return (await tx.exec(select(Subscription).where(*mine, *same))).first()


async def subscribe(
    tx: Transaction, person: str, community: str, wish: Wish, *, zone: ZoneInfo, now: datetime
) -> datetime:
    """Store a subscription, or the new rhythm of one that is there; returns when its first digest is due."""
    row = await like(tx, person, community, wish)
    due_at = next_after(now, zone, wish.rhythm)
    if row is None:
        row = Subscription(person=person, community=community, what=wish.what, since=now, rhythm="", due_at=due_at)
        row.kind, row.topic, row.territory = wish.kind, wish.topic, wish.territory
    row.rhythm, row.due_at = wish.rhythm, due_at
    tx.add(row)
    await tx.flush()
    return due_at


async def end(tx: Transaction, person: str, *, community: str | None = None, only: int | None = None) -> int:
    """End a person's subscriptions: all, those in a community, or a single one; returns how many."""
    rows = delete(Subscription).where(col(Subscription.person) == person)
    if community is not None:
        rows = rows.where(col(Subscription.community) == community)
    if only is not None:
        rows = rows.where(col(Subscription.id) == only)
    return (await tx.exec(rows)).rowcount


async def readers_due(tx: Transaction, *, now: datetime) -> Sequence[str]:
    """The people for whom a digest is due."""
    due = select(Subscription.person).where(col(Subscription.due_at) <= now).distinct()
    return (await tx.exec(due.order_by(col(Subscription.person)))).all()


async def due(tx: Transaction, person: str, *, now: datetime) -> Sequence[Subscription]:
    """A person's subscriptions that are due, locked until the transaction ends."""
    rows = select(Subscription).where(Subscription.person == person, col(Subscription.due_at) <= now)
    return (await tx.exec(rows.order_by(col(Subscription.id)).with_for_update())).all()


async def go_on(tx: Transaction, row: Subscription, *, zone: ZoneInfo, now: datetime, sent: bool) -> None:
    """Count the next digest; what this one had is not news any more, unless it was not `sent`."""
    row.due_at = next_after(now, zone, row.rhythm)
    if sent:
        row.since = now
    tx.add(row)
    await tx.flush()


async def any_of(tx: Transaction, person: str) -> bool:
    return (await tx.exec(select(Subscription.id).where(Subscription.person == person).limit(1))).first() is not None


async def people_of(tx: Transaction, community: str) -> set[str]:
    """Who subscribed to news of a community."""
    return set(await tx.exec(select(Subscription.person).where(Subscription.community == community)))


async def first_community(tx: Transaction, person: str) -> str | None:
    """The community whose members are loaded before a person's digest; those of the others as they are needed."""
    return next((row.community for row in await of_person(tx, person)), None)


async def belongs_to(tx: Transaction, item: str) -> list[str]:
    """The communities of a digest in private, by which its card is known: `numerique.rse`."""
    return [slug for slug in item.split(".") if await communities.get(tx, slug) is not None]


async def zone_of(tx: Transaction, person: str, community: str) -> ZoneInfo:
    """The clock by which a person's digests come: their own, else that of the community."""
    found = await communities.get(tx, community)
    return ZoneInfo(await people.zone_of(tx, person) or (found.time_zone if found else "Europe/Paris"))
