"""Rooms that were closed by somebody who may close them: their link moves once the successor has been looked at."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.communities.tables import RoomMove
from bot.store.database import Transaction

KEPT = timedelta(days=30)
"""How long the successor may let us wait for an invitation."""


def of(account: str, room_id: str, *, successor: str, mover: str, closing: str, begun_at: datetime) -> RoomMove:
    """A move as somebody declares it; nothing is written yet."""
    return RoomMove(
        room_id=room_id, account=account, successor=successor, mover=mover, closing=closing, begun_at=begun_at
    )


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


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Nobody has asked us into these successors for a long time; returns how many moves are given up."""
    return (await tx.exec(delete(RoomMove).where(col(RoomMove.begun_at) < now - KEPT))).rowcount
