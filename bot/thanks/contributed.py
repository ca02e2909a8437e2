"""How often a person was thanked: for their own document alone."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.communities.contributed import Contributed, Period
from bot.i18n import N_, ngettext
from bot.store.database import Transaction
from bot.thanks.forget import KEPT
from bot.thanks.tables import Thanks


async def received(tx: Transaction, person: str, period: Period) -> Mapping[str, int]:
    mine: Any = (
        select(Thanks.community, func.count())
        .where(Thanks.receiver == person)
        .where(col(Thanks.given_at) >= period.begin, col(Thanks.given_at) < period.end)
        .group_by(Thanks.community)
    )
    return dict((await tx.exec(mine)).all())


def _said(count: int) -> str:
    return ngettext("{count} thanks received", "{count} thanks received", count).format(count=count)


CONTRIBUTED = (Contributed(70, N_("thanks received"), _said, received, kept=KEPT),)
