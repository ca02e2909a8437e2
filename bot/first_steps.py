"""A community's first steps: which of them are done, and when the cards that list them are updated."""

from dataclasses import dataclass
from datetime import datetime

from bot.communities import Community, communities, rooms
from bot.communities.acting import Hands
from bot.events.messages import Ref
from bot.mailbox.sending.outbox import Card
from bot.meetups import meetups
from bot.resources import resources
from bot.store.database import Transaction
from bot.volunteers import volunteers

LIST = "first-steps"
"""The kind of the cards that show the list, and of the timer that updates them."""
RESOURCES, VOLUNTEERS = 10, 2
"""How many of them complete a step."""


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """How far a community is."""

    rooms: int
    resources: int
    volunteers: int
    meetups: int
    announced: bool

    @property
    def done(self) -> tuple[bool, ...]:
        """Of each of the five steps, in their order, whether it is done."""
        return (
            self.rooms > 0,
            self.resources >= RESOURCES,
            self.volunteers >= VOLUNTEERS,
            self.meetups > 0,
            self.announced,
        )


async def of(tx: Transaction, community: Community) -> FirstSteps:
    """How far the community is now."""
    slug = community.slug
    return FirstSteps(
        rooms=len(await rooms.of_community(tx, slug)),
        resources=len(await resources.of_community(tx, slug)),
        volunteers=sum(volunteers.is_active(one) for one in await volunteers.of_community(tx, slug)),
        meetups=len(await meetups.every_series(tx, slug)),
        announced=await communities.announced_at(tx, slug) is not None,
    )


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether a list is still updated: until all is done."""
    community = await communities.get(tx, item)
    return community is not None and not all((await of(tx, community)).done)


async def look_again(hands: Hands, community: str) -> None:
    """Update the lists that are shown, after the commit, because a step may have changed."""
    if await hands.outbox.cards_about(hands.tx, Ref(LIST, community)):
        await hands.timers.set(hands.tx, LIST, community, due_at=hands.now)


async def announced(hands: Hands, community: Community, *, now: datetime) -> None:
    """Note that the team asked for the text that introduces the bot to members."""
    await communities.set_announced(hands.tx, community.slug, now)
    await look_again(hands, community.slug)
