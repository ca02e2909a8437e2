"""Rooms that were closed by somebody who may close them: their link moves once the successor has been looked at."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.communities.tables import RoomMove
from bot.store.database import Transaction

KEPT = timedelta(days=30)
"""How long the successor may let us wait for an invitation."""


async def begin(tx: Transaction, move: RoomMove) -> None:
    """Wait for the successor; an earlier one of the same room is no longer waited for."""
    await end(tx, move.room_id)
    tx.add(move)
    await tx.flush()


async def to(tx: Transaction, account: str, successor: str) -> RoomMove | None:
    """The move that leads into a room."""
    leading = select(RoomMove).where(RoomMove.account == account, RoomMove.successor == successor)
    return (await tx.exec(leading)).first()


async def end(tx: Transaction, room_id: str) -> None:
    """The room has moved, or stays for good."""
    await tx.exec(delete(RoomMove).where(col(RoomMove.room_id) == room_id))


async def withdraw(tx: Transaction, account: str, closing: str) -> None:
    """The event that closed the room was removed: it stays open."""
    taken_back = (col(RoomMove.account) == account, col(RoomMove.closing) == closing)
    await tx.exec(delete(RoomMove).where(*taken_back))


async def forget_old(tx: Transaction, *, now: datetime) -> None:
    """Nobody has asked us into these successors for a long time."""
    await tx.exec(delete(RoomMove).where(col(RoomMove.begun_at) < now - KEPT))
