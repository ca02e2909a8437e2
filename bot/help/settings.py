"""How a community's requests for help proceed: whom to ask at a time, and how long to wait."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.communities import Community
from bot.communities.setting import Setting
from bot.communities.setting_kinds import Number, Wait, people
from bot.communities.settings import value
from bot.help.rules.timers import DELAYS, Timer
from bot.i18n import N_
from bot.store.database import Transaction
from bot.time.delay import Delay
from bot.time.working_time import WorkingTime
from bot.volunteers.rules.routing import WAVES

USUAL_WAIT = Delay(days=DELAYS[Timer.NEXT_GROUP])
_FROM_THE_NEXT_GROUP = N_("It counts from the next group of volunteers that is asked.")

FIRST_GROUP = Setting(
    "vague1",
    Number(1, 20, people),
    WAVES[0],
    what=N_("how many volunteers are asked first"),
    concerns=_FROM_THE_NEXT_GROUP,
)
SECOND_GROUP = Setting(
    "vague2",
    Number(1, 20, people),
    WAVES[1],
    what=N_("how many volunteers are asked next, in addition"),
    concerns=_FROM_THE_NEXT_GROUP,
)
NEXT_GROUP = Setting(
    "delai-vague2",
    Wait(days=20, hours=80),
    USUAL_WAIT,
    what=N_("how long a group of volunteers is waited for"),
    concerns=_FROM_THE_NEXT_GROUP,
)
SETTINGS = (FIRST_GROUP, SECOND_GROUP, NEXT_GROUP)


@dataclass(frozen=True, slots=True)
class Manner:
    """What holds in one community; `groups` are the people asked first, then besides."""

    working: WorkingTime
    groups: tuple[int, ...] = WAVES
    wait: Delay = USUAL_WAIT

    def of_person(self, region: str) -> "Manner":
        """The same for a request of somebody who has the public holidays of this region."""
        return self if region == self.working.region else replace(self, working=replace(self.working, region=region))

    def delay(self, timer: Timer) -> Delay:
        """How long after it was armed a timer is due."""
        return self.wait if timer is Timer.NEXT_GROUP else Delay(days=DELAYS[timer])


async def of(tx: Transaction, community: Community) -> Manner:
    """The community's own settings over what is usual."""
    return Manner(
        WorkingTime(ZoneInfo(community.time_zone)),
        (await value(tx, community.slug, FIRST_GROUP), await value(tx, community.slug, SECOND_GROUP)),
        await value(tx, community.slug, NEXT_GROUP),
    )
