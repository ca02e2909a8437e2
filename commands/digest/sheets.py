"""📰 under a shown sheet: its community reads first what `!doc` finds it as."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.events.gestures import Gesture
from bot.sheets import as_resource
from bot.sheets.rules.sheet import SHEET
from commands.digest.digest import command as digest
from commands.digest.digest import leave_out, pick


@digest.reaction(Gesture.DIGEST, about=SHEET, asks_rights=True, makes=quotas.TEAM)
async def pick_sheet(ctx: Context, item: str) -> Reply | None:
    found = await as_resource.of_card(ctx.tx, item)
    return await pick(ctx, found.community, found) if found is not None else None


@digest.reaction(Gesture.DIGEST, about=SHEET, removed=True, asks_rights=True)
async def leave_out_sheet(ctx: Context, item: str) -> None:
    found = await as_resource.of_card(ctx.tx, item)
    if found is not None:
        await leave_out(ctx, found.community, found)
