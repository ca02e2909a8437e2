"""The log of messages that looked like patient data: only rule, room and time."""

from datetime import datetime

from bot.communities.tables import GuardIncident
from bot.store.database import Transaction


async def note(tx: Transaction, *, room_id: str, rule: str, seen_at: datetime) -> None:
    """Store one incident."""
    tx.add(GuardIncident(room_id=room_id, rule=rule, seen_at=seen_at))
    await tx.flush()
