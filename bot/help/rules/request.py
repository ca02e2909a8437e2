"""The life of a request for help: its statuses, what moves it, and who may."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Where a request stands."""

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
    RESUME = "resume"  # it was not resolved after all
    CLOSE = "close"
    CANCEL = "cancel"
    REOPEN = "reopen"


class Party(StrEnum):
    """What somebody is to one request; a person may be several. SYSTEM is a timer or a service."""

    REQUESTER = "requester"
    OFFERED = "offered"  # a volunteer who was asked
    EXPERT = "expert"  # the volunteer who accepted
    MODERATOR = "moderator"
    SYSTEM = "system"


class Refusal(StrEnum):
    """Why a trigger is not for this request, this person or this moment."""

    WRONG_STATUS = "wrong_status"
    NOT_ALLOWED = "not_allowed"
    TOO_SHORT = "too_short"
    NO_TOPIC = "no_topic"
    TOO_MANY_OPEN = "too_many_open"
    NOBODY_ELSE = "nobody_else"
    NO_EXPERT = "no_expert"
    REASON_MISSING = "reason_missing"
    TOO_LATE = "too_late"
    TOO_OFTEN = "too_often"


FINAL: Final = frozenset({Status.CLOSED, Status.CANCELLED})

MINIMUM_TEXT: Final = 15  # characters
MAXIMUM_OPEN: Final = 3  # requests of one person at a time
TAKE_BACK_WITHIN: Final = timedelta(minutes=5)
REOPEN_WITHIN: Final = timedelta(days=30)
MAXIMUM_REOPENINGS: Final = 2


@dataclass(frozen=True, slots=True)
class Transition:
    """From any of `sources`, by any of `by`, to `target`."""

    trigger: Trigger
    sources: frozenset[Status]
    target: Status
    by: frozenset[Party]


def _from(*sources: Status, on: Trigger, to: Status, by: Collection[Party]) -> Transition:
    return Transition(on, frozenset(sources), to, frozenset(by))


_S, _T, _P = Status, Trigger, Party

TRANSITIONS: Final = (
    _from(_S.DRAFT, on=_T.SEND, to=_S.OPEN, by={_P.REQUESTER}),
    _from(_S.OPEN, _S.UNTAKEN, on=_T.ASK_PEERS, to=_S.WITH_PEERS, by={_P.REQUESTER}),
    _from(_S.OPEN, _S.WITH_PEERS, _S.SEEKING, on=_T.SOLICIT, to=_S.SEEKING, by={_P.SYSTEM, _P.MODERATOR}),
    # A moderator names somebody, or the requester changes the topic.
    _from(_S.UNTAKEN, on=_T.SOLICIT, to=_S.SEEKING, by={_P.SYSTEM, _P.MODERATOR, _P.REQUESTER}),
    _from(_S.OPEN, _S.WITH_PEERS, _S.SEEKING, on=_T.RUN_OUT, to=_S.UNTAKEN, by={_P.SYSTEM}),
    _from(_S.SEEKING, on=_T.ASK_BEFORE, to=_S.SEEKING, by={_P.OFFERED}),
    _from(_S.UNTAKEN, on=_T.ASK_BEFORE, to=_S.UNTAKEN, by={_P.OFFERED}),
    _from(_S.WITH_PEERS, on=_T.ASK_BEFORE, to=_S.WITH_PEERS, by={_P.OFFERED}),
    # A late yes stays welcome for as long as nobody else has said it.
    _from(_S.SEEKING, _S.UNTAKEN, _S.WITH_PEERS, on=_T.ACCEPT, to=_S.ACCEPTED, by={_P.OFFERED}),
    _from(_S.ACCEPTED, on=_T.TAKE_BACK, to=_S.SEEKING, by={_P.EXPERT}),
    _from(_S.ACCEPTED, on=_T.START, to=_S.UNDER_WAY, by={_P.REQUESTER, _P.EXPERT, _P.SYSTEM}),
    _from(_S.UNDER_WAY, on=_T.ASK_REQUESTER, to=_S.AWAITING_REQUESTER, by={_P.EXPERT}),
    _from(_S.AWAITING_REQUESTER, on=_T.ANSWER, to=_S.UNDER_WAY, by={_P.REQUESTER}),
    _from(
        _S.ACCEPTED,
        _S.UNDER_WAY,
        _S.AWAITING_REQUESTER,
        on=_T.HAND_OVER,
        to=_S.SEEKING,
        by={_P.EXPERT, _P.MODERATOR, _P.SYSTEM},
    ),
    _from(_S.WITH_PEERS, on=_T.RESOLVE, to=_S.RESOLVED, by={_P.REQUESTER}),
    _from(
        _S.ACCEPTED,
        _S.UNDER_WAY,
        _S.AWAITING_REQUESTER,
        on=_T.RESOLVE,
        to=_S.RESOLVED,
        by={_P.REQUESTER, _P.EXPERT},
    ),
    _from(_S.RESOLVED, on=_T.RESUME, to=_S.UNDER_WAY, by={_P.REQUESTER}),
    _from(_S.RESOLVED, on=_T.CLOSE, to=_S.CLOSED, by={_P.REQUESTER, _P.SYSTEM}),
    _from(_S.AWAITING_REQUESTER, on=_T.CLOSE, to=_S.CLOSED, by={_P.SYSTEM}),
    # The system cancels what nobody can follow: a draft left alone, an account erased.
    _from(
        *(status for status in Status if status not in FINAL),
        on=_T.CANCEL,
        to=_S.CANCELLED,
        by={_P.REQUESTER, _P.MODERATOR, _P.SYSTEM},
    ),
    _from(_S.CLOSED, on=_T.REOPEN, to=_S.SEEKING, by={_P.REQUESTER}),
)

_TABLE: Final = {(source, row.trigger): row for row in TRANSITIONS for source in row.sources}


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What the rules need to know of a request; instants are aware."""

    status: Status
    text_length: int = 0
    has_topic: bool = False
    others_open: int = 0  # other requests of the same person that have no answer yet
    someone_else: bool = False  # another volunteer may be asked, or a moderator is there to take over
    has_expert: bool = False  # somebody accepted, now or before it was resolved
    accepted_at: datetime | None = None
    closed_at: datetime | None = None
    reopenings: int = 0


def target_of(status: Status, trigger: Trigger) -> Status | None:
    """The status that follows, None when the trigger means nothing in this one."""
    row = _TABLE.get((status, trigger))
    return row.target if row else None


def may(trigger: Trigger, request: RequestFacts, *, by: Collection[Party], now: datetime, reason: str = "") -> bool:
    """Whether somebody who is all of `by` may do this to the request now."""
    return refusal(trigger, request, by=by, now=now, reason=reason) is None


def refusal(
    trigger: Trigger, request: RequestFacts, *, by: Collection[Party], now: datetime, reason: str = ""
) -> Refusal | None:
    """Why not, or None. `reason` is what was given for cancelling somebody else's request."""
    row = _TABLE.get((request.status, trigger))
    if row is None:
        return Refusal.WRONG_STATUS
    acting = row.by.intersection(by)
    if not acting:
        return Refusal.NOT_ALLOWED
    if trigger is Trigger.CANCEL and acting == {Party.MODERATOR} and not reason.strip():
        return Refusal.REASON_MISSING
    if trigger is Trigger.HAND_OVER and Party.SYSTEM in acting:
        return None  # the volunteer is gone: there is nobody to refuse it to
    guard = _GUARDS.get(trigger)
    return guard(request, now) if guard else None


def _may_send(request: RequestFacts, now: datetime) -> Refusal | None:
    if request.text_length < MINIMUM_TEXT:
        return Refusal.TOO_SHORT
    if not request.has_topic:
        return Refusal.NO_TOPIC
    return Refusal.TOO_MANY_OPEN if request.others_open >= MAXIMUM_OPEN else None


def _may_take_back(request: RequestFacts, now: datetime) -> Refusal | None:
    in_time = request.accepted_at is not None and now - request.accepted_at <= TAKE_BACK_WITHIN
    return None if in_time else Refusal.TOO_LATE


def _may_hand_over(request: RequestFacts, now: datetime) -> Refusal | None:
    return None if request.someone_else else Refusal.NOBODY_ELSE


def _may_resume(request: RequestFacts, now: datetime) -> Refusal | None:
    return None if request.has_expert else Refusal.NO_EXPERT


def _may_reopen(request: RequestFacts, now: datetime) -> Refusal | None:
    if request.closed_at is None or now - request.closed_at > REOPEN_WITHIN:
        return Refusal.TOO_LATE
    return Refusal.TOO_OFTEN if request.reopenings >= MAXIMUM_REOPENINGS else None


_GUARDS: Final[Mapping[Trigger, Callable[[RequestFacts, datetime], Refusal | None]]] = {
    Trigger.SEND: _may_send,
    Trigger.TAKE_BACK: _may_take_back,
    Trigger.HAND_OVER: _may_hand_over,
    Trigger.RESUME: _may_resume,
    Trigger.REOPEN: _may_reopen,
}
