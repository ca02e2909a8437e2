"""From how many people on figures are shown, and which weeks they are of."""

from zoneinfo import ZoneInfo

from bot.communities.acting import Hands
from bot.communities.figures.figures import View
from bot.communities.rules.weeks import until_now
from bot.communities.settings import settings
from bot.communities.settings.setting import Setting
from bot.communities.settings.setting_kinds import Number, days
from bot.communities.tables import Community
from bot.i18n import N_, _, ngettext

WEEKS = 12


def _answers(count: int) -> str:
    return ngettext("{count} answer", "{count} answers", count).format(count=count)


def _percent(count: int) -> str:
    return _("{count} %").format(count=count)


class Percent(Number):
    """A share in per cent, written with its sign or without."""

    def read(self, words: str) -> int:
        return super().read(words.replace("%", " ").strip())


LEAST = Setting(
    "min-reponses",
    Number(5, 50, _answers),
    5,
    what=N_("from how many answers or people on figures are shown"),
    concerns=N_("It concerns the figures of the community's team."),
    english="least-answers",
    aliases=("seuil-effectif-anonymat",),
)
TARGET = Setting(
    "satisfaction-cible",
    Percent(1, 100, _percent),
    90,
    what=N_("the satisfaction that the community aims at"),
    concerns=N_("It concerns the figures of the community's team."),
    english="satisfaction-target",
)
OPINIONS = Setting(
    "conservation-avis",
    Number(90, 180, days),
    180,
    what=N_("how long I keep opinions about help and meet-ups"),
    concerns=N_("It concerns the figures of the team, which count no older ones from the next night on."),
    english="retention-opinions",
)
SETTINGS = (LEAST, TARGET, OPINIONS)


async def view(hands: Hands, community: Community) -> View:
    """The figures of a community, now."""
    least = await settings.value(hands.tx, community.slug, LEAST)
    weeks = until_now(hands.now, ZoneInfo(community.time_zone), count=WEEKS)
    return View(hands.tx, hands.now, hands.account, community, weeks, least)
