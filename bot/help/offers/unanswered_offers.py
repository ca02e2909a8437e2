"""Volunteers who do not answer: after three offers in a row a pause is proposed, without reproach."""

from bot.communities.acting import Hands
from bot.events.text import Text, bullets
from bot.help.case import Case
from bot.help.tables import HelpOffer
from bot.i18n import _
from bot.volunteers import Availability, availability

ENOUGH = 3


async def noted_silence(case: Case, offer: HelpOffer) -> None:
    """One more offer went by without an answer."""
    row = await availability.of(case.tx, offer.person, lock=True)
    row.unanswered += 1
    await availability.keep(case.tx, row)
    if row.unanswered == ENOUGH:
        await case.tell(offer.person, _proposal, key=f"pause:{offer.id}", alone=True)


async def broken(hands: Hands, person: str) -> Availability:
    """The person answered, whatever they said; returns what they have set, locked."""
    row = await availability.of(hands.tx, person, lock=True)
    if row.unanswered:
        row.unanswered = 0
        await availability.keep(hands.tx, row)
    return row


def _proposal() -> Text:
    return Text.of(
        _("**Three requests reached you at a bad time**; that happens to everybody."),
        bullets(_("None for a while: `!me pause`"), _("Fewer: `!me load 1`")),
        _("If you do nothing, I go on writing to you as before."),
    )
