"""What is stored of requests for help is needed for some time only; the statistics need neither words nor names."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from bot.communities.figures.views import OPINIONS
from bot.communities.settings import settings
from bot.help.rules.request import FINAL
from bot.help.settings import WORDS
from bot.help.tables import HelpOffer, HelpRequest, Satisfaction
from bot.store.database import Transaction
from bot.store.old_rows import AT_ONCE, delete_some

WORDS_KEPT = timedelta(days=WORDS.default)
"""After a request was closed, unless the team wants less: its text, who asked it, and who was asked."""


async def forget_words(tx: Transaction, *, now: datetime) -> int:
    """Empty requests that ended longer ago than their community wants; returns how many.

    Dates, topic and outcome stay for the statistics.
    """
    return sum([await _empty(tx, slug, before=now - period) for slug, period in await settings.periods(tx, WORDS)])


async def _empty(tx: Transaction, community: str, *, before: datetime) -> int:
    full = (col(HelpRequest.text) != "") | col(HelpRequest.requester).is_not(None)
    ended_at = func.coalesce(HelpRequest.closed_at, HelpRequest.asked_at)
    over = (col(HelpRequest.community) == community, full, col(HelpRequest.status).in_(FINAL), ended_at < before)
    old = (await tx.exec(select(HelpRequest.id).where(*over).limit(AT_ONCE))).all()
    await tx.exec(delete(HelpOffer).where(col(HelpOffer.request).in_(old)))
    emptied = update(HelpRequest).where(col(HelpRequest.id).in_(old))
    return (await tx.exec(emptied.values(text="", requester=None, expert=None))).rowcount


async def forget_opinions(tx: Transaction, *, now: datetime) -> int:
    """Delete what was asked and answered about help longer ago than its community wants; returns how many answers."""
    gone = 0
    for slug, period in await settings.periods(tx, OPINIONS):
        old = (col(Satisfaction.community) == slug, col(Satisfaction.asked_at) < now - period)
        gone += await delete_some(tx, Satisfaction, *old)
    return gone
