"""What volunteers gave: the requests that they accepted and that were resolved."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot.communities.contributed import Contributed, Period
from bot.help.retention import WORDS_KEPT
from bot.help.tables import HelpRequest
from bot.i18n import N_, ngettext
from bot.store.database import Transaction


async def ever(tx: Transaction, person: str) -> bool:
    """Whether the person ever accepted a request, as far as that is stored."""
    return (await tx.exec(select(HelpRequest.id).where(HelpRequest.expert == person).limit(1))).first() is not None


async def resolved(tx: Transaction, person: str, period: Period) -> Mapping[str, int]:
    """The requests that the person carried when they were resolved."""
    mine: Any = (
        select(HelpRequest.community, func.count())
        .where(HelpRequest.expert == person)
        .where(col(HelpRequest.resolved_at) >= period.begin, col(HelpRequest.resolved_at) < period.end)
        .group_by(HelpRequest.community)
    )
    return dict((await tx.exec(mine)).all())


def _said(count: int) -> str:
    return ngettext(
        "{count} request for help accepted and resolved", "{count} requests for help accepted and resolved", count
    ).format(count=count)


CONTRIBUTED = (Contributed(10, N_("requests for help"), _said, resolved, kept=WORDS_KEPT),)
