"""`!admin appui blocs`, `!admin candidatures`: the applications of a theme, or all, ten a message."""

import re

from bot.communities.rules.roles import Role
from bot.communities.tell import name
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import offer
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.run_command import run
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.dispatch.menu.menu import Understood
from bot.errors import UserError
from bot.events.text import Text, numbered, title
from bot.i18n import N_, _
from bot.programmes import SupportApplication, SupportTheme, applications, members, texts, texts_team

command = Command(
    "candidatures",
    aliases=("applications",),
    under="admin",
    shown=N_("admin applications"),
    summary=N_("see all applications for support, what waits first"),
    examples=(N_("admin applications"), N_("admin support P-4 accept")),
    role=Role.MODERATOR,
    listed=False,
)
SHOWN = 10
"""Applications in one message."""
_FROM = re.compile(r"(?:(?:à partir de|depuis|from)\s+)?(\d{1,6})", re.IGNORECASE)


@command.run(usage=N_("admin applications"))
async def every(ctx: Context, words: Rest = NOTHING) -> Reply:
    first = _FROM.fullmatch(words)
    if words and first is None:
        raise UserError(_("Those of one theme: `!admin support <theme>`. All: `!admin applications`"))
    return await page(ctx, None, first=int(first[1]) if first else 1)


async def page(ctx: Context, theme: SupportTheme | None, *, first: int) -> Reply:
    """Ten of them from this place on, what waits for the team before the others."""
    slug, after = the_community(ctx).slug, max(0, first - 1)
    identity = theme.id if theme is not None else None
    found = await applications.page(ctx.tx, slug, identity, after=after, most=SHOWN + 1)
    if not found:
        return say(_("There is no application for support here yet.") if not after else _("There is nothing more."))
    lines = [await _line(ctx, one) for one in found[:SHOWN]]
    heading = (
        _("Applications: {theme}").format(theme=texts.theme_name(theme))
        if theme is not None
        else _("Applications for support")
    )
    text = Text.of(
        title(heading),
        numbered(lines, start=after + 1),
        _("To read one, write its number; what follows: `more`")
        if len(found) > SHOWN
        else _("To read one, write its number."),
    )
    line = f"admin appui {theme.theme}" if theme is not None else "admin candidatures"
    ids = [one.id for one in found[:SHOWN]]
    return await offer(ctx, LIST, {"line": f"{line} {after + SHOWN + 1}", "after": after, "shown": ids}, text)


async def _line(ctx: Context, found: SupportApplication) -> str:
    contact = name(ctx, found.applicant, the_community(ctx)) if found.applicant else ""
    return texts_team.listed_line(found, contact, len(await members.of(ctx.tx, found)))


async def _pick(ctx: Context, data: Draft, number: int) -> Reply | None:
    place = number - 1 - data["after"]
    if not 0 <= place < len(data["shown"]):
        raise UserError(_("There is no number {number} in this list.").format(number=number))
    return await _typed(ctx, f"admin appui P-{data['shown'][place]}")


async def _more(ctx: Context, data: Draft) -> Reply | None:
    return await _typed(ctx, data["line"])


async def _typed(ctx: Context, line: str) -> Reply | None:
    """As if they had typed it, with the rights that they have now."""
    understood = ctx.menu.read(line)
    return await run(ctx, understood) if isinstance(understood, Understood) else None


LIST = command.choice("support-applications", pick=_pick, more=_more)
