"""Counts what people make in a day, in the same transaction, so that two at once cannot both be the last."""

import hashlib
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col

from bot.communities.tables import QuotaUse
from bot.store.database import Transaction

KEPT = timedelta(days=2)


async def one_more(tx: Transaction, subject: str, kind: str, *, day: date, most: int) -> bool:
    """Count one more of a kind; False, counting nothing, when the person or room (`subject`) has made `most`."""
    counted = update(QuotaUse).where(*_of(subject, kind, day), col(QuotaUse.made) < most)
    counted = counted.values(made=col(QuotaUse.made) + 1)
    if (await tx.exec(counted)).rowcount:
        return True
    first = {"subject": _fingerprint(subject, day), "kind": kind, "day": day.isoformat(), "made": 1, "told": False}
    if await tx.insert_new(QuotaUse, first):
        return True
    return bool((await tx.exec(counted)).rowcount)  # another transaction inserted the day's row since we looked


async def first_refusal(tx: Transaction, subject: str, kind: str, *, day: date) -> bool:
    """True the first time in a day that the subject is refused, which it records; False afterwards."""
    silent = update(QuotaUse).where(*_of(subject, kind, day), col(QuotaUse.told).is_(False))
    return bool((await tx.exec(silent.values(told=True))).rowcount)


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """What was counted on days that are over everywhere is gone; returns how many rows."""
    over = delete(QuotaUse).where(col(QuotaUse.day) < (now - KEPT).date().isoformat())
    return (await tx.exec(over)).rowcount


def _of(subject: str, kind: str, day: date) -> tuple[ColumnElement[bool], ...]:
    mine = col(QuotaUse.subject) == _fingerprint(subject, day)
    return mine, col(QuotaUse.kind) == kind, col(QuotaUse.day) == day.isoformat()


def _fingerprint(subject: str, day: date) -> str:
    """A hash of the subject that changes every day, so that it reveals nothing about other days."""
    return hashlib.sha256(f"{day}\n{subject}".encode()).hexdigest()
