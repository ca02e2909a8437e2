"""How often a person reported something that was not withdrawn: for their own document."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.communities.contributed import Contributed, Period
from bot.i18n import N_, ngettext
from bot.ideas.forget import KEPT
from bot.ideas.rules.idea import Status
from bot.ideas.tables import Idea
from bot.store.database import Transaction


async def reported(tx: Transaction, person: str, period: Period) -> Mapping[str, int]:
    mine: Any = (
        select(Idea.community, func.count())
        .where(Idea.author == person, Idea.status != Status.WITHDRAWN)
        .where(col(Idea.reported_at) >= period.begin, col(Idea.reported_at) < period.end)
        .group_by(Idea.community)
    )
    return dict((await tx.exec(mine)).all())


def _said(count: int) -> str:
    return ngettext("{count} irritant or idea", "{count} irritants and ideas", count).format(count=count)


CONTRIBUTED = (Contributed(55, N_("irritants and ideas reported"), _said, reported, kept=KEPT),)
