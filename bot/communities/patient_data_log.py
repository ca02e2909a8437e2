"""What is kept of a message that looked like patient data: the rule, the room and the time."""

from datetime import datetime

from bot.communities.tables import GuardIncident
from bot.store.database import Transaction


async def note(tx: Transaction, *, room_id: str, rule: str, seen_at: datetime) -> None:
    """Count one incident."""
    tx.add(GuardIncident(room_id=room_id, rule=rule, seen_at=seen_at))
    await tx.flush()
