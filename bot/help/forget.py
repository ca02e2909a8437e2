"""Somebody is erased: what they asked is given up, what they carry is passed on, and nothing names them any more."""

from sqlalchemy import delete, update
from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.help import absences, exchange, requests, search, texts_after
from bot.help import offers as help_offers
from bot.help.about import subject
from bot.help.rules.offer import OfferTrigger, moved
from bot.help.rules.request import FINAL, Party
from bot.help.tables import HelpOffer, HelpRequest
from bot.volunteers import volunteers
from bot.volunteers.tables import Availability, Expert, ExpertTopic, Profile


async def person(hands: Hands, mxid: str) -> None:
    """Forget a person in all that is about mutual help; the requests they carried go on with somebody else."""
    for table in (ExpertTopic, Expert, Availability, Profile):
        await hands.tx.exec(delete(table).where(col(table.person) == mxid))
    await hands.tx.exec(update(Availability).where(col(Availability.delegate) == mxid).values(delegate=None))
    for kind in (absences.STARTS, absences.ENDS):
        await hands.timers.cancel(hands.tx, kind, mxid)
    await _as_requester(hands, mxid)
    await _as_volunteer(hands, mxid)
    await _without_a_name(hands, mxid)


async def left(hands: Hands, community: str, mxid: str) -> None:
    """Somebody is no member of a community any more: they volunteer there no longer, others take over, and what they
    asked there is given up."""
    await volunteers.withdraw(hands.tx, community, mxid)
    await _as_volunteer(hands, mxid, of=community)
    await _as_requester(hands, mxid, of=community)


async def _as_requester(hands: Hands, mxid: str, *, of: str | None = None) -> None:
    mine = select(HelpRequest).where(HelpRequest.requester == mxid, col(HelpRequest.status).not_in(FINAL))
    for request in (await hands.tx.exec(mine)).all():
        if of in (None, request.community):
            await exchange.cancel(hands, request, by={Party.SYSTEM})


async def _as_volunteer(hands: Hands, mxid: str, *, of: str | None = None) -> None:
    for request in await requests.carried_by(hands.tx, mxid):
        if of in (None, request.community):
            await exchange.hand_over(hands, request, by={Party.SYSTEM})
    for offer in await help_offers.of_person(hands.tx, mxid):
        found = await requests.get(hands.tx, offer.request, lock=True)
        if found is not None and offer.turn == found.turn and of in (None, found.community):
            await _withdraw(hands, found, mxid)


async def _withdraw(hands: Hands, request: HelpRequest, mxid: str) -> None:
    rows = await help_offers.of(hands.tx, request)
    offers = moved(help_offers.statuses(rows), mxid, OfferTrigger.WITHDRAW)
    changed = await help_offers.become(hands.tx, rows, offers, now=hands.now)
    about = await subject(hands.tx, request)
    await search.put_away(hands, request, changed, lambda: texts_after.closed_card(about()))
    await search.made_way(hands, request)


async def _without_a_name(hands: Hands, mxid: str) -> None:
    """Rows that stay for the sums hold a number instead of a name."""
    own = (await hands.tx.exec(select(HelpOffer).where(HelpOffer.person == mxid))).all()
    for offer in own:
        offer.person = f"former:{offer.id}"
        hands.tx.add(offer)
    for offer in (await hands.tx.exec(select(HelpOffer).where(HelpOffer.instead_of == mxid))).all():
        offer.instead_of = None
        hands.tx.add(offer)
    for request in (await hands.tx.exec(select(HelpRequest).where(HelpRequest.requester == mxid))).all():
        request.requester, request.text = None, ""
        hands.tx.add(request)
    for request in (await hands.tx.exec(select(HelpRequest).where(HelpRequest.expert == mxid))).all():
        request.expert = None
        hands.tx.add(request)
    await hands.tx.flush()
