"""What a volunteer's answer to an offer does, and what they are told."""

from bot.communities.acting import Hands
from bot.communities.tell import name
from bot.events.messages import Text
from bot.help import exchange, requests, unanswered_offers
from bot.help.about import subject, tell
from bot.help.exchange import Outcome
from bot.help.rules.offer import OfferStatus
from bot.help.tables import HelpOffer, HelpRequest
from bot.help.texts_before import number
from bot.i18n import _


async def yes(hands: Hands, request: HelpRequest, offer: HelpOffer) -> Text | None:
    """A yes. Who wins sees it on the card and in the new room; who comes too late is told once."""
    outcome = await exchange.accept(hands, request, offer)
    await unanswered_offers.broken(hands, offer.person)
    if outcome in (Outcome.WON, Outcome.ALREADY):
        return None
    if not await _first_time(hands, offer, outcome):
        return None
    return await _too_late(hands, request, outcome)


async def _first_time(hands: Hands, offer: HelpOffer, outcome: Outcome) -> bool:
    """One line for an item is enough, however often somebody taps."""
    if outcome not in (Outcome.TAKEN, Outcome.CLOSED) or offer.answered_at is None:
        offer.answered_at = hands.now
        return True
    return False


async def _too_late(hands: Hands, request: HelpRequest, outcome: Outcome) -> Text:
    community = await requests.community_of(hands.tx, request)
    about = (await subject(hands.tx, request))()
    helper = name(hands, request.expert, community) if request.expert else ""
    sentences = {
        Outcome.TAKEN: _("{expert} already takes care of {subject}. Thank you for having answered.").format(
            expert=helper, subject=about
        ),
        Outcome.CLOSED: _("The request {subject} is closed meanwhile. Thank you for having answered.").format(
            subject=about
        ),
        Outcome.TOO_MUCH: _(
            "You already help with as many requests as you wished. To take one more: !me load 3, then answer again."
        ),
        Outcome.NO_VOLUNTEER: _("You are no longer a volunteer here. To become one again: !expert become"),
    }
    return Text.of(sentences[outcome])


async def no(hands: Hands, request: HelpRequest, offer: HelpOffer) -> Text | None:
    """A no. Raises NotNow when a yes was given too long ago."""
    if offer.status == OfferStatus.WITHDRAWN or offer.status == OfferStatus.DECLINED:
        return None
    if offer.status == OfferStatus.ACCEPTED and not exchange.carries(request, offer):
        return await _too_late(hands, request, exchange.too_late(request))
    if offer.status == OfferStatus.ACCEPTED and not exchange.may_take_back(hands, request):
        return Text.of(
            _("You help with {number} already. To pass it on: !expert {number} hand over").format(
                number=number(request)
            )
        )
    await exchange.decline(hands, request, offer)
    return Text.of(_("It is noted, thank you. If you change your mind while it is open, answer “yes” (✅)."))


async def yes_removed(hands: Hands, request: HelpRequest, offer: HelpOffer) -> None:
    """The ✅ is gone: within five minutes the others are asked again, later the person is told how to hand over."""
    if not exchange.carries(request, offer):
        return
    if exchange.may_take_back(hands, request):
        await exchange.take_back(hands, request, offer)
        return
    community = await requests.community_of(hands.tx, request)

    def words() -> Text:
        return Text.of(
            _("You still help with {number}: removing the reaction counts for five minutes only.").format(
                number=number(request)
            ),
            _("To pass it on: !expert {number} hand over").format(number=number(request)),
        )

    await tell(hands, offer.person, community, words, key=f"offer:{offer.id}:too late", of=request)


async def tell_cancelled(hands: Hands, request: HelpRequest, reason: str) -> None:
    """The team closed somebody's request, and says why."""
    if request.requester is None:
        return
    community = await requests.community_of(hands.tx, request)
    about = await subject(hands.tx, request)

    def words() -> Text:
        return Text.of(
            _("The community's team closed your request {subject}.").format(subject=about()),
            _("Reason given: {reason}").format(reason=reason),
        )

    key = f"help:{request.id}:cancelled:{request.version}"
    await tell(hands, request.requester, community, words, key=key, of=request)
