"""How often a person gave a solution to a challenge: for their own document."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.challenges.forget import KEPT
from bot.challenges.rules.solution import Status
from bot.challenges.tables import Challenge, Solution
from bot.communities.contributed import Contributed, Period
from bot.i18n import N_, ngettext
from bot.store.database import Transaction


async def given(tx: Transaction, person: str, period: Period) -> Mapping[str, int]:
    mine: Any = (
        select(Challenge.community, func.count())
        .join(Solution, col(Solution.challenge) == col(Challenge.id))
        .where(Solution.author == person, Solution.status != Status.WITHDRAWN)
        .where(col(Solution.given_at) >= period.begin, col(Solution.given_at) < period.end)
        .group_by(Challenge.community)
    )
    return dict((await tx.exec(mine)).all())


def _said(count: int) -> str:
    return ngettext("{count} solution to a challenge", "{count} solutions to challenges", count).format(count=count)


CONTRIBUTED = (Contributed(56, N_("solutions to challenges"), _said, given, kept=KEPT),)
