"""People who made no gesture to us for two years are erased, after one warning in private a month before.

Every night a few of them get a timer, and the timer looks again: a gesture meanwhile ends it. Nobody is erased with
whom something goes on, or is to come (`Noun.engaged`).
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot import nouns
from bot.communities.acting import Hands
from bot.communities.people import activity
from bot.mailbox.timers import Timers
from bot.store.database import Transaction
from bot.volunteers import availability

WARN, ERASE = "inactive-warn", "inactive-erase"
"""The kinds of the timers; their item is the person."""
A_NIGHT = 20
"""People of each kind."""
ZONE = "Europe/Paris"
"""In whose office hours somebody is warned who set none."""


async def set_timers(tx: Transaction, timers: Timers, *, but: Collection[str], now: datetime) -> None:
    """Set the timers of tonight; never for those in `but`: ourselves, and who operates the bot."""
    for columns in nouns.every_table():
        for name in columns.gone:
            await activity.begin_to_count(tx, columns.table.c[name], now=now)
    await activity.note(tx)
    for person in await _some(tx, await activity.to_warn(tx, now=now, but=but), now):
        hours = availability.working_time(await availability.of(tx, person), zone=ZONE)
        await timers.begin(tx, WARN, person, due_at=hours.next_opening(now))
    for person in await _some(tx, await activity.to_erase(tx, now=now, but=but), now):
        await timers.begin(tx, ERASE, person, due_at=now)


async def _some(tx: Transaction, people: Sequence[str], now: datetime) -> list[str]:
    """The first of these people with whom nothing goes on."""
    found: list[str] = []
    for person in people:
        if len(found) < A_NIGHT and not await is_engaged(tx, person, now=now):
            found.append(person)
    return found


async def is_engaged(tx: Transaction, person: str, *, now: datetime) -> bool:
    """Whether something goes on with a person, or is to come."""
    for engages in (engages for noun in nouns.NOUNS for engages in noun.engaged):
        if await engages(tx, person, now=now):
            return True
    return False


async def is_to_warn(hands: Hands, person: str) -> bool:
    """Whether the person is to be warned at this moment."""
    await activity.note(hands.tx, person)
    silent = await activity.is_to_warn(hands.tx, person, now=hands.now)
    return silent and not await is_engaged(hands.tx, person, now=hands.now)


async def is_to_erase(hands: Hands, person: str) -> bool:
    """Whether the person is to be erased at this moment."""
    await activity.note(hands.tx, person)
    silent = await activity.is_to_erase(hands.tx, person, now=hands.now)
    return silent and not await is_engaged(hands.tx, person, now=hands.now)
