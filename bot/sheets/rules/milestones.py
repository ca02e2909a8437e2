"""The five verbs as milestones: a published sheet collects them, each once, and none is ever lost."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final


class Milestone(StrEnum):
    """What a sheet has come to, in the order in which it is read."""

    TRIED = "tried"
    EVALUATED = "evaluated"
    VALUED = "valued"
    CAPITALISED = "capitalised"
    CIRCULATING = "circulating"


class Hindrance(StrEnum):
    """Why a sheet cannot reach a milestone now."""

    NOT_PUBLISHED = "not_published"  # what is not published stays with those who write it
    NOT_EVALUATED = "not_evaluated"  # it stays in its community


_M = Milestone
REQUIRES: Final[Mapping[Milestone, Hindrance | None]] = {
    _M.TRIED: None,
    _M.EVALUATED: None,
    _M.VALUED: None,
    _M.CAPITALISED: None,
    _M.CIRCULATING: Hindrance.NOT_EVALUATED,
}
"""What is in the way of a milestone besides that it is not published, unless it was evaluated."""


def hindrance(milestone: Milestone, *, published: bool, reached: Collection[Milestone]) -> Hindrance | None:
    """What is in the way; None if the sheet may reach it now."""
    if not published:
        return Hindrance.NOT_PUBLISHED
    return REQUIRES[milestone] if Milestone.EVALUATED not in reached else None


def next_step(reached: Collection[Milestone], *, signs: bool, tries: bool) -> Milestone | None:
    """The one thing that whoever reads it can do for it next; None if nothing is left for them.

    Whoever signs it does not try it: they tell what came of it, then offer it to other communities.
    """
    if not signs:
        return Milestone.EVALUATED if tries else Milestone.TRIED
    missing = (one for one in (Milestone.EVALUATED, Milestone.CIRCULATING) if one not in reached)
    return next(missing, None)


RETEX, DIGEST, THANKS = "retex", "digest", "thanks"
"""How a sheet is valued: its experience was told at a meet-up, a team put it first in a digest, somebody thanked."""
