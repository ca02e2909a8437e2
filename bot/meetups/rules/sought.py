"""Reads by which kind and territory somebody looks for meet-ups: « formations Grand Est »."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.meetups.rules.kinds import kind_first
from bot.registers import territories
from bot.registers.territories import Territory

_TERRITORY = re.compile(
    r"(?:(?:en|dans la|dans le|in the) )?(?:territoire|territory|r[ée]gion|d[ée]partement|department)(?: :|:)? ", re.I
)


@dataclass(frozen=True, slots=True)
class Sought:
    """`territories` has several if it cannot be said which is meant, none for meet-ups anywhere."""

    kind: str | None
    territories: Sequence[Territory]


def read_sought(words: str) -> Sought | None:
    """What the words look for; None if they say anything else."""
    kind, rest = kind_first(words.strip(" .?!"))
    begun = _TERRITORY.match(rest)
    found, rest = territories.at_beginning(rest[begun.end() :] if begun else rest)
    return Sought(kind, found) if (kind or found) and not rest else None
