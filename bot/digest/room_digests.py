"""The digest of a community in its main room: when it is due, and whether its team was asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.communities import Community, communities, rooms
from bot.communities.settings import settings
from bot.digest.rules.rhythm import next_after
from bot.digest.settings import DIGEST, RHYTHMS
from bot.digest.tables import RoomDigest
from bot.store.database import Transaction

OFFERED_AFTER = timedelta(weeks=4)
"""How long a main room is linked before its team is asked whether it wants a digest."""


async def of(tx: Transaction, community: str) -> RoomDigest:
    """The row of a community, locked until the transaction ends; a new one if it has none."""
    return await tx.get(RoomDigest, community, with_for_update=True) or RoomDigest(community=community)


async def count_anew(tx: Transaction, community: Community, *, now: datetime) -> None:
    """Follow the setting: when it was turned on or has another rhythm, the next digest is counted from now."""
    rhythm = RHYTHMS.get(await settings.value(tx, community.slug, DIGEST), "")
    row = await of(tx, community.slug)
    if row.rhythm == rhythm:
        return
    if not rhythm or not row.rhythm:
        row.since = now if rhythm else None
    row.rhythm = rhythm
    row.due_at = next_after(now, ZoneInfo(community.time_zone), rhythm) if rhythm else None
    await _store(tx, row)


async def go_on(tx: Transaction, row: RoomDigest, *, zone: ZoneInfo, now: datetime, sent: bool) -> None:
    """Count the next digest; what this one had is not news any more, unless it was not `sent`."""
    row.due_at = next_after(now, zone, row.rhythm)
    if sent:
        row.since = now
    await _store(tx, row)


async def due(tx: Transaction, *, account: str, now: datetime) -> Sequence[str]:
    """The communities of this account whose digest is due."""
    found = (await tx.exec(select(RoomDigest.community).where(col(RoomDigest.due_at) <= now))).all()
    return [slug for slug in found if await rooms.is_served(tx, slug, account=account)]


async def to_offer(tx: Transaction, *, account: str, now: datetime) -> Sequence[str]:
    """The communities whose team was never asked, and never set it, though their main room is linked for long."""
    asked = set(await tx.exec(select(RoomDigest.community).where(col(RoomDigest.offered_at).is_not(None))))
    every = [one for one in await communities.every(tx) if one.slug not in asked]
    return [one.slug for one in every if await _is_old(tx, one, account, now)]


async def _is_old(tx: Transaction, community: Community, account: str, now: datetime) -> bool:
    bound = await rooms.binding(tx, community.main_room) if community.main_room else None
    if bound is None or bound.account != account or bound.linked_at > now - OFFERED_AFTER:
        return False
    return await settings.stored(tx, community.slug, DIGEST) is None


async def note_offer(tx: Transaction, community: str, *, now: datetime) -> bool:
    """Note that the team was asked; False if it was before."""
    row = await of(tx, community)
    if row.offered_at is not None:
        return False
    row.offered_at = now
    await _store(tx, row)
    return True


async def belongs_to(tx: Transaction, item: str) -> list[str]:
    """The community of a digest in a room, by which its card is known."""
    return [item] if await communities.get(tx, item) is not None else []


async def _store(tx: Transaction, row: RoomDigest) -> None:
    tx.add(row)
    await tx.flush()
