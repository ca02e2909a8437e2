"""Somebody is erased, or left a community: nothing more is passed on from them or to them there."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.noun import Departure
from bot.store.database import Transaction
from bot.store.old_rows import delete_some
from bot.thanks.tables import Thanks

WORDS_KEPT = timedelta(days=30)
"""After that the words of a thanks that could not be passed on go; that it was given stays."""
KEPT = timedelta(days=730)
"""Two years, so that the document about a year can be asked for in the next one."""


async def person(hands: Hands, mxid: str) -> None:
    """What an erased person said and nobody has read yet is not passed on; that they said it stays without a name."""
    await _close(hands, mxid)


async def left(hands: Hands, community: str, mxid: str) -> None:
    """The same in a community that somebody left."""
    await _close(hands, mxid, of=community)


async def _close(hands: Hands, mxid: str, *, of: str | None = None) -> None:
    rows = update(Thanks).where(_concerns(mxid), col(Thanks.informed_at).is_(None))
    if of is not None:
        rows = rows.where(col(Thanks.community) == of)
    await hands.tx.exec(rows.values(informed_at=hands.now, words=""))


async def has_any(tx: Transaction, mxid: str) -> bool:
    """Whether something said by a person, or to them, waits to be read."""
    waiting = select(Thanks.id).where(_concerns(mxid), col(Thanks.informed_at).is_(None))
    return (await tx.exec(waiting.limit(1))).first() is not None


async def people_of(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    """Who is to read something in a community that waits.

    Whoever said it may be a member of another that took a sheet up: they are asked about as it is passed on.
    """
    rows = select(Thanks.receiver).where(Thanks.community == community, col(Thanks.informed_at).is_(None))
    return set(await tx.exec(rows))


def _concerns(mxid: str) -> ColumnElement[bool]:
    return or_(col(Thanks.giver) == mxid, col(Thanks.receiver) == mxid)


DEPARTURE = Departure(concerns=(has_any,), people=people_of, ends=left)


async def forget_words(tx: Transaction, *, now: datetime) -> int:
    """Empty words that could not be passed on for long; returns how many."""
    old = update(Thanks).where(col(Thanks.words) != "", col(Thanks.given_at) < now - WORDS_KEPT)
    return (await tx.exec(old.values(words=""))).rowcount


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Delete what was said long ago; returns how many rows."""
    return await delete_some(tx, Thanks, col(Thanks.given_at) < now - KEPT)
