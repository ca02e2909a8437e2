"""A message that is edited into what came of it, and the emoji below it, which then go."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, or_, select

from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.room_actions import Redact
from bot.mailbox.sending.outbox import BULK, MESSAGE, SENT, Outbox, placed
from bot.mailbox.tables import OutboxMessage
from bot.store.database import Transaction


async def shown(outbox: Outbox, tx: Transaction, about: Ref, *, room_id: str) -> tuple[str | None, bool]:
    """The key of our newest message about an item in a room, and whether we have said nothing there since.

    What still waits to be sent, such as the card that the item itself became, was seen by nobody.
    """
    mine = (OutboxMessage.account == outbox.account, OutboxMessage.lane == room_id, OutboxMessage.kind == MESSAGE)
    newest = select(OutboxMessage).where(*mine).order_by(col(OutboxMessage.id).desc()).limit(1)
    seen = or_(OutboxMessage.status == SENT, OutboxMessage.about == str(about))
    last = (await tx.exec(newest.where(seen))).first()
    if last is not None and last.about == str(about):
        return last.key, True
    earlier = (await tx.exec(newest.where(OutboxMessage.about == str(about)))).first()
    return (earlier.key if earlier is not None else None), False


async def last_key(outbox: Outbox, tx: Transaction, *, room_id: str) -> str | None:
    """The key of our newest message in a room."""
    mine = (OutboxMessage.account == outbox.account, OutboxMessage.lane == room_id, OutboxMessage.kind == MESSAGE)
    return (
        await tx.exec(select(OutboxMessage.key).where(*mine).order_by(col(OutboxMessage.id).desc()).limit(1))
    ).first()


async def take_away(
    outbox: Outbox, tx: Transaction, gestures: Iterable[Gesture], *, key: str, to: str, now: datetime
) -> None:
    """Remove the emoji that we placed below the message of this key, so that those that stand are people's."""
    for each in (placed(key, gesture) for gesture in gestures):
        if await outbox.row(tx, each) is not None:
            await outbox.do(tx, Redact(), key=f"{each}:away", to=to, now=now, parent=each, priority=BULK)
