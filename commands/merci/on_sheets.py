"""👏 under a shown sheet: thanks to all who sign it, as `!merci F-12`."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.events.events import EventRemoved
from bot.events.gestures import Gesture
from bot.sheets.rules.sheet import SHEET
from bot.thanks import thanks
from commands.merci.merci import command as merci
from commands.merci.merci import thank_authors


@merci.reaction(Gesture.THANKS, about=SHEET, makes=quotas.THANKS)
async def applauded(ctx: Context, item: str) -> Reply | None:
    """Nothing is said in the room: applause is its own answer."""
    await thank_authors(ctx, item.partition("/")[0], "", source=ctx.event.event_id)
    return None


@merci.reaction(Gesture.THANKS, about=SHEET, removed=True)
async def no_more(ctx: Context, item: str) -> Reply | None:
    if isinstance(ctx.event, EventRemoved):
        await thanks.take_back(ctx.tx, ctx.event.target)
    return None
