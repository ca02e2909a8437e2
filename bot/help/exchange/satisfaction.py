"""Two short questions, one after the other, at most monthly per person; read only in sums."""

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.communities.people import people
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.help import requests, texts_after
from bot.help.case import Case
from bot.help.rules.cards import USEFUL, WENT
from bot.help.tables import HelpRequest, Satisfaction
from bot.mailbox.sending.outbox import Card
from bot.store.database import Transaction

AT_MOST_EVERY = timedelta(days=30)


async def ask(case: Case) -> None:
    """The first question, unless the person was asked within a month."""
    request, author = case.request, case.request.requester
    if author is None or await people.has_stopped(case.tx, author) or await _asked_lately(case, author):
        return
    row = {"request": request.id, "turn": request.turn, "community": request.community, "asked_at": case.now}
    if await case.tx.insert_new(Satisfaction, row):
        await case.tell(
            author,
            lambda: texts_after.went_well(case.subject),
            key=f"help:{request.id}:{request.turn}:went",
            about=case.about(WENT),
            gestures=(Gesture.YES, Gesture.NO),
        )


async def _asked_lately(hands: Hands, person: str) -> bool:
    mine = select(HelpRequest.id).where(HelpRequest.requester == person)
    lately = select(func.count()).where(
        col(Satisfaction.request).in_(mine), col(Satisfaction.asked_at) > hands.now - AT_MOST_EVERY
    )
    return (await hands.tx.exec(lately)).one() > 0


async def last_asked(tx: Transaction, person: str) -> datetime | None:
    """When the person was last asked about help."""
    mine = select(HelpRequest.id).where(HelpRequest.requester == person)
    return (await tx.exec(select(func.max(Satisfaction.asked_at)).where(col(Satisfaction.request).in_(mine)))).first()


async def of(tx: Transaction, request: HelpRequest) -> Satisfaction | None:
    """What was asked and answered about the latest turn."""
    rows = select(Satisfaction).where(Satisfaction.request == request.id, Satisfaction.turn == request.turn)
    return (await tx.exec(rows.with_for_update())).first()


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether an answer is welcome: for a month, after which something else may be asked, and of the latest turn."""
    request = await requests.get(tx, item)
    asked = select(Satisfaction.asked_at).where(Satisfaction.request == int(item))
    latest = (await tx.exec(asked.where(Satisfaction.turn == request.turn))).first() if request is not None else None
    return latest is not None and now < latest + AT_MOST_EVERY


async def answered(
    hands: Hands, request: HelpRequest, *, went_well: bool | None = None, was_useful: bool | None = None
) -> bool:
    """Write one answer; returns whether that question had one before, or was never asked."""
    row = await of(hands.tx, request)
    if row is None:
        return True
    if went_well is not None:
        again, row.went_well = row.went_well is not None, went_well
    else:
        again, row.was_useful = row.was_useful is not None, was_useful
    hands.tx.add(row)
    await hands.outbox.close_cards(hands.tx, Ref(WENT if went_well is not None else USEFUL, str(request.id)))
    return again
