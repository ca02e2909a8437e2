"""What comes due by itself in each status of a request for help."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.help.rules.request import LIFECYCLE, Status, Trigger


class Timer(StrEnum):
    """What is done when the time has come."""

    PEERS_TO_VOLUNTEERS = "peers_to_volunteers"
    NEXT_GROUP = "next_group"
    NEWS_TO_REQUESTER = "news_to_requester"
    NUDGE_EXPERT = "nudge_expert"
    PROPOSE_HAND_OVER = "propose_hand_over"
    STILL_USEFUL = "still_useful"
    CLOSE_SILENT = "close_silent"
    REMIND_REQUESTER = "remind_requester"
    CLOSE_UNANSWERED = "close_unanswered"
    CLOSE_RESOLVED = "close_resolved"


# Working days, from when the timer is armed.
DELAYS: Final[Mapping[Timer, int]] = {
    Timer.PEERS_TO_VOLUNTEERS: 1,
    Timer.NEXT_GROUP: 1,
    Timer.NEWS_TO_REQUESTER: 3,
    Timer.NUDGE_EXPERT: 2,
    Timer.PROPOSE_HAND_OVER: 4,
    Timer.STILL_USEFUL: 10,
    Timer.CLOSE_SILENT: 20,
    Timer.REMIND_REQUESTER: 3,
    Timer.CLOSE_UNANSWERED: 10,
    Timer.CLOSE_RESOLVED: 5,
}

LASTING: Final = frozenset({Timer.STILL_USEFUL, Timer.CLOSE_SILENT})
"""The clock of an exchange: it never stays open for long without a word."""

_RUNNING: Final[Mapping[Status, frozenset[Timer]]] = {
    Status.DRAFT: frozenset(),
    Status.OPEN: frozenset({Timer.NEWS_TO_REQUESTER}),
    Status.WITH_PEERS: frozenset({Timer.PEERS_TO_VOLUNTEERS, Timer.NEWS_TO_REQUESTER}),
    Status.SEEKING: frozenset({Timer.NEXT_GROUP, Timer.NEWS_TO_REQUESTER}),
    Status.UNTAKEN: frozenset({Timer.NEWS_TO_REQUESTER}),
    Status.ACCEPTED: frozenset({Timer.NUDGE_EXPERT, Timer.PROPOSE_HAND_OVER, *LASTING}),
    Status.UNDER_WAY: LASTING,
    Status.AWAITING_REQUESTER: frozenset({Timer.REMIND_REQUESTER, Timer.CLOSE_UNANSWERED}),
    Status.RESOLVED: frozenset({Timer.CLOSE_RESOLVED}),
    Status.CLOSED: frozenset(),
    Status.CANCELLED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Retiming:
    """What a transition does to the timers of its request; what is in neither keeps running."""

    cancels: frozenset[Timer]
    arms: frozenset[Timer]


def timers_of(status: Status) -> frozenset[Timer]:
    """What may come due in a status; nothing in a final one."""
    return _RUNNING[status]


def retiming(status: Status, trigger: Trigger) -> Retiming:
    """The timers to cancel and to arm; a promise of news made earlier keeps its day.

    ValueError when the trigger means nothing in this status.
    """
    target = LIFECYCLE.target(status, trigger)
    if target is None:
        raise ValueError(f"{trigger} means nothing in {status}")
    before, after = timers_of(status), timers_of(target)
    restarted = frozenset({Timer.NEXT_GROUP}) & before & after if trigger is Trigger.SOLICIT else frozenset()
    return Retiming(before - after | restarted, after - before | restarted)
