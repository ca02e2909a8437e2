"""Who is away, and who stands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Absence:
    """Away from the first day to the last, both included."""

    first: date
    last: date
    delegate: str | None = None

    def covers(self, day: date) -> bool:
        """Whether the person is away on that day."""
        return self.first <= day <= self.last


Away = Mapping[str, str | None]  # each person who is away, with their delegate


def stand_in(person: str, away: Away) -> str | None:
    """Who answers for somebody: themselves when there; None when the chain ends or turns in a circle."""
    seen: set[str] = set()
    current: str | None = person
    while current is not None and current in away:
        if current in seen:
            return None
        seen.add(current)
        current = away[current]
    return current


def closes_a_circle(person: str, delegate: str, away: Away) -> bool:
    """Whether the delegate's own chain of delegates leads back to the person."""
    others = {absent: chosen for absent, chosen in away.items() if absent != person}
    return stand_in(delegate, others) == person
