"""People: what they have set, and what they may do in a community."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy
from sqlalchemy import bindparam, delete, func, update
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.communities.people import members
from bot.communities.rules.roles import LEADING, Role, roles_in, roles_of_power
from bot.communities.rules.room_facts import RoomDirectory
from bot.communities.tables import Appointment, Community, Person, Welcome
from bot.store.columns import columns
from bot.store.database import Transaction


async def language_of(tx: Transaction, mxid: str) -> str | None:
    """The language that the person chose, None when they did not."""

    async def load() -> str | None:
        person = await tx.get(Person, mxid)
        return person.language if person else None

    return await tx.remember(Person, ("language", mxid), load)


async def community_of(tx: Transaction, mxid: str) -> str | None:
    """The community that the person chose for private conversations, None when they did not."""
    person = await tx.get(Person, mxid)
    return person.community if person else None


async def has_stopped(tx: Transaction, mxid: str) -> bool:
    """Whether the person wants no message that they did not ask for."""
    person = await tx.get(Person, mxid)
    return person is not None and person.stopped


async def stopped_among(tx: Transaction, mxids: Collection[str]) -> set[str]:
    """Those of these people who want no message that they did not ask for."""
    quiet = select(Person.mxid).where(col(Person.mxid).in_(list(mxids)), col(Person.stopped).is_(True))
    return set(await tx.exec(quiet))


async def set_stopped(tx: Transaction, mxid: str, *, stopped: bool) -> None:
    """Set whether we write to the person only when they ask."""
    person = await tx.get(Person, mxid) or Person(mxid=mxid)
    person.stopped = stopped
    tx.add(person)
    await tx.flush()


async def zone_of(tx: Transaction, mxid: str) -> str | None:
    """The time zone that the person gave, None when they did not."""
    person = await tx.get(Person, mxid)
    return person.time_zone if person else None


async def set_zone(tx: Transaction, mxid: str, key: str) -> None:
    """Set the person's time zone, by its IANA name."""
    person = await tx.get(Person, mxid) or Person(mxid=mxid)
    person.time_zone = key
    tx.add(person)
    await tx.flush()


async def roles(
    tx: Transaction,
    mxid: str,
    community: Community | None,
    *,
    directory: RoomDirectory,
    here: bool,
    operators: Collection[str],
) -> frozenset[Role]:
    """The person's roles in a community; `here`: they write in one of its rooms.

    Reads the directory as it is: refresh it first before acting on a moderator's behalf.
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
    async def load() -> list[Role]:
        return [Role(row["role"]) for row in await tx.read(_ROLES, {"person": mxid, "community": community})]

    return await tx.remember(Appointment, (mxid, community), load)


_APPOINTMENTS, _WELCOMES = columns(Appointment), columns(Welcome)
_ROLES = sqlalchemy.select(_APPOINTMENTS.c.role).where(
    _APPOINTMENTS.c.person == bindparam("person"),
    _APPOINTMENTS.c.community == bindparam("community"),
    _APPOINTMENTS.c.ended_at.is_(None),
)
_SEEN = sqlalchemy.select(_WELCOMES.c.id).where(
    _WELCOMES.c.person == bindparam("person"), _WELCOMES.c.community == bindparam("community")
)

_KNOWN = sqlalchemy.select(_WELCOMES.c.id).where(_WELCOMES.c.person == bindparam("person")).limit(1)


async def set_language(tx: Transaction, mxid: str, language: str) -> None:
    """Set the language that we use with the person in private."""
    person = await tx.get(Person, mxid) or Person(mxid=mxid)
    person.language = language
    tx.add(person)
    await tx.flush()


async def set_community(tx: Transaction, mxid: str, community: str | None) -> None:
    """Set the person's community for private conversations; None: ask them."""
    person = await tx.get(Person, mxid) or Person(mxid=mxid)
    person.community = community
    tx.add(person)
    await tx.flush()


async def greet(tx: Transaction, mxid: str, community: str, *, now: datetime) -> bool:
    """Record that the person turned to us in the community; True if it is the first time, in whatever community."""

    async def load() -> bool:
        return bool(await tx.read(_SEEN, {"person": mxid, "community": community}))

    if await tx.remember(Welcome, (mxid, community), load):
        return False
    known = await tx.read(_KNOWN, {"person": mxid})
    return await tx.insert_new(Welcome, {"community": community, "person": mxid, "welcomed_at": now}) and not known


async def has_been_welcomed(tx: Transaction, mxid: str, community: str) -> bool:
    """Whether the person has turned to us in the community."""
    return bool(await tx.read(_SEEN, {"person": mxid, "community": community}))


def welcomed(community: str) -> SelectOfScalar[str]:
    """A statement for all who have turned to us in the community, to be part of another one."""
    return select(Welcome.person).where(Welcome.community == community)


async def count(tx: Transaction, community: str, *, since: datetime | None = None) -> int:
    """How many people have turned to us in the community, for the first time since this instant if one is given."""
    known = select(func.count()).where(Welcome.community == community)
    return (await tx.exec(known.where(col(Welcome.welcomed_at) >= since) if since else known)).one()


async def appoint(tx: Transaction, mxid: str, community: str, role: Role, *, by: str, now: datetime) -> bool:
    """Give a role in a community; False when the person had it."""
    mine = {"community": community, "person": mxid, "role": role.value}
    given = {"given_by": by, "given_at": now, "informed_at": None}
    if await tx.insert_new(Appointment, mine | given):
        return True
    again = update(Appointment).filter_by(**mine).where(col(Appointment.ended_at).is_not(None))
    return bool((await tx.exec(again.values(given | {"ended_at": None}))).rowcount)


async def dismiss(tx: Transaction, mxid: str, community: str, roles: Collection[Role], *, now: datetime) -> bool:
    """Take appointments back; False when there was none of them."""
    mine = update(Appointment).where(
        col(Appointment.person) == mxid,
        col(Appointment.community) == community,
        col(Appointment.role).in_(roles),
        col(Appointment.ended_at).is_(None),
    )
    return bool((await tx.exec(mine.values(ended_at=now))).rowcount)


async def appointed(tx: Transaction, community: str, *, ended: bool = False) -> Sequence[Appointment]:
    """Every appointment in a community, oldest first; with `ended` also those that ended lately."""
    rows = select(Appointment).where(Appointment.community == community).order_by(col(Appointment.id))
    return (await tx.exec(rows if ended else rows.where(col(Appointment.ended_at).is_(None)))).all()


async def appointed_members(tx: Transaction, community: str) -> set[str]:
    """Those with a role by appointment who have turned to us in the community; others may not have joined yet."""
    mine = (Appointment.community == community, col(Appointment.ended_at).is_(None))
    known = select(Welcome.person).where(Welcome.community == community)
    return set(await tx.exec(select(Appointment.person).where(*mine, col(Appointment.person).in_(known))))


async def is_appointed(tx: Transaction, mxid: str) -> bool:
    """Whether the person has a role by appointment, in whatever community."""
    mine = (Appointment.person == mxid, col(Appointment.ended_at).is_(None))
    return (await tx.exec(select(Appointment.id).where(*mine).limit(1))).first() is not None


async def reappoint(tx: Transaction, identity: int, *, ended_at: datetime | None) -> bool:
    """Make an appointment count again (None), or end at this instant; False when it was deleted."""
    this = update(Appointment).where(col(Appointment.id) == identity)
    return bool((await tx.exec(this.values(ended_at=ended_at, informed_at=None))).rowcount)


async def uninformed(tx: Transaction, community: str) -> frozenset[str]:
    """Those who have a role by appointment in the community and were not informed of it."""

    async def load() -> frozenset[str]:
        waiting = (col(Appointment.ended_at).is_(None), col(Appointment.informed_at).is_(None))
        return frozenset(await tx.exec(select(Appointment.person).where(Appointment.community == community, *waiting)))

    return await tx.remember(Appointment, ("uninformed", community), load)


async def informed(tx: Transaction, community: str, mxid: str, *, now: datetime) -> None:
    """Note that the person was informed of the roles that they have in the community."""
    mine = (col(Appointment.community) == community, col(Appointment.person) == mxid)
    await tx.exec(update(Appointment).where(*mine, col(Appointment.informed_at).is_(None)).values(informed_at=now))


async def forget_ended(tx: Transaction, *, before: datetime) -> None:
    """Delete the appointments that ended before this instant."""
    await tx.exec(delete(Appointment).where(col(Appointment.ended_at) < before))


async def team(
    tx: Transaction,
    community: Community,
    directory: RoomDirectory,
    *,
    but: str,
    appointments: Collection[Role] = LEADING,
) -> list[str]:
    """Who leads the community now, by room power and by these `appointments`: ids, without `but` (ourselves).

    Raises MembersUnknown: with lazy loading only those are known who have written since the start.
    """
    members.require(directory, community.main_room)
    main = directory.facts(community.main_room) if community.main_room else None
    powerful = sorted({*main.power.levels, *main.power.creators}) if main else []
    found = [
        mxid
        for mxid in powerful
        if main and directory.has_member(main.room_id, mxid) and roles_of_power(main.power.power_of(mxid))
    ]
    given = [row.person for row in await appointed(tx, community.slug) if row.role in appointments]
    here = [mxid for mxid in given if not await members.has_left(tx, directory, mxid, community.slug)]
    return [mxid for mxid in dict.fromkeys([*found, *here]) if mxid != but]
