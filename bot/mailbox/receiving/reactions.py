"""Reactions under our cards, stored because a removal names only the event that it removes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from bot.events.events import EventRemoved, ReactionAdded
from bot.mailbox.tables import OutboxMessage, Reaction
from bot.store.database import Transaction
from bot.store.old_rows import delete_some


async def added(tx: Transaction, account: str, reaction: ReactionAdded) -> None:
    """Remember a reaction to one of our cards."""
    row = {
        "account": account,
        "event_id": reaction.event_id,
        "room_id": reaction.room_id,
        "target": reaction.target,
        "sender": reaction.sender,
        "emoji": reaction.emoji,
    }
    await tx.insert_new(Reaction, row)


async def get(tx: Transaction, account: str, event_id: str, *, room_id: str) -> Reaction | None:
    """A reaction of this room, None when it was none of those under our cards."""
    here = (Reaction.account == account, Reaction.event_id == event_id, Reaction.room_id == room_id)
    return (await tx.exec(select(Reaction).where(*here))).first()


async def removed(tx: Transaction, account: str, event_id: str, *, room_id: str) -> Reaction | None:
    """Forget a reaction of this room; returns it, None when it was none of those under our cards."""
    row = await get(tx, account, event_id, room_id=room_id)
    if row is not None:
        await tx.exec(delete(Reaction).where(col(Reaction.id) == row.id))
    return row


async def known(tx: Transaction, account: str, event_ids: Sequence[str], *, room_id: str) -> set[str]:
    """Those of the room's events that are reactions to our cards."""
    rows = select(Reaction.event_id).where(
        Reaction.account == account, col(Reaction.event_id).in_(event_ids), Reaction.room_id == room_id
    )
    return set(await tx.exec(rows))


async def under(tx: Transaction, account: str, target: str) -> Sequence[Reaction]:
    """The reactions under a card, as far as we know."""
    rows = select(Reaction).where(Reaction.account == account, Reaction.target == target)
    return (await tx.exec(rows)).all()


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """A message of ours that is forgotten takes with it the reactions under it; returns how many."""
    ours = select(OutboxMessage.id).where(
        OutboxMessage.account == Reaction.account, OutboxMessage.event_id == Reaction.target
    )
    return await delete_some(tx, Reaction, ~ours.exists())


def removal_of(reaction: Reaction, *, seen_at: datetime) -> EventRemoved:
    """A removal event for a reaction that is gone although we saw no removal."""
    return EventRemoved(
        event_id=f"removal:{reaction.event_id}",
        room_id=reaction.room_id,
        sender=reaction.sender,
        sent_at=seen_at,
        target=reaction.event_id,
    )
