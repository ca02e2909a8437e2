"""Somebody is a member of a community no more: roles that were given to them end, and what they were filling in."""

from datetime import datetime

from bot.communities import rooms
from bot.communities.acting import Hands
from bot.communities.people import people
from bot.communities.rules.roles import APPOINTABLE
from bot.mailbox import dialogues
from bot.noun import Departure
from bot.store.database import Transaction


async def _people(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    return await people.appointed_members(tx, community) | await dialogues.people_of(tx, community)


async def _ends(hands: Hands, community: str, person: str) -> None:
    await people.dismiss(hands.tx, person, community, APPOINTABLE, now=hands.now)
    linked = {room.room_id for room in await rooms.of_community(hands.tx, community)}
    await dialogues.end_all(hands.tx, person, community, linked)


DEPARTURE = Departure(concerns=(people.is_appointed, dialogues.has_open), people=_people, ends=_ends)
