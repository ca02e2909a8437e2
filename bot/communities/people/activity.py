"""When people turned to us last: people who never do again are erased one day (`bot.privacy.inactivity`)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy
from sqlalchemy import ColumnElement, bindparam, false, insert, literal, update
from sqlmodel import col, select

from bot.communities.tables import Person
from bot.mailbox.receiving import inbox
from bot.store.columns import Instant, columns
from bot.store.database import Transaction

WARNED_AFTER, ERASED_AFTER = timedelta(days=700), timedelta(days=730)
"""About 23 and 24 months without a gesture."""
TO_ANSWER = timedelta(days=30)
"""From the warning to the erasure, also where both are late."""

_PEOPLE = columns(Person)
_IS_THEY = (_PEOPLE.c.mxid == bindparam("who"), _PEOPLE.c.active_at < bindparam("at"))
_ACTED = update(_PEOPLE).where(*_IS_THEY).values(active_at=bindparam("at"), warned_at=None)


async def note(tx: Transaction, person: str | None = None) -> None:
    """Note when people, or this person, wrote or reacted to us last: whoever was warned has answered by it.

    Called every night, so that what people do costs no statement more.
    """
    latest = await inbox.latest(tx, person)
    if latest:
        await tx.exec(_ACTED, [{"who": sender, "at": at} for sender, at in latest])


async def begin_to_count(tx: Transaction, known: ColumnElement[str], *, now: datetime) -> None:
    """From now on count the time of those people of a column of whom no date is known."""
    people = sqlalchemy.select(known, false(), literal(now, Instant)).distinct()
    new = people.where(known.startswith("@"), known.not_in(sqlalchemy.select(_PEOPLE.c.mxid)))
    await tx.exec(insert(Person).from_select(["mxid", "stopped", "active_at"], new))
    await tx.exec(update(Person).where(col(Person.active_at).is_(None)).values(active_at=now))


async def to_warn(tx: Transaction, *, now: datetime, but: Collection[str] = ()) -> Sequence[str]:
    """Who made no gesture for so long that they are to be warned, longest first."""
    return await _silent(tx, but, *_to_warn(now))


async def to_erase(tx: Transaction, *, now: datetime, but: Collection[str] = ()) -> Sequence[str]:
    """Who was warned, or could not be, and made no gesture since, longest first."""
    return await _silent(tx, but, *_to_erase(now))


async def is_to_warn(tx: Transaction, person: str, *, now: datetime) -> bool:
    """Whether that holds for one person at this moment."""
    return bool(await _silent(tx, (), *_to_warn(now), col(Person.mxid) == person))


async def is_to_erase(tx: Transaction, person: str, *, now: datetime) -> bool:
    """Whether that holds for one person at this moment."""
    return bool(await _silent(tx, (), *_to_erase(now), col(Person.mxid) == person))


def _to_warn(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(Person.active_at) < now - WARNED_AFTER, col(Person.warned_at).is_(None)


def _to_erase(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(Person.active_at) < now - ERASED_AFTER, col(Person.warned_at) < now - TO_ANSWER


async def _silent(tx: Transaction, but: Collection[str], *those: ColumnElement[bool]) -> Sequence[str]:
    rows = select(Person.mxid).where(*those, col(Person.mxid).not_in(but))
    return (await tx.exec(rows.order_by(col(Person.active_at), col(Person.mxid)))).all()


async def warned(tx: Transaction, person: str, *, now: datetime) -> None:
    """Note that the person was warned, or that they cannot be."""
    await tx.exec(update(Person).where(col(Person.mxid) == person).values(warned_at=now))
