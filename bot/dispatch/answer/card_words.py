"""Words of their own that answer our cards: `résolu`, `sujet 3`, `continuer`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.dispatch.answer import gate
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.hear.length import refuse_too_long
from bot.events.messages import Ref
from bot.mailbox.outbox import Card

FEW = 5


@dataclass(frozen=True, slots=True)
class Done:
    """A word was understood; there may be nothing to say to it."""

    reply: Reply | None


async def on(ctx: Context, card: Card, text: str) -> Done | None:
    """The word in reply to a card; None when this kind of card does not know it."""
    found = ctx.menu.card_word(card.about.kind, text) if card.about else None
    if found is None or card.about is None:
        return None
    refuse_too_long(ctx.event)
    word, rest = found
    return Done(await gate.answer(replace(ctx, card=card), word, card.about.id, rest))


async def alone(ctx: Context, text: str) -> Done | None:
    """Where only we are spoken to, in a room that we opened, or about the person's own draft: the latest open card
    that knows the word is meant."""
    if not ctx.menu.is_card_word(text):
        return None
    for card in reversed(await within_reach(ctx) or await _briefly(ctx, text)):
        done = await on(ctx, card, text)
        if done is not None:
            return done
    return None


async def within_reach(ctx: Context) -> Sequence[Card]:
    """The open cards that a word alone may answer: of the thread, or of a room where only we are spoken to."""
    thread = getattr(ctx.event, "thread", None)
    if ctx.outbox.threads.has(ctx.room_id, thread):
        mine = (None, ctx.sender)
        found = await ctx.outbox.open_cards(ctx.tx, ctx.room_id)
        return [card for card in found if card.thread == thread and card.asker in mine]
    facts = ctx.directory.facts(ctx.room_id)
    ours = facts is not None and facts.marker is not None
    return await ctx.outbox.open_cards(ctx.tx, ctx.room_id) if ctx.direct or ours else ()


async def _briefly(ctx: Context, text: str) -> Sequence[Card]:
    """Among people, a few words about the own draft, and where it was shown; a longer sentence is for others."""
    if len(text.split()) > FEW:
        return ()
    return [card for card in await own_drafts(ctx) if card.thread == getattr(ctx.event, "thread", None)]


async def own_drafts(ctx: Context) -> Sequence[Card]:
    """In a room: what the person is about to send, as with the preview of a form."""
    found = await ctx.outbox.open_cards(ctx.tx, ctx.room_id)
    return [card for card in found if card.asker == ctx.sender and card.about and await _is_draft(ctx, card.about)]


async def _is_draft(ctx: Context, item: Ref) -> bool:
    still = ctx.menu.still(item.kind)
    return still is not None and await still(ctx, item.id)
