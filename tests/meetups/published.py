"""Meet-ups of the tests, published without a conversation."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.meetups import meetups, reminder_timers, rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.rules.line import read_line
from bot.meetups.rules.plan import Plan
from bot.meetups.rules.rsvp import Answer, Roster
from tests.chat import ANA, MODO, Chat
from tests.homeserver import BOT

PARIS = ZoneInfo("Europe/Paris")


def plan(line: str, now: datetime, zone: ZoneInfo = PARIS) -> Plan:
    read = read_line(line, now=now, zone=zone)
    assert not read.complaints, read.complaints
    return Plan.of(read, zone)


async def published(chat: Chat, line: str, *, zone: ZoneInfo = PARIS) -> list[Meetup]:
    """The occurrences of a line, as if its preview had been confirmed."""
    async with chat.database.transaction() as tx:
        occurrences = await meetups.publish(
            tx,
            plan(line, chat.now, zone),
            account=BOT,
            community="numerique",
            room_id=chat.room,
            organiser=MODO,
            now=chat.now,
        )
        for meetup in occurrences:
            await reminder_timers.arm_meetup(tx, chat.timers, meetup, now=chat.now)
        return occurrences


async def answers(chat: Chat, meetup: Meetup, person: str = ANA, said: Answer = Answer.YES, n: int = 0) -> Roster:
    async with chat.database.transaction() as tx:
        found = await meetups.get(tx, meetup.id, lock=True)
        assert found is not None
        outcome = await rsvps.answer(tx, chat.timers, found, person, said, rank=(chat.now, f"${n:04}"), now=chat.now)
        return outcome.after


async def roster(chat: Chat, meetup: Meetup) -> Roster:
    async with chat.database.reading() as tx:
        found = await meetups.get(tx, meetup.id)
        assert found is not None
        return await rsvps.roster(tx, found)
