"""The life of an irritant, an idea or a wish: its statuses, what moves it, and who may."""

from enum import StrEnum
from typing import Final

from bot import lifecycle
from bot.lifecycle import Lifecycle, row


class Kind(StrEnum):
    """What somebody reports."""

    IRRITANT = "irritant"
    IDEA = "idea"
    COMMUNITY = "community"  # a community of practice that somebody misses


class Status(StrEnum):
    """The statuses of what was reported."""

    REPORTED = "reported"
    RETAINED = "retained"
    ATTACHED = "attached"  # to a challenge
    FOUNDED = "founded"  # the community exists
    MERGED = "merged"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"


class Trigger(StrEnum):
    """What happens to it."""

    RETAIN = "retain"
    ATTACH = "attach"
    RELEASE = "release"  # its challenge is given up
    FOUND = "found"
    MERGE = "merge"
    SET_ASIDE = "set_aside"
    TAKE_UP = "take_up"  # the team takes back what it decided
    WITHDRAW = "withdraw"


class Party(StrEnum):
    """What somebody is to it."""

    AUTHOR = "author"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class Refusal(StrEnum):
    """Why a trigger is not for this one, this person or this moment."""

    WRONG_STATUS = lifecycle.WRONG_STATUS
    NOT_ALLOWED = lifecycle.NOT_ALLOWED
    REASON_MISSING = "reason_missing"
    ITSELF = "itself"
    OVER_THERE = "over_there"  # what it would be merged into is over itself
    OTHER_KIND = "other_kind"


_S, _T, _P, _R = Status, Trigger, Party, Refusal
OPEN: Final = frozenset({_S.REPORTED, _S.RETAINED})
"""Others may still join it."""

LIFECYCLE: Final = Lifecycle(
    "idea",
    _S.REPORTED,
    (
        row(_S.REPORTED, on=_T.RETAIN, to=_S.RETAINED, by={_P.MODERATOR}),
        row(_S.REPORTED, _S.RETAINED, on=_T.ATTACH, to=_S.ATTACHED, by={_P.MODERATOR}, unless={_R.OTHER_KIND}),
        row(_S.ATTACHED, on=_T.RELEASE, to=_S.RETAINED, by={_P.MODERATOR}),
        row(_S.REPORTED, _S.RETAINED, on=_T.FOUND, to=_S.FOUNDED, by={_P.ADMINISTRATOR}, unless={_R.OTHER_KIND}),
        # What it becomes part of is open, so that no two are ever merged into one another.
        row(
            _S.REPORTED,
            _S.RETAINED,
            on=_T.MERGE,
            to=_S.MERGED,
            by={_P.MODERATOR},
            unless=(_R.ITSELF, _R.OVER_THERE, _R.OTHER_KIND),
        ),
        row(_S.REPORTED, _S.RETAINED, on=_T.SET_ASIDE, to=_S.SET_ASIDE, by={_P.MODERATOR}, unless={_R.REASON_MISSING}),
        row(_S.RETAINED, _S.MERGED, _S.SET_ASIDE, on=_T.TAKE_UP, to=_S.REPORTED, by={_P.MODERATOR}),
        row(_S.REPORTED, _S.RETAINED, on=_T.WITHDRAW, to=_S.WITHDRAWN, by={_P.AUTHOR}),
    ),
)

IDEA: Final = "idea"
"""The card that shows it."""
WISH: Final = "community-wish"
"""The card that asks the team whether a community that many miss shall exist."""
