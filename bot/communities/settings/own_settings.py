"""The settings that belong to a community itself: how it is reached, how it receives people, how it speaks."""

from bot.communities.settings.setting import Setting
from bot.communities.settings.setting_kinds import Choice, WeeklyHours, Words, Zone
from bot.i18n import N_
from bot.text.phone import SCREEN
from bot.time.hours import OFFICE_HOURS

LONGEST_WELCOME, LONGEST_CHARTER, LONGEST_CONTACT = 200, 800, 200
LINES_OF_WELCOME = 5
"""On a phone, as many as our own words of welcome."""

WELCOME = Setting(
    "accueil",
    Words(LONGEST_WELCOME, LINES_OF_WELCOME),
    "",
    what=N_("the team's words to whoever turns to me for the first time"),
    concerns=N_("It is read by whoever turns to me for the first time from then on."),
    english="welcome",
)
CHARTER = Setting(
    "charte",
    Words(LONGEST_CHARTER, SCREEN),
    "",
    what=N_("the community's charter"),
    concerns=N_("It is read with the welcome from then on, and by `!help charter`."),
    english="charter",
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
CONTROLLER = Setting(
    "responsable",
    Words(LONGEST_CONTACT),
    "",
    what=N_("who is responsible for what is done with personal data here (the controller)"),
    concerns=N_("Every member sees it, by `!help contact`."),
    english="controller",
)
LANGUAGE = Setting(
    "langue",
    Choice({"fr": N_("French"), "en": N_("English")}),
    "fr",
    what=N_("the language of the community's rooms"),
    concerns=N_("It applies at once, in the rooms for which no other language is set."),
    column="language",
    english="language",
)
TIME_ZONE = Setting(
    "fuseau",
    Zone(),
    "Europe/Paris",
    what=N_("the clock by which I give days and hours"),
    concerns=N_("It applies at once to working hours, and to the meet-ups that are created from then on."),
    column="time_zone",
    english="time-zone",
)
HOURS = Setting(
    "heures-ouvrees",
    WeeklyHours(),
    OFFICE_HOURS,
    what=N_("the community's working hours"),
    concerns=N_(
        "From then on delays of requests for help are counted in them, for whoever set no hours of their own, and "
        "rooms are reminded in them of new meet-ups."
    ),
    english="working-hours",
)
SETTINGS = (WELCOME, CHARTER, CONTACT, CONTROLLER, DATA_PROTECTION, LANGUAGE, TIME_ZONE, HOURS)
