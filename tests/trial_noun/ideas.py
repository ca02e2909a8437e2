"""Ideas: noted, put on a shelf, forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from bot.communities.acting import Actor, Hands
from bot.communities.figures.figures import Line, View
from bot.noun import Departure, Export, Fields, Signed, Undoable
from bot.store.database import Transaction
from tests.trial_noun.tables import Idea

KEPT = timedelta(days=30)


async def note(tx: Transaction, community: str, room_id: str, person: str, text: str, *, now: datetime) -> Idea:
    idea = Idea(community=community, room_id=room_id, person=person, text=text, noted_at=now)
    tx.add(idea)
    await tx.flush()
    return idea


async def get(tx: Transaction, number: int) -> Idea | None:
    return await tx.get(Idea, number)


async def put_on(tx: Transaction, number: int, shelf: str) -> None:
    await tx.exec(update(Idea).where(col(Idea.id) == number).values(shelf=shelf))


async def follow(tx: Transaction, old: str, new: str) -> None:
    await tx.exec(update(Idea).where(col(Idea.room_id) == old).values(room_id=new))


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    return (await tx.exec(delete(Idea).where(col(Idea.noted_at) < now - KEPT))).rowcount


async def unsorted(view: View) -> Line | None:
    new = select(func.count()).where(Idea.community == view.slug, Idea.shelf == "new")
    count = (await view.tx.exec(new)).one()
    return Line(f"Idées à ranger : {count}, `!boite`") if count else None


async def signed(tx: Transaction, number: int) -> Signed | None:
    found = await get(tx, number)
    return Signed(f"X-{number}", "trial idea", [found.community], [found.person]) if found is not None else None


async def overview(tx: Transaction, person: str) -> str:
    count = (await tx.exec(select(func.count()).where(Idea.person == person))).one()
    return f"Vos idées : {count}" if count else ""


async def _written(hands: Hands, community: str) -> str:
    return "\n".join(await hands.tx.exec(select(Idea.text).where(Idea.community == community)))


EXPORT = Export("ideas.txt", "text/plain", "Ses idées.", _written)


async def belongs_to(tx: Transaction, item: str) -> list[str]:
    found = await get(tx, int(item))
    return [found.community] if found is not None else []


async def number_on_card(_tx: Transaction, item: str) -> str:
    return f"X-{item}"


# ── departures ────────────────────────────────────────────────────────────────────────────────────────────


async def has_any(tx: Transaction, person: str) -> bool:
    return (await tx.exec(select(Idea.id).where(Idea.person == person))).first() is not None


async def people_of(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    return set(await tx.exec(select(Idea.person).where(Idea.community == community)))


async def left(hands: Hands, community: str, person: str) -> None:
    await hands.tx.exec(delete(Idea).where(col(Idea.community) == community, col(Idea.person) == person))


DEPARTURE = Departure(concerns=(has_any,), people=people_of, ends=left)


# ── what can be taken back ────────────────────────────────────────────────────────────────────────────────


async def _fields(tx: Transaction, _community: str, thing: str) -> Fields:
    found = (await tx.exec(select(Idea.shelf).where(Idea.id == int(thing)))).first()
    return {"shelf": found}


async def _put(actor: Actor, _community: str, thing: str, fields: Fields) -> None:
    await put_on(actor.tx, int(thing), fields["shelf"])


async def _thing(_actor: Actor, _community: str, thing: str) -> str:
    return f"l'étagère de l'idée X-{thing}"


async def _before(_actor: Actor, _community: str, fields: Fields) -> str:
    return str(fields["shelf"])


SHELF = Undoable("idea-shelf", fields=_fields, put=_put, thing=_thing, before=_before)
