"""The life of a solution: its statuses, what moves it, and who may."""

from enum import StrEnum
from typing import Final

from bot import lifecycle
from bot.lifecycle import Lifecycle, row


class Status(StrEnum):
    """The statuses of a solution."""

    GIVEN = "given"
    IN_VOTE = "in_vote"
    RETAINED = "retained"
    NOT_RETAINED = "not_retained"
    ACCOMPANIED = "accompanied"  # a team works on it
    EXPERIMENTING = "experimenting"
    EVALUATED = "evaluated"
    CAPITALISED = "capitalised"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"  # its challenge was given up


class Trigger(StrEnum):
    """What happens to a solution."""

    BEGIN_VOTE = "begin_vote"
    RETAIN = "retain"
    LEAVE_OUT = "leave_out"
    WITHDRAW = "withdraw"
    DROP = "drop"
    ACCOMPANY = "accompany"
    EXPERIMENT = "experiment"
    EVALUATE = "evaluate"
    CAPITALISE = "capitalise"
    RELEASE = "release"  # the team gives up
    SETTLE = "settle"  # it was level with others, and the team chose these


class Party(StrEnum):
    """What somebody is to a solution."""

    AUTHOR = "author"  # also whoever signs it too
    SYSTEM = "system"  # its challenge, or its team


class Refusal(StrEnum):
    """Why a trigger is not for this solution, this person or this moment."""

    WRONG_STATUS = lifecycle.WRONG_STATUS
    NOT_ALLOWED = lifecycle.NOT_ALLOWED


_S, _T, _P = Status, Trigger, Party

LIFECYCLE: Final = Lifecycle(
    "solution",
    _S.GIVEN,
    (
        row(_S.GIVEN, on=_T.BEGIN_VOTE, to=_S.IN_VOTE, by={_P.SYSTEM}),
        row(_S.IN_VOTE, on=_T.RETAIN, to=_S.RETAINED, by={_P.SYSTEM}),
        row(_S.IN_VOTE, on=_T.LEAVE_OUT, to=_S.NOT_RETAINED, by={_P.SYSTEM}),
        row(_S.RETAINED, on=_T.SETTLE, to=_S.NOT_RETAINED, by={_P.SYSTEM}),
        row(_S.GIVEN, on=_T.WITHDRAW, to=_S.WITHDRAWN, by={_P.AUTHOR}),
        row(_S.GIVEN, _S.IN_VOTE, on=_T.DROP, to=_S.DROPPED, by={_P.SYSTEM}),
        row(_S.RETAINED, on=_T.ACCOMPANY, to=_S.ACCOMPANIED, by={_P.SYSTEM}),
        row(_S.ACCOMPANIED, on=_T.EXPERIMENT, to=_S.EXPERIMENTING, by={_P.SYSTEM}),
        row(_S.ACCOMPANIED, _S.EXPERIMENTING, on=_T.EVALUATE, to=_S.EVALUATED, by={_P.SYSTEM}),
        row(_S.EVALUATED, on=_T.CAPITALISE, to=_S.CAPITALISED, by={_P.SYSTEM}),
        row(_S.ACCOMPANIED, _S.EXPERIMENTING, on=_T.RELEASE, to=_S.RETAINED, by={_P.SYSTEM}),
    ),
)

WON: Final = frozenset({_S.RETAINED, _S.ACCOMPANIED, _S.EXPERIMENTING, _S.EVALUATED, _S.CAPITALISED})
"""It was retained."""

SOLUTION, SAID, SIGN = "solution", "solution-said", "solution-sign"
"""The cards: that shows it; our answer to the message that gave it; to whoever is asked to sign it too."""
