"""A community's first steps: which are done, as its data says now; and when a list of them is looked at again."""

from dataclasses import dataclass
from datetime import datetime

from bot.communities import Community, communities, rooms
from bot.communities.acting import Hands
from bot.events.messages import Ref
from bot.mailbox.outbox import Card
from bot.meetups import meetups
from bot.resources import resources
from bot.store.database import Transaction
from bot.volunteers import volunteers as experts

LIST = "first-steps"
"""The kind of the cards that show the list, and of the timer by which they follow."""
RESOURCES, VOLUNTEERS = 10, 2
"""So many of them make a step."""


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
        volunteers=sum(experts.is_active(one) for one in await experts.of_community(tx, slug)),
        meetups=len(await meetups.every_series(tx, slug)),
        announced=await communities.announced_at(tx, slug) is not None,
    )


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether a list still follows: until all is done."""
    community = await communities.get(tx, item)
    return community is not None and not all((await of(tx, community)).done)


async def look_again(hands: Hands, community: str) -> None:
    """Something of it may have changed: lists that are shown follow, once this is kept."""
    if await hands.outbox.cards_about(hands.tx, Ref(LIST, community)):
        await hands.timers.set(hands.tx, LIST, community, due_at=hands.now)


async def announced(hands: Hands, community: Community, *, now: datetime) -> None:
    """The team took the text that tells members of us."""
    await communities.set_announced(hands.tx, community.slug, now)
    await look_again(hands, community.slug)
