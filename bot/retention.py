"""What has been kept long enough goes: each owner knows how long that is."""

from datetime import datetime

from bot.communities import quota_uses, room_moves, undo
from bot.mailbox import delivery, dialogues, inbox, reactions
from bot.meetups import date_polls
from bot.resources import failed_searches
from bot.store.database import Transaction


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Forget it everywhere; returns how many rows of the inbox went."""
    gone = await inbox.forget_handled(tx, now=now)
    for owner in (date_polls, delivery, reactions, dialogues, failed_searches, undo, room_moves, quota_uses):
        await owner.forget_old(tx, now=now)
    return gone
