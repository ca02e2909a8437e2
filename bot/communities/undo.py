"""What teams changed, and how it is taken back: by the owning service's own verb, while nothing else has changed it.

A record names no person: it holds the fields that changed of a thing, how they were and how they became.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import col, select

from bot.communities import communities, people, rooms
from bot.communities.acting import Actor
from bot.communities.rules.roles import Role
from bot.communities.tables import Undo
from bot.errors import UserError
from bot.help import settings
from bot.i18n import _
from bot.resources import resources, synonyms
from bot.store.database import Transaction

LASTS = timedelta(days=7)
KEPT = timedelta(days=365)
"""How long it is known that something changed; what it was before is forgotten once it cannot be taken back."""

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """`fields(tx, community, thing)` tells how a thing is; `put(actor, community, thing, fields)` makes it so."""

    fields: Callable[[Transaction, str, str], Awaitable[Fields]]
    put: Callable[[Actor, str, str, Fields], Awaitable[None]]


@asynccontextmanager
async def noted(actor: Actor, verb: str, thing: str, *, community: str, role: Role) -> AsyncIterator[None]:
    """What the block changes of the thing can be taken back for seven days by whoever has this role."""
    fields = VERBS[verb].fields
    before = await fields(actor.tx, community, thing)
    yield
    after = await fields(actor.tx, community, thing)
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if changed:
        row = Undo(
            community=community,
            verb=verb,
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
    return _("To take it back, within 7 days: !admin undo")


async def follow(tx: Transaction, old: str, new: str) -> None:
    """A room was upgraded: what was set of it is taken back of the new one."""
    await tx.exec(update(Undo).where(col(Undo.thing) == old).values(thing=new))


async def refuse(tx: Transaction, row: Undo, *, now: datetime) -> None:
    """Raises UserError with the reason when a change cannot be taken back, or not yet."""
    if row.undone_at is not None:
        raise UserError(_("That was taken back already."))
    if now - row.made_at > LASTS:
        raise UserError(_("That was more than 7 days ago: it can no longer be taken back."))
    newer = await _newer(tx, row)
    if newer is not None:
        sentence = _("A later change (no. {later}) is about the same thing. Take it back first: !admin undo {later}")
        raise UserError(sentence.format(later=newer))
    current = await VERBS[row.verb].fields(tx, row.community, row.thing)
    if any(current.get(name) != value for name, value in row.expects.items()):
        raise UserError(_("This has changed in another way since: I leave it as it is now."))


async def take_back(actor: Actor, row: Undo) -> None:
    """The thing is as it was before the change. Raises UserError with the reason when that may not be."""
    await refuse(actor.tx, row, now=actor.now)
    await VERBS[row.verb].put(actor, row.community, row.thing, row.arguments)
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


async def last_of(tx: Transaction, verb: str, thing: str) -> Undo | None:
    """The newest change of a thing that stands."""
    rows = select(Undo).where(Undo.verb == verb, Undo.thing == thing, col(Undo.undone_at).is_(None))
    return (await tx.exec(rows.order_by(col(Undo.id).desc()))).first()


async def forget_old(tx: Transaction, *, now: datetime) -> None:
    """What can no longer be taken back is known only as having happened, and in the end not at all."""
    over = update(Undo).where(col(Undo.made_at) < now - LASTS)
    await tx.exec(over.values(arguments={}, expects={}))
    await tx.exec(delete(Undo).where(col(Undo.made_at) < now - KEPT))
    await people.forget_ended(tx, before=now - LASTS)


async def _newer(tx: Transaction, row: Undo) -> int | None:
    rows = select(Undo.id).where(
        Undo.community == row.community,
        Undo.verb == row.verb,
        Undo.thing == row.thing,
        col(Undo.id) > row.id,
        col(Undo.undone_at).is_(None),
    )
    return (await tx.exec(rows.order_by(col(Undo.id).desc()))).first()


# ── the verbs that can be taken back ──────────────────────────────────────────────────────────────────────

ROOM, LINK, MAIN_ROOM, TEAM = "room", "link", "main-room", "team"
SYNONYM, RESOURCE, HELP_DELAY = "synonym", "resource", "help-delay"


async def _room(tx: Transaction, _community: str, thing: str) -> Fields:
    found = await rooms.settings(tx, thing)
    return {name: found[name] for name in ("kind", "language") if name in found}


async def _set_room(actor: Actor, _community: str, thing: str, fields: Fields) -> None:
    bound = await rooms.binding(actor.tx, thing)
    assert bound is not None
    if "kind" in fields:
        await rooms.set_kind(actor.tx, bound, fields["kind"])
    if "language" in fields:
        await rooms.set_language(actor.tx, bound, fields["language"])


async def _link(tx: Transaction, community: str, thing: str) -> Fields:
    found = await rooms.settings(tx, thing)
    main = await communities.with_main_room(tx, thing)
    language = found.get("language") or ""
    return found | {"language": language, "main": main is not None} if found else {}


async def _set_link(actor: Actor, community: str, thing: str, fields: Fields) -> None:
    """Linked as it was, or not at all; by whoever takes it back, who answers for it from then on."""
    bound = await rooms.binding(actor.tx, thing)
    if fields["community"] is None:
        assert bound is not None
        await rooms.unlink(actor.tx, bound)
        return
    owner = await communities.get(actor.tx, community)
    assert owner is not None
    if fields["main"] and owner.main_room is not None:
        raise UserError(_("The community has another main room by now. To link this one: !admin community link"))
    made = await rooms.link(
        actor.tx, thing, owner, account=actor.account, by=actor.sender, now=actor.now, main=fields["main"]
    )
    await rooms.set_kind(actor.tx, made, fields["kind"])
    await rooms.set_language(actor.tx, made, fields["language"] or None)


async def _main_room(tx: Transaction, community: str, _thing: str) -> Fields:
    return {"room": await communities.main_room(tx, community)}


async def _set_main_room(actor: Actor, community: str, _thing: str, fields: Fields) -> None:
    owner = await communities.get(actor.tx, community)
    bound = await rooms.settings(actor.tx, fields["room"])
    if owner is None or bound.get("community") != community:
        raise UserError(_("That room belongs to the community no more: it cannot be its main room again."))
    await communities.set_main_room(actor.tx, owner, fields["room"])


async def _team(tx: Transaction, community: str, _thing: str) -> Fields:
    return {str(row.id): True for row in await people.appointed(tx, community)}


async def _set_team(actor: Actor, _community: str, _thing: str, fields: Fields) -> None:
    for identity, given in fields.items():
        if not await people.reappoint(actor.tx, int(identity), ended_at=None if given else actor.now):
            raise UserError(_("The person concerned has been forgotten since: this cannot be taken back."))


async def _synonym(tx: Transaction, community: str, thing: str) -> Fields:
    return {"words": await synonyms.group(tx, community, thing)}


async def _set_synonym(actor: Actor, community: str, thing: str, fields: Fields) -> None:
    await synonyms.put(actor.tx, community, thing, fields["words"])


async def _resource(tx: Transaction, community: str, thing: str) -> Fields:
    row = await resources.whatever(tx, int(thing), community=community)
    return {name: getattr(row, name) for name in resources.FIELDS} if row else {}


async def _set_resource(actor: Actor, community: str, thing: str, fields: Fields) -> None:
    row = await resources.whatever(actor.tx, int(thing), community=community)
    assert row is not None
    taken = await resources.known_as(actor.tx, community, fields["url"]) if "url" in fields else None
    if taken is not None and taken.id != row.id:
        raise UserError(_("Another resource has that address by now (DOC-{number}).").format(number=taken.id))
    await resources.change(actor.tx, row, **fields)


async def _help_delay(tx: Transaction, community: str, _thing: str) -> Fields:
    return {"delay": await settings.own(tx, community, settings.NEXT_GROUP)}


async def _set_help_delay(actor: Actor, community: str, _thing: str, fields: Fields) -> None:
    await settings.put(actor.tx, community, settings.NEXT_GROUP, fields["delay"])


VERBS = {
    ROOM: Verb(_room, _set_room),
    LINK: Verb(_link, _set_link),
    MAIN_ROOM: Verb(_main_room, _set_main_room),
    TEAM: Verb(_team, _set_team),
    SYNONYM: Verb(_synonym, _set_synonym),
    RESOURCE: Verb(_resource, _set_resource),
    HELP_DELAY: Verb(_help_delay, _set_help_delay),
}
