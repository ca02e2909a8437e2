"""Offers of a request to volunteers: who was asked when, and what they answered."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.help.rules.cards import HELPING, SEARCHING
from bot.help.rules.offer import LIFECYCLE, Offers, OfferStatus, OfferTrigger, moved
from bot.help.rules.request import Party
from bot.help.tables import HelpOffer, HelpRequest
from bot.mailbox.sending.outbox import Card
from bot.store import audit
from bot.store.database import Transaction
from bot.volunteers.rules.routing import Verdict

BY_ITSELF, FROM_ROOM = 0, -1
"""Instead of a wave: a colleague who offered help without being asked, a volunteer who answered in their room."""


async def of(tx: Transaction, request: HelpRequest) -> list[HelpOffer]:
    """The offers of the request's present turn, oldest first."""
    rows = select(HelpOffer).where(HelpOffer.request == request.id, HelpOffer.turn == request.turn)
    return list(await tx.exec(rows.order_by(col(HelpOffer.id))))


async def ever(tx: Transaction, request: HelpRequest) -> Sequence[HelpOffer]:
    """The offers of all its turns."""
    rows = select(HelpOffer).where(HelpOffer.request == request.id)
    return (await tx.exec(rows.order_by(col(HelpOffer.id)))).all()


async def add(tx: Transaction, request: HelpRequest, chosen: Sequence[Verdict], *, now: datetime) -> list[HelpOffer]:
    """One offer for each who was chosen."""
    rows = [
        HelpOffer(
            request=request.id or 0,
            person=verdict.person,
            turn=request.turn,
            wave=request.wave,
            status=OfferStatus.SENT,
            instead_of=verdict.instead_of,
            asked_at=now,
        )
        for verdict in chosen
    ]
    tx.add_all(rows)
    await tx.flush()
    return rows


async def volunteer(
    tx: Transaction, request: HelpRequest, person: str, *, now: datetime, wave: int = BY_ITSELF
) -> HelpOffer:
    """The offer to somebody, or a new one for who comes by themselves."""
    known = next((one for one in await of(tx, request) if one.person == person), None)
    if known is not None:
        return known
    row = HelpOffer(
        request=request.id or 0,
        person=person,
        turn=request.turn,
        wave=wave,
        status=OfferStatus.SENT,
        asked_at=now,
    )
    tx.add(row)
    await tx.flush()
    return row


def statuses(rows: Collection[HelpOffer]) -> Offers:
    """The rows as the rules see them."""
    return {row.person: OfferStatus(row.status) for row in rows}


async def become(tx: Transaction, rows: Collection[HelpOffer], offers: Offers, *, now: datetime) -> list[HelpOffer]:
    """Write what the rules say became of each; returns the rows that changed."""
    changed = [row for row in rows if row.status != offers[row.person]]
    for row in changed:
        audit.moved(tx, LIFECYCLE.noun, row.id, row.status, offers[row.person])
        row.status = offers[row.person]
        row.carried = row.status == OfferStatus.ACCEPTED
        row.accepted_at = now if row.carried else None
        answered = row.status in (OfferStatus.ACCEPTED, OfferStatus.DECLINED)
        row.answered_at = now if answered else row.answered_at
        tx.add(row)
    await tx.flush()
    return changed


async def turn(
    hands: Hands, request: HelpRequest, person: str, trigger: OfferTrigger, *, by: Party = Party.SYSTEM
) -> list[HelpOffer]:
    """Something happens to one person's offer in the present search; returns the rows that changed."""
    rows = await of(hands.tx, request)
    return await become(hands.tx, rows, moved(statuses(rows), person, trigger, by=by), now=hands.now)


def card_key(one: HelpOffer) -> str:
    """The outbox key of a volunteer's card; it names nobody."""
    return f"offer:{one.id}"


async def put_down(tx: Transaction, request: HelpRequest) -> None:
    """The request is over, or handed over: nobody carries it any more."""
    for row in await ever(tx, request):
        if row.carried:
            row.carried = False
            tx.add(row)
    await tx.flush()


async def of_person(tx: Transaction, person: str) -> Sequence[HelpOffer]:
    """The person's offers that still wait for an answer, oldest first."""
    rows = select(HelpOffer).where(HelpOffer.person == person, col(HelpOffer.status).in_(WAITING))
    return (await tx.exec(rows.order_by(col(HelpOffer.id)))).all()


async def people_of(tx: Transaction, community: str) -> set[str]:
    """All to whom a request of this community was proposed, and who have not answered."""
    requests = select(HelpRequest.id).where(HelpRequest.community == community)
    rows = select(HelpOffer.person).where(col(HelpOffer.request).in_(requests), col(HelpOffer.status).in_(WAITING))
    return set(await tx.exec(rows.distinct()))


WAITING = (OfferStatus.SENT, OfferStatus.EXPIRED)


async def get(tx: Transaction, identity: int | str, *, lock: bool = False) -> HelpOffer | None:
    """The offer of a card."""
    return await tx.get(HelpOffer, int(identity), with_for_update=lock)


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether a volunteer's card still waits: a late yes is welcome for as long as nobody else has said it, and who
    said it may take it back."""
    offer = await get(tx, item)
    request = await tx.get(HelpRequest, offer.request) if offer is not None else None
    if offer is None or request is None or offer.turn != request.turn:
        return False
    accepted = offer.status == OfferStatus.ACCEPTED and request.status in HELPING
    return accepted or (offer.status != OfferStatus.WITHDRAWN and request.status in SEARCHING)


async def accepted(tx: Transaction, person: str, item: str) -> bool:
    """Whether the person has accepted this offer, and it still counts."""
    offer = await get(tx, item)
    return offer is not None and offer.person == person and offer.status == OfferStatus.ACCEPTED


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of the request that is offered."""
    asked = select(HelpRequest.community).join(HelpOffer, col(HelpOffer.request) == col(HelpRequest.id))
    return list(await tx.exec(asked.where(HelpOffer.id == int(item))))
