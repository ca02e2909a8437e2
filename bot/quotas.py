"""How much one person may make in a day: all kinds, with their usual numbers, which the operator may change.

A kind is something that others see or that is stored; a command that makes it names its kind (`makes=`). Each time it
is made or changed counts, even if it is undone afterwards. A community's team has ten times as much there; operators
are not counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.i18n import N_

TEAM_TIMES = 10


@dataclass(frozen=True, slots=True)
class Quota:
    """The most in a day for one person, and for a room (None: as many as its people may make together).

    In a private conversation the community takes the place of the room. `what` is a msgid in the plural.
    """

    kind: str
    most: int
    in_room: int | None
    what: str


ANSWER, APPLICATION, CHANGE, DATA, DOCUMENT, ERASURE = "answer", "application", "change", "data", "document", "erasure"
IDEA = "idea"
INVITATION, LINK, MEETUP, NOTE, OPINION = "invitation", "link", "meetup", "note", "opinion"
PICTURE, POLL, PROPOSAL = "picture", "poll", "proposal"
REMINDER, REQUEST, RETEX = "reminder", "request", "retex"
SETTING, SHEET, TEAM, THANKS, VOLUNTEER = "setting", "sheet", "team", "thanks", "volunteer"

QUOTAS = (
    Quota(ANSWER, 200, None, N_("answers to meet-ups, choices of dates and requests for help")),
    Quota(APPLICATION, 20, 60, N_("applications for support, and changes of them")),
    Quota(CHANGE, 40, None, N_("changes of meet-ups and their programmes")),
    Quota(DATA, 10, None, N_("copies of all that I keep about you")),
    Quota(DOCUMENT, 20, None, N_("documents to print or keep")),
    Quota(ERASURE, 10, None, N_("erasures")),
    Quota(IDEA, 20, 100, N_("irritants, ideas and solutions, and changes of them")),
    Quota(INVITATION, 10, None, N_("rooms into which I was invited")),
    Quota(LINK, 5, None, N_("rooms that ask to be linked")),
    Quota(MEETUP, 10, 30, N_("meet-ups announced")),
    Quota(NOTE, 200, 1000, N_("lines noted for minutes")),
    Quota(OPINION, 100, None, N_("opinions about resources and meet-ups")),
    Quota(PICTURE, 10, None, N_("pictures of the community's figures")),
    Quota(POLL, 5, 15, N_("choices of dates")),
    Quota(PROPOSAL, 10, 40, N_("resources proposed")),
    Quota(REMINDER, 30, None, N_("reminders")),
    Quota(REQUEST, 30, 150, N_("requests for help, and changes of them")),
    Quota(RETEX, 5, 20, N_("accounts of experience proposed")),
    Quota(SETTING, 60, None, N_("changes of your own settings")),
    Quota(SHEET, 60, 200, N_("practice sheets, and changes of them")),
    Quota(TEAM, 100, None, N_("changes of the community's settings and resources")),
    Quota(THANKS, 10, None, N_("thanks to colleagues")),
    Quota(VOLUNTEER, 5, 20, N_("offers to volunteer")),
)
_OF = {quota.kind: quota for quota in QUOTAS}
KINDS = tuple(_OF)


class Quotas:
    """The quotas of this installation: the usual ones, unless `changed` has the operator's number for a person."""

    def __init__(self, changed: Mapping[str, int] | None = None) -> None:
        self._changed = dict(changed or {})

    def of(self, kind: str) -> Quota:
        """The quota of a kind; a room keeps its usual multiple of a person's number."""
        usual, most = _OF[kind], self._changed.get(kind)
        if most is None:
            return usual
        in_room = None if usual.in_room is None else most * usual.in_room // usual.most
        return Quota(kind, most, in_room, usual.what)
