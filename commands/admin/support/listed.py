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
from bot.events.text import Text, bullets, title
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
    shown = applications.number(found[0])
    text = Text.of(
        title(heading),
        bullets(*lines),
        _("To read one: `!admin support {number}`. What follows: `more`").format(number=shown)
        if len(found) > SHOWN
        else _("To read one: `!admin support {number}`").format(number=shown),
    )
    line = f"admin appui {theme.theme}" if theme is not None else "admin candidatures"
    return await offer(ctx, LIST, {"line": f"{line} {after + SHOWN + 1}"}, text)


async def _line(ctx: Context, found: SupportApplication) -> str:
    contact = name(ctx, found.applicant, the_community(ctx)) if found.applicant else ""
    return texts_team.listed_line(found, contact, len(await members.of(ctx.tx, found)))


async def _more(ctx: Context, data: Draft) -> Reply | None:
    """As if they had typed the line, with the rights that they have now."""
    understood = ctx.menu.read(data["line"])
    return await run(ctx, understood) if isinstance(understood, Understood) else None


LIST = command.choice("support-applications", more=_more)
