"""The cards about a request for help, and how long each kind waits for somebody."""

from collections.abc import Mapping
from typing import Final

from bot.help.rules.request import Status

REQUEST, OFFER = "request", "offer"
"""To the author, to one volunteer."""
QUESTION = "question"
"""To somebody who has a question: the next message is that."""
CALL, BOARD = "call", "board"
"""To colleagues in a room of the community, to volunteers in theirs."""
MEETING = "meeting"
"""The card that introduces two people to one another."""
CLARIFY, DETAIL = "clarify", "detail"
"""To a volunteer who has a question, and to the author of whom something is asked: the next message is that."""
ANSWERED = "answered"
"""To the author: somebody has written in the thread of the question."""
REWORDING = "help-rewording"
"""The draft that its author is writing anew."""
WENT, USEFUL = "went", "useful"
"""The first question afterwards, the second."""

SEARCHING: Final = frozenset({Status.OPEN, Status.WITH_PEERS, Status.SEEKING, Status.UNTAKEN})
HELPING: Final = frozenset({Status.ACCEPTED, Status.UNDER_WAY, Status.AWAITING_REQUESTER})
OVER: Final = frozenset({Status.RESOLVED, Status.CLOSED, Status.CANCELLED})

_STAGES: Final = (frozenset({Status.DRAFT}), SEARCHING, HELPING, OVER)

WAITS: Final[Mapping[str, frozenset[Status]]] = {
    REQUEST: frozenset(Status) - OVER,
    CALL: SEARCHING,
    BOARD: SEARCHING,
    MEETING: HELPING,
    CLARIFY: SEARCHING,
    ANSWERED: SEARCHING,
    DETAIL: SEARCHING | HELPING,
    REWORDING: frozenset({Status.DRAFT}),
}
"""In which statuses a card waits, for the kinds for which nothing else counts."""


def over(before: Status, after: Status) -> frozenset[str]:
    """The kinds of cards that wait no more once a request has gone from one status to another.

    Whoever is asked anew in a later search gets a new card, so those of a stage end with it.
    """
    if any({before, after} <= stage for stage in _STAGES):
        return frozenset()
    ended = {OFFER, CALL, BOARD, MEETING, CLARIFY, DETAIL, ANSWERED, REWORDING}
    return frozenset(ended | ({REQUEST} if after in OVER else {WENT, USEFUL}))
