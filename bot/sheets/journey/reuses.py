"""Those who sign a sheet learn of each use that others make of it: once, in private, and never who it was.

Of a sheet that is withdrawn they learn nothing more, though an adaptation of it may live on.
"""

from bot.communities.acting import Hands
from bot.communities.tell import Words
from bot.contributors import returns
from bot.events.messages import Ref
from bot.sheets.rules.sheet import Status
from bot.sheets.tables import Sheet
from bot.sheets.writing import authors


async def learned(hands: Hands, sheet: Sheet, use: Ref, words: Words, *, but: str | None = None) -> None:
    """Write of one use (`sheet-trial:7`) to all who sign the sheet at this moment, except whoever made it."""
    if sheet.status == Status.WITHDRAWN:
        return
    for person in await authors.signing(hands.tx, sheet):
        await returns.given(hands.tx, use, person, community=sheet.community, now=hands.now)
    await returns.ended(hands, use, use.kind, words, but=but)


async def told(
    hands: Hands, sheet: Sheet, use: Ref, person: str, words: Words, *, unless_signing: bool = False
) -> None:
    """Write of it to one person of the sheet's community, once; `unless_signing`: not if they learn it anyway."""
    if unless_signing and person in await authors.signing(hands.tx, sheet):
        return
    await returns.given(hands.tx, use, person, community=sheet.community, now=hands.now)
    await returns.ended(hands, use, use.kind, words)
