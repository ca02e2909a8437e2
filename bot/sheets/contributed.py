"""What people gave to practice sheets: those that they wrote, those that they reviewed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select

from bot.communities.contributed import Contributed, Period
from bot.i18n import N_, ngettext
from bot.sheets.rules.sheet import Status
from bot.sheets.tables import Sheet, SheetAuthor
from bot.store.database import Transaction


async def written(tx: Transaction, person: str, period: Period) -> Mapping[str, int]:
    """The sheets that the person signs, alone or with others, first published in the period."""
    agreed = select(SheetAuthor.sheet).where(SheetAuthor.person == person, col(SheetAuthor.agreed_at).is_not(None))
    return await _published(tx, period, or_(col(Sheet.author) == person, col(Sheet.id).in_(agreed)))


async def reviewed(tx: Transaction, person: str, period: Period) -> Mapping[str, int]:
    """The same of those that the person was the last to review."""
    return await _published(tx, period, col(Sheet.reviewer) == person)


async def _published(tx: Transaction, period: Period, whose: ColumnElement[bool]) -> Mapping[str, int]:
    """What was withdrawn since is no contribution any more."""
    then = (col(Sheet.published_at) >= period.begin, col(Sheet.published_at) < period.end)
    rows: Any = select(Sheet.community, func.count()).where(whose, *then, Sheet.status != Status.WITHDRAWN)
    return dict((await tx.exec(rows.group_by(Sheet.community))).all())


def _written(count: int) -> str:
    return ngettext("{count} practice sheet written", "{count} practice sheets written", count).format(count=count)


def _reviewed(count: int) -> str:
    return ngettext("{count} practice sheet reviewed", "{count} practice sheets reviewed", count).format(count=count)


CONTRIBUTED = (
    Contributed(40, N_("practice sheets written"), _written, written),
    Contributed(50, N_("practice sheets reviewed"), _reviewed, reviewed),
)
