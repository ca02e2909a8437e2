"""Closes cards about items that are over, and has the answer to whoever replies to one in private."""

from datetime import datetime

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.menu import Menu
from bot.events.events import MessageReceived
from bot.i18n import _
from bot.mailbox import dialogues
from bot.mailbox.sending.outbox import Card, Outbox
from bot.store.database import Transaction

AT_ONCE = 100
"""Cards that one transaction examines."""


async def close(tx: Transaction, outbox: Outbox, menu: Menu, *, after: int, now: datetime) -> int | None:
    """Close those of the next AT_ONCE open cards that need no answer now; returns the last number, None at the end.

    A handler that ends an item closes its cards; this finds items that ended otherwise, or because time passed.
    """
    found = await outbox.every_open_card(tx, after=after, limit=AT_ONCE)
    for _number, card in found:
        if not await _waits(tx, menu, card, now):
            await outbox.close_card(tx, card.key)
    if found:
        return found[-1][0]
    await outbox.close_unsaid(tx)
    await outbox.look_at_threads(tx)
    return None


async def may_wait(tx: Transaction, menu: Menu, card: Card, now: datetime) -> bool:
    """Whether an open card may still be answered: what it is about is not over, or nothing says when it is."""
    known = menu.belonging(card.about.kind) if card.about is not None else None
    return (known is not None and known.waits is None) or await _waits(tx, menu, card, now)


async def _waits(tx: Transaction, menu: Menu, card: Card, now: datetime) -> bool:
    if card.about is None:
        return False
    if menu.passing(card.about.kind):
        return await dialogues.waits(tx, card.about.id, now=now)
    found = menu.belonging(card.about.kind)
    return found is not None and found.waits is not None and await found.waits(tx, card, card.about.id, now)


async def is_over(ctx: Context) -> bool:
    """Whether a message in private answers a closed card whose item is over.

    False for reactions: the item's handler answers those, once, however often somebody taps.
    """
    card = ctx.card
    if not isinstance(ctx.event, MessageReceived) or not ctx.direct or card is None or card.open or card.about is None:
        return False
    known = ctx.menu.belonging(card.about.kind)
    return known is not None and known.waits is not None and not await _waits(ctx.tx, ctx.menu, card, ctx.now)


def not_waiting() -> Reply:
    """The reply to a message that answers no open card."""
    return say(_("I am not waiting for an answer from you at the moment. To see what you may write to me: `help`"))
