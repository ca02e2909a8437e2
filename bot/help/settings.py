"""How a community's requests for help proceed: whom to ask at a time, and how long to wait."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.communities import Community
from bot.communities.settings.own_settings import HOURS
from bot.communities.settings.setting import Setting
from bot.communities.settings.setting_kinds import Number, Wait, days, people, working_days
from bot.communities.settings.settings import value
from bot.help.rules.timers import DELAYS, Timer
from bot.i18n import N_
from bot.store.database import Transaction
from bot.time.delay import Delay
from bot.time.working_time import WorkingTime
from bot.volunteers.rules.routing import WAVES

USUAL_WAIT = Delay(days=DELAYS[Timer.NEXT_GROUP])
_FROM_THE_NEXT_GROUP = N_("It applies from the next group of volunteers that is asked.")

FIRST_GROUP = Setting(
    "vague1",
    Number(1, 20, people),
    WAVES[0],
    what=N_("how many volunteers are asked first"),
    concerns=_FROM_THE_NEXT_GROUP,
    english="group1",
)
SECOND_GROUP = Setting(
    "vague2",
    Number(1, 20, people),
    WAVES[1],
    what=N_("how many volunteers are asked next, in addition"),
    concerns=_FROM_THE_NEXT_GROUP,
    english="group2",
)
NEXT_GROUP = Setting(
    "delai-vague2",
    Wait(days=20, hours=80),
    USUAL_WAIT,
    what=N_("how long a group of volunteers is waited for"),
    concerns=_FROM_THE_NEXT_GROUP,
    english="delay-group2",
    aliases=("delai-acceptation",),
)
_FROM_THE_NEXT_REQUEST = N_("It applies to the delays that begin from then on.")
OF_TIMER = {
    Timer.PEERS_TO_VOLUNTEERS: Setting(
        "delai-collegues",
        Number(1, 5, working_days),
        DELAYS[Timer.PEERS_TO_VOLUNTEERS],
        what=N_("how long colleagues in the room are waited for before volunteers are asked"),
        concerns=_FROM_THE_NEXT_REQUEST,
        english="delay-colleagues",
    ),
    Timer.NEWS_TO_REQUESTER: Setting(
        "nouvelles",
        Number(1, 5, working_days),
        DELAYS[Timer.NEWS_TO_REQUESTER],
        what=N_("after how long at the latest I write to whoever asked"),
        concerns=_FROM_THE_NEXT_REQUEST,
        english="news",
    ),
    Timer.NUDGE_EXPERT: Setting(
        "relance-expert",
        Number(1, 3, working_days),
        DELAYS[Timer.NUDGE_EXPERT],
        what=N_("after how long I ask a volunteer who accepted and has not begun"),
        concerns=_FROM_THE_NEXT_REQUEST,
        english="volunteer-nudge",
    ),
    Timer.PROPOSE_HAND_OVER: Setting(
        "remplacement",
        Number(4, 10, working_days),
        DELAYS[Timer.PROPOSE_HAND_OVER],
        what=N_("after how long I propose to ask somebody else instead"),
        concerns=_FROM_THE_NEXT_REQUEST,
        english="replacement",
    ),
}
"""Of the timers that a team may set; in ranges that cannot change their order."""
WORDS = Setting(
    "conservation-demandes",
    Number(90, 365, days),
    365,
    what=N_("how long I keep the text and the names of a request for help that is closed"),
    concerns=N_("Older ones lose both in the next night; certificates of whoever helped then count them no more."),
    english="retention-requests",
)
SETTINGS: tuple[Setting[Any], ...] = (FIRST_GROUP, SECOND_GROUP, NEXT_GROUP, *OF_TIMER.values(), WORDS)


@dataclass(frozen=True, slots=True)
class Manner:
    """What holds in one community; `groups` are the people asked first, then besides."""

    working: WorkingTime
    groups: tuple[int, ...] = WAVES
    wait: Delay = USUAL_WAIT
    days: Mapping[Timer, int] = field(default_factory=lambda: DELAYS)

    def of_person(self, region: str) -> "Manner":
        """The same for a request of somebody who has the public holidays of this region."""
        return self if region == self.working.region else replace(self, working=replace(self.working, region=region))

    def delay(self, timer: Timer) -> Delay:
        """How long after it was armed a timer is due."""
        return self.wait if timer is Timer.NEXT_GROUP else Delay(days=self.days[timer])


async def of(tx: Transaction, community: Community) -> Manner:
    """The community's own settings over what is usual."""
    return Manner(
        WorkingTime(ZoneInfo(community.time_zone), await value(tx, community.slug, HOURS)),
        (await value(tx, community.slug, FIRST_GROUP), await value(tx, community.slug, SECOND_GROUP)),
        await value(tx, community.slug, NEXT_GROUP),
        {**DELAYS, **{timer: await value(tx, community.slug, own) for timer, own in OF_TIMER.items()}},
    )
