"""The life of a request for help: its statuses, what moves it, and who may."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot import lifecycle
from bot.lifecycle import Lifecycle, row


class Status(StrEnum):
    """The statuses of a request."""

    DRAFT = "draft"
    OPEN = "open"
    WITH_PEERS = "with_peers"
    SEEKING = "seeking"
    UNTAKEN = "untaken"
    ACCEPTED = "accepted"
    UNDER_WAY = "under_way"
    AWAITING_REQUESTER = "awaiting_requester"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Trigger(StrEnum):
    """What happens to a request."""

    SEND = "send"
    ASK_PEERS = "ask_peers"
    SOLICIT = "solicit"  # a group of volunteers is asked, the first or a further one
    RUN_OUT = "run_out"  # nobody is left to ask
    ASK_BEFORE = "ask_before"  # a volunteer has a question before deciding
    ACCEPT = "accept"
    TAKE_BACK = "take_back"  # the acceptance is removed at once
    START = "start"  # the first message in the private room
    ASK_REQUESTER = "ask_requester"
    ANSWER = "answer"
    HAND_OVER = "hand_over"
    RESOLVE = "resolve"
    CLOSE = "close"
    CANCEL = "cancel"
    REOPEN = "reopen"


class Party(StrEnum):
    """What somebody is to one request; a person may be several. SYSTEM is a timer, or what follows from a step."""

    REQUESTER = "requester"
    OFFERED = "offered"  # a volunteer who was asked
    EXPERT = "expert"  # the volunteer who accepted
    MODERATOR = "moderator"
    SYSTEM = "system"


class Refusal(StrEnum):
    """Why a trigger is not for this request, this person or this moment."""

    WRONG_STATUS = lifecycle.WRONG_STATUS
    NOT_ALLOWED = lifecycle.NOT_ALLOWED
    TOO_SHORT = "too_short"
    NO_TOPIC = "no_topic"
    TOO_MANY_OPEN = "too_many_open"
    NOBODY_ELSE = "nobody_else"
    REASON_MISSING = "reason_missing"
    ACCEPTED_LONG_AGO = "accepted_long_ago"
    CLOSED_LONG_AGO = "closed_long_ago"
    TOO_OFTEN = "too_often"
    TAKEN = "taken"  # of an offer: somebody else has accepted


FINAL: Final = frozenset({Status.CLOSED, Status.CANCELLED})

MINIMUM_TEXT: Final = 15  # characters
MAXIMUM_OPEN: Final = 3  # requests of one person at a time
TAKE_BACK_WITHIN: Final = timedelta(minutes=5)
REOPEN_WITHIN: Final = timedelta(days=30)
MAXIMUM_REOPENINGS: Final = 2


_ASKED: Final = (Status.OPEN, Status.WITH_PEERS, Status.SEEKING)
_HELPED: Final = (Status.ACCEPTED, Status.UNDER_WAY, Status.AWAITING_REQUESTER)
_NOT_FINAL: Final = tuple(status for status in Status if status not in FINAL)
_S, _T, _P, _R = Status, Trigger, Party, Refusal

LIFECYCLE: Final = Lifecycle(
    "request",
    Status.DRAFT,
    (
        row(_S.DRAFT, on=_T.SEND, to=_S.OPEN, by={_P.REQUESTER}, unless=(_R.TOO_SHORT, _R.NO_TOPIC, _R.TOO_MANY_OPEN)),
        row(_S.OPEN, _S.UNTAKEN, on=_T.ASK_PEERS, to=_S.WITH_PEERS, by={_P.REQUESTER}),
        row(*_ASKED, on=_T.SOLICIT, to=_S.SEEKING, by={_P.SYSTEM, _P.MODERATOR}),
        # A moderator names somebody, or the requester changes the topic.
        row(_S.UNTAKEN, on=_T.SOLICIT, to=_S.SEEKING, by={_P.SYSTEM, _P.MODERATOR, _P.REQUESTER}),
        row(*_ASKED, on=_T.RUN_OUT, to=_S.UNTAKEN, by={_P.SYSTEM}),
        row(_S.SEEKING, on=_T.ASK_BEFORE, to=_S.SEEKING, by={_P.OFFERED}),
        row(_S.UNTAKEN, on=_T.ASK_BEFORE, to=_S.UNTAKEN, by={_P.OFFERED}),
        row(_S.WITH_PEERS, on=_T.ASK_BEFORE, to=_S.WITH_PEERS, by={_P.OFFERED}),
        # A late yes stays welcome for as long as nobody else has said it.
        row(_S.SEEKING, _S.UNTAKEN, _S.WITH_PEERS, on=_T.ACCEPT, to=_S.ACCEPTED, by={_P.OFFERED}),
        row(_S.ACCEPTED, on=_T.TAKE_BACK, to=_S.SEEKING, by={_P.EXPERT}, unless={_R.ACCEPTED_LONG_AGO}),
        row(_S.ACCEPTED, on=_T.START, to=_S.UNDER_WAY, by={_P.REQUESTER, _P.EXPERT, _P.SYSTEM}),
        row(_S.UNDER_WAY, on=_T.ASK_REQUESTER, to=_S.AWAITING_REQUESTER, by={_P.EXPERT}),
        row(_S.AWAITING_REQUESTER, on=_T.ANSWER, to=_S.UNDER_WAY, by={_P.REQUESTER}),
        row(*_HELPED, on=_T.HAND_OVER, to=_S.SEEKING, by={_P.EXPERT, _P.MODERATOR}, unless={_R.NOBODY_ELSE}),
        # The volunteer is gone: there is nobody to refuse it to.
        row(*_HELPED, on=_T.HAND_OVER, to=_S.SEEKING, by={_P.SYSTEM}),
        # The author has found the answer elsewhere, or where colleagues were asked.
        row(*_ASKED, _S.UNTAKEN, on=_T.RESOLVE, to=_S.RESOLVED, by={_P.REQUESTER}),
        row(*_HELPED, on=_T.RESOLVE, to=_S.RESOLVED, by={_P.REQUESTER, _P.EXPERT}),
        row(_S.RESOLVED, on=_T.CLOSE, to=_S.CLOSED, by={_P.REQUESTER, _P.SYSTEM}),
        # We have asked the author whether it is still useful, and said when it ends.
        row(*_ASKED, _S.UNTAKEN, *_HELPED, on=_T.CLOSE, to=_S.CLOSED, by={_P.SYSTEM}),
        # The system cancels what nobody can follow: a draft left alone, an account erased.
        row(*_NOT_FINAL, on=_T.CANCEL, to=_S.CANCELLED, by={_P.REQUESTER, _P.SYSTEM}),
        row(*_NOT_FINAL, on=_T.CANCEL, to=_S.CANCELLED, by={_P.MODERATOR}, unless={_R.REASON_MISSING}),
        row(_S.CLOSED, on=_T.REOPEN, to=_S.SEEKING, by={_P.REQUESTER}, unless=(_R.CLOSED_LONG_AGO, _R.TOO_OFTEN)),
    ),
)


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What the rules need to know of a request besides its status; instants are aware."""

    text_length: int = 0
    has_topic: bool = False
    others_open: int = 0  # other requests of the same person that have no answer yet
    someone_else: bool = False  # another volunteer may be asked, or a moderator is there to take over
    accepted_at: datetime | None = None
    closed_at: datetime | None = None
    reopenings: int = 0
    reason: str = ""  # what was given for cancelling somebody else's request


def hindrances(request: RequestFacts, *, now: datetime) -> set[Refusal]:
    """Everything that is in the way of a step now, whichever the step."""
    found = {
        Refusal.TOO_SHORT: request.text_length < MINIMUM_TEXT,
        Refusal.NO_TOPIC: not request.has_topic,
        Refusal.TOO_MANY_OPEN: request.others_open >= MAXIMUM_OPEN,
        Refusal.NOBODY_ELSE: not request.someone_else,
        Refusal.REASON_MISSING: not request.reason.strip(),
        Refusal.ACCEPTED_LONG_AGO: not _since(request.accepted_at, TAKE_BACK_WITHIN, now),
        Refusal.CLOSED_LONG_AGO: not _since(request.closed_at, REOPEN_WITHIN, now),
        Refusal.TOO_OFTEN: request.reopenings >= MAXIMUM_REOPENINGS,
    }
    return {refusal for refusal, true in found.items() if true}


def _since(moment: datetime | None, within: timedelta, now: datetime) -> bool:
    return moment is not None and now - moment <= within
