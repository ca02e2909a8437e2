"""The one room in which an account and a person talk alone."""

from sqlalchemy import delete
from sqlmodel import col, select

from bot.store.database import Transaction
from bot.store.tables import DirectChat


async def room_of(tx: Transaction, account: str, person: str) -> str | None:
    """The direct chat with a person, None when there is none."""
    found = select(DirectChat.room_id).where(DirectChat.account == account, DirectChat.person == person)
    return (await tx.exec(found)).first()


async def person_in(tx: Transaction, account: str, room_id: str) -> str | None:
    """The person whose direct chat this room is, None when it is no direct chat."""
    found = select(DirectChat.person).where(DirectChat.account == account, DirectChat.room_id == room_id)
    return (await tx.exec(found)).first()


async def opened(tx: Transaction, account: str, person: str, room_id: str) -> None:
    """Talk to this person here from now on; an earlier room is forgotten."""
    await closed(tx, account, room_id)
    await tx.exec(delete(DirectChat).where(col(DirectChat.account) == account, col(DirectChat.person) == person))
    tx.add(DirectChat(account=account, person=person, room_id=room_id))
    await tx.flush()


async def closed(tx: Transaction, account: str, room_id: str) -> None:
    """Somebody left this room: it is no direct chat any more."""
    await tx.exec(delete(DirectChat).where(col(DirectChat.account) == account, col(DirectChat.room_id) == room_id))
