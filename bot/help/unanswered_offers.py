"""Volunteers who do not answer: after three offers in a row a pause is proposed, without reproach."""

from bot.communities.acting import Hands
from bot.events.messages import Text
from bot.help import requests
from bot.help.about import tell
from bot.help.tables import HelpOffer, HelpRequest
from bot.i18n import _
from bot.volunteers import availability

ENOUGH = 3


async def noted_silence(hands: Hands, request: HelpRequest, offer: HelpOffer) -> None:
    """One more offer went by without an answer."""
    row = await availability.of(hands.tx, offer.person, lock=True)
    row.unanswered += 1
    await availability.keep(hands.tx, row)
    if row.unanswered == ENOUGH:
        community = await requests.community_of(hands.tx, request)
        await tell(hands, offer.person, community, _proposal, key=f"pause:{offer.id}")


async def broken(hands: Hands, person: str) -> None:
    """The person answered, whatever they said."""
    row = await availability.of(hands.tx, person, lock=True)
    if row.unanswered:
        row.unanswered = 0
        await availability.keep(hands.tx, row)


def _proposal() -> Text:
    return Text.of(
        _("The last three requests reached you at a bad time; that happens to everybody."),
        _("To receive none for a while: !me pause. To come back: !me resume"),
        _("If you do nothing, I go on writing to you as before."),
    )
