"""`^décision …` in a meet-up's thread notes a line for its minutes, as is usual with meeting bots."""

import re

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.events.events import MessageReceived
from bot.events.room_actions import React
from bot.i18n import N_
from bot.meetups import meetups, notes
from bot.text.plain_text import fold
from commands.rdv.which import ABOUT, source_of

command = Command("^", summary=N_("note a line for the minutes, in the thread of a meet-up"), listed=False)
NOTED, CHANGED = "📝", "✏️"
DECISION = ("décision", "decision", "décidé", "agreed")
ACTION = ("action", "todo")
INFO = ("info", "information")
RETEX = ("retex", "retour")
_KINDS = {
    fold(word).text: kind
    for kind, words in {notes.DECISION: DECISION, notes.ACTION: ACTION, notes.INFO: INFO, notes.RETEX: RETEX}.items()
    for word in words
}
_MARK = re.compile(rf"\n\s{{0,9}}\^\s?({'|'.join([*DECISION, *ACTION, *INFO, *RETEX])})(?!\w)[ :]{{0,3}}", re.I)


@command.verb(*DECISION, makes=quotas.NOTE)
async def decision(ctx: Context, text: Rest = NOTHING) -> Reply | None:
    return await _note(ctx, notes.DECISION, text)


@command.verb(*ACTION, makes=quotas.NOTE)
async def action(ctx: Context, text: Rest = NOTHING) -> Reply | None:
    return await _note(ctx, notes.ACTION, text)


@command.verb(*INFO, makes=quotas.NOTE)
async def info(ctx: Context, text: Rest = NOTHING) -> Reply | None:
    return await _note(ctx, notes.INFO, text)


@command.verb(*RETEX, makes=quotas.NOTE)
async def retex(ctx: Context, text: Rest = NOTHING) -> Reply | None:
    return await _note(ctx, notes.RETEX, text)


async def _note(ctx: Context, kind: str, text: str) -> Reply | None:
    """Store the lines, or their edited text; a reaction under the message confirms, without a message."""
    event = ctx.event
    if not isinstance(event, MessageReceived) or not text.strip():
        return None
    source = source_of(event)
    earlier = {note.source: note for note in await notes.of_message(ctx.tx, source)}
    number = next((note.meetup for note in earlier.values()), None) or await _of_thread(ctx, event)
    meetup = await meetups.get(ctx.tx, number) if number is not None else None
    if meetup is None:
        return None
    for place, (said, line) in enumerate(_lines(kind, text)):
        name = f"{source}#{place}" if place else source
        before = earlier.pop(name, None)
        if before is not None:
            await notes.rewrite(ctx.tx, before, said, line)
        else:
            await notes.add(ctx.tx, meetup, said, line, author=ctx.sender, source=name, now=ctx.now)
    for note in earlier.values():
        await notes.remove(ctx.tx, note)
    mark = React(CHANGED if event.replaces else NOTED, target=source)
    await ctx.outbox.do(ctx.tx, mark, key=f"noted:{event.event_id}", to=ctx.room_id, now=ctx.now)
    return None


async def _of_thread(ctx: Context, event: MessageReceived) -> int | None:
    """The meet-up on whose card the thread was opened; the later wording of a message names no thread."""
    card = await ctx.outbox.card(ctx.tx, event.thread, room_id=ctx.room_id) if event.thread else None
    return int(card.about.id) if card and card.about and card.about.kind == ABOUT else None


def _lines(kind: str, text: str) -> list[tuple[str, str]]:
    """Each line that begins with a mark is a note of its own, `^action …`; other lines go on with the one before."""
    first, *more = _MARK.split(text.strip())
    marked = zip(more[::2], more[1::2], strict=True)
    rest = [(_KINDS[fold(word).text], line.strip()) for word, line in marked]
    return [(said, line) for said, line in [(kind, first.strip()), *rest] if line]
