"""Reactions that stand under our cards, so that their removal is understood."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from bot.domain.events import EventRemoved, ReactionAdded
from bot.store.database import Transaction
from bot.store.tables import Reaction


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


async def removed(tx: Transaction, account: str, event_id: str) -> Reaction | None:
    """Forget a reaction; returns it, None when it was none of those under our cards."""
    mine = (col(Reaction.account) == account, col(Reaction.event_id) == event_id)
    row = (await tx.exec(select(Reaction).where(*mine))).first()
    if row is not None:
        await tx.exec(delete(Reaction).where(*mine))
    return row


async def known(tx: Transaction, account: str, event_ids: Sequence[str]) -> set[str]:
    """Those of the events that are reactions to our cards."""
    rows = select(Reaction.event_id).where(Reaction.account == account, col(Reaction.event_id).in_(event_ids))
    return set(await tx.exec(rows))


async def under(tx: Transaction, account: str, target: str) -> Sequence[Reaction]:
    """The reactions that stand under a card, as far as we know."""
    rows = select(Reaction).where(Reaction.account == account, Reaction.target == target)
    return (await tx.exec(rows)).all()


def removal_of(reaction: Reaction, *, seen_at: datetime) -> EventRemoved:
    """The removal of a reaction whose own removal nobody told us of."""
    return EventRemoved(
        event_id=f"removal:{reaction.event_id}",
        room_id=reaction.room_id,
        sender=reaction.sender,
        sent_at=seen_at,
        target=reaction.event_id,
    )
