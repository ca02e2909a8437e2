"""The sheets of a person: those that they write and those that they sign too, what is unfinished first."""

from collections.abc import Sequence

from bot.i18n import ngettext
from bot.sheets import sheets, texts
from bot.sheets.rules.sheet import Status
from bot.sheets.tables import Sheet
from bot.store.database import Transaction

UNFINISHED = (Status.TO_COMPLETE, Status.TO_REVISE, Status.DRAFT, Status.PROPOSED)
"""In which their author has something to do, the most pressing first."""


async def of(tx: Transaction, person: str) -> Sequence[Sheet]:
    """All that are not over."""
    return sorted(await sheets.signed_by(tx, person), key=_urgency)


async def overview(tx: Transaction, person: str) -> str:
    """The sheet that most waits for the person, and how many there are."""
    found = await of(tx, person)
    if not found:
        return ""
    sentence = ngettext("**{count} sheet**: {first}", "**{count} sheets**: `!sheet mine`, first {first}", len(found))
    return sentence.format(count=len(found), first=texts.standing(found[0]))


def _urgency(sheet: Sheet) -> int:
    return UNFINISHED.index(Status(sheet.status)) if sheet.status in UNFINISHED else len(UNFINISHED)
