"""`^décision …` in a meet-up's thread notes a line for its minutes, as is usual with meeting bots."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.events.events import MessageReceived
from bot.events.room_actions import React
from bot.i18n import N_
from bot.meetups import meetups, notes
from commands.rdv.which import ABOUT

command = Command("^", summary=N_("note a line for the minutes, in the thread of a meet-up"), listed=False)
NOTED = "📝"


@command.verb("décision", "decision", "décidé", "agreed", makes=quotas.NOTE)
async def decision(ctx: Context, text: Rest = NOTHING) -> Reply | None:
    return await _note(ctx, notes.DECISION, text)


@command.verb("action", "todo", makes=quotas.NOTE)
async def action(ctx: Context, text: Rest = NOTHING) -> Reply | None:
    return await _note(ctx, notes.ACTION, text)


@command.verb("info", "information", makes=quotas.NOTE)
async def info(ctx: Context, text: Rest = NOTHING) -> Reply | None:
    return await _note(ctx, notes.INFO, text)


@command.verb("retex", "retour", makes=quotas.NOTE)
async def retex(ctx: Context, text: Rest = NOTHING) -> Reply | None:
    return await _note(ctx, notes.RETEX, text)


async def _note(ctx: Context, kind: str, text: str) -> Reply | None:
    """Store a line, or its edited text; a reaction under it confirms, without a message."""
    event = ctx.event
    if not isinstance(event, MessageReceived) or event.thread is None or not text.strip():
        return None
    card = await ctx.outbox.card(ctx.tx, event.thread, room_id=ctx.room_id)
    meetup = await meetups.get(ctx.tx, int(card.about.id)) if card and card.about and card.about.kind == ABOUT else None
    if meetup is None:
        return None
    source = event.replaces or event.event_id
    earlier = await notes.by_source(ctx.tx, source)
    if earlier is not None:
        await notes.rewrite(ctx.tx, earlier, kind, text.strip())
        return None
    await notes.add(ctx.tx, meetup, kind, text.strip(), author=ctx.sender, source=source, now=ctx.now)
    await ctx.outbox.do(ctx.tx, React(NOTED, target=event.event_id), key=f"noted:{source}", to=ctx.room_id, now=ctx.now)
    return None
