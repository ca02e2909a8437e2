"""Applications: begun, found, and moved along the table of `programmes.rules.application`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_
from sqlmodel import col, select

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.mailbox.sending.outbox import Card
from bot.programmes import themes
from bot.programmes.rules.application import LIFECYCLE, LIVING, OVER, Party, Refusal, Status, Trigger
from bot.programmes.tables import SupportApplication, SupportMember, SupportTheme
from bot.store import audit
from bot.store.database import Transaction

_ORDER = (Status.SUBMITTED, Status.INCOMPLETE, Status.ACCEPTED, Status.ENDED, Status.REFUSED, Status.WITHDRAWN)
"""As a team reads them: what waits for it first."""


def number(application: SupportApplication) -> str:
    """Its number in chat."""
    return f"P-{application.id}"


async def begin(hands: Hands, theme: SupportTheme, applicant: str, *, challenge: int | None) -> SupportApplication:
    """A draft, of which nobody else knows."""
    application = SupportApplication(
        account=hands.account,
        community=theme.community,
        theme=theme.id or 0,
        status=Status.DRAFT,
        applicant=applicant,
        challenge=challenge,
        begun_at=hands.now,
        changed_at=hands.now,
    )
    return await write(hands.tx, application)


async def get(tx: Transaction, identity: int | str, *, lock: bool = False) -> SupportApplication | None:
    """The one of a number; `lock`: its theme first, then itself, so that two people never wait for each other."""
    if not 0 < int(identity) < 2**31:
        return None
    found = await tx.get(SupportApplication, int(identity))
    if found is None or not lock:
        return found
    await themes.get(tx, found.theme, lock=True)
    return await tx.get(SupportApplication, int(identity), with_for_update=True)


async def of_person(tx: Transaction, person: str, *statuses: Status) -> Sequence[SupportApplication]:
    """Those in whose team the person is or is asked to be, or that they are to approve; the newest first."""
    theirs = select(SupportMember.application).where(SupportMember.person == person)
    concerned = or_(
        col(SupportApplication.applicant) == person,
        col(SupportApplication.approver) == person,
        col(SupportApplication.id).in_(theirs),
    )
    rows = select(SupportApplication).where(concerned, col(SupportApplication.status).in_(statuses or LIVING))
    return (await tx.exec(rows.order_by(col(SupportApplication.id).desc()))).all()


async def in_theme_of(tx: Transaction, theme: int, person: str, *, but: int | None = None) -> SupportApplication | None:
    """The living application of a theme, `but` one, that the person leads or in whose team they agreed to be."""
    agreed = select(SupportMember.application).where(
        SupportMember.person == person, col(SupportMember.agreed_at).is_not(None)
    )
    mine = or_(col(SupportApplication.applicant) == person, col(SupportApplication.id).in_(agreed))
    living = (SupportApplication.theme == theme, col(SupportApplication.status).in_(LIVING))
    rows = select(SupportApplication).where(*living, mine, col(SupportApplication.id) != (but or 0))
    rows = rows.order_by(col(SupportApplication.id))
    return (await tx.exec(rows)).first()


async def page(
    tx: Transaction, community: str, theme: int | None, *, after: int, most: int
) -> Sequence[SupportApplication]:
    """Those of a theme, or of all, that were sent, what waits for the team first; `after` so many."""
    place = case({status: place for place, status in enumerate(_ORDER)}, value=col(SupportApplication.status))
    rows = select(SupportApplication).where(
        SupportApplication.community == community, SupportApplication.status != Status.DRAFT
    )
    rows = rows.where(SupportApplication.theme == theme) if theme is not None else rows
    rows = rows.order_by(place, col(SupportApplication.id)).offset(after).limit(most)
    return (await tx.exec(rows)).all()


async def counts(tx: Transaction, community: str) -> Mapping[int, Mapping[str, int]]:
    """How many applications of each theme have which status; drafts are nobody's business."""
    rows: Any = (
        select(SupportApplication.theme, SupportApplication.status, func.count())
        .where(SupportApplication.community == community, SupportApplication.status != Status.DRAFT)
        .group_by(col(SupportApplication.theme), col(SupportApplication.status))
    )
    found: dict[int, dict[str, int]] = {}
    for theme, status, count in await tx.exec(rows):
        found.setdefault(theme, {})[status] = count
    return found


async def accepted_in(tx: Transaction, theme: int) -> Sequence[SupportApplication]:
    """The teams of a theme that are supported now."""
    rows = select(SupportApplication).where(
        SupportApplication.theme == theme, SupportApplication.status == Status.ACCEPTED
    )
    return (await tx.exec(rows.order_by(col(SupportApplication.id)))).all()


async def belongs_to(tx: Transaction, item: str) -> Sequence[str]:
    """The community of one."""
    return list(await tx.exec(select(SupportApplication.community).where(SupportApplication.id == int(item))))


async def slug_of(tx: Transaction, item: str) -> str | None:
    """The community whose members are written to about one."""
    return next(iter(await belongs_to(tx, item)), None)


async def community_of(tx: Transaction, application: SupportApplication) -> Community:
    """Where it was made; communities are never removed."""
    found = await communities.get(tx, application.community)
    assert found is not None
    return found


async def is_draft(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether its applicant has not sent it."""
    found = await get(tx, item)
    return found is not None and found.status == Status.DRAFT


async def move(
    hands: Hands,
    application: SupportApplication,
    trigger: Trigger,
    *,
    by: Collection[Party],
    hindrances: Collection[Refusal] = (),
) -> None:
    """One step of its life by a person who is these parties. Raises NotNow."""
    before = Status(application.status)
    target = LIFECYCLE.step(before, trigger, by=by, hindrances=hindrances)
    audit.moved(hands.tx, LIFECYCLE.noun, application.id, before, target, by=by)
    application.status, application.changed_at = target, hands.now
    if target in OVER:
        application.closed_at = hands.now
    await write(hands.tx, application)


async def write(tx: Transaction, application: SupportApplication) -> SupportApplication:
    """Keep a new or changed one."""
    tx.add(application)
    await tx.flush()
    return application
