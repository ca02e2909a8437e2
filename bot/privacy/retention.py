"""What was stored long enough is deleted: each noun decides how long that is."""

from datetime import datetime

from bot import nouns
from bot.noun import ForgetOld
from bot.store.database import Database


async def forget_old(database: Database, *, now: datetime) -> int:
    """Delete it everywhere; returns how many rows went."""
    rules = [rule for noun in nouns.NOUNS for rule in noun.forget_old]
    return sum([await _follow(database, rule, now) for rule in rules])


async def _follow(database: Database, rule: ForgetOld, now: datetime) -> int:
    """Call a rule until it finds nothing more, each time in a transaction of its own: others write in between."""
    gone = 0
    while some := await _once(database, rule, now):
        gone += some
    return gone


async def _once(database: Database, rule: ForgetOld, now: datetime) -> int:
    async with database.transaction() as tx:
        return await rule(tx, now=now)
