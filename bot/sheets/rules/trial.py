"""Somebody tries what a sheet describes, and what came of it: which steps there are, and whose."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot import lifecycle
from bot.lifecycle import Lifecycle, row

ASKED_AFTER: Final = timedelta(days=60)
"""How long somebody tries a sheet before they are asked what came of it; and again, if it was too early."""
MOST_QUESTIONS: Final = 2


class Trial(StrEnum):
    """The statuses of a trial."""

    TRYING = "trying"
    ASKED = "asked"  # whether it helped
    ANSWERED = "answered"
    STOPPED = "stopped"


class TrialTrigger(StrEnum):
    """What happens to a trial."""

    BEGIN = "begin"  # anew
    ASK = "ask"
    NOT_YET = "not_yet"
    ANSWER = "answer"
    STOP = "stop"


class TrialParty(StrEnum):
    """Who moves a trial."""

    READER = "reader"
    SYSTEM = "system"


class TrialRefusal(StrEnum):
    """Why not."""

    WRONG_STATUS = lifecycle.WRONG_STATUS
    NOT_ALLOWED = lifecycle.NOT_ALLOWED
    ASKED_TWICE = "asked_twice"


TRIAL: Final = Lifecycle(
    "sheet trial",
    Trial.TRYING,
    (
        row(Trial.TRYING, on=TrialTrigger.ASK, to=Trial.ASKED, by={TrialParty.SYSTEM}),
        row(
            Trial.ASKED,
            on=TrialTrigger.NOT_YET,
            to=Trial.TRYING,
            by={TrialParty.READER},
            unless={TrialRefusal.ASKED_TWICE},
        ),
        row(Trial.TRYING, Trial.ASKED, on=TrialTrigger.ANSWER, to=Trial.ANSWERED, by={TrialParty.READER}),
        row(Trial.TRYING, Trial.ASKED, on=TrialTrigger.STOP, to=Trial.STOPPED, by=set(TrialParty)),
        row(Trial.STOPPED, on=TrialTrigger.BEGIN, to=Trial.TRYING, by={TrialParty.READER}),
    ),
)


class Result(StrEnum):
    """The statuses of a result."""

    GIVEN = "given"  # the team has not read it
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


class ResultTrigger(StrEnum):
    """What happens to a result."""

    GIVE = "give"  # in other words than before
    ACCEPT = "accept"
    DECLINE = "decline"
    TAKE_BACK = "take_back"


class ResultParty(StrEnum):
    """Who moves a result."""

    GIVER = "giver"
    MODERATOR = "moderator"


class ResultRefusal(StrEnum):
    """Why not."""

    WRONG_STATUS = lifecycle.WRONG_STATUS
    NOT_ALLOWED = lifecycle.NOT_ALLOWED
    OWN = "own"  # nobody accepts what they wrote themselves, or what is said of their own sheet


RESULT: Final = Lifecycle(
    "sheet result",
    Result.GIVEN,
    (
        row(
            Result.ACCEPTED,
            Result.DECLINED,
            Result.TAKEN_BACK,
            on=ResultTrigger.GIVE,
            to=Result.GIVEN,
            by={ResultParty.GIVER},
        ),
        row(
            Result.GIVEN,
            on=ResultTrigger.ACCEPT,
            to=Result.ACCEPTED,
            by={ResultParty.MODERATOR},
            unless={ResultRefusal.OWN},
        ),
        row(
            Result.GIVEN,
            on=ResultTrigger.DECLINE,
            to=Result.DECLINED,
            by={ResultParty.MODERATOR},
            unless={ResultRefusal.OWN},
        ),
        row(
            Result.GIVEN,
            Result.ACCEPTED,
            on=ResultTrigger.TAKE_BACK,
            to=Result.TAKEN_BACK,
            by={ResultParty.GIVER},
        ),
    ),
)

TRYING, SAID, RESULT_GIVEN = "sheet-trial", "sheet-said", "sheet-result"
"""The cards: to whoever tries it, whether it helped; then what came of it in words; to the team, what somebody said."""
