"""Searches that found nothing: counted for a community's team, without who searched."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.resources.tables import SearchMiss
from bot.store.database import Transaction
from bot.text.plain_text import fold

LONGEST = 200
KEPT = timedelta(days=180)
_ADDRESS = re.compile(r"@[^\s@]*[:.]")


async def note(tx: Transaction, community: str, words: str, *, now: datetime) -> bool:
    """Store words that found nothing; False, storing nothing, if they contain somebody's address."""
    if _ADDRESS.search(words):
        return False
    tx.add(SearchMiss(community=community, words=" ".join(words.split())[:LONGEST], missed_at=now))
    await tx.flush()
    return True


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
    """Remove what was noted long ago; returns how many."""
    return (await tx.exec(delete(SearchMiss).where(col(SearchMiss.missed_at) < now - KEPT))).rowcount
