"""What a community's team may set about irritants and ideas."""

from bot.communities.settings.setting import Setting
from bot.communities.settings.setting_kinds import Number, people
from bot.i18n import N_

THRESHOLD = Setting(
    "seuil-communaute",
    Number(2, 100, people),
    5,
    what=N_("how many people have to miss a community before the team is asked about it"),
    concerns=N_("It concerns the wishes that somebody joins from then on."),
    english="community-threshold",
)
SETTINGS = (THRESHOLD,)
