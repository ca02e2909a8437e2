"""The settings that belong to a community itself: how it is reached, how it receives people, how it speaks."""

from bot.communities.setting import Setting
from bot.communities.setting_kinds import Choice, WeeklyHours, Words, Zone
from bot.i18n import N_
from bot.time.hours import OFFICE_HOURS

LONGEST_WELCOME, LONGEST_CONTACT = 600, 200

WELCOME = Setting(
    "accueil",
    Words(LONGEST_WELCOME),
    "",
    what=N_("the team's words to whoever turns to me for the first time"),
    concerns=N_("It is read by whoever turns to me for the first time from then on."),
)
CONTACT = Setting(
    "contact",
    Words(LONGEST_CONTACT),
    "",
    what=N_("how to reach the community's team"),
    concerns=N_("Every member sees it, by `!help contact`."),
    column="contact",
)
DATA_PROTECTION = Setting(
    "dpo",
    Words(LONGEST_CONTACT),
    "",
    what=N_("how to reach the data protection officer (DPO)"),
    concerns=N_("Every member sees it, by `!help contact`."),
)
LANGUAGE = Setting(
    "langue",
    Choice({"fr": N_("French"), "en": N_("English")}),
    "fr",
    what=N_("the language of the community's rooms"),
    concerns=N_("It counts at once, in the rooms for which no other language is set."),
    column="language",
)
TIME_ZONE = Setting(
    "fuseau",
    Zone(),
    "Europe/Paris",
    what=N_("the clock by which I give days and hours"),
    concerns=N_("It counts at once for working hours, and for the meet-ups that are created from then on."),
    column="time_zone",
)
HOURS = Setting(
    "heures-ouvrees",
    WeeklyHours(),
    OFFICE_HOURS,
    what=N_("the community's working hours"),
    concerns=N_("From then on delays of requests for help are counted in them, for whoever set no hours of their own."),
)
SETTINGS = (WELCOME, CONTACT, DATA_PROTECTION, LANGUAGE, TIME_ZONE, HOURS)
