"""Whom a request may be shown to: the volunteers and their loads, read for the rules of `volunteers.rules.routing`."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func
from sqlalchemy import select as columns
from sqlmodel import col, select

from bot.communities import Community, communities
from bot.help.tables import HelpOffer, HelpRequest
from bot.store.database import Transaction
from bot.volunteers import finding, profiles
from bot.volunteers.rules.routing import Choice, Need, Verdict, ancestors_of, choose, explain
from bot.volunteers.rules.workload import RECENTLY, Load


async def next_group(
    tx: Transaction, request: HelpRequest, community: Community, *, size: int, now: datetime
) -> Choice:
    """At most `size` people to ask now."""
    need = await need_of(tx, request)
    volunteers = await finding.knowing(tx, need, community, account=request.account)
    return choose(need, volunteers, await loads(tx, community, volunteers, now=now), size=size, now=now)


async def why(tx: Transaction, request: HelpRequest, community: Community, *, now: datetime) -> tuple[Verdict, ...]:
    """Everybody who knows the topic, who would be asked first, and what speaks against the others."""
    need = await need_of(tx, request)
    volunteers = await finding.knowing(tx, need, community, account=request.account)
    return explain(need, volunteers, await loads(tx, community, volunteers, now=now), now=now)


async def need_of(tx: Transaction, request: HelpRequest) -> Need:
    """The request as the rules see it; who was asked in an earlier turn and never answered may be asked again."""
    topics = await communities.topics_of(tx, request.community)
    parents = {topic.slug: topic.parent for topic in topics if topic.parent}
    offers = (await tx.exec(select(HelpOffer).where(HelpOffer.request == request.id))).all()
    answered = {offer.person for offer in offers if offer.answered_at is not None} - {request.expert}
    asked = answered | {offer.person for offer in offers if offer.turn == request.turn}
    workplace = await profiles.of(tx, request.requester or "") if request.other_establishment else None
    return Need(
        topic=request.topic or "",
        requester=request.requester or "",
        ancestors=ancestors_of(request.topic or "", parents),
        asked=frozenset(asked),
        helped_before=request.expert,
        avoid_establishment=workplace.establishment if workplace else None,
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
