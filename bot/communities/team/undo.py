"""What teams changed, and how it is taken back: by the owning noun's own functions, while nothing else has changed it.

A record names no person: it holds the fields that changed of a thing, how they were and how they became.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select

from bot.communities.acting import Actor
from bot.communities.people import people
from bot.communities.rules.roles import Role
from bot.communities.tables import Undo
from bot.errors import UserError
from bot.i18n import _
from bot.noun import Undoable
from bot.store.database import Transaction

LASTS = timedelta(days=7)
KEPT = timedelta(days=365)
"""How long it is known that something changed; what it was before is forgotten once it cannot be taken back."""


@asynccontextmanager
async def noted(actor: Actor, kind: Undoable, thing: str, *, community: str, role: Role) -> AsyncIterator[None]:
    """What the block changes of the thing can be taken back for seven days by whoever has this role."""
    before = await kind.fields(actor.tx, community, thing)
    yield
    after = await kind.fields(actor.tx, community, thing)
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if changed:
        row = Undo(
            community=community,
            verb=kind.name,
            thing=thing,
            arguments={name: before.get(name) for name in changed},
            expects={name: after.get(name) for name in changed},
            role=role.value,
            made_at=actor.now,
        )
        actor.tx.add(row)
        await actor.tx.flush()


def hint() -> str:
    """How what was just done is taken back."""
    return _("To take it back, within 7 days: `!admin undo`")


async def follow(tx: Transaction, old: str, new: str) -> None:
    """A room was upgraded: what was set of it is taken back of the new one."""
    await tx.exec(update(Undo).where(col(Undo.thing) == old).values(thing=new))


async def refuse(tx: Transaction, row: Undo, kind: Undoable, *, now: datetime) -> None:
    """Raises UserError with the reason when a change of this kind cannot be taken back, or not yet."""
    if row.undone_at is not None:
        raise UserError(_("That was taken back already."))
    if now - row.made_at > LASTS:
        raise UserError(_("That was more than 7 days ago: it can no longer be taken back."))
    newer = await _newer(tx, row)
    if newer is not None:
        sentence = _("A later change (no. {later}) is about the same thing. Take it back first: `!admin undo {later}`")
        raise UserError(sentence.format(later=newer))
    current = await kind.fields(tx, row.community, row.thing)
    if any(current.get(name) != value for name, value in row.expects.items()):
        raise UserError(_("This has changed in another way since: I leave it as it is now."))


async def take_back(actor: Actor, row: Undo, kind: Undoable) -> None:
    """The thing is as it was before the change. Raises UserError with the reason when that may not be."""
    await refuse(actor.tx, row, kind, now=actor.now)
    await kind.put(actor, row.community, row.thing, row.arguments)
    row.undone_at = actor.now
    actor.tx.add(row)
    await actor.tx.flush()


async def get(tx: Transaction, number: int) -> Undo | None:
    """The change of this number, locked until the transaction ends."""
    return await tx.get(Undo, number, with_for_update=True) if 0 < number < 2**31 else None


async def latest(tx: Transaction, community: str, *, limit: int) -> Sequence[Undo]:
    """What the team changed lately, newest first."""
    rows = select(Undo).where(Undo.community == community).order_by(col(Undo.id).desc())
    return (await tx.exec(rows.limit(limit))).all()


async def last_of(tx: Transaction, kind: Undoable, thing: str) -> Undo | None:
    """The newest change of a thing that stands."""
    rows = select(Undo).where(Undo.verb == kind.name, Undo.thing == thing, col(Undo.undone_at).is_(None))
    return (await tx.exec(rows.order_by(col(Undo.id).desc()))).first()


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """What can no longer be taken back is known only as having happened, and in the end not at all.

    Returns how many changes are not known any more.
    """
    over = update(Undo).where(col(Undo.made_at) < now - LASTS)
    await tx.exec(over.values(arguments={}, expects={}))
    await people.forget_ended(tx, before=now - LASTS)
    return (await tx.exec(delete(Undo).where(col(Undo.made_at) < now - KEPT))).rowcount


async def _newer(tx: Transaction, row: Undo) -> int | None:
    rows = select(Undo.id).where(
        Undo.community == row.community,
        Undo.verb == row.verb,
        Undo.thing == row.thing,
        col(Undo.id) > row.id,
        col(Undo.undone_at).is_(None),
    )
    return (await tx.exec(rows.order_by(col(Undo.id).desc()))).first()
