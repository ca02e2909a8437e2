"""Who is asked into a team, and who is in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from bot.store.database import Transaction
from bot.teams.rules.team import GOING_ON, Seat
from bot.teams.tables import Team, TeamMember

BUSY = 2
"""Teams at a time with which somebody is proposed for no other."""


async def ask(tx: Transaction, team: Team, person: str, *, author: bool = False, now: datetime) -> bool:
    """Note that somebody is asked; False when they were before, whatever they answered."""
    row = {"team": team.id, "person": person, "author": author, "status": Seat.ASKED, "asked_at": now}
    return await tx.insert_new(TeamMember, row)


async def seat(tx: Transaction, team: Team, person: str, profession: str | None, *, now: datetime) -> bool:
    """Somebody who agreed elsewhere is in it; False when they were before."""
    row = {"team": team.id, "person": person, "profession": profession, "author": False, "status": Seat.IN}
    return await tx.insert_new(TeamMember, row | {"asked_at": now, "answered_at": now})


async def get(tx: Transaction, team: Team, person: str) -> TeamMember | None:
    """The person as one of those who are asked or in it."""
    mine = select(TeamMember).where(TeamMember.team == team.id, TeamMember.person == person)
    return (await tx.exec(mine.with_for_update())).first()


async def row(tx: Transaction, identity: int) -> TeamMember | None:
    """The one of an id."""
    return await tx.get(TeamMember, identity)


async def slug_of(tx: Transaction, item: str) -> str | None:
    """The community of the team into which somebody is asked, by the id of their row."""
    rows = select(Team.community).join(TeamMember, col(TeamMember.team) == col(Team.id))
    return (await tx.exec(rows.where(TeamMember.id == int(item)))).first()


async def answer(tx: Transaction, found: TeamMember, seat: Seat, *, now: datetime) -> None:
    """Note what somebody answers."""
    found.status, found.answered_at = seat, now
    await write(tx, found)


async def write(tx: Transaction, found: TeamMember) -> None:
    """Keep a changed one."""
    tx.add(found)
    await tx.flush()


async def remove(tx: Transaction, team: Team, person: str) -> bool:
    """Nothing says any more that the person was asked, or is in it; False when nothing did."""
    mine = (col(TeamMember.team) == team.id, col(TeamMember.person) == person)
    return bool((await tx.exec(delete(TeamMember).where(*mine))).rowcount)


async def of(tx: Transaction, team: Team, *seats: Seat) -> Sequence[TeamMember]:
    """Those of these seats, in the order in which they were asked; without `seats` all."""
    rows = select(TeamMember).where(TeamMember.team == team.id)
    rows = rows.where(col(TeamMember.status).in_(seats)) if seats else rows
    return (await tx.exec(rows.order_by(col(TeamMember.id)))).all()


async def is_in(tx: Transaction, team: Team, person: str) -> bool:
    """Whether the person is in the team."""
    return any(one.person == person for one in await of(tx, team, Seat.IN))


# ── those who leave ───────────────────────────────────────────────────────────────────────────────────────


async def teams_of(tx: Transaction, person: str, community: str | None = None) -> Sequence[Team]:
    """The teams that go on in which the person is, or into which they are asked, of whatever community."""
    rows = select(Team).join(TeamMember, col(TeamMember.team) == col(Team.id)).where(TeamMember.person == person)
    rows = rows.where(col(Team.status).in_(GOING_ON), TeamMember.status != Seat.DECLINED)
    rows = rows if community is None else rows.where(Team.community == community)
    return (await tx.exec(rows.order_by(col(Team.id)))).all()


async def every_of(tx: Transaction, person: str, community: str | None = None) -> Sequence[Team]:
    """The same with those that ended, and those that the person declined."""
    rows = select(Team).join(TeamMember, col(TeamMember.team) == col(Team.id)).where(TeamMember.person == person)
    rows = rows if community is None else rows.where(Team.community == community)
    return (await tx.exec(rows.order_by(col(Team.id)))).all()


async def people_of(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    """Who was asked into a team of a community, or is in one."""
    rows = select(TeamMember.person).join(Team, col(TeamMember.team) == col(Team.id))
    return set(await tx.exec(rows.where(Team.community == community).distinct()))


async def busy(tx: Transaction) -> set[str]:
    """Whoever is asked into a team just now, or is in enough teams, of whatever community."""
    rows: Any = select(TeamMember.person, TeamMember.status).join(Team, col(TeamMember.team) == col(Team.id))
    found: dict[str, int] = {}
    for person, seat_ in await tx.exec(rows.where(col(Team.status).in_(GOING_ON), TeamMember.status != Seat.DECLINED)):
        found[person] = found.get(person, 0) + (BUSY if seat_ == Seat.ASKED else 1)
    return {person for person, count in found.items() if count >= BUSY}
