"""Whom to propose for a team: other professions first, then whoever is near, then whoever is asked least."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

PROPOSED: Final = 6
"""People at most: twice the professions that are needed, for not everybody says yes."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who agreed to be asked. `far`: 0 in the same département, 1 in the same region, 2 elsewhere; `asked`:
    how often lately.
    """

    person: str
    profession: str | None = None
    far: int = 2
    asked: int = 0


def propose(
    candidates: Collection[Candidate], *, known: Collection[str | None] = (), size: int = PROPOSED
) -> Sequence[Candidate]:
    """At most `size` of them, best first; `known` are the professions that are there already."""
    left, there, chosen = set(candidates), {one for one in known if one}, list[Candidate]()
    while left and len(chosen) < size:
        best = min(left, key=lambda one: (_adds(one, there), one.far, one.asked, one.person))
        left.discard(best)
        chosen.append(best)
        there |= {best.profession} if best.profession else set()
    return chosen


def _adds(one: Candidate, there: Collection[str]) -> int:
    """0 for another profession, 1 for one that is not known, 2 for one that is there."""
    if one.profession is None:
        return 1
    return 2 if one.profession in there else 0
