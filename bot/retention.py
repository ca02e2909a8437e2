"""What has been kept long enough goes: each noun knows how long that is."""

from datetime import datetime

from bot import nouns
from bot.store.database import Transaction


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Forget it everywhere; returns how many rows went."""
    return sum([await forget(tx, now=now) for noun in nouns.NOUNS for forget in noun.forget_old])
