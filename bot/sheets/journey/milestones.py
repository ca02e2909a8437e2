"""What a sheet has come to: each milestone is reached once, and noted in the audit."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial

from sqlmodel import select

from bot.communities.acting import Hands
from bot.errors import NotNow
from bot.events.messages import Ref
from bot.sheets import sheets
from bot.sheets.journey import reuses, texts_milestones
from bot.sheets.reading import published
from bot.sheets.rules.milestones import Hindrance, Milestone, hindrance
from bot.sheets.rules.sheet import Party
from bot.sheets.tables import Sheet, SheetMilestone
from bot.store import audit
from bot.store.database import Transaction

NOUN = "sheet milestone"
"""As the audit names it."""


async def reached(tx: Transaction, sheet: Sheet) -> Mapping[Milestone, datetime]:
    """The milestones that the sheet has, and since when."""
    rows = (await tx.exec(select(SheetMilestone).where(SheetMilestone.sheet == sheet.id))).all()
    return {Milestone(row.name): row.reached_at for row in rows}


async def in_the_way(tx: Transaction, sheet: Sheet, milestone: Milestone) -> Hindrance | None:
    """Why the sheet cannot reach a milestone now; None if it can, or has."""
    return hindrance(milestone, published=published.is_read(sheet), reached=await reached(tx, sheet))


async def reach(
    hands: Hands, sheet: Sheet, milestone: Milestone, *, by: Collection[Party], person: str | None = None
) -> bool:
    """Note that a sheet has come so far; False if it had before. Raises NotNow."""
    why_not = await in_the_way(hands.tx, sheet, milestone)
    if why_not is not None:
        raise NotNow(why_not)
    row = {"sheet": sheet.id, "name": milestone, "person": person, "reached_at": hands.now}
    new = await hands.tx.insert_new(SheetMilestone, row)
    if new:
        audit.moved(hands.tx, NOUN, sheet.id, sheet.status, milestone, by=by)
    return new


async def value(hands: Hands, sheet_id: int | str, how: str, *, person: str | None = None) -> None:
    """Note that a sheet was presented, put first in a digest, or thanked for (`how`: see `rules.milestones`).

    Those who sign it learn it, the first time only. Nothing comes of it for a sheet that is not published.
    """
    sheet = await sheets.get(hands.tx, sheet_id, lock=True)
    with suppress(NotNow):
        if sheet is not None and await reach(hands, sheet, Milestone.VALUED, by={Party.SYSTEM}, person=person):
            words = partial(texts_milestones.valued, sheet, how)
            await reuses.learned(hands, sheet, Ref("sheet-valued", str(sheet.id)), words)
