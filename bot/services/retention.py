"""What has been kept long enough goes, noun by noun."""

from datetime import datetime

from bot.services import deliveries, dialogues, inbox, misses, room_moves, undo
from bot.store.database import Transaction


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Returns how many inbox rows are gone."""
    gone = await inbox.forget_handled(tx, now=now)
    for noun in (deliveries, dialogues, misses, undo, room_moves):
        await noun.forget_old(tx, now=now)
    return gone
