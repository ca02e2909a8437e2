"""Somebody is a member of a community no more, or is erased: seats become free, and what they wanted to be told of
meet-ups, or had told there, ends."""

from datetime import datetime

from bot.communities import communities, rooms
from bot.communities.acting import Hands
from bot.communities.people import members
from bot.mailbox.sending import delivery
from bot.meetups import calendars, date_polls, meetups, reminder_timers, reminders, rsvps, themes
from bot.meetups.meetups import Meetup
from bot.noun import Departure
from bot.store.database import Transaction

CARD = "rdv-card"
"""The timer by which the card of a meet-up shows that an answer is gone: the numbers of both."""
EVERY = 10_000
"""More meet-ups than a community has to come."""


async def _people(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    return {
        *await rsvps.people_of(tx, community, after=now),
        *await calendars.people_of(tx, community),
        *await date_polls.people_of(tx, community),
        *await themes.people_of(tx, community),
    }


async def _ends(hands: Hands, community: str, person: str) -> None:
    """What they are to be told themselves stays theirs."""
    await date_polls.forget_votes(hands.tx, community, person)
    await themes.leave(hands.tx, community, person)
    linked = {room.room_id for room in await rooms.of_community(hands.tx, community)}
    for reminder in await reminders.of(hands.tx, person):
        if reminder.lane in linked:
            await reminders.cancel(hands.tx, hands.timers, reminder.id or 0, owner=person)
    await _end_calendars(hands, community, person)
    await _leave(hands, community, person)


async def _leave(hands: Hands, community: str, person: str) -> None:
    """Seats become free; what waits to be said to the person about these meet-ups is not said."""
    for meetup in await meetups.upcoming(hands.tx, [community], now=hands.now, limit=EVERY, everywhere=True):
        await delivery.withdraw(hands.tx, hands.account, person, of=f"meetup:{meetup.id}:")
        await reminder_timers.remove_own(hands.tx, hands.timers, person, meetup)
        await _free_seat(hands, meetup, person)


async def _free_seat(hands: Hands, meetup: Meetup, person: str) -> None:
    """The card in the room follows soon."""
    number = await rsvps.number_of(hands.tx, meetup, person)
    if number is not None:
        await rsvps.withdraw(hands.tx, hands.timers, meetup, person, now=hands.now)
        await hands.timers.set(hands.tx, CARD, f"{meetup.id} {number}", due_at=hands.now)


async def _end_calendars(hands: Hands, community: str, person: str) -> None:
    """The community's address that they asked for; their own once they are certainly in no community."""
    await calendars.revoke(hands.tx, account=hands.account, person=person, community=community)
    others = [one.slug for one in await communities.every(hands.tx) if one.main_room is not None]
    if all([await members.has_left(hands.tx, hands.directory, person, other) for other in others]):
        await calendars.revoke(hands.tx, account=hands.account, person=person)


async def erase(hands: Hands, person: str) -> None:
    """Their seats go to who waits; nothing is told to them, nor by them to a room, any more."""
    await themes.erase(hands.tx, person)
    for meetup, _answer in await rsvps.of_person(hands.tx, person, after=hands.now):
        await _free_seat(hands, meetup, person)
    for reminder in await reminders.of(hands.tx, person):
        await reminders.cancel(hands.tx, hands.timers, reminder.id or 0, owner=person)


async def engages(tx: Transaction, person: str, *, now: datetime) -> bool:
    """Whether the person answered to a meet-up to come, holds one, or waits for a reminder."""
    to_come = await rsvps.of_person(tx, person, after=now)
    return bool(to_come or await meetups.held_by(tx, person, after=now) or await reminders.of(tx, person))


DEPARTURE = Departure(
    concerns=(
        rsvps.has_answered,
        calendars.has_link,
        date_polls.has_voted,
        themes.has_voted,
        reminders.of,
        reminder_timers.has_own,
    ),
    people=_people,
    ends=_ends,
)
