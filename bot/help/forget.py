"""Somebody is erased, or left a community: what they asked is given up, what they carry is passed on."""

from datetime import datetime

from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.help import case as cases
from bot.help import requests, texts_after
from bot.help.exchange import exchange
from bot.help.offers import offers, search
from bot.help.rules.request import FINAL, Party
from bot.help.tables import HelpRequest
from bot.person_columns import Row
from bot.store.database import Transaction
from bot.text.mentions import Person
from bot.volunteers import volunteers


async def person(hands: Hands, mxid: str) -> None:
    """End what a person asked and carries, before their rows lose the name; others take over."""
    await volunteers.forget(hands.tx, mxid)  # before others are sought
    await _as_requester(hands, mxid)
    await _as_volunteer(hands, mxid)


async def left(hands: Hands, community: str, mxid: str) -> None:
    """Somebody is no member of a community any more: others take over, and what they asked there is given up."""
    await _as_volunteer(hands, mxid, of=community)
    await _as_requester(hands, mxid, of=community)


async def engages(tx: Transaction, mxid: str, *, now: datetime) -> bool:
    """Whether the person waits for help, is asked for it, or gives it."""
    mine = (col(HelpRequest.requester) == mxid) | (col(HelpRequest.expert) == mxid)
    goes_on = select(HelpRequest.id).where(mine, col(HelpRequest.status).not_in(FINAL)).limit(1)
    return (await tx.exec(goes_on)).first() is not None or bool(await offers.of_person(tx, mxid))


async def people_of(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    """Who asked something in a community, or was asked, and it is not over."""
    asked = {request.requester for request in await requests.open_in(tx, community) if request.requester}
    return asked | await offers.people_of(tx, community)


def unasked(row: Row, person: Person, *, own: bool, now: datetime) -> Row:
    """The words of a request are erased with whoever asked it."""
    return {"text": ""} if row["requester"] == person.mxid else {}


async def _as_requester(hands: Hands, mxid: str, *, of: str | None = None) -> None:
    mine = select(HelpRequest).where(HelpRequest.requester == mxid, col(HelpRequest.status).not_in(FINAL))
    for request in (await hands.tx.exec(mine)).all():
        if of in (None, request.community):
            await exchange.cancel(await cases.of(hands, request), by={Party.SYSTEM})


async def _as_volunteer(hands: Hands, mxid: str, *, of: str | None = None) -> None:
    for request in await requests.carried_by(hands.tx, mxid):
        if of in (None, request.community):
            await exchange.hand_over(await cases.of(hands, request), by={Party.SYSTEM})
    for offer in await offers.of_person(hands.tx, mxid):
        case = await cases.find(hands, offer.request, lock=True)
        if case is not None and offer.turn == case.request.turn and of in (None, case.request.community):
            await search.withdraw(case, mxid, texts_after.closed_card)
