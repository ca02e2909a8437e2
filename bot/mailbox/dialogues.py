"""Forms that people fill in and lists they choose from: at most one of each per person and room; restarts keep them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlmodel import col, select

from bot.mailbox.tables import Dialogue
from bot.store.database import Transaction

FORM, LIST = "form", "list"
OPEN, DONE, CANCELLED, REPLACED = "open", "done", "cancelled", "replaced"
FORGOTTEN = "forgotten"
"""Status of a dialogue about a person who has been erased since."""
KEPT = timedelta(days=7)
"""How long an ended, emptied dialogue stays, so that its card can say what became of it."""


async def start(
    tx: Transaction,
    *,
    account: str,
    room_id: str,
    person: str,
    kind: str,
    name: str,
    data: dict[str, Any],
    opened_at: datetime,
    expires_at: datetime,
    community: str | None = None,
    step: int = 0,
) -> int:
    """Store a dialogue and return its number. The caller must `replace` the person's earlier one before."""
    values: dict[str, Any] = {
        "account": account,
        "room_id": room_id,
        "person": person,
        "community": community,
        "kind": kind,
        "name": name,
        "data": data,
        "opened_at": opened_at,
        "expires_at": expires_at,
        "step": step,
        "status": OPEN,
    }
    primary_key = (await tx.exec(_INSERT, values)).inserted_primary_key
    assert primary_key is not None
    return int(primary_key[0])


_INSERT = insert(Dialogue)
_REPLACE = (
    update(Dialogue)
    .where(
        col(Dialogue.account) == bindparam("of_account"),
        col(Dialogue.room_id) == bindparam("in_room"),
        col(Dialogue.person) == bindparam("of_person"),
        col(Dialogue.kind) == bindparam("of_kind"),
        col(Dialogue.status) == OPEN,
    )
    .values(status=REPLACED, data={})
)


async def replace(tx: Transaction, account: str, room_id: str, person: str, kind: str) -> None:
    """End the person's open dialogue of this kind in the room, if there is one: a new one takes its place."""
    await tx.exec(_REPLACE, {"of_account": account, "in_room": room_id, "of_person": person, "of_kind": kind})


async def current(tx: Transaction, account: str, room_id: str, person: str, kind: str) -> Dialogue | None:
    """The person's open dialogue of this kind in the room; it may have expired."""
    mine = select(Dialogue).where(
        Dialogue.account == account,
        Dialogue.room_id == room_id,
        Dialogue.person == person,
        Dialogue.status == OPEN,
        Dialogue.kind == kind,
    )
    return (await tx.exec(mine.order_by(col(Dialogue.id).desc()))).first()


async def get(tx: Transaction, identity: str) -> Dialogue | None:
    """The dialogue of a card."""
    return await tx.get(Dialogue, int(identity), with_for_update=True) if identity.isdigit() else None


async def move(tx: Transaction, dialogue: Dialogue, *, step: int, data: dict[str, Any], expires_at: datetime) -> None:
    """Go on to another step; `data` holds the answers so far."""
    dialogue.step, dialogue.data, dialogue.expires_at = step, data, expires_at
    tx.add(dialogue)
    await tx.flush()


async def close(tx: Transaction, dialogue: Dialogue, *, status: str) -> None:
    """End a dialogue and empty it."""
    dialogue.status, dialogue.data = status, {}
    tx.add(dialogue)
    await tx.flush()


async def follow(tx: Transaction, old: str, new: str) -> None:
    """After a room upgrade, move the open dialogues, and room ids in their data, from the old room to the new."""
    for dialogue in await tx.exec(select(Dialogue).where(Dialogue.status == OPEN)):
        if old in (dialogue.room_id, *dialogue.data.values()):
            dialogue.room_id = new if dialogue.room_id == old else dialogue.room_id
            dialogue.data = {name: new if value == old else value for name, value in dialogue.data.items()}
            tx.add(dialogue)
    await tx.flush()


async def waits(tx: Transaction, identity: str, *, now: datetime) -> bool:
    """Whether the dialogue of a card may still be answered."""
    mine = (Dialogue.id == int(identity), Dialogue.status == OPEN, col(Dialogue.expires_at) > now)
    return (await tx.exec(select(Dialogue.id).where(*mine))).first() is not None


async def has_open(tx: Transaction, person: str) -> bool:
    """Whether the person is filling something in, or may choose from a list."""
    mine = select(Dialogue.id).where(Dialogue.person == person, Dialogue.status == OPEN)
    return (await tx.exec(mine.limit(1))).first() is not None


async def people_of(tx: Transaction, community: str) -> set[str]:
    """All who have something open that was begun for this community."""
    mine = select(Dialogue.person).where(Dialogue.community == community, Dialogue.status == OPEN)
    return set(await tx.exec(mine.distinct()))


async def end_all(tx: Transaction, person: str, community: str, room_ids: Collection[str]) -> None:
    """End what the person has open for a community or in its rooms."""
    there = (col(Dialogue.community) == community) | col(Dialogue.room_id).in_(room_ids)
    mine = update(Dialogue).where(col(Dialogue.person) == person, col(Dialogue.status) == OPEN, there)
    await tx.exec(mine.values(status=CANCELLED, data={}))


async def open_ones(tx: Transaction, account: str, *, now: datetime) -> Sequence[Dialogue]:
    """Every dialogue of the account that somebody may still answer."""
    mine = select(Dialogue).where(Dialogue.account == account, Dialogue.status == OPEN)
    return (await tx.exec(mine.where(col(Dialogue.expires_at) > now))).all()


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Empty what nobody may answer any more, and remove what ended long ago; returns how many were removed."""
    expired = update(Dialogue).where(col(Dialogue.status) == OPEN, col(Dialogue.expires_at) <= now)
    await tx.exec(expired.values(status=CANCELLED, data={}))
    return (await tx.exec(delete(Dialogue).where(col(Dialogue.expires_at) < now - KEPT))).rowcount
