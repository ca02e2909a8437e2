"""Whom a request may be shown to: the volunteers and their loads, read for the rules of `volunteers.rules.routing`."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from bot.communities.tables import Community, Topic
from bot.help.tables import HelpOffer, HelpRequest
from bot.mailbox import direct_chats
from bot.store.database import Transaction
from bot.volunteers.availability import working
from bot.volunteers.rules.absence import Absence
from bot.volunteers.rules.routing import Choice, Need, Verdict, Volunteer, ancestors_of, choose, explain
from bot.volunteers.rules.workload import RECENTLY, Load
from bot.volunteers.tables import Availability, Expert, ExpertTopic, Profile


async def next_group(
    tx: Transaction, request: HelpRequest, community: Community, *, size: int, now: datetime
) -> Choice:
    """At most `size` people to ask now."""
    need = await need_of(tx, request)
    volunteers = await volunteers_for(tx, need, community, account=request.account)
    return choose(need, volunteers, await loads(tx, community, volunteers, now=now), size=size, now=now)


async def why(tx: Transaction, request: HelpRequest, community: Community, *, now: datetime) -> tuple[Verdict, ...]:
    """Everybody who knows the topic, who would be asked first, and what speaks against the others."""
    need = await need_of(tx, request)
    volunteers = await volunteers_for(tx, need, community, account=request.account)
    return explain(need, volunteers, await loads(tx, community, volunteers, now=now), now=now)


async def need_of(tx: Transaction, request: HelpRequest) -> Need:
    """The request as the rules see it; who was asked in an earlier turn and never answered may be asked again."""
    topics = (await tx.exec(select(Topic).where(Topic.community == request.community))).all()
    parents = {topic.slug: topic.parent for topic in topics if topic.parent}
    offers = (await tx.exec(select(HelpOffer).where(HelpOffer.request == request.id))).all()
    answered = {offer.person for offer in offers if offer.answered_at is not None} - {request.expert}
    asked = answered | {offer.person for offer in offers if offer.turn == request.turn}
    establishment = await _establishment(tx, request) if request.other_establishment else None
    return Need(
        topic=request.topic or "",
        requester=request.requester or "",
        ancestors=ancestors_of(request.topic or "", parents),
        asked=frozenset(asked),
        helped_before=request.expert,
        avoid_establishment=establishment,
    )


async def _establishment(tx: Transaction, request: HelpRequest) -> str | None:
    profile = await tx.get(Profile, request.requester or "")
    return profile.establishment if profile else None


async def volunteers_for(tx: Transaction, need: Need, community: Community, *, account: str) -> dict[str, Volunteer]:
    """Those who know the topic or one above it, the generalists, and whoever stands in for one of them."""
    line = (need.topic, *need.ancestors)
    knowing = select(ExpertTopic.person).where(
        or_(col(ExpertTopic.community) == community.slug, col(ExpertTopic.community).in_(_crossed())),
        col(ExpertTopic.topic).in_(line),
    )
    found = await _volunteers(tx, community, line, or_(col(Expert.generalist), col(Expert.person).in_(knowing)))
    missing = _delegates(found) - found.keys()
    while missing:
        more = await _volunteers(tx, community, line, col(Expert.person).in_(missing))
        found |= more
        missing = _delegates(more) - found.keys()
    for person in found.keys() & await direct_chats.not_accepted(tx, account):
        found[person] = replace(found[person], reachable=False)
    return found


def _crossed() -> Any:
    return select(Expert.community).where(col(Expert.crossing))


def _delegates(found: dict[str, Volunteer]) -> set[str]:
    return {one.absence.delegate for one in found.values() if one.absence and one.absence.delegate}


_COLUMNS: Any = (
    Expert.person,
    Expert.community,
    Expert.own_yes,
    Expert.team_yes,
    Expert.generalist,
    Availability.hours,
    Availability.time_zone,
    Availability.region,
    Availability.rest_until,
    Availability.paused,
    Availability.open_cap,
    Availability.month_cap,
    Availability.absent_from,
    Availability.absent_to,
    Availability.delegate,
    Profile.establishment,
)


async def _volunteers(tx: Transaction, community: Community, line: Collection[str], which: Any) -> dict[str, Volunteer]:
    """Columns, not objects: there may be thousands. Of one's own community and of another, one's own counts."""
    rows: Any = (
        columns(*_COLUMNS)
        .join(Availability, col(Availability.person) == col(Expert.person), isouter=True)
        .join(Profile, col(Profile.person) == col(Expert.person), isouter=True)
        .where(or_(col(Expert.community) == community.slug, col(Expert.crossing)), which)
    )
    topics = await _topics(tx, line)
    found: dict[str, Volunteer] = {}
    for row in await tx.exec(rows):
        person, of = row[0], row[1]
        if person not in found or of == community.slug:
            found[person] = _volunteer(row, topics.get((of, person), frozenset()), community)
    return found


async def _topics(tx: Transaction, line: Collection[str]) -> dict[tuple[str, str], frozenset[str]]:
    rows: Any = columns(col(ExpertTopic.community), col(ExpertTopic.person), col(ExpertTopic.topic))
    found: dict[tuple[str, str], set[str]] = {}
    for community, person, topic in await tx.exec(rows.where(col(ExpertTopic.topic).in_(line))):
        found.setdefault((community, person), set()).add(topic)
    return {key: frozenset(topics) for key, topics in found.items()}


def _volunteer(row: Any, topics: frozenset[str], community: Community) -> Volunteer:
    """Columns in their order: by name each would be looked up anew."""
    person, _of, own_yes, team_yes, generalist, hours, zone, region, rest, *limits = row
    paused, open_cap, month_cap, first, last, delegate, establishment = limits
    return Volunteer(
        person=person,
        working=working(hours, zone or community.time_zone, region, rest),
        topics=topics,
        generalist=bool(generalist),
        active=bool(own_yes and team_yes),
        paused=bool(paused),
        absence=Absence(first, last, delegate) if first and last else None,
        open_cap=2 if open_cap is None else open_cap,
        month_cap=2 if month_cap is None else month_cap,
        establishment=establishment,
    )


async def loads(tx: Transaction, community: Community, people: Collection[str], *, now: datetime) -> dict[str, Load]:
    """What each of these people carries and was asked, in all communities."""
    zone = ZoneInfo(community.time_zone)
    month = now.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    asked = col(HelpOffer.wave) > 0
    rows: Any = columns(
        col(HelpOffer.person),
        _count(col(HelpOffer.carried)),
        _count(and_(asked, col(HelpOffer.asked_at) >= month)),
        _count(and_(asked, col(HelpOffer.asked_at) > now - RECENTLY)),
        func.max(HelpOffer.accepted_at),
    ).group_by(col(HelpOffer.person))
    rows = rows.where(col(HelpOffer.person).in_(list(people)))
    return {who: Load(carried, monthly, recent, last) for who, carried, monthly, recent, last in await tx.exec(rows)}


def _count(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))
