"""Somebody is a member of a community no more: its news are not sent to them."""

from datetime import datetime

from bot.communities.acting import Hands
from bot.digest import subscriptions, thanks
from bot.digest.due import OWN
from bot.mailbox.sending import delivery
from bot.noun import Departure
from bot.store.database import Transaction
from bot.thanks import thanks as thanked


async def _people(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    return await subscriptions.people_of(tx, community) | await thanked.people_of(tx, community)


async def _ends(hands: Hands, community: str, person: str) -> None:
    if await subscriptions.end(hands.tx, person, community=community):
        await delivery.withdraw(hands.tx, hands.account, person, of=f"{OWN}:")
    await thanks.without(hands, person)


DEPARTURE = Departure(concerns=(subscriptions.any_of, thanked.received_any), people=_people, ends=_ends)
