"""The log of messages that looked like patient data: only rule, room and time."""

from datetime import datetime, timedelta

from sqlmodel import col

from bot.communities.tables import GuardIncident
from bot.store.database import Transaction
from bot.store.old_rows import delete_some

KEPT = timedelta(days=90)


async def note(tx: Transaction, *, room_id: str, rule: str, seen_at: datetime) -> None:
    """Store one incident."""
    tx.add(GuardIncident(room_id=room_id, rule=rule, seen_at=seen_at))
    await tx.flush()


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Delete the incidents of long ago; returns how many."""
    return await delete_some(tx, GuardIncident, col(GuardIncident.seen_at) < now - KEPT)
