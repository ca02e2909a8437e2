"""What a community's team may set about its resources."""

from bot.communities.setting import Setting
from bot.communities.setting_kinds import Number, days
from bot.i18n import N_

FAILED_SEARCHES = Setting(
    "conservation-recherches",
    Number(7, 180, days),
    180,
    what=N_("how long I keep words that found nothing, without who searched"),
    concerns=N_("It concerns the team, which reads them; older ones are deleted in the next night."),
)
SETTINGS = (FAILED_SEARCHES,)
