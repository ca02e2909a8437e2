"""When whoever answers for a resource is asked whether it is still right."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.events.messages import Ref
from bot.resources import resources
from bot.resources.resources import verified_on
from bot.resources.tables import Resource

CHECK = "doc-check"
"""The kind of the timer, and of the card that asks whoever answers for a resource."""
ASKED_AT = time(9, 30)
SUNDAY_AND_SATURDAY = (6, 7)


async def arm(hands: Hands, row: Resource) -> None:
    """Set, move or stop the question to whoever answers for a resource."""
    looked = verified_on(row)
    if row.owner is None or looked is None or not row.interval_months or row.state != resources.PUBLISHED:
        await hands.timers.cancel(hands.tx, CHECK, str(row.id))
        if row.owner is None or row.state != resources.PUBLISHED:
            await hands.outbox.close_cards(hands.tx, Ref(CHECK, str(row.id)))
        return
    day = looked + relativedelta(months=row.interval_months)
    while day.isoweekday() in SUNDAY_AND_SATURDAY:
        day += relativedelta(days=1)
    community = await communities.get(hands.tx, row.community)
    due_at = datetime.combine(day, ASKED_AT, zone_of(community))
    await hands.timers.set(hands.tx, CHECK, str(row.id), due_at=due_at)


def zone_of(community: Community | None) -> ZoneInfo:
    """The clock by which a resource's day begins."""
    return ZoneInfo(community.time_zone if community else "Europe/Paris")
