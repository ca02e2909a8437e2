"""What a community's team may set about its meet-ups."""

from datetime import time

from bot.communities.setting import Setting
from bot.communities.setting_kinds import Number, TimeOfDay, days, hours
from bot.i18n import N_
from bot.meetups.rules.rsvp import AUTOMATIC_HOURS, HELD_UNTIL

_FROM_THE_NEXT_SEAT = N_("It concerns whoever is on a waiting list when a seat becomes free from then on.")

AUTOMATIC = Setting(
    "attente-auto",
    Number(3, 168, hours),
    AUTOMATIC_HOURS,
    what=N_("until how long before a meet-up a free seat is given without a question to who waits"),
    concerns=_FROM_THE_NEXT_SEAT,
)
HELD = Setting(
    "retenue-place",
    TimeOfDay(time(12), time(21)),
    HELD_UNTIL,
    what=N_("until when a seat that is proposed near a meet-up is held"),
    concerns=_FROM_THE_NEXT_SEAT,
)
NAMES = Setting(
    "conservation-inscriptions",
    Number(7, 90, days),
    90,
    what=N_("how long after a meet-up I keep the names of who answered"),
    concerns=N_("It concerns whoever answers for meet-ups that are created or moved from then on."),
)
SETTINGS = (AUTOMATIC, HELD, NAMES)
