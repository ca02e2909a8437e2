"""The rule of a vote, who may vote for what, and what comes of the votes."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Voters(StrEnum):
    """Who may vote."""

    MEMBERS = "members"
    VOLUNTEERS = "volunteers"


MOST_EACH: Final = 10
MOST_PLACES: Final = 10
MOST_THRESHOLD: Final = 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """How many solutions one person may vote for, how many votes a solution needs, and how many are retained at most.

    Whoever is level with the last of them is retained too.
    """

    each: int = 3
    threshold: int = 2
    places: int = 1
    discreet: bool = False
    voters: Voters = Voters.MEMBERS


class Refusal(StrEnum):
    """Why somebody's vote is not counted."""

    NOT_NOW = "not_now"
    NOT_ENTITLED = "not_entitled"
    OWN = "own"
    ALREADY = "already"
    TOO_MANY = "too_many"


def refusal(
    rule: Rule, solution: int, *, open_now: bool, entitled: bool, own: Collection[int], given: Collection[int]
) -> Refusal | None:
    """Why a person may not vote for a solution; None if they may. `own` are those they sign, `given` their votes."""
    if not open_now:
        return Refusal.NOT_NOW
    if not entitled:
        return Refusal.NOT_ENTITLED
    if solution in own:
        return Refusal.OWN
    if solution in given:
        return Refusal.ALREADY
    return Refusal.TOO_MANY if len(given) >= rule.each else None


def count(votes: Iterable[tuple[int, str]], solutions: Collection[int]) -> dict[int, int]:
    """How many votes each solution has, of pairs of solution and person."""
    found = Counter(solution for solution, _person in set(votes))
    return {solution: found[solution] for solution in sorted(solutions)}


def retained(tally: Mapping[int, int], rule: Rule) -> list[int]:
    """The solutions that have enough votes and one of the places, the best first; with them all that are level."""
    enough = sorted(solution for solution, votes in tally.items() if votes >= rule.threshold)
    ranked = sorted(enough, key=lambda solution: -tally[solution])
    if len(ranked) <= rule.places:
        return ranked
    last = tally[ranked[rule.places - 1]]
    return [solution for solution in ranked if tally[solution] >= last]


def level(tally: Mapping[int, int], rule: Rule) -> tuple[list[int], int]:
    """Of the retained: those level for the last places, and how many places these are; none if all have one."""
    if len(tally) <= rule.places:
        return [], 0
    least = min(tally.values())
    return sorted(one for one, votes in tally.items() if votes == least), rule.places - sum(
        votes > least for votes in tally.values()
    )
