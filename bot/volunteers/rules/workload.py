"""How many open requests each volunteer has and how often they were asked, counted from offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

RECENTLY: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Engagement:
    """One offer. `is_open` when the volunteer has accepted and the request is not over."""

    person: str
    asked_at: datetime
    accepted_at: datetime | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """How many open requests somebody has, and how often and when they were asked."""

    open_requests: int = 0
    asked_this_month: int = 0
    asked_recently: int = 0
    last_accepted_at: datetime | None = None


NO_LOAD: Final = Load()


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
