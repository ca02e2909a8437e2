"""The life of a practice sheet: its statuses, what moves it, and who may."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot import lifecycle
from bot.lifecycle import Lifecycle, row


class Status(StrEnum):
    """The statuses of a sheet."""

    PROPOSED = "proposed"  # nothing is written: those concerned are asked whether they want it
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    TO_COMPLETE = "to_complete"
    PUBLISHED = "published"
    TO_REVISE = "to_revise"  # published, and perhaps no longer right
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


class Trigger(StrEnum):
    """What happens to a sheet."""

    CONSENT = "consent"  # of the last of those who are asked
    SUBMIT = "submit"
    ASK_BACK = "ask_back"
    TAKE_OUT = "take_out"  # of what is reviewed: an answer, whose message its author deleted
    PUBLISH = "publish"
    REVISE = "revise"
    LEAVE = "leave"  # its authors finish no more what they wrote anew: what was published stays
    CONFIRM = "confirm"  # it is still right
    ARCHIVE = "archive"
    WITHDRAW = "withdraw"


class Party(StrEnum):
    """What somebody is to one sheet; a person may be several."""

    AUTHOR = "author"  # also whoever signs it too
    NEEDED = "needed"  # somebody without whose consent there is no sheet
    REVIEWER = "reviewer"  # the volunteer who was asked
    MODERATOR = "moderator"
    SYSTEM = "system"


class Refusal(StrEnum):
    """Why a trigger is not for this sheet, this person or this moment."""

    WRONG_STATUS = lifecycle.WRONG_STATUS
    NOT_ALLOWED = lifecycle.NOT_ALLOWED
    INCOMPLETE = "incomplete"  # one of the three answers is missing
    CONSENT_MISSING = "consent_missing"
    OWN_SHEET = "own_sheet"
    REASON_MISSING = "reason_missing"
    CHANGED = "changed"  # it says what no reviewer has read


_S, _T, _P, _R = Status, Trigger, Party, Refusal
_PUBLIC: Final = (_S.PUBLISHED, _S.TO_REVISE)
_NOT_OVER: Final = tuple(status for status in Status if status not in (_S.ARCHIVED, _S.WITHDRAWN))

LIFECYCLE: Final = Lifecycle(
    "sheet",
    _S.PROPOSED,
    (
        row(_S.PROPOSED, on=_T.CONSENT, to=_S.DRAFT, by={_P.AUTHOR, _P.NEEDED}, unless={_R.CONSENT_MISSING}),
        row(_S.DRAFT, _S.TO_COMPLETE, on=_T.SUBMIT, to=_S.IN_REVIEW, by={_P.AUTHOR}, unless={_R.INCOMPLETE}),
        # Meanwhile members still find what was published before, shown as to be verified.
        row(_S.TO_REVISE, on=_T.SUBMIT, to=_S.IN_REVIEW, by={_P.AUTHOR}, unless={_R.INCOMPLETE}),
        row(
            _S.IN_REVIEW,
            on=_T.ASK_BACK,
            to=_S.TO_COMPLETE,
            by={_P.REVIEWER, _P.MODERATOR},
            unless=(_R.OWN_SHEET, _R.REASON_MISSING),
        ),
        row(_S.IN_REVIEW, on=_T.TAKE_OUT, to=_S.TO_COMPLETE, by={_P.AUTHOR}),
        row(_S.IN_REVIEW, on=_T.PUBLISH, to=_S.PUBLISHED, by={_P.REVIEWER, _P.MODERATOR}, unless={_R.OWN_SHEET}),
        row(_S.PUBLISHED, on=_T.REVISE, to=_S.TO_REVISE, by={_P.AUTHOR, _P.MODERATOR, _P.SYSTEM}),
        row(_S.TO_REVISE, on=_T.CONFIRM, to=_S.PUBLISHED, by={_P.AUTHOR, _P.MODERATOR}, unless={_R.CHANGED}),
        row(_S.IN_REVIEW, _S.TO_COMPLETE, _S.TO_REVISE, on=_T.LEAVE, to=_S.TO_REVISE, by={_P.SYSTEM}),
        row(*_PUBLIC, on=_T.ARCHIVE, to=_S.ARCHIVED, by={_P.MODERATOR}),
        # The system withdraws what nobody can finish: its author left, or was erased.
        row(*_NOT_OVER, on=_T.WITHDRAW, to=_S.WITHDRAWN, by={_P.AUTHOR, _P.NEEDED, _P.SYSTEM}),
        row(*_NOT_OVER, on=_T.WITHDRAW, to=_S.WITHDRAWN, by={_P.MODERATOR}, unless={_R.REASON_MISSING}),
    ),
)

WRITABLE: Final = frozenset({_S.DRAFT, _S.TO_COMPLETE, _S.TO_REVISE})
"""Its author may change what it says."""
PUBLIC: Final = frozenset(_PUBLIC)
FOR_AUTHORS: Final = WRITABLE | {_S.PROPOSED}
"""What it says beside what is published is for those who sign it, and for nobody of the team."""
OVER: Final = frozenset({_S.ARCHIVED, _S.WITHDRAWN})

START, CONSENT, SHEET, REVIEW, COMMENT = "sheet-start", "sheet-consent", "sheet", "sheet-review", "sheet-comment"
"""The cards about a sheet: to its author, to begin writing; to those whose consent it needs; that show it; to whoever
reviews it, and to whoever says what is missing."""
VERIFY = "sheet-verify"
"""The timer, and the card: to whoever answers for it, whether it is still right."""

WAITS: Final[Mapping[str, frozenset[Status]]] = {
    START: WRITABLE,
    CONSENT: frozenset(_NOT_OVER),
    SHEET: frozenset(),
    REVIEW: frozenset({_S.IN_REVIEW}),
    COMMENT: frozenset({_S.IN_REVIEW}),
    VERIFY: frozenset({_S.TO_REVISE}),
}
"""In which statuses a card of each kind waits for somebody."""
