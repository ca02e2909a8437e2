"""The life of a team: its statuses, what moves it, and who may."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot import lifecycle
from bot.lifecycle import Lifecycle, row


class Status(StrEnum):
    """The statuses of a team."""

    FORMING = "forming"  # people are asked
    AT_WORK = "at_work"
    EXPERIMENTING = "experimenting"
    EVALUATED = "evaluated"
    CAPITALISED = "capitalised"  # a practice sheet came of it
    GIVEN_UP = "given_up"


class Trigger(StrEnum):
    """What happens to a team."""

    COMPLETE = "complete"
    ADOPT = "adopt"  # it agreed elsewhere
    EXPERIMENT = "experiment"  # something is measured
    EVALUATE = "evaluate"
    CAPITALISE = "capitalise"
    GIVE_UP = "give_up"


class Party(StrEnum):
    """What somebody is to a team."""

    MEMBER = "member"
    MODERATOR = "moderator"
    SYSTEM = "system"  # the last answer, or what follows from its sheet


class Refusal(StrEnum):
    """Why a trigger is not for this team, this person or this moment."""

    WRONG_STATUS = lifecycle.WRONG_STATUS
    NOT_ALLOWED = lifecycle.NOT_ALLOWED
    TOO_FEW = "too_few"
    FEW_PROFESSIONS = "few_professions"
    NOT_MEASURED = "not_measured"
    REASON_MISSING = "reason_missing"


class Seat(StrEnum):
    """Where somebody stands in a team."""

    ASKED = "asked"
    IN = "in"
    DECLINED = "declined"


_S, _T, _P, _R = Status, Trigger, Party, Refusal
_GOING_ON: Final = (_S.FORMING, _S.AT_WORK, _S.EXPERIMENTING)

LIFECYCLE: Final = Lifecycle(
    "team",
    _S.FORMING,
    (
        row(
            _S.FORMING,
            on=_T.COMPLETE,
            to=_S.AT_WORK,
            by={_P.MODERATOR, _P.SYSTEM},
            unless=(_R.TOO_FEW, _R.FEW_PROFESSIONS),
        ),
        row(_S.FORMING, on=_T.ADOPT, to=_S.AT_WORK, by={_P.SYSTEM}),
        row(_S.AT_WORK, on=_T.EXPERIMENT, to=_S.EXPERIMENTING, by={_P.MEMBER, _P.MODERATOR}),
        row(
            *(_S.AT_WORK, _S.EXPERIMENTING),
            on=_T.EVALUATE,
            to=_S.EVALUATED,
            by={_P.MEMBER, _P.MODERATOR},
            unless=(_R.NOT_MEASURED,),
        ),
        row(_S.EVALUATED, on=_T.CAPITALISE, to=_S.CAPITALISED, by={_P.SYSTEM}),
        row(*_GOING_ON, on=_T.GIVE_UP, to=_S.GIVEN_UP, by={_P.MODERATOR}, unless={_R.REASON_MISSING}),
    ),
)

GOING_ON: Final = frozenset(_GOING_ON)
ACCOMPANIED: Final = frozenset({_S.AT_WORK, _S.EXPERIMENTING})
"""It is asked where it stands."""
OVER: Final = frozenset({_S.CAPITALISED, _S.GIVEN_UP})

PROFESSIONS: Final = 3
FEWEST, MOST = 2, 12
"""People in a team, and who may be asked into one."""

EVERY: Final = timedelta(days=30)
"""After which a team is asked again where it stands."""
SILENT: Final = 2
"""Questions without an answer after which the moderators know."""

TEAM, ASK, PROFESSION = "team", "team-ask", "team-profession"
"""The cards: that shows it in its room; to whoever is asked into it; to whoever is in it, about their profession."""
POINT, NOTED, SHEET, RHYTHM = "team-point", "team-noted", "team-sheet", "team-rhythm"
"""The cards: that asks where it stands; our answer to a word of where it stands; that proposes the sheet; that proposes
its meet-ups."""
INVITES, WAITS, FOLLOW_UP = "team-invites", "team-waits", "team-follow-up"
"""The timers: somebody may be asked now; people have not answered; the team is asked where it stands."""
ROOM_MADE, ROOM_LEFT, ROOM_CHECK = "team-room", "team-room-left", "team-room-check"
"""The timers: the team's room exists; somebody left it; it should exist by now."""
CHECK_AFTER: Final = timedelta(minutes=10)
ASKS_HELP, SHEET_READ = "team-asks-help", "team-sheet-read"
"""The timers: somebody asks for help, perhaps in a team's room; a sheet is published, perhaps of a team."""
KEYS: Final = "team:"
"""With which the keys of all that is sent about teams begin."""


def distinct(professions: Collection[str | None]) -> int:
    """How many professions these people have; who gave none counts for none."""
    return len({one for one in professions if one})


def hindrances(professions: Collection[str | None], *, exception: str) -> set[Refusal]:
    """What is in the way of a team of people with these professions."""
    found = {
        Refusal.TOO_FEW: len(professions) < FEWEST,
        Refusal.FEW_PROFESSIONS: distinct(professions) < PROFESSIONS and not exception.strip(),
    }
    return {refusal for refusal, true in found.items() if true}


def not_measured(before: str, after: str, unmeasured: str) -> set[Refusal]:
    """What is in the way of its end: nothing was measured, and nothing says why."""
    return set() if (before and after) or unmeasured.strip() else {Refusal.NOT_MEASURED}
