"""The rooms in which an account and a person talk alone: mostly one, but people open others."""

import sqlalchemy
from sqlalchemy import bindparam, case, delete, update
from sqlmodel import col, select

from bot.mailbox.tables import DirectChat
from bot.store.columns import columns
from bot.store.database import Transaction

INVITED, ACCEPTED, REFUSED = "invited", "accepted", "refused"
SHARED = "shared"
"""Somebody else is in the chat: nothing private is said there until they have left."""
_NONE = "none:"
_ALONE = "dm:"
_BEST_FIRST = (
    case({ACCEPTED: 0, INVITED: 1, REFUSED: 2}, value=col(DirectChat.status), else_=3),
    col(DirectChat.id).desc(),
)


def lane(person: str) -> str:
    """The lane of the outbox for what is written to a person, whether or not there is a direct chat yet."""
    return f"{_ALONE}{person}"


def reader(lane: str) -> str | None:
    """The person for whom a lane is, None for a room's."""
    return lane.removeprefix(_ALONE) if lane.startswith(_ALONE) else None


async def room_of(tx: Transaction, account: str, person: str) -> str | None:
    """The direct chat in which we write to a person, None when there is none or when they refused it.

    Of several it is the newest of those that they have accepted.
    """
    found = await _of(tx, account, person)
    return found.room_id if found is not None and found.status in (ACCEPTED, INVITED) else None


async def rooms_of(tx: Transaction, account: str, person: str) -> list[str]:
    """Every room that is a direct chat with a person, or was one until somebody else came in."""
    mine = select(DirectChat.room_id).where(DirectChat.account == account, DirectChat.person == person)
    return list(await tx.exec(mine.where(col(DirectChat.status) != REFUSED)))


async def status_of(tx: Transaction, account: str, person: str) -> str | None:
    """`invited`, `accepted` or `refused`; None when there never was a chat, or when it was left or is shared."""
    found = await _of(tx, account, person)
    return found.status if found is not None and found.status != SHARED else None


async def _of(tx: Transaction, account: str, person: str) -> DirectChat | None:
    mine = select(DirectChat).where(DirectChat.account == account, DirectChat.person == person)
    return (await tx.exec(mine.order_by(*_BEST_FIRST).limit(1))).first()


async def person_in(tx: Transaction, account: str, room_id: str) -> str | None:
    """The person whose direct chat this room is, None when it is no direct chat, or not at present."""
    person, status = await in_room(tx, account, room_id)
    return person if status != SHARED else None


async def in_room(tx: Transaction, account: str, room_id: str) -> tuple[str | None, str | None]:
    """The same with the status, and also for a chat that somebody else has entered."""

    async def load() -> tuple[str | None, str | None]:
        found = await tx.read(_IN_ROOM, {"account": account, "room_id": room_id})
        return (str(found[0]["person"]), str(found[0]["status"])) if found else (None, None)

    return await tx.remember(DirectChat, ("in", account, room_id), load)


_CHATS = columns(DirectChat)
_IN_ROOM = sqlalchemy.select(_CHATS.c.person, _CHATS.c.status).where(
    _CHATS.c.account == bindparam("account"), _CHATS.c.room_id == bindparam("room_id"), _CHATS.c.status != REFUSED
)


async def not_accepted(tx: Transaction, account: str) -> set[str]:
    """The people who declined the direct chat, may not be invited to one, or have not come in yet."""
    everybody = select(DirectChat.person).where(DirectChat.account == account)
    accepted = everybody.where(col(DirectChat.status) == ACCEPTED)
    return set(await tx.exec(everybody.where(col(DirectChat.person).not_in(accepted))))


async def opened(tx: Transaction, account: str, person: str, room_id: str, *, status: str = ACCEPTED) -> None:
    """Talk to this person here from now on, too; that they refused another chat is forgotten."""
    await closed(tx, account, room_id)
    refused = (col(DirectChat.person) == person, col(DirectChat.status) == REFUSED)
    await tx.exec(delete(DirectChat).where(col(DirectChat.account) == account, *refused))
    tx.add(DirectChat(account=account, person=person, room_id=room_id, status=status))
    await tx.flush()


async def accepted(tx: Transaction, account: str, room_id: str) -> None:
    """Note that the person has joined."""
    await _mark(tx, account, room_id, ACCEPTED)


async def shared(tx: Transaction, account: str, room_id: str) -> None:
    """Note that somebody else is in the chat."""
    await _mark(tx, account, room_id, SHARED)


async def refused(tx: Transaction, account: str, room_id: str) -> None:
    """Note that the person declined: they are not invited again, but may open a chat themselves.

    If they talk to us in another one, they only did without this one.
    """
    person, _status = await in_room(tx, account, room_id)
    if person is not None and await room_of(tx, account, person) != room_id:
        await closed(tx, account, room_id)
    else:
        await _mark(tx, account, room_id, REFUSED)


async def is_out_of_reach(tx: Transaction, account: str, person: str) -> bool:
    """Whether we may not write to this person in private: they declined, or may not be invited."""
    return await status_of(tx, account, person) == REFUSED


async def is_impossible(tx: Transaction, account: str, person: str) -> bool:
    """Whether the homeserver refused our invitation to this person, who has opened no chat themselves since."""
    found = await _of(tx, account, person)
    return found is not None and found.room_id.startswith(_NONE)


async def impossible(tx: Transaction, account: str, person: str) -> None:
    """Note that the homeserver does not let us invite this person: their notices use the fallback from now on."""
    if await _of(tx, account, person) is None:
        tx.add(DirectChat(account=account, person=person, room_id=f"{_NONE}{person}", status=REFUSED))
        await tx.flush()


async def closed(tx: Transaction, account: str, room_id: str) -> None:
    """Forget a direct chat that somebody left."""
    await tx.exec(delete(DirectChat).where(col(DirectChat.account) == account, col(DirectChat.room_id) == room_id))


async def _mark(tx: Transaction, account: str, room_id: str, status: str) -> None:
    mine = update(DirectChat).where(col(DirectChat.account) == account, col(DirectChat.room_id) == room_id)
    await tx.exec(mine.values(status=status))
