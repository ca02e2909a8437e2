"""Volunteers' loads counted from a list of offers, as the database counts them from its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from bot.volunteers.rules.workload import RECENTLY, Load


@dataclass(frozen=True, slots=True)
class Engagement:
    """One offer. `is_open` when the volunteer has accepted and the request is not over."""

    person: str
    asked_at: datetime
    accepted_at: datetime | None = None
    is_open: bool = False


def loads_of(engagements: Iterable[Engagement], *, now: datetime, zone: tzinfo) -> dict[str, Load]:
    """The load of each person who has one. Months are those of the zone's calendar."""
    first_day = now.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    month = first_day.astimezone(UTC)
    by_person: dict[str, list[Engagement]] = {}
    for engagement in engagements:
        by_person.setdefault(engagement.person, []).append(engagement)
    return {
        person: Load(
            sum(one.is_open for one in theirs),
            sum(one.asked_at >= month for one in theirs),
            sum(one.asked_at > now - RECENTLY for one in theirs),
            max((one.accepted_at for one in theirs if one.accepted_at), default=None),
        )
        for person, theirs in by_person.items()
    }
