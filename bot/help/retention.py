"""What is stored of requests for help is needed for some time only; the statistics need neither words nor names."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from bot.help.rules.request import FINAL
from bot.help.tables import HelpOffer, HelpRequest, Satisfaction
from bot.store.database import Transaction
from bot.store.old_rows import AT_ONCE, delete_some

WORDS_KEPT = timedelta(days=365)
"""After a request was closed: its text, who asked it, and who was asked."""
OPINIONS_KEPT = timedelta(days=180)


async def forget_words(tx: Transaction, *, now: datetime) -> int:
    """Empty requests that ended long ago: dates, topic and outcome stay for the statistics. Returns how many."""
    full = (col(HelpRequest.text) != "") | col(HelpRequest.requester).is_not(None)
    ended_at = func.coalesce(HelpRequest.closed_at, HelpRequest.asked_at)
    over = (full, col(HelpRequest.status).in_(FINAL), ended_at < now - WORDS_KEPT)
    old = (await tx.exec(select(HelpRequest.id).where(*over).limit(AT_ONCE))).all()
    await tx.exec(delete(HelpOffer).where(col(HelpOffer.request).in_(old)))
    emptied = update(HelpRequest).where(col(HelpRequest.id).in_(old))
    return (await tx.exec(emptied.values(text="", requester=None, expert=None))).rowcount


async def forget_opinions(tx: Transaction, *, now: datetime) -> int:
    """Delete what was asked and answered about help long ago; returns how many answers."""
    return await delete_some(tx, Satisfaction, col(Satisfaction.asked_at) < now - OPINIONS_KEPT)
