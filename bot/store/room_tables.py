"""The tables beside rooms: those that are about to move."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from bot.store.tables import Instant


class RoomMove(SQLModel, table=True):
    """A linked room that was closed by somebody who may, and whose successor was not seen yet. Owner:
    `services.room_moves`.

    `closing` is the event that closed it, `mover` who sent that.
    """

    __tablename__ = "room_move"
    __table_args__ = (Index("ix_room_move_successor", "account", "successor"),)

    room_id: str = Field(primary_key=True)
    account: str
    successor: str
    mover: str
    closing: str
    begun_at: datetime = Field(sa_type=Instant)
