"""Those who are asked to be in a team, and those who agreed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from bot.mailbox.sending.outbox import Card
from bot.programmes.rules.application import WRITABLE
from bot.programmes.rules.team import Mate
from bot.programmes.tables import SupportApplication, SupportMember
from bot.store.database import Transaction
from bot.text.plain_text import fold


async def ask(tx: Transaction, application: SupportApplication, person: str, *, now: datetime) -> bool:
    """Note that somebody is to be in the team; False when they were before."""
    row = {"application": application.id, "person": person, "asked_at": now, "profession": "", "establishment": ""}
    return await tx.insert_new(SupportMember, row)


async def get(tx: Transaction, application: SupportApplication, person: str) -> SupportMember | None:
    """The person as one of them."""
    mine = select(SupportMember).where(SupportMember.application == application.id, SupportMember.person == person)
    return (await tx.exec(mine)).first()


async def of(tx: Transaction, application: SupportApplication) -> Sequence[SupportMember]:
    """All who are asked or agreed, whoever was named first first."""
    rows = select(SupportMember).where(SupportMember.application == application.id)
    return (await tx.exec(rows.order_by(col(SupportMember.id)))).all()


async def agreed(tx: Transaction, application: SupportApplication) -> Sequence[SupportMember]:
    """Those who agreed: the team."""
    return [row for row in await of(tx, application) if row.agreed_at is not None]


def mates(rows: Sequence[SupportMember]) -> list[Mate]:
    """The team as its rules see it: those who agreed."""
    return [Mate(row.profession, _place(row.establishment)) for row in rows if row.agreed_at is not None]


def _place(establishment: str) -> str:
    return " ".join(fold(establishment).text.replace("-", " ").split())


async def leave(tx: Transaction, application: SupportApplication, person: str) -> bool:
    """Somebody is not in it, or no more; False when they never were."""
    mine = (col(SupportMember.application) == application.id, col(SupportMember.person) == person)
    return bool((await tx.exec(delete(SupportMember).where(*mine))).rowcount)


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether whoever was asked has not answered, and may."""
    application = await tx.get(SupportApplication, int(item))
    if application is None or application.status not in WRITABLE:
        return False
    row = await get(tx, application, card.recipient or "")
    return row is not None and row.agreed_at is None


async def approval_waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether whoever is named as its approver has not answered, and may."""
    application = await tx.get(SupportApplication, int(item))
    if application is None or application.status not in WRITABLE:
        return False
    return application.approver == card.recipient and application.approved_at is None


async def write(tx: Transaction, row: SupportMember) -> None:
    """Keep a changed one."""
    tx.add(row)
    await tx.flush()
