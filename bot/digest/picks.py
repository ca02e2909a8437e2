"""What a community's team wants first in its next digest."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.digest.tables import DigestPick
from bot.events.messages import Ref
from bot.store import audit
from bot.store.database import Transaction

KEPT = timedelta(days=62)
"""Longer than a digest's turn: the monthly one of a person has it too."""
PICK, PICKED = "digest pick", "picked"
MEETUP, MINUTES, RESOURCE = "meetup", "minutes", "doc"
"""The kinds of what may be chosen."""


async def pick(tx: Transaction, community: str, thing: Ref, *, now: datetime) -> bool:
    """Put it first; False if it is there already."""
    new = await tx.insert_new(DigestPick, {"community": community, "thing": str(thing), "picked_at": now})
    if new:
        audit.happened(tx, PICK, thing, PICKED)
    return new


async def leave_out(tx: Transaction, community: str, thing: Ref) -> bool:
    """Take it away again; False if it was not there."""
    mine = (col(DigestPick.community) == community, col(DigestPick.thing) == str(thing))
    return bool((await tx.exec(delete(DigestPick).where(*mine))).rowcount)


async def since(tx: Transaction, community: str, moment: datetime) -> list[Ref]:
    """What was chosen after a moment, in that order."""
    rows = select(DigestPick.thing).where(DigestPick.community == community, col(DigestPick.picked_at) > moment)
    return [Ref.parse(thing) for thing in await tx.exec(rows.order_by(col(DigestPick.id)))]


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Forget what was chosen long ago; returns how much."""
    return (await tx.exec(delete(DigestPick).where(col(DigestPick.picked_at) < now - KEPT))).rowcount


def numbers(things: Collection[Ref], kind: str) -> list[int]:
    """The numbers of the things of one kind, in order."""
    return [int(thing.id) for thing in things if thing.kind == kind]
