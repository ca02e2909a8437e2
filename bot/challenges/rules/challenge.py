"""The life of a challenge: its statuses, what moves it, and who may."""

from enum import StrEnum
from typing import Final

from bot import lifecycle
from bot.lifecycle import Lifecycle, row


class Status(StrEnum):
    """The statuses of a challenge."""

    OPEN = "open"  # to solutions
    VOTING = "voting"
    CLOSED = "closed"  # no solution was retained
    RETAINED = "retained"
    ACCOMPANIED = "accompanied"  # a team works on a solution
    EXPERIMENTING = "experimenting"
    EVALUATED = "evaluated"
    CAPITALISED = "capitalised"
    ABANDONED = "abandoned"


class Trigger(StrEnum):
    """What happens to a challenge."""

    BEGIN_VOTE = "begin_vote"
    CLOSE = "close"
    RETAIN = "retain"  # the vote ends, and something has won
    ABANDON = "abandon"
    ACCOMPANY = "accompany"
    EXPERIMENT = "experiment"
    EVALUATE = "evaluate"
    CAPITALISE = "capitalise"
    RELEASE = "release"  # the team gives up


class Party(StrEnum):
    """What somebody is to a challenge."""

    MODERATOR = "moderator"
    SYSTEM = "system"  # its dates, or the team that tries a solution


class Refusal(StrEnum):
    """Why a trigger is not for this challenge, this person or this moment."""

    WRONG_STATUS = lifecycle.WRONG_STATUS
    NOT_ALLOWED = lifecycle.NOT_ALLOWED
    NO_SOLUTION = "no_solution"
    ONE_SOLUTION = "one_solution"  # which the team may have voted on all the same
    REASON_MISSING = "reason_missing"


_S, _T, _P, _R = Status, Trigger, Party, Refusal

LIFECYCLE: Final = Lifecycle(
    "challenge",
    _S.OPEN,
    (
        row(
            _S.OPEN,
            on=_T.BEGIN_VOTE,
            to=_S.VOTING,
            by={_P.MODERATOR, _P.SYSTEM},
            unless=(_R.NO_SOLUTION, _R.ONE_SOLUTION),
        ),
        row(_S.VOTING, on=_T.CLOSE, to=_S.CLOSED, by={_P.MODERATOR, _P.SYSTEM}),
        row(_S.VOTING, on=_T.RETAIN, to=_S.RETAINED, by={_P.MODERATOR, _P.SYSTEM}),
        row(_S.OPEN, _S.VOTING, on=_T.ABANDON, to=_S.ABANDONED, by={_P.MODERATOR}, unless={_R.REASON_MISSING}),
        row(_S.RETAINED, on=_T.ACCOMPANY, to=_S.ACCOMPANIED, by={_P.SYSTEM}),
        row(_S.ACCOMPANIED, on=_T.EXPERIMENT, to=_S.EXPERIMENTING, by={_P.SYSTEM}),
        row(_S.ACCOMPANIED, _S.EXPERIMENTING, on=_T.EVALUATE, to=_S.EVALUATED, by={_P.SYSTEM}),
        row(_S.EVALUATED, on=_T.CAPITALISE, to=_S.CAPITALISED, by={_P.SYSTEM}),
        row(_S.ACCOMPANIED, _S.EXPERIMENTING, on=_T.RELEASE, to=_S.RETAINED, by={_P.SYSTEM}),
    ),
)

GOING_ON: Final = frozenset({_S.OPEN, _S.VOTING})
COUNTED: Final = frozenset({_S.CLOSED, _S.RETAINED, _S.ACCOMPANIED, _S.EXPERIMENTING, _S.EVALUATED, _S.CAPITALISED})
"""Its votes are counted."""
FEWEST: Final = 2
"""Solutions without which there is nothing to choose."""

CHALLENGE: Final = "challenge"
"""The card that shows it."""
SOLUTIONS_END, VOTE_END = "challenge-solutions", "challenge-vote"
"""The timers: no more solutions are taken, no more votes."""
