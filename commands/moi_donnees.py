"""`!moi données`, `!moi oubli`: what is kept about a person, told to them, and erased."""

from datetime import timedelta
from functools import partial

from bot.dispatch.command import Command
from bot.dispatch.context import Context, Moment
from bot.dispatch.filling import begin
from bot.dispatch.form import Draft
from bot.dispatch.reply import Reply, say
from bot.domain.messages import Text
from bot.i18n import N_, _
from bot.services import privacy
from commands.private import privately

data = Command(
    "données",
    under="moi",
    aliases=("donnees", "data"),
    summary=N_("see all that I keep about you"),
    examples=(N_("me data"),),
    listed=False,
    anywhere=True,
)
oblivion = Command(
    "oubli",
    under="moi",
    aliases=("oublier", "effacer", "forget", "erase"),
    summary=N_("have all that I keep about you erased"),
    examples=(N_("me forget"),),
    listed=False,
    anywhere=True,
)
commands = (data, oblivion)

ERASE = "erase person"
SOON = timedelta(minutes=1)
"""So that the answer which says so has left before what it was addressed to is forgotten."""
LONGEST = 30_000
"""Characters of one message: half of what an event may hold."""


@data.run(usage=N_("me data"))
async def tell(ctx: Context) -> Reply:
    """In private, wherever it is asked."""
    lost = _("I cannot reach you in private: ask whoever operates this bot for what is kept about you.")
    return await privately(ctx, partial(_everything, ctx), never_here=lost)


async def _everything(ctx: Context) -> Text:
    lines = [_("All that my database keeps about you:")]
    for part in await privacy.told(ctx.tx, ctx.sender):
        lines.append(_("{what}: {count}").format(what=_(part.label), count=part.count))
        lines += part.rows
    shown, size = [], 0
    for line in lines:
        size += len(line)
        if size < LONGEST:
            shown.append(line)
    left = len(lines) - len(shown)
    more = _("{count} lines more than a message holds: ask whoever operates this bot for them.").format(count=left)
    return Text.of(*shown, more if left else "", _("To have it erased: !me forget"))


@oblivion.run(usage=N_("me forget"))
async def forget(ctx: Context) -> Reply:
    return await begin(ctx, FORGET, {})


async def _preview(ctx: Context, draft: Draft) -> Text:
    kept = [_(part.label) for part in await privacy.told(ctx.tx, ctx.sender)] if ctx.direct else []
    return Text.of(
        _("Preview. Nothing is erased yet."),
        _("Concerned: {parts}.").format(parts=", ".join(kept)) if kept else "",
        _("Your settings, answers, votes and reminders go. Your open requests are closed, their text is erased."),
        _("What you help with is passed on to somebody else. What others rely on stays, without your name."),
        _("Your messages stay in the rooms: you, or a moderator, may delete them there."),
        _("The keys of encrypted rooms still hold their members' identifiers. Backups end after 30 days."),
        _("This cannot be taken back."),
    )


async def _forget(ctx: Context, draft: Draft) -> Reply:
    await ctx.timers.set(ctx.tx, ERASE, ctx.sender, due_at=ctx.now + SOON)
    return say(
        _("In one minute all of it is erased, and I leave our private conversation. Thank you for having been there.")
    )


def _title(ctx: Context, draft: Draft) -> str:
    return _("to be forgotten")


FORGET = oblivion.form(
    "forget", preview=_preview, done=_forget, title=_title, question=N_("Erase it? Answer “yes” (✅) or “no” (❌).")
)


@oblivion.timer(ERASE)
async def erase(moment: Moment, item: str) -> None:
    await privacy.erase(moment, item)
