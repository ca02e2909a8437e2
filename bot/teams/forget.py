"""Somebody is erased, or left a community: they are in its teams no more. What ended long ago is removed."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.mailbox.sending import delivery
from bot.noun import Departure
from bot.store.database import Transaction
from bot.store.old_rows import AT_ONCE
from bot.teams import asking, members, room
from bot.teams.rules.team import GOING_ON, KEYS
from bot.teams.tables import Team, TeamMember, TeamNote, TeamRequest

KEPT = timedelta(days=730)
"""After the end of a team."""


async def person(hands: Hands, mxid: str) -> None:
    """An erased person is in no team; the cards lose the name. Who is in a room is for its people."""
    for team in await members.every_of(hands.tx, mxid):
        await _leave(hands, team, mxid, room_too=False)


async def left(hands: Hands, community: str, mxid: str) -> None:
    """The same in one community: they are taken out of the rooms of its teams too."""
    for team in await members.every_of(hands.tx, mxid, community):
        await delivery.withdraw(hands.tx, hands.account, mxid, of=f"{KEYS}{team.id}:")
        await _leave(hands, team, mxid)


async def _leave(hands: Hands, team: Team, mxid: str, *, room_too: bool = True) -> None:
    locked = await hands.tx.get(Team, team.id, with_for_update=True) or team
    await asking.leave(hands, locked, mxid, room_too=room_too)
    if locked.status not in GOING_ON:
        await room.refresh(hands, locked)


async def has_any(tx: Transaction, mxid: str) -> bool:
    """Whether the person is in a team, or was asked into one."""
    return bool(await members.every_of(tx, mxid))


async def engages(tx: Transaction, mxid: str, *, now: datetime) -> bool:
    """Whether the person is in a team that goes on."""
    return bool(await members.teams_of(tx, mxid))


DEPARTURE = Departure(concerns=(has_any,), people=members.people_of, ends=left)


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Remove teams that ended long ago; returns how many."""
    over = (col(Team.status).not_in(GOING_ON), col(Team.ended_at) < now - KEPT)
    old = (await tx.exec(select(Team.id).where(*over).order_by(col(Team.id)).limit(AT_ONCE))).all()
    for table in (TeamRequest, TeamNote, TeamMember):
        await tx.exec(delete(table).where(col(table.team).in_(old)))
    return (await tx.exec(delete(Team).where(col(Team.id).in_(old)))).rowcount
