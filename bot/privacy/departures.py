"""Ends all that somebody has in a community they have left. It does not come back when they return."""

from datetime import datetime

from bot import nouns
from bot.communities.acting import Hands
from bot.communities.people import members
from bot.noun import Departure
from bot.store.database import Transaction

MEMBER_LEFT = "member_left"
"""The timer by which somebody's departure is settled: a community's slug and the person."""


async def community_of(tx: Transaction, item: str) -> str:
    """The community of a MEMBER_LEFT timer."""
    return item.partition(" ")[0]


def _departures() -> list[Departure]:
    return [noun.left for noun in nouns.NOUNS if noun.left is not None]


async def concerns(tx: Transaction, person: str) -> bool:
    """Whether anything of a person would end, in whatever community."""
    for departure in _departures():
        for has_something in departure.concerns:
            if await has_something(tx, person):
                return True
    return False


async def people_of(tx: Transaction, slug: str, *, now: datetime) -> set[str]:
    """All who have something in a community that ends with their membership."""
    found = [await departure.people(tx, slug, now=now) for departure in _departures()]
    return set().union(*found)


async def settle(hands: Hands, slug: str, person: str) -> bool:
    """End all that the person has in the community, if it is certain that they left it; returns whether it is."""
    if not await members.has_left(hands.tx, hands.directory, person, slug):
        return False
    for departure in _departures():
        await departure.ends(hands, slug, person)
    return True
