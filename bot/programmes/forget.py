"""Somebody is erased, or left a community: they are in no team there and approve nothing. What is over is removed."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import col, select

from bot.communities.acting import Hands
from bot.communities.figures.views import OPINIONS
from bot.communities.settings import settings
from bot.noun import Departure
from bot.programmes import applications, steps
from bot.programmes.rules.application import LIVING, Status
from bot.programmes.tables import SupportApplication, SupportMember, SupportOpinion
from bot.store.database import Transaction
from bot.store.old_rows import AT_ONCE, delete_some

DRAFTS_KEPT = timedelta(days=180)
"""Without a change."""
KEPT = timedelta(days=365)
"""After an application was refused or taken back."""
SUPPORTS_KEPT = timedelta(days=730)
"""After the end of a support, or the last change of an application that nobody completed."""


async def person(hands: Hands, mxid: str) -> None:
    """Wherever they are in a team, or approve."""
    await _ends(hands, mxid)


async def left(hands: Hands, community: str, mxid: str) -> None:
    """The same in one community."""
    await _ends(hands, mxid, of=community)


async def _ends(hands: Hands, mxid: str, *, of: str | None = None) -> None:
    for found in reversed(await applications.of_person(hands.tx, mxid)):
        if of in (None, found.community):
            application = await applications.get(hands.tx, found.id or 0, lock=True)
            assert application is not None
            await steps.gone(hands, application, mxid)


async def has_any(tx: Transaction, mxid: str) -> bool:
    """Whether the person is in a team, is asked to be, or approves one."""
    return bool(await applications.of_person(tx, mxid))


async def engages(tx: Transaction, mxid: str, *, now: datetime) -> bool:
    """The same: whoever is in a team is not erased for their silence."""
    return await has_any(tx, mxid)


async def people_of(tx: Transaction, community: str, *, now: datetime) -> Collection[str]:
    """All of whom that is so in a community."""
    living = (SupportApplication.community == community, col(SupportApplication.status).in_(LIVING))
    ids = select(SupportApplication.id).where(*living)
    found = set(await tx.exec(select(SupportMember.person).where(col(SupportMember.application).in_(ids))))
    for column in (SupportApplication.applicant, SupportApplication.approver):
        found |= {one for one in await tx.exec(select(column).where(*living)) if one is not None}
    return found


DEPARTURE = Departure(concerns=(has_any,), people=people_of, ends=left)


async def forget_opinions(tx: Transaction, *, now: datetime) -> int:
    """Delete what was asked and answered longer ago than its community wants; returns how many answers."""
    gone = 0
    for slug, period in await settings.periods(tx, OPINIONS):
        old = (col(SupportOpinion.community) == slug, col(SupportOpinion.asked_at) < now - period)
        gone += await delete_some(tx, SupportOpinion, *old)
    return gone


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Remove applications that are over, or that nobody went on with; returns how many."""
    row = SupportApplication
    closed, changed, status = col(row.closed_at), col(row.changed_at), col(row.status)
    over = or_(
        (status == Status.DRAFT) & (changed < now - DRAFTS_KEPT),
        status.in_((Status.REFUSED, Status.WITHDRAWN)) & (closed < now - KEPT),
        (status == Status.ENDED) & (closed < now - SUPPORTS_KEPT),
        status.in_((Status.INCOMPLETE, Status.SUBMITTED)) & (changed < now - SUPPORTS_KEPT),
    )
    old = (await tx.exec(select(row.id).where(over).order_by(col(row.id)).limit(AT_ONCE))).all()
    await tx.exec(delete(SupportOpinion).where(col(SupportOpinion.application).in_(old)))
    await tx.exec(delete(SupportMember).where(col(SupportMember.application).in_(old)))
    return (await tx.exec(delete(row).where(col(row.id).in_(old)))).rowcount
