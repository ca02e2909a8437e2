"""Thanks for a practice sheet go to all who sign it."""

from collections.abc import Sequence

from bot.communities.acting import Hands
from bot.sheets import Sheet, authors, circulations, sheets
from bot.sheets.rules.sheet import LIFECYCLE
from bot.store import audit
from bot.store.database import Transaction
from bot.thanks import thanks
from bot.thanks.rules.refusal import Refusal

THANKED = "thanked"
"""What happens to the sheet, for the nouns that want something to follow from it."""


async def give(hands: Hands, sheet: Sheet, giver: str, *, source: str, words: str = "") -> Refusal | None:
    """Somebody thanks its authors; returns why not, if so. Raises MembersUnknown.

    Whoever signs it too thanks the others; whoever left the community is thanked no more.
    """
    community, number = await sheets.community_of(hands.tx, sheet), sheets.number(sheet)
    signing = await authors.signing(hands.tx, sheet)
    others = [person for person in signing if person != giver]
    found = [
        await thanks.give(hands, community, giver, person, subject=number, source=source, words=words)
        for person in others
    ]
    if None in found:
        audit.happened(hands.tx, LIFECYCLE.noun, sheet.id, THANKED)
        return None
    if signing == [giver]:
        return Refusal.ONESELF
    return Refusal.ALREADY if Refusal.ALREADY in found else Refusal.GONE


async def elsewhere(tx: Transaction, subject: str) -> Sequence[str]:
    """The other communities that take up the sheet that somebody was thanked for; none for another subject."""
    letter, _dash, number = subject.partition("-")
    sheet = await sheets.get(tx, number) if letter == "F" and number.isdigit() else None
    return await circulations.taken_up(tx, sheet) if sheet is not None else ()
