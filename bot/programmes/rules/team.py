"""What a team must be to be supported: of how many people, of which professions, from where, with whose agreement."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from bot.programmes.rules.application import Refusal

FEWEST: Final = 3
MOST: Final = 5
PROFESSIONS: Final = 2
ESTABLISHMENTS: Final = 2
"""Of a territorial theme."""


@dataclass(frozen=True, slots=True)
class Mate:
    """Somebody who agreed to be in a team. `establishment`: so that two spellings count once; empty if unknown."""

    profession: str
    establishment: str


def size(people: int) -> Refusal | None:
    """What is wrong with a team of so many people, who writes counted."""
    if people < FEWEST:
        return Refusal.TOO_FEW
    return Refusal.TOO_MANY if people > MOST else None


def lacks(team: Sequence[Mate], *, framed: bool, approved: bool, territorial: bool) -> Collection[Refusal]:
    """What an application lacks; empty for one that may be accepted."""
    wrong_size = size(len(team))
    places = {mate.establishment for mate in team if mate.establishment}
    found = {
        Refusal.NOT_FRAMED: not framed,
        Refusal.TOO_FEW: wrong_size is Refusal.TOO_FEW,
        Refusal.TOO_MANY: wrong_size is Refusal.TOO_MANY,
        Refusal.PROFESSIONS: len({mate.profession for mate in team if mate.profession}) < PROFESSIONS,
        Refusal.ESTABLISHMENTS: territorial and len(places) < ESTABLISHMENTS,
        Refusal.APPROVAL: not approved,
    }
    return [refusal for refusal, true in found.items() if true]
