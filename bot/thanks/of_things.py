"""Thanks for a thing that people sign, a practice sheet for example, go to all of them."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.communities import communities
from bot.communities.acting import Hands
from bot.noun import Signed
from bot.store import audit
from bot.store.database import Transaction
from bot.thanks import thanks
from bot.thanks.rules.refusal import Refusal

Finds: TypeAlias = Callable[[Transaction, str], Awaitable[Signed | None]]
"""Finds the thing of a number, whichever noun it is of."""

THANKED = "thanked"
"""What happens to the thing, for the nouns that want something to follow from it."""
ABOUT = "signed"
"""The kind of the cards below which applause thanks those who sign what they show; its item is a number, `F-12`."""


async def give(hands: Hands, thing: Signed, giver: str, *, source: str, words: str = "") -> Refusal | None:
    """Somebody thanks those who sign it; returns why not, if so. Raises MembersUnknown.

    Whoever signs it too thanks the others; whoever left the community is thanked no more.
    """
    if thing.signers == [giver]:
        return Refusal.ONESELF
    community = await communities.get(hands.tx, thing.communities[0])
    assert community is not None
    found = [
        await thanks.give(hands, community, giver, person, subject=thing.number, source=source, words=words)
        for person in thing.signers
        if person != giver
    ]
    if None in found:
        audit.happened(hands.tx, thing.kind, int(thing.number.partition("-")[2]), THANKED)
        return None
    return Refusal.ALREADY if Refusal.ALREADY in found else Refusal.GONE
