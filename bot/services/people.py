"""People: what they have set, and what they may do in a community."""

from collections.abc import Collection

from sqlmodel import select

from bot.domain.roles import Role, roles_in
from bot.domain.rooms import RoomDirectory
from bot.store.database import Transaction
from bot.store.tables import Appointment, Community, Person


async def language_of(tx: Transaction, mxid: str) -> str | None:
    """The language that the person chose, None when they did not."""
    person = await tx.get(Person, mxid)
    return person.language if person else None


async def roles(
    tx: Transaction,
    mxid: str,
    community: Community | None,
    *,
    directory: RoomDirectory,
    here: bool,
    operators: Collection[str],
) -> frozenset[Role]:
    """The person's roles in a community; `here`: they speak in one of its rooms.

    Rests on the directory as it is: whoever acts on a moderator's behalf refreshes it first.
    """
    if community is None:
        return frozenset({Role.OPERATOR}) if mxid in operators else frozenset()
    main = directory.facts(community.main_room) if community.main_room else None
    return roles_in(
        mxid,
        is_member=here,
        main_room=main.power if main else None,
        in_main_room=main is not None and directory.has_member(main.room_id, mxid),
        appointed=await _appointments(tx, mxid, community.slug),
        operators=operators,
    )


async def _appointments(tx: Transaction, mxid: str, community: str) -> list[Role]:
    given = select(Appointment.role).where(Appointment.person == mxid, Appointment.community == community)
    return [Role(role) for role in await tx.exec(given)]
