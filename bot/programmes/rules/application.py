"""The life of a team's application: its statuses, what moves it, and who may."""

from enum import StrEnum
from typing import Final

from bot import lifecycle
from bot.lifecycle import Lifecycle, row


class Status(StrEnum):
    """The statuses of an application."""

    DRAFT = "draft"  # nobody but its contact knows of it
    INCOMPLETE = "incomplete"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Trigger(StrEnum):
    """What happens to an application."""

    SEND = "send"
    COMPLETE = "complete"
    LACK = "lack"  # somebody left, or withdrew their agreement
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    END = "end"


class Party(StrEnum):
    """What somebody is to an application."""

    APPLICANT = "applicant"
    MODERATOR = "moderator"
    SYSTEM = "system"


class Refusal(StrEnum):
    """Why a trigger is not for this application, this person or this moment; the first five say what it lacks."""

    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    PROFESSIONS = "professions"
    ESTABLISHMENTS = "establishments"
    APPROVAL = "approval"
    NOT_FRAMED = "not_framed"
    CLOSED = "closed"
    REASON_MISSING = "reason_missing"
    WRONG_STATUS = lifecycle.WRONG_STATUS
    NOT_ALLOWED = lifecycle.NOT_ALLOWED


_S, _T, _P, _R = Status, Trigger, Party, Refusal
_LACKS: Final = (_R.NOT_FRAMED, _R.TOO_FEW, _R.TOO_MANY, _R.PROFESSIONS, _R.ESTABLISHMENTS, _R.APPROVAL)

LIFECYCLE: Final = Lifecycle(
    "application",
    _S.DRAFT,
    (
        row(_S.DRAFT, on=_T.SEND, to=_S.INCOMPLETE, by={_P.APPLICANT}, unless=(_R.CLOSED, _R.NOT_FRAMED)),
        row(_S.INCOMPLETE, on=_T.COMPLETE, to=_S.SUBMITTED, by={_P.SYSTEM}, unless=_LACKS),
        row(_S.SUBMITTED, on=_T.LACK, to=_S.INCOMPLETE, by={_P.SYSTEM}),
        row(_S.SUBMITTED, on=_T.ACCEPT, to=_S.ACCEPTED, by={_P.MODERATOR}, unless=_LACKS),
        row(_S.INCOMPLETE, _S.SUBMITTED, on=_T.REFUSE, to=_S.REFUSED, by={_P.MODERATOR}, unless={_R.REASON_MISSING}),
        row(
            _S.DRAFT,
            _S.INCOMPLETE,
            _S.SUBMITTED,
            on=_T.WITHDRAW,
            to=_S.WITHDRAWN,
            by={_P.APPLICANT, _P.SYSTEM},
        ),
        row(_S.ACCEPTED, on=_T.END, to=_S.ENDED, by={_P.MODERATOR, _P.SYSTEM}),
    ),
)

UNDECIDED: Final = frozenset({_S.INCOMPLETE, _S.SUBMITTED})
WRITABLE: Final = frozenset({_S.DRAFT, *UNDECIDED})
"""In which its team and its approver may change."""
LIVING: Final = frozenset({*WRITABLE, _S.ACCEPTED})
OVER: Final = frozenset({_S.REFUSED, _S.WITHDRAWN, _S.ENDED})

APPLICATION: Final = "support"
"""The thing of which everybody in it learns each end."""
START, JOIN, APPROVE = "support-start", "support-join", "support-approve"
"""The cards: to go on writing it; to whoever is asked to be in the team; to whoever approves it."""
WENT, USEFUL = "support-went", "support-useful"
"""The two questions at the end."""
ASK, REMIND, TEAM_OVER = "support-ask", "support-remind", "support-team-over"
"""The timers: both questions are asked; the one reminder; a team is evaluated or gave up."""
ROOMS, ROOM_MADE = "support-theme:", "support-room"
"""How the keys of what we do about the rooms of themes begin; the timer of one that exists."""
