"""What a community's team may set about its resources."""

from bot.communities.settings.setting import Setting
from bot.communities.settings.setting_kinds import Number, days, months
from bot.i18n import N_

FAILED_SEARCHES = Setting(
    "conservation-recherches",
    Number(7, 180, days),
    180,
    what=N_("how long I keep words that found nothing, without who searched"),
    concerns=N_("It concerns the team, which reads them; older ones are deleted in the next night."),
    english="retention-searches",
)
USUAL_INTERVAL = 12
"""Months between two verifications, also of a resource about which nobody is asked."""
VERIFIED_EVERY = Setting(
    "verification-doc",
    Number(3, 60, months),
    USUAL_INTERVAL,
    what=N_("after how long whoever answers for a resource is asked whether it is up to date"),
    concerns=N_("It concerns resources that are added from then on; those that are there stay as they are."),
    english="doc-check",
)
SETTINGS = (VERIFIED_EVERY, FAILED_SEARCHES)
