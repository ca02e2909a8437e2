"""Searches that found something: we count the cards that answered them, so that a search itself stores nothing more."""

from collections.abc import Sequence

from sqlmodel import select

from bot.communities.rules.weeks import Weeks, counts
from bot.mailbox.sending import delivery
from bot.resources.tables import Resource
from bot.store.database import Transaction

FOUND = "found"
"""What a card is about that shows several resources, in order, page by page (`41.88.12/7.9`)."""


async def by_week(tx: Transaction, account: str, community: str, weeks: Weeks) -> Sequence[int]:
    """How many searches found something, first in this community, in each week; a next page is no search.

    Cards are kept for `outbox.KEPT`: nothing before that is counted.
    """
    said = await delivery.said_about(tx, account, FOUND, since=weeks[0])
    firsts = [(int(item.partition(".")[0]), at) for item, at in said if "/" not in item]
    here = select(Resource.id).where(Resource.community == community)
    ours = set(await tx.exec(here))
    return counts((at for number, at in firsts if number in ours), weeks)
