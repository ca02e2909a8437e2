"""Thanks: given, taken back, passed on once, counted for whoever was thanked."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from bot.communities import Community
from bot.communities.acting import Hands
from bot.communities.contributed import Period
from bot.communities.people import members
from bot.help import contributed as helped
from bot.store.database import Transaction
from bot.thanks.planned import later
from bot.thanks.rules.refusal import Refusal, refusal
from bot.thanks.tables import Thanks
from bot.volunteers import volunteers


async def give(
    hands: Hands, community: Community, giver: str, receiver: str, *, subject: str, source: str, words: str = ""
) -> Refusal | None:
    """Somebody thanks somebody, who reads it later; returns why not, if so. Raises MembersUnknown."""
    is_member = receiver in (giver, hands.account) or await members.is_member_for_sure(
        hands.tx, hands.directory, receiver, community.slug
    )
    why_not = refusal(giver, receiver, robot=hands.account, members={receiver} if is_member else ())
    if why_not is not None:
        return why_not
    row = {
        "account": hands.account,
        "community": community.slug,
        "giver": giver,
        "receiver": receiver,
        "subject": subject,
        "source": source,
        "words": words,
        "given_at": hands.now,
    }
    if not await hands.tx.insert_new(Thanks, row):
        return Refusal.ALREADY
    await later(hands, receiver, community)
    return None


async def is_helper(tx: Transaction, person: str) -> bool:
    """Whether somebody volunteers, or helped with a request: 👏 for others is talk, of which nothing is stored."""
    own = await volunteers.of_person(tx, person)
    return any(map(volunteers.is_active, own)) or await helped.ever(tx, person)


async def of_source(tx: Transaction, source: str) -> Sequence[Thanks]:
    """What an event said: several where a sheet has several authors. Locked until the transaction ends."""
    return (await tx.exec(select(Thanks).where(Thanks.source == source).with_for_update())).all()


async def take_back(tx: Transaction, source: str) -> int:
    """What an event said is said no more; returns to how many people."""
    return (await tx.exec(delete(Thanks).where(col(Thanks.source) == source))).rowcount


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community in which it was said."""
    return list(await tx.exec(select(Thanks.community).where(Thanks.id == int(item))))


# ── for whoever was thanked ───────────────────────────────────────────────────────────────────────────────


async def unknown_to(tx: Transaction, receiver: str, *, account: str) -> Sequence[Thanks]:
    """What a person has not read of the communities of an account, oldest first; locked until the transaction ends."""
    mine = (Thanks.receiver == receiver, Thanks.account == account)
    rows = select(Thanks).where(*mine, col(Thanks.informed_at).is_(None))
    return (await tx.exec(rows.order_by(col(Thanks.id)).with_for_update())).all()


async def informed(tx: Transaction, rows: Collection[Thanks], *, now: datetime) -> None:
    """The person has read these: the words have served."""
    these = update(Thanks).where(col(Thanks.id).in_([row.id for row in rows]))
    await tx.exec(these.values(informed_at=now, words=""))


async def first_community(tx: Transaction, receiver: str) -> str | None:
    """The community whose members must be known before a person is informed."""
    rows = select(Thanks.community).where(Thanks.receiver == receiver, col(Thanks.informed_at).is_(None))
    return (await tx.exec(rows.order_by(col(Thanks.id)).limit(1))).first()


async def count(tx: Transaction, receiver: str, *, since: datetime) -> int:
    """How often a person was thanked since a moment, for themselves alone."""
    mine = select(func.count()).where(Thanks.receiver == receiver, col(Thanks.given_at) >= since)
    return (await tx.exec(mine)).one()


# ── for the community ─────────────────────────────────────────────────────────────────────────────────────


async def thanked(tx: Transaction, community: str, period: Period) -> tuple[set[str], int]:
    """Who was thanked in a community in a period, and how often all of them together."""
    here = select(Thanks.receiver).where(Thanks.community == community)
    found = (await tx.exec(here.where(col(Thanks.given_at) >= period.begin, col(Thanks.given_at) < period.end))).all()
    return set(found), len(found)


async def received_any(tx: Transaction, person: str) -> bool:
    """Whether anybody has thanked the person."""
    return (await tx.exec(select(Thanks.id).where(Thanks.receiver == person).limit(1))).first() is not None


async def people_of(tx: Transaction, community: str) -> set[str]:
    """Who was thanked in a community."""
    return set(await tx.exec(select(Thanks.receiver).where(Thanks.community == community).distinct()))
