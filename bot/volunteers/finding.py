"""The volunteers whom a request may be shown to, read for the rules of `volunteers.rules.routing`."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from bot.communities import Community
from bot.mailbox import direct_chats
from bot.store.database import Transaction
from bot.volunteers import settings
from bot.volunteers.availability import working
from bot.volunteers.rules.absence import Absence
from bot.volunteers.rules.routing import MONTH_CAP, OPEN_CAP, Need, Volunteer
from bot.volunteers.settings import Usual
from bot.volunteers.tables import Availability, Expert, ExpertTopic, Profile


async def knowing(tx: Transaction, need: Need, community: Community, *, account: str) -> dict[str, Volunteer]:
    """Those who know the topic or one above it, the generalists, and whoever stands in for one of them."""
    line = (need.topic, *need.ancestors)
    answering = select(ExpertTopic.person).where(
        or_(col(ExpertTopic.community) == community.slug, col(ExpertTopic.community).in_(_crossed())),
        col(ExpertTopic.topic).in_(line),
    )
    found = await _volunteers(tx, community, line, or_(col(Expert.generalist), col(Expert.person).in_(answering)))
    missing = _delegates(found) - found.keys()
    while missing:
        more = await _volunteers(tx, community, line, col(Expert.person).in_(missing))
        found |= more
        missing = _delegates(more) - found.keys()
    for person in found.keys() & await direct_chats.not_accepted(tx, account):
        found[person] = replace(found[person], reachable=False)
    return found


async def of_community(tx: Transaction, community: Community, *, account: str) -> dict[str, Volunteer]:
    """All who volunteer in the community itself, whatever they know."""
    found = await _volunteers(tx, community, (), col(Expert.community) == community.slug)
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
    topics, usual = await _topics(tx, line), await settings.of(tx, community)
    found: dict[str, Volunteer] = {}
    for row in await tx.exec(rows):
        person, of = row[0], row[1]
        if person not in found or of == community.slug:
            found[person] = _volunteer(row, topics.get((of, person), frozenset()), community, usual)
    return found


async def _topics(tx: Transaction, line: Collection[str]) -> dict[tuple[str, str], frozenset[str]]:
    rows: Any = columns(col(ExpertTopic.community), col(ExpertTopic.person), col(ExpertTopic.topic))
    found: dict[tuple[str, str], set[str]] = {}
    for community, person, topic in await tx.exec(rows.where(col(ExpertTopic.topic).in_(line))):
        found.setdefault((community, person), set()).add(topic)
    return {key: frozenset(topics) for key, topics in found.items()}


def _volunteer(row: Any, topics: frozenset[str], community: Community, usual: Usual) -> Volunteer:
    """Columns in their order: by name each would be looked up anew."""
    person, _of, own_yes, team_yes, generalist, hours, zone, region, rest, *limits = row
    paused, open_cap, month_cap, first, last, delegate, establishment = limits
    return Volunteer(
        person=person,
        working=working(hours, zone or community.time_zone, region, rest, usual=usual.hours),
        topics=topics,
        generalist=bool(generalist),
        active=bool(own_yes and team_yes),
        paused=bool(paused),
        absence=Absence(first, last, delegate) if first and last else None,
        open_cap=min(OPEN_CAP if open_cap is None else open_cap, usual.most_open),
        month_cap=min(MONTH_CAP if month_cap is None else month_cap, usual.most_a_month),
        establishment=establishment,
    )
