"""Sets the timers of the digests that are due; called every half hour by the scheduler's cron, and after a start.

What is due is in the database: a digest whose hour passed while the bot was away is found by the next call.
"""

from datetime import datetime

from bot.communities import communities
from bot.digest import room_digests, subscriptions
from bot.mailbox.timers import Timers
from bot.store.database import Transaction

ROOM, OWN, OFFER = "digest", "own-digest", "digest-offer"
"""The kinds of the timers: of a community's room, of a person, of a team that is asked; their item says whose."""


async def set_timers(tx: Transaction, timers: Timers, *, account: str, now: datetime) -> None:
    """Each digest that is due gets a timer of its own, so that one that fails keeps back no other."""
    for community in await communities.every(tx):
        await room_digests.count_anew(tx, community, now=now)
    waiting = {
        ROOM: await room_digests.due(tx, account=account, now=now),
        OWN: await subscriptions.readers_due(tx, now=now),
        OFFER: await room_digests.to_offer(tx, account=account, now=now),
    }
    for kind, items in waiting.items():
        for item in items:
            await timers.set(tx, kind, item, due_at=now)
