"""Volunteers of a community: sign-up, both agreements, topics."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, delete, func
from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.store.database import Transaction
from bot.volunteers import availability
from bot.volunteers.tables import Expert, ExpertTopic


async def get(tx: Transaction, community: str, person: str, *, lock: bool = False) -> Expert | None:
    """The person as a volunteer of this community, whether or not both agree."""
    return await tx.get(Expert, (community, person), with_for_update=lock)


async def of_community(tx: Transaction, community: str) -> Sequence[Expert]:
    """Every volunteer and candidate of a community, by id."""
    return (await tx.exec(select(Expert).where(Expert.community == community).order_by(Expert.person))).all()


async def of_person(tx: Transaction, person: str) -> Sequence[Expert]:
    """The communities in which a person volunteers, or was proposed."""
    return (await tx.exec(select(Expert).where(Expert.person == person).order_by(Expert.community))).all()


async def enter(
    tx: Transaction,
    community: str,
    person: str,
    *,
    now: datetime,
    room: str | None = None,
    event: str | None = None,
    proposed_by: str | None = None,
) -> Expert:
    """Store a candidate unless there is one; `proposed_by`, of the team, gives the team's agreement at once."""
    known = await get(tx, community, person, lock=True)
    row = known or Expert(community=community, person=person, asked_at=now, asked_room=room, asked_event=event)
    if proposed_by is not None:
        row.proposed_by, row.team_yes = proposed_by, True
    tx.add(row)
    await availability.ensure(tx, person)
    await tx.flush()
    return row


async def agree(tx: Transaction, row: Expert, *, own: bool = False, team: bool = False) -> bool:
    """Record that the person or the team agrees; returns whether this made the volunteer active."""
    before = is_active(row)
    row.own_yes, row.team_yes = row.own_yes or own, row.team_yes or team
    tx.add(row)
    await tx.flush()
    return is_active(row) and not before


async def cross(tx: Transaction, row: Expert, *, consents: bool) -> None:
    """Set whether other communities may ask the volunteer too."""
    row.crossing = consents
    tx.add(row)
    await tx.flush()


def serves(known: Sequence[Expert], community: str) -> bool:
    """Whether somebody takes part in a community: there, or elsewhere with the wish to help others too."""
    return any(is_active(one) and (one.crossing or one.community == community) for one in known)


async def count(tx: Transaction, community: str) -> tuple[int, int]:
    """How many volunteers of a community are active, and how many wait for an agreement."""
    both = and_(col(Expert.own_yes).is_(True), col(Expert.team_yes).is_(True))
    sums: Any = select(func.count(), func.coalesce(func.sum(case((both, 1), else_=0)), 0))
    everybody, active = (await tx.exec(sums.where(Expert.community == community))).one()
    return active, everybody - active


async def waiting_for_team(tx: Transaction, community: str) -> int:
    """How many have agreed themselves and wait for the team alone."""
    waiting = (col(Expert.own_yes).is_(True), col(Expert.team_yes).is_(False))
    return (await tx.exec(select(func.count()).where(Expert.community == community, *waiting))).one()


def is_active(row: Expert) -> bool:
    """Whether both the person and the team have agreed."""
    return row.own_yes and row.team_yes


async def withdraw(tx: Transaction, community: str, person: str) -> bool:
    """Remove a volunteer with their topics; False when there was none."""
    for table in (ExpertTopic, Expert):
        mine = (col(table.community) == community, col(table.person) == person)
        gone = await tx.exec(delete(table).where(*mine))
    return bool(gone.rowcount)


async def forget(tx: Transaction, person: str) -> None:
    """The person volunteers nowhere any more, and is found by no request."""
    for table in (ExpertTopic, Expert):
        await tx.exec(delete(table).where(col(table.person) == person))


async def people_of(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    """Who volunteers in a community, or was proposed."""
    return set(await tx.exec(select(Expert.person).where(Expert.community == community)))


async def left(hands: Hands, community: str, person: str) -> None:
    """Somebody is no member of the community any more: no volunteer of it either."""
    await withdraw(hands.tx, community, person)


async def topics_of(tx: Transaction, community: str, person: str) -> set[str]:
    """The slugs of the topics that the person answers for."""
    mine = select(ExpertTopic.topic).where(ExpertTopic.community == community, ExpertTopic.person == person)
    return set(await tx.exec(mine))


async def of_topic(tx: Transaction, community: str, topic: str) -> Sequence[Expert]:
    """The volunteers and candidates of a community who chose a topic."""
    chosen = select(ExpertTopic.person).where(ExpertTopic.community == community, ExpertTopic.topic == topic)
    mine = select(Expert).where(Expert.community == community, col(Expert.person).in_(chosen))
    return (await tx.exec(mine.order_by(Expert.person))).all()


async def topics_served(tx: Transaction, community: str) -> set[str]:
    """The topics that an active volunteer of the community answers for; those who answer on everything are left out."""
    active = select(Expert.person).where(
        Expert.community == community, col(Expert.own_yes).is_(True), col(Expert.team_yes).is_(True)
    )
    chosen = select(ExpertTopic.topic).where(ExpertTopic.community == community, col(ExpertTopic.person).in_(active))
    return set(await tx.exec(chosen.distinct()))


async def forget_topic(tx: Transaction, community: str, topic: str) -> None:
    """Nobody answers for the topic any more: a new one of that name is theirs only if they choose it."""
    await tx.exec(delete(ExpertTopic).where(col(ExpertTopic.community) == community, col(ExpertTopic.topic) == topic))


async def change_topics(
    tx: Transaction, row: Expert, *, add: Collection[str] = (), remove: Collection[str] = ()
) -> set[str]:
    """Add and remove topics of the community; returns those that remain."""
    mine = (col(ExpertTopic.community) == row.community, col(ExpertTopic.person) == row.person)
    if remove:
        await tx.exec(delete(ExpertTopic).where(*mine, col(ExpertTopic.topic).in_(remove)))
    rows = [{"community": row.community, "person": row.person, "topic": topic} for topic in sorted(add)]
    await tx.insert_all_new(ExpertTopic, rows)
    return await topics_of(tx, row.community, row.person)
