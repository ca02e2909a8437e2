"""What a community's team may set about its meet-ups."""

from datetime import time

from bot.communities.settings.own_settings import HOURS
from bot.communities.settings.setting import Setting
from bot.communities.settings.setting_kinds import Number, TimeOfDay, days, hours, minutes
from bot.communities.settings.settings import value
from bot.i18n import N_
from bot.meetups.rules.reminder_ladder import USUAL, Ladder
from bot.meetups.rules.rsvp import AUTOMATIC_HOURS, HELD_UNTIL
from bot.store.database import Transaction

_FROM_THE_NEXT_MEETUP = N_("It concerns the meet-ups that are created or moved from then on, and who answers for them.")
_FROM_THE_NEXT_SEAT = N_("It concerns whoever is on a waiting list when a seat becomes free from then on.")

AUTOMATIC = Setting(
    "attente-auto",
    Number(3, 168, hours),
    AUTOMATIC_HOURS,
    what=N_("until how long before a meet-up a free seat is given without a question to who waits"),
    concerns=_FROM_THE_NEXT_SEAT,
    english="automatic-seat",
)
HELD = Setting(
    "retenue-place",
    TimeOfDay(time(12), time(21)),
    HELD_UNTIL,
    what=N_("until when a seat that is proposed near a meet-up is held"),
    concerns=_FROM_THE_NEXT_SEAT,
    english="seat-held",
)
NAMES = Setting(
    "conservation-inscriptions",
    Number(7, 90, days),
    90,
    what=N_("how long after a meet-up I keep the names of who answered"),
    concerns=_FROM_THE_NEXT_MEETUP,
    english="retention-answers",
)
ROOM_DAYS = Setting(
    "rappel-salon",
    Number(2, 30, days),
    USUAL.room_days,
    what=N_("how long before a meet-up I remind the room of it"),
    concerns=_FROM_THE_NEXT_MEETUP,
    english="reminder-room",
)
SOON_MINUTES = Setting(
    "rappel-avant",
    Number(5, 60, minutes),
    USUAL.soon_minutes,
    what=N_("how long before a meet-up I remind who signed up, in private"),
    concerns=_FROM_THE_NEXT_MEETUP,
    english="reminder-before",
)
SETTINGS = (ROOM_DAYS, SOON_MINUTES, AUTOMATIC, HELD, NAMES)


async def ladder(tx: Transaction, community: str) -> Ladder:
    """How long before its meet-ups a community is reminded, and in which hours its rooms are."""
    before, soon = await value(tx, community, ROOM_DAYS), await value(tx, community, SOON_MINUTES)
    return Ladder(before, soon, await value(tx, community, HOURS))
