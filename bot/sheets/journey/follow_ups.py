"""What follows for sheets from what happens to them, and to things of other nouns."""

import re
from datetime import timedelta
from functools import partial
from typing import Final

from bot.communities.acting import Hands
from bot.events.messages import Ref
from bot.meetups import meetups, notes
from bot.noun import When
from bot.sheets import sheets
from bot.sheets.journey import capitalised, circulations, milestones, reuses, texts_milestones
from bot.sheets.rules.milestones import RETEX
from bot.sheets.rules.sheet import LIFECYCLE, Status
from bot.sheets.tables import Sheet
from bot.store.database import Transaction

PUBLISHED, CONFIRMED = "sheet-published", "sheet-confirmed"
PRESENTED, PICKED, THANKED = "sheet-presented", "sheet-picked", "sheet-thanked"
"""The timers: a sheet was published, or confirmed; an experience was told, a team chose something for its digest,
somebody thanked for a sheet."""
PICKS, CHOSEN = "digest pick", "picked"
MAY_BE_TAKEN_BACK: Final = timedelta(hours=1)
NUMBER: Final = re.compile(r"\bF-?(\d{1,9})\b", re.IGNORECASE)

WHEN = (
    When(LIFECYCLE.noun, source=Status.IN_REVIEW, to=Status.PUBLISHED, timer=PUBLISHED),
    When(LIFECYCLE.noun, source=Status.TO_REVISE, to=Status.PUBLISHED, timer=CONFIRMED),
    When(notes.RETEX, to=notes.TOLD, timer=PRESENTED),
    When(PICKS, to=CHOSEN, timer=PICKED, after=MAY_BE_TAKEN_BACK),
    When(LIFECYCLE.noun, to="thanked", timer=THANKED),
)


async def slug_of_parent(tx: Transaction, item: str) -> str | None:
    """The community whose members must be known: that of the sheet which it adapts, if any, else its own."""
    sheet = await sheets.get(tx, item)
    return await sheets.slug_of(tx, str(sheet.parent or item)) if sheet is not None else None


async def published(hands: Hands, item: str) -> None:
    """It may come of an experience that was told, and adapt another sheet, whose authors then learn of it."""
    sheet = await sheets.get(hands.tx, item, lock=True)
    if sheet is None:
        return
    await capitalised.renew(hands, sheet)
    if sheet.origin.startswith("R-"):
        await milestones.value(hands, item, RETEX)
    parent = await sheets.get(hands.tx, sheet.parent) if sheet.parent is not None else None
    if parent is not None:
        await _adapted(hands, parent, sheet)


async def still_right(hands: Hands, item: str) -> None:
    """It was confirmed, or published again: if it is verified at a date, the next one is in a year."""
    sheet = await sheets.get(hands.tx, item, lock=True)
    if sheet is not None:
        await capitalised.renew(hands, sheet)


async def _adapted(hands: Hands, parent: Sheet, child: Sheet) -> None:
    words = partial(texts_milestones.adapted, parent, child)
    await reuses.learned(hands, parent, Ref("sheet-adapted", str(child.id)), words, but=child.author)


async def presented(hands: Hands, item: str) -> None:
    """An experience was told: the sheets that it names were presented, those that are found in the community."""
    note = await notes.get(hands.tx, int(item))
    meetup = await meetups.get(hands.tx, note.meetup) if note is not None else None
    if note is None or meetup is None:
        return
    for number in dict.fromkeys(NUMBER.findall(note.text)):
        sheet = await sheets.get(hands.tx, number)
        if sheet is not None and await circulations.read_in(hands.tx, sheet, [meetup.series.community]) is not None:
            await milestones.value(hands, number, RETEX)
