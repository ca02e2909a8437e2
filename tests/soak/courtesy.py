"""A homeserver that lets an account say little: answers go before reminders."""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.clock import utc_now
from bot.mailbox.timers import Timers
from bot.meetups import reminders
from bot.store.database import Database
from tests.e2e.town import Town
from tests.servers.people import Person
from tests.servers.synapse import Wishes
from tests.soak.place import Place, waits
from tests.soak.trials import Outage, Result, Scale, counted
from tests.traffic import Found, Tally

ROOMS = 8
"""Synapse lets an account join ten rooms at once."""
ASKED_EVERY = 15.0
"""Seconds between two commands: Synapse lets an account say one thing every five."""
ANSWERED_WITHIN = 3.0
PATIENCE = 1_500.0
"""Seconds for all reminders: at one every five seconds 200 of them take 1,000."""


async def reminders_under_limits(scale: Scale) -> Result:
    """200 reminders due at once in eight rooms, under the limits that Synapse ships with; somebody asks meanwhile."""
    number = scale.of(200)
    async with Place.opened(scale, Wishes(strict=True)) as place, asyncio.timeout(PATIENCE):
        town, asker = place.town, await place.town.people.arrive("claire")
        rooms = [await town.room(f"Salle {count}") for count in range(ROOMS)]
        own = await _alone_with_the_bot(town, asker)
        await _schedule(place, rooms, number)
        tally = await _ask_until_reminded(town, asker, own, number)
        answers = await counted(scale.on("reminders under limits"), tally, replace(town, operator=asker))
        found, slowest = _both(answers.found, _read(town), number), (await waits(tally, asker))[-1]
    return replace(answers, found=found, seconds=slowest, limit=ANSWERED_WITHIN)


async def _alone_with_the_bot(town: Town, owner: Person) -> str:
    """A room without the operator: Synapse lets nobody be invited to more than a few."""
    mark = owner.mark()
    room = await owner.create_room(invite=[town.bot.user_id])
    await town.arrival(room, owner, since=mark)
    return room


async def _schedule(place: Place, rooms: Sequence[str], number: int) -> None:
    """All are due in half a minute. A process that is told nothing of them looks every minute."""
    town, now = place.town, utc_now()
    database = Database(place.database_url)
    timers = Timers(town.bot.user_id, lambda: None)
    async with database.transaction() as tx:
        for count in range(number):
            await reminders.schedule(
                tx,
                timers,
                account=town.bot.user_id,
                owner=f"@owner-{count}:relais.test",  # a person may have 50
                room_id=rooms[count % len(rooms)],
                text=f"n{count}",
                language="fr",
                zone="Europe/Paris",
                due_at=now + timedelta(seconds=30),
                now=now,
            )
    await database.close()


async def _ask_until_reminded(town: Town, asker: Person, room: str, number: int) -> Tally:
    """The first reminder begins it, the last one ends it."""
    tally = Tally(town.bot.user_id)
    while not _read(town):
        await asyncio.sleep(0.5)
    while _read(town).total() < number:
        await tally.ask(asker, room, "!ping")
        await asyncio.sleep(ASKED_EVERY)
    return tally


def _read(town: Town) -> Counter[str]:
    """How often the operator, who is in all rooms that are reminded, has read each reminder."""
    said = [event.body for event in town.operator.heard() if event.sender == town.bot.user_id]
    return Counter(number for body in said for number in re.findall(r"\bn(\d+)\b", body))


def _both(answers: Found, read: Counter[str], number: int) -> Found:
    return Found(
        answers.asked + number,
        answers.answered + len(read),
        answers.lost + number - len(read),
        answers.repeated + sum(1 for times in read.values() if times > 1),
    )


OUTAGES: dict[str, Outage] = {"limits": reminders_under_limits}
