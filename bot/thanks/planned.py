"""When somebody reads that they were thanked: on a later day, in their hours, all of a day together."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.communities import Community
from bot.communities.acting import Hands
from bot.meetups.reminder_timers import hours_of
from bot.time.recurrence import instant

MORNING = time(9)
PASS_ON = "thanks"
"""The timer; its item is whoever was thanked."""


async def later(hands: Hands, receiver: str, community: Community) -> None:
    """Inform whoever was thanked when they are next at work after today, unless that is planned already."""
    hours = await hours_of(hands.tx, receiver, ZoneInfo(community.time_zone))
    await hands.timers.begin(
        hands.tx, PASS_ON, receiver, due_at=hours.next_opening(_next_morning(hands.now, hours.zone))
    )


def _next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """Also for whoever works at night: it is their next evening then, never the middle of the night."""
    return instant(datetime.combine(now.astimezone(zone).date() + timedelta(days=1), MORNING), zone)
