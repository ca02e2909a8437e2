"""Has the database count by week: rows may be many, and weeks are few."""

from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func
from sqlalchemy.orm import Mapped
from sqlmodel import select

from bot.communities.rules.weeks import Weeks
from bot.store.database import Transaction


async def per_week(tx: Transaction, moment: Mapped[Any], weeks: Weeks, *where: ColumnElement[bool] | bool) -> list[int]:
    """Of the rows that meet these conditions, how many have their moment in each week; the last has no end."""
    ended = [and_(moment >= start, moment < end) for start, end in pairwise(weeks)]
    sums: Any = select(*map(_sum, [*ended, moment >= weeks[-1]]))
    return list((await tx.exec(sums.where(moment >= weeks[0], *where))).one())


def _sum(condition: ColumnElement[bool]) -> Any:
    """How many rows meet a condition; 0 of no rows."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
