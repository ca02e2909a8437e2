"""What a community's team may set about its volunteers."""

from dataclasses import dataclass

from bot.communities import Community
from bot.communities.settings.own_settings import HOURS
from bot.communities.settings.setting import Setting
from bot.communities.settings.setting_kinds import Number
from bot.communities.settings.settings import value
from bot.i18n import N_, ngettext
from bot.store.database import Transaction
from bot.time.hours import Hours

MOST = 20
"""What a volunteer may accept at most, at a time and in a month."""


def requests(count: int) -> str:
    return ngettext("{count} request", "{count} requests", count).format(count=count)


_NOBODY_MORE = N_("Every volunteer, from the next request on; whoever wished for less is asked for less.")
OPEN = Setting(
    "charge-max",
    Number(1, MOST, requests),
    MOST,
    what=N_("how many requests a volunteer has at most at a time"),
    concerns=_NOBODY_MORE,
    english="open-most",
)
A_MONTH = Setting(
    "mois-max",
    Number(1, MOST, requests),
    MOST,
    what=N_("how many requests a volunteer is proposed at most in a month"),
    concerns=_NOBODY_MORE,
    english="month-most",
)
SETTINGS = (OPEN, A_MONTH)


@dataclass(frozen=True, slots=True)
class Usual:
    """What holds in a community: the hours of whoever set none, and how much anybody is asked at most."""

    hours: Hours
    most_open: int
    most_a_month: int


async def of(tx: Transaction, community: Community) -> Usual:
    slug = community.slug
    return Usual(await value(tx, slug, HOURS), await value(tx, slug, OPEN), await value(tx, slug, A_MONTH))
