"""Searches that found nothing: counted for a community's team, without who searched."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import col, select

from bot.communities.figures.per_week import per_week
from bot.communities.rules.weeks import Weeks
from bot.communities.settings import settings
from bot.resources.settings import FAILED_SEARCHES
from bot.resources.tables import SearchMiss
from bot.store.database import Transaction
from bot.text.plain_text import fold

LONGEST = 200
_ADDRESS = re.compile(r"@[^\s@]*[:.]")


async def note(tx: Transaction, community: str, words: str, *, now: datetime) -> bool:
    """Store words that found nothing; False, storing nothing, if they contain somebody's address."""
    if _ADDRESS.search(words):
        return False
    tx.add(SearchMiss(community=community, words=" ".join(words.split())[:LONGEST], missed_at=now))
    await tx.flush()
    return True


async def count(tx: Transaction, community: str, *, since: datetime | None = None) -> int:
    """How many searches found nothing, since an instant if one is given."""
    missed = select(func.count()).where(SearchMiss.community == community)
    return (await tx.exec(missed.where(col(SearchMiss.missed_at) >= since) if since else missed)).one()


async def by_week(tx: Transaction, community: str, weeks: Weeks) -> Sequence[int]:
    """How many searches found nothing in each week."""
    return await per_week(tx, col(SearchMiss.missed_at), weeks, SearchMiss.community == community)


async def most_frequent(tx: Transaction, community: str, *, limit: int) -> Sequence[tuple[str, int]]:
    """The words most often searched in vain, and how often, whatever their accents; the latest spelling is shown."""
    rows = select(SearchMiss.words).where(SearchMiss.community == community)
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for words in await tx.exec(rows.order_by(col(SearchMiss.id))):
        key = fold(words).text
        counts[key] += 1
        shown[key] = words
    return [(shown[key], count) for key, count in counts.most_common(limit)]


async def settle(tx: Transaction, community: str, words: str) -> int:
    """Delete these words, which need no resource any more; returns how many times they had been noted."""
    rows = (await tx.exec(select(SearchMiss).where(SearchMiss.community == community))).all()
    same = [row.id for row in rows if fold(row.words).text == fold(words).text]
    if same:
        await tx.exec(delete(SearchMiss).where(col(SearchMiss.id).in_(same)))
    return len(same)


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Remove what was noted longer ago than its community wants; returns how many."""
    gone = 0
    for community in await tx.exec(select(SearchMiss.community).distinct()):
        days = await settings.value(tx, community, FAILED_SEARCHES)
        old = (col(SearchMiss.community) == community, col(SearchMiss.missed_at) < now - timedelta(days=days))
        gone += (await tx.exec(delete(SearchMiss).where(*old))).rowcount
    return gone
