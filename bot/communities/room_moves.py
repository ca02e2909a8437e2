"""Rooms closed by somebody who may close them: their link moves to the successor once we have seen it."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.communities.tables import RoomMove
from bot.store.database import Transaction

KEPT = timedelta(days=30)
"""How long we wait for an invitation to the successor."""


def of(account: str, room_id: str, *, successor: str, mover: str, closing: str, begun_at: datetime) -> RoomMove:
    """A move as somebody declares it; nothing is written yet."""
    return RoomMove(
        room_id=room_id, account=account, successor=successor, mover=mover, closing=closing, begun_at=begun_at
    )


async def begin(tx: Transaction, move: RoomMove) -> None:
    """Wait for the successor of a room, in place of an earlier one."""
    await end(tx, move.room_id)
    tx.add(move)
    await tx.flush()


async def to(tx: Transaction, account: str, successor: str) -> RoomMove | None:
    """The move whose successor is this room."""
    leading = select(RoomMove).where(RoomMove.account == account, RoomMove.successor == successor)
    return (await tx.exec(leading)).first()


async def end(tx: Transaction, room_id: str) -> None:
    """End the move of a room: it has moved, or never will."""
    await tx.exec(delete(RoomMove).where(col(RoomMove.room_id) == room_id))


async def withdraw(tx: Transaction, account: str, closing: str) -> None:
    """End the move whose closing event was removed: the room stays open."""
    taken_back = (col(RoomMove.account) == account, col(RoomMove.closing) == closing)
    await tx.exec(delete(RoomMove).where(*taken_back))


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Nobody has asked us into these successors for a long time; returns how many moves are given up."""
    return (await tx.exec(delete(RoomMove).where(col(RoomMove.begun_at) < now - KEPT))).rowcount
