"""What a volunteer's yes and no do, given or removed, and what we answer."""

from bot.events.text import Text
from bot.help import requests, texts_after
from bot.help.case import Case
from bot.help.exchange import exchange
from bot.help.offers import candidates, offers, search, unanswered_offers
from bot.help.rules.cards import SEARCHING
from bot.help.rules.offer import OfferStatus, OfferTrigger, accepted_by
from bot.help.rules.request import TAKE_BACK_WITHIN, Party, Status
from bot.help.tables import HelpOffer
from bot.help.texts_before import number
from bot.i18n import _
from bot.volunteers import Availability, volunteers

OPEN = SEARCHING - {Status.OPEN}
"""A yes is welcome."""


async def yes(case: Case, offer: HelpOffer) -> Text | None:
    """The first yes wins, and is answered on the card and in the new room; to any other we say why not, once.

    The request is locked, so that of two only the first finds it open.
    """
    own = await unanswered_offers.broken(case, offer.person)
    rows = await case.offers()
    if accepted_by(offers.statuses(rows)) == offer.person:
        return None
    late = case.request.status not in OPEN or offer.turn != case.request.turn
    if late and offer.answered_at is not None:
        return None  # one line is enough, however often somebody taps
    why_not = _too_late(case) if late else await _hindrance(case, offer, own)
    if why_not is None:
        await exchange.begin(case, offer, rows)
        return None
    offer.answered_at = case.now
    return Text.of(why_not)


def _too_late(case: Case) -> str:
    if case.request.status in requests.CARRIED:
        return _("{expert} already takes care of {subject}. Thank you for having answered.").format(
            expert=case.name(case.request.expert), subject=case.subject
        )
    return _("The request {subject} is closed meanwhile. Thank you for having answered.").format(
        subject=case.subject.by_number
    )


async def _hindrance(case: Case, offer: HelpOffer, own: Availability) -> str | None:
    """No volunteer any more, or as many requests as they wished to carry; a colleague may always help."""
    if offer.wave == offers.BY_ITSELF:
        return None
    if not volunteers.serves(await volunteers.of_person(case.tx, offer.person), case.community.slug):
        return _("You are no longer a volunteer here. To become one again: `!expert become`")
    load = await candidates.loads(case.tx, case.community, [offer.person], now=case.now)
    if offer.person in load and load[offer.person].open_requests >= own.open_cap:
        return _("You help with as many requests as you wished. To take one more: `!me load 3`, then answer yes again.")
    return None


async def no(case: Case, offer: HelpOffer) -> Text | None:
    """A no, without a reason; of a yes just given it is the removal. Raises NotNow."""
    if offer.status in (OfferStatus.WITHDRAWN, OfferStatus.DECLINED):
        return None
    if offer.status == OfferStatus.ACCEPTED:
        if not _carries(case, offer):
            return Text.of(_too_late(case))
        if not _may_take_back(case):
            return Text.of(
                _("You help with the request {number} already. To pass it on: `!expert {number} hand over`").format(
                    number=number(case.request)
                )
            )
        await exchange.take_back(case, offer)
    await offers.turn(case, case.request, offer.person, OfferTrigger.DECLINE, by=Party.OFFERED)
    await unanswered_offers.broken(case, offer.person)
    await search.declined(case)
    return Text.of(_("It is noted, thank you. If you change your mind: ✅ yes, as long as it is open."))


async def yes_removed(case: Case, offer: HelpOffer) -> None:
    """The ✅ is gone: within five minutes the others are asked again, later we say how to hand over."""
    if not _carries(case, offer):
        return
    if _may_take_back(case):
        await exchange.take_back(case, offer)
        return
    words = texts_after.still_yours
    await case.tell(offer.person, lambda: words(case.subject), key=f"offer:{offer.id}:too late")


async def no_removed(case: Case, offer: HelpOffer) -> None:
    """The ❌ is gone: the person may answer again; once the request is taken or over, nothing is left to answer."""
    if offer.status == OfferStatus.DECLINED and offer.turn == case.request.turn:
        trigger = OfferTrigger.TAKE_BACK if case.request.status in OPEN else OfferTrigger.TAKE_BACK_LATE
        await offers.turn(case, case.request, offer.person, trigger, by=Party.OFFERED)


def _carries(case: Case, offer: HelpOffer) -> bool:
    """Whether the volunteer helps with the request now, because of this offer."""
    accepted_now = offer.status == OfferStatus.ACCEPTED and offer.turn == case.request.turn
    return accepted_now and case.request.status in requests.CARRIED


def _may_take_back(case: Case) -> bool:
    """Whether the yes was given just now, and nothing has come of it yet."""
    accepted_at = case.request.accepted_at
    just_now = accepted_at is not None and case.now - accepted_at <= TAKE_BACK_WITHIN
    return just_now and case.request.status == Status.ACCEPTED
