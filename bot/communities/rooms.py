"""Which room belongs to which community, and the requests to link one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.communities import communities
from bot.communities.rules.room_facts import RoomDirectory, RoomFacts
from bot.communities.tables import Community, LinkRequest, RoomBinding
from bot.i18n import _, ngettext
from bot.mailbox.sending.outbox import Card
from bot.store.columns import columns
from bot.store.database import Transaction
from bot.store.old_rows import delete_some

KINDS = PUBLIC, EXPERTS, MODERATION, HELP = ("public", "experts", "moderation", "help")
PROTECTIONS = OFF, WARN, REMOVE = ("off", "warn", "remove")
OWN = "own"
"""Kind of a room that we made for some members: we answer there, and nobody is a member for being in it."""
OPEN, DONE, DECLINED = "open", "done", "declined"
REQUESTS_KEPT = timedelta(days=365)


async def binding(tx: Transaction, room_id: str) -> RoomBinding | None:
    """The room's community and settings, None in a room of no community."""
    return await tx.remember(RoomBinding, room_id, lambda: tx.get(RoomBinding, room_id))


async def is_served(tx: Transaction, slug: str, *, account: str) -> bool:
    """Whether the community has a main room that this account serves."""
    community = await communities.get(tx, slug)
    bound = await binding(tx, community.main_room) if community and community.main_room else None
    return bound is not None and bound.account == account


async def language(tx: Transaction, room_id: str) -> str | None:
    """The language spoken in a room, its own or else its community's; None in a room of no community."""
    bound = await binding(tx, room_id)
    community = await communities.get(tx, bound.community) if bound else None
    return bound.language or (community.language if community else None) if bound else None


def called(directory: RoomDirectory, room_id: str) -> str:
    """The room's name for sentences, else who is in it; an id would mean nothing to a reader."""
    return known_as(directory, room_id) or _("without a name")


def known_as(directory: RoomDirectory, room_id: str) -> str:
    """The same, empty for a room of which neither is known."""
    facts = directory.facts(room_id)
    if facts is None or not facts.company:
        return (facts and facts.name) or ""
    return _by_company(facts)


def _by_company(facts: RoomFacts) -> str:
    """As clients name a room without a name: by its members other than us."""
    first, others = facts.company[0], facts.members - 1 - len(facts.company)
    if others > 0:
        sentence = ngettext(
            "conversation with {names} and {count} other", "conversation with {names} and {count} others", others
        )
        return sentence.format(names=", ".join(facts.company), count=others)
    if len(facts.company) == 1:
        return _("conversation with {name}").format(name=first)
    return _("conversation with {first} and {second}").format(first=first, second=facts.company[1])


def may_write(directory: RoomDirectory, room_id: str) -> bool:
    """Whether our power lets us write in a room, as far as we know."""
    facts = directory.facts(room_id)
    return facts is None or "write" not in facts.missing


def waits_for_right(directory: RoomDirectory, room_id: str) -> str:
    """That what we have to say in a room waits, and which right to give us; nothing where we may write."""
    if may_write(directory, room_id):
        return ""
    sentence = _(
        "I may not write in the room {room}: what I have to say there waits. "
        "Somebody who administers it can give me this right, “Send messages”."
    )
    return sentence.format(room=called(directory, room_id))


async def belongs(tx: Transaction, room_id: str, slug: str) -> bool:
    """Whether the room still belongs to this community: what was planned there may outlive its link."""
    bound = await binding(tx, room_id)
    return bound is not None and bound.community == slug


async def of_community(tx: Transaction, slug: str) -> Sequence[RoomBinding]:
    """The rooms of a community, oldest link first, but those that we made for some of its members."""
    rooms = select(RoomBinding).where(RoomBinding.community == slug, RoomBinding.kind != OWN)
    return (await tx.exec(rooms.order_by(col(RoomBinding.linked_at)))).all()


def own() -> SelectOfScalar[str]:
    """A statement for the rooms that we made for some members, to be part of another one."""
    return select(RoomBinding.room_id).where(RoomBinding.kind == OWN)


async def of_account(tx: Transaction, account: str) -> Sequence[RoomBinding]:
    """Every linked room that an account serves."""

    async def load() -> Sequence[RoomBinding]:
        return (await tx.exec(select(RoomBinding).where(RoomBinding.account == account))).all()

    return await tx.remember(RoomBinding, ("of account", account), load)


async def link(
    tx: Transaction, room_id: str, community: Community, *, account: str, by: str, now: datetime, main: bool = True
) -> RoomBinding:
    """Link a room; the community's first one becomes its main room, if it may."""
    bound = RoomBinding(room_id=room_id, account=account, community=community.slug, linked_by=by, linked_at=now)
    bound = await tx.merge(bound)
    if main and community.main_room is None:
        await communities.set_main_room(tx, community, room_id)
    await tx.flush()
    return bound


async def set_kind(tx: Transaction, bound: RoomBinding, kind: str) -> None:
    """Set what the room is for: one of `KINDS`."""
    bound.kind = kind
    tx.add(bound)
    await tx.flush()


async def set_protection(tx: Transaction, bound: RoomBinding, protection: str) -> None:
    """Set what is done about a message that looks like patient data: one of `PROTECTIONS`."""
    bound.protection = protection
    tx.add(bound)
    await tx.flush()


async def set_language(tx: Transaction, bound: RoomBinding, language: str | None) -> None:
    """Set the language that we use in the room; None: the community's."""
    bound.language = language
    tx.add(bound)
    await tx.flush()


async def settings(tx: Transaction, room_id: str) -> dict[str, Any]:
    """A room's community, kind, language and protection, read anew; empty in a room of no community."""
    table = columns(RoomBinding)
    names = ("community", "kind", "language", "protection")
    rows = await tx.read(sqlalchemy.select(*(table.c[name] for name in names)).where(table.c.room_id == room_id))
    return dict(rows[0]) if rows else {}


async def unlink(tx: Transaction, bound: RoomBinding) -> None:
    """Unlink a room. If it was the main room, the community has none: no other room gets its rights by accident."""
    community = await communities.with_main_room(tx, bound.room_id)
    if community is not None:
        await communities.set_main_room(tx, community, None)
    await tx.exec(delete(RoomBinding).where(col(RoomBinding.room_id) == bound.room_id))


async def follow(tx: Transaction, old: str, new: str) -> bool:
    """After a room upgrade, move its link, and its role as main room, to the new room. False if it had no link."""
    bound = await binding(tx, old)
    if bound is None or await binding(tx, new) is not None:
        return False
    await tx.exec(update(RoomBinding).where(col(RoomBinding.room_id) == old).values(room_id=new))
    community = await communities.with_main_room(tx, old)
    if community is not None:
        await communities.set_main_room(tx, community, new)
    return True


async def ask_to_link(
    tx: Transaction, room_id: str, community: Community, *, account: str, by: str, now: datetime
) -> LinkRequest:
    """Store a request to link this room."""
    request = LinkRequest(account=account, room_id=room_id, community=community.slug, asked_by=by, asked_at=now)
    tx.add(request)
    await tx.flush()
    return request


async def open_requests(tx: Transaction, slug: str) -> Sequence[LinkRequest]:
    """Those that wait for a community's answer, oldest first."""
    waiting = select(LinkRequest).where(LinkRequest.community == slug, LinkRequest.status == OPEN)
    return (await tx.exec(waiting.order_by(col(LinkRequest.id)))).all()


async def requests_since(tx: Transaction, slug: str, first: int) -> Sequence[LinkRequest]:
    """A request and those made since in its community, answered or not, oldest first."""
    made = select(LinkRequest).where(LinkRequest.community == slug, col(LinkRequest.id) >= first)
    return (await tx.exec(made.order_by(col(LinkRequest.id)))).all()


async def count_open_requests(tx: Transaction, person: str) -> int:
    """How many of a person's requests wait, of whatever community."""
    mine = select(func.count()).where(LinkRequest.asked_by == person, LinkRequest.status == OPEN)
    return (await tx.exec(mine)).one()


async def link_request(tx: Transaction, identity: int) -> LinkRequest | None:
    """The request, locked until the transaction ends."""
    return await tx.get(LinkRequest, identity, with_for_update=True)


async def asked_of(tx: Transaction, item: str) -> Sequence[str]:
    """The community whose team answers a request."""
    return list(await tx.exec(select(LinkRequest.community).where(LinkRequest.id == int(item))))


async def link_waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether a card still has a request to answer: the one that it is about, or one made since."""
    first = await tx.get(LinkRequest, int(item))
    made = await requests_since(tx, first.community, int(item)) if first is not None else ()
    return any([one.status == OPEN and await binding(tx, one.room_id) is None for one in made])


async def settle(tx: Transaction, request: LinkRequest, *, status: str) -> None:
    """Store the answer to a request."""
    request.status = status
    tx.add(request)
    await tx.flush()


async def forget_old_requests(tx: Transaction, *, now: datetime) -> int:
    """Delete requests of long ago, answered or not; returns how many."""
    return await delete_some(tx, LinkRequest, col(LinkRequest.asked_at) < now - REQUESTS_KEPT)
