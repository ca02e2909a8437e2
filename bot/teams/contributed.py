"""How often a person was in a team that tried a solution: for their own document."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.communities.contributed import Contributed, Period
from bot.i18n import N_, ngettext
from bot.store.database import Transaction
from bot.teams.forget import KEPT
from bot.teams.rules.team import Seat
from bot.teams.tables import Team, TeamMember


async def taken_part(tx: Transaction, person: str, period: Period) -> Mapping[str, int]:
    mine: Any = (
        select(Team.community, func.count())
        .join(TeamMember, col(TeamMember.team) == col(Team.id))
        .where(TeamMember.person == person, TeamMember.status == Seat.IN)
        .where(col(Team.complete_at) >= period.begin, col(Team.complete_at) < period.end)
        .group_by(Team.community)
    )
    return dict((await tx.exec(mine)).all())


def _said(count: int) -> str:
    return ngettext("{count} team that tried a solution", "{count} teams that tried a solution", count).format(
        count=count
    )


CONTRIBUTED = (Contributed(57, N_("teams that tried a solution"), _said, taken_part, kept=KEPT),)
