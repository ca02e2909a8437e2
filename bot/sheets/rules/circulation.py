"""A sheet is offered to another community, whose team takes it or says why not."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot import lifecycle
from bot.lifecycle import Lifecycle, row

ANSWERED_WITHIN: Final = timedelta(days=30)
"""How long a team has for its answer."""


class Circulation(StrEnum):
    """The statuses of a sheet in another community."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    ENDED = "ended"


class CirculationTrigger(StrEnum):
    """What happens to it."""

    PROPOSE = "propose"  # again
    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    END = "end"


class CirculationParty(StrEnum):
    """Who moves it."""

    PROPOSER = "proposer"  # who signs the sheet, or is of the team of its own community
    TARGET = "target"  # who is of the team of the other community
    SYSTEM = "system"


class CirculationRefusal(StrEnum):
    """Why not."""

    WRONG_STATUS = lifecycle.WRONG_STATUS
    NOT_ALLOWED = lifecycle.NOT_ALLOWED
    HINDERED = "hindered"  # the sheet is not published any more, or was never evaluated
    REASON_MISSING = "reason_missing"


_C, _T, _P, _R = Circulation, CirculationTrigger, CirculationParty, CirculationRefusal

CIRCULATION: Final = Lifecycle(
    "sheet circulation",
    _C.PROPOSED,
    (
        row(
            *(_C.DECLINED, _C.UNANSWERED, _C.ENDED),
            on=_T.PROPOSE,
            to=_C.PROPOSED,
            by={_P.PROPOSER},
            unless={_R.HINDERED},
        ),
        row(_C.PROPOSED, on=_T.ACCEPT, to=_C.ACCEPTED, by={_P.TARGET}, unless={_R.HINDERED}),
        row(_C.PROPOSED, on=_T.DECLINE, to=_C.DECLINED, by={_P.TARGET}, unless={_R.REASON_MISSING}),
        row(_C.PROPOSED, on=_T.EXPIRE, to=_C.UNANSWERED, by={_P.SYSTEM}),
        row(_C.PROPOSED, _C.ACCEPTED, on=_T.END, to=_C.ENDED, by=set(_P)),
    ),
)

OFFERED, WHY_NOT = "sheet-offered", "sheet-why-not"
"""The cards to the other community's team: whether it takes the sheet, and why it does not."""
