"""The setting of a community's digest: off until its team turns it on."""

from bot.communities.settings.setting import Setting
from bot.communities.settings.setting_kinds import Choice
from bot.digest.rules.rhythm import MONTHLY, WEEKLY
from bot.i18n import N_

OFF = "non"
RHYTHMS = {"hebdomadaire": WEEKLY, "mensuel": MONTHLY}
"""Values of the setting, and how often they make a digest."""

DIGEST = Setting(
    "digest",
    Choice({OFF: N_("off"), "hebdomadaire": N_("weekly"), "mensuel": N_("monthly")}),
    OFF,
    what=N_("how often the room gets a digest of what is new"),
    concerns=N_("It concerns all members of the main room, from the next Tuesday at 10 on."),
)
SETTINGS = (DIGEST,)
