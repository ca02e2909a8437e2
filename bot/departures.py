"""What ends when somebody is a member of a community no more. Nothing of it comes back by itself when they do."""

from datetime import datetime

from bot.communities import communities, members, people, rooms
from bot.communities.acting import Hands
from bot.communities.rules.roles import APPOINTABLE
from bot.help import forget, offers, requests
from bot.mailbox import delivery, dialogues
from bot.meetups import calendars, date_polls, meetups, reminder_timers, reminders, rsvps
from bot.meetups.meetups import Meetup
from bot.store.database import Transaction
from bot.volunteers import volunteers

MEMBER_LEFT = "member_left"
"""The timer by which somebody's departure is settled: a community's slug and the person."""
EVERY = 10_000
"""More meet-ups than a community has to come."""


async def community_of(tx: Transaction, item: str) -> str:
    """The community of that timer."""
    return item.partition(" ")[0]


async def concerns(tx: Transaction, person: str) -> bool:
    """Whether anything of a person would end, in whatever community."""
    asked = (
        rsvps.has_answered,
        volunteers.of_person,
        offers.of_person,
        requests.of_person,
        calendars.has_link,
        date_polls.has_voted,
        reminders.of,
        reminder_timers.has_own,
        dialogues.has_open,
        people.is_appointed,
    )
    for owner in asked:
        if await owner(tx, person):
            return True
    return False


async def people_of(tx: Transaction, slug: str, *, now: datetime) -> set[str]:
    """All who have something in a community that ends with their membership."""
    return {
        *await rsvps.people_of(tx, slug, after=now),
        *[expert.person for expert in await volunteers.of_community(tx, slug)],
        *await offers.people_of(tx, slug),
        *[one.requester for one in await requests.open_in(tx, slug) if one.requester],
        *await calendars.people_of(tx, slug),
        *await date_polls.people_of(tx, slug),
        *await dialogues.people_of(tx, slug),
        *await people.appointed_members(tx, slug),
    }


async def settle(hands: Hands, slug: str, person: str) -> list[tuple[Meetup, int]]:
    """End all that the person has in the community, if it is certain that they left it.

    Returns the meet-ups in which they had answered, each with the number of that answer: their cards have changed.
    """
    if not await members.has_left(hands.tx, hands.directory, person, slug):
        return []
    await people.dismiss(hands.tx, person, slug, APPOINTABLE, now=hands.now)
    await forget.left(hands, slug, person)
    await _end_what_they_asked(hands, slug, person)
    await _end_calendars(hands, slug, person)
    return await _leave_meetups(hands, slug, person)


async def _leave_meetups(hands: Hands, slug: str, person: str) -> list[tuple[Meetup, int]]:
    """Seats become free; what waits to be said to the person about these meet-ups is not said."""
    found = []
    for meeting in await meetups.upcoming(hands.tx, [slug], now=hands.now, limit=EVERY):
        await delivery.withdraw(hands.tx, hands.account, person, of=f"meetup:{meeting.id}:")
        await reminder_timers.remove_own(hands.tx, hands.timers, person, meeting)
        number = await rsvps.number_of(hands.tx, meeting, person)
        if number is not None:
            await rsvps.withdraw(hands.tx, hands.timers, meeting, person, now=hands.now)
            found.append((meeting, number))
    return found


async def _end_what_they_asked(hands: Hands, slug: str, person: str) -> None:
    """Previews, votes, and what they had asked us to tell a room; what they are to be told themselves stays theirs."""
    linked = {room.room_id for room in await rooms.of_community(hands.tx, slug)}
    await dialogues.end_all(hands.tx, person, slug, linked)
    await date_polls.forget_votes(hands.tx, slug, person)
    for reminder in await reminders.of(hands.tx, person):
        if reminder.lane in linked:
            await reminders.cancel(hands.tx, hands.timers, reminder.id or 0, owner=person)


async def _end_calendars(hands: Hands, slug: str, person: str) -> None:
    """The community's address that they asked for; their own once they are certainly in no community."""
    await calendars.revoke(hands.tx, account=hands.account, person=person, community=slug)
    others = [one.slug for one in await communities.every(hands.tx) if one.main_room is not None]
    if all([await members.has_left(hands.tx, hands.directory, person, other) for other in others]):
        await calendars.revoke(hands.tx, account=hands.account, person=person)
