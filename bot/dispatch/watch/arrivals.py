"""People join a room: what begins with it. Of the joins themselves nothing is stored."""

from collections.abc import Sequence
from datetime import datetime

from bot.communities import rooms
from bot.communities.rules.room_facts import RoomDirectory
from bot.communities.team import appointment_notice
from bot.dispatch.watch import welcome
from bot.events.events import Event, MembershipChanged
from bot.mailbox.timers import Timers
from bot.store.database import Transaction


async def joined(
    tx: Transaction,
    room_id: str,
    events: Sequence[Event],
    /,
    *,
    account: str,
    timers: Timers,
    directory: RoomDirectory,
    now: datetime,
) -> None:
    """Begin the welcome of those who have just come into a linked room, and inform them of a role that waits there."""
    newcomers = [event.sender for event in events if _came(event) and event.sender != account]
    bound = await rooms.binding(tx, room_id) if newcomers else None
    if bound is not None:
        await welcome.joined(tx, bound, timers=timers, directory=directory, now=now)
        await appointment_notice.joined(tx, timers, bound.community, newcomers, now=now)


def _came(event: Event) -> bool:
    return isinstance(event, MembershipChanged) and event.membership == "join" and event.before != "join"
