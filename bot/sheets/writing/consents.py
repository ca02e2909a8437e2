"""Yes and no of those who are asked to sign a sheet, or without whose consent there is none."""

import re
from datetime import datetime
from functools import partial

from bot.communities.acting import Hands
from bot.communities.tell import tell, waits_in_private
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import _
from bot.mailbox import forgetting
from bot.mailbox.sending.outbox import Card
from bot.sheets import sheets, steps, texts
from bot.sheets.rules.sheet import CONSENT, OVER, START, Party, Status, Trigger
from bot.sheets.tables import Sheet, SheetAuthor
from bot.sheets.writing import authors, proposals
from bot.store.database import Transaction


async def asked(tx: Transaction, item: str, person: str) -> tuple[Sheet, SheetAuthor] | None:
    """The sheet, locked, and the person as somebody who is asked about it; None for anybody else."""
    sheet = await sheets.get(tx, item, lock=True)
    row = await authors.get(tx, sheet, person) if sheet is not None and sheet.status not in OVER else None
    return (sheet, row) if sheet is not None and row is not None else None


async def waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether whoever was asked has not answered, and the sheet is not over."""
    sheet = await sheets.get(tx, item)
    row = await authors.get(tx, sheet, card.recipient or "") if sheet is not None else None
    return sheet is not None and sheet.status not in OVER and row is not None and row.agreed_at is None


async def ask_to_sign(hands: Hands, sheet: Sheet, person: str, *, by: str, partner: bool) -> bool:
    """Ask somebody to sign it too; False when they were asked before."""
    if not await authors.ask(hands.tx, sheet, person, now=hands.now, partner=partner):
        return False
    rank = len(await authors.of(hands.tx, sheet))
    await _ask(hands, sheet, person, by=by, key=f"{rank}:{sheet.version}")
    return True


async def _ask(hands: Hands, sheet: Sheet, person: str, *, by: str, key: str) -> None:
    community, found = await sheets.community_of(hands.tx, sheet), await steps.shown(hands, sheet)
    await tell(
        hands,
        person,
        partial(_to_sign, found, by),
        key=f"{_asked_with(sheet)}{key}",
        language=community.language,
        about=Ref(CONSENT, str(sheet.id)),
        gestures=(Gesture.YES, Gesture.NO),
        otherwise=waits_in_private(community, person),
    )


def _asked_with(sheet: Sheet) -> str:
    """How the keys of the messages begin that ask somebody to sign it, and show it."""
    return f"sheet:{sheet.id}:sign:"


async def ask_anew(hands: Hands, sheet: Sheet, by: str, *, source: str) -> None:
    """Words were taken out of it: who was asked to sign it reads them no more; who has not answered is asked anew."""
    cards = await hands.outbox.cards_about(hands.tx, Ref(CONSENT, str(sheet.id)))
    await forgetting.unsay(hands, re.compile(""), _asked_with(sheet))
    for place, card in enumerate(cards):
        if card.key.startswith(_asked_with(sheet)) and card.asker is not None:
            await hands.outbox.close_card(hands.tx, card.key)
            await _ask(hands, sheet, card.asker, by=by, key=f"{source}:{place}")


def _to_sign(found: texts.Shown, by: str) -> Text:
    return Text.of(
        _("**{name} asks you to sign a practice sheet.** You may then change it, and take your name off it.").format(
            name=by
        ),
        texts.whole(found),
        _("Without an answer your name is not on it."),
        _("**Sign it?** ✅ yes, ❌ no"),
    )


async def agree(hands: Hands, sheet: Sheet, row: SheetAuthor) -> bool:
    """Note a yes; True when with it all have said yes to a sheet that was proposed, and it is begun."""
    await authors.agree(hands.tx, row, now=hands.now)
    await hands.outbox.close_cards(hands.tx, Ref(CONSENT, str(sheet.id)), asker=row.person)
    if sheet.status != Status.PROPOSED or await authors.not_agreed(hands.tx, sheet):
        return False
    await sheets.move(hands, sheet, Trigger.CONSENT, by={Party.NEEDED})
    await proposals.agreed(hands, sheet)
    return True


async def invite_author(hands: Hands, sheet: Sheet) -> None:
    """All have agreed: its author may begin."""
    community = await sheets.community_of(hands.tx, sheet)
    if sheet.author is None:
        return
    await tell(
        hands,
        sheet.author,
        partial(_both_agree, sheet),
        key=f"sheet:{sheet.id}:start:{sheet.version}",
        language=community.language,
        about=Ref(START, str(sheet.id)),
        gestures=(Gesture.YES, Gesture.NO),
    )


def _both_agree(sheet: Sheet) -> Text:
    return Text.of(
        _("**Both of you agree**: the sheet {number} may be written, in two questions.").format(
            number=sheets.number(sheet)
        ),
        _("**Begin?** ✅ yes, ❌ no"),
    )


async def refuse(hands: Hands, sheet: Sheet, row: SheetAuthor) -> None:
    """Note a no, or that somebody takes their name off: a sheet that needs their consent ends with it."""
    await hands.outbox.close_cards(hands.tx, Ref(CONSENT, str(sheet.id)), asker=row.person)
    if row.needed:
        others = [one.person for one in await authors.of(hands.tx, sheet) if one.agreed_at and one.person != row.person]
        await steps.end(hands, sheet, Trigger.WITHDRAW, by={Party.NEEDED})
        await _tell_ended(hands, sheet, others)
    else:
        await authors.leave(hands.tx, sheet, row.person)


async def _tell_ended(hands: Hands, sheet: Sheet, people: list[str]) -> None:
    community = await sheets.community_of(hands.tx, sheet)
    for place, person in enumerate(people):
        key = f"sheet:{sheet.id}:ended:{sheet.version}:{place}"
        await tell(hands, person, partial(_ended, sheet), key=key, language=community.language, rings=False)


def _ended(sheet: Sheet) -> Text:
    return Text.of(
        _("The sheet {number} is withdrawn: it needed the consent of both. Nothing of it is kept.").format(
            number=sheets.number(sheet)
        )
    )
