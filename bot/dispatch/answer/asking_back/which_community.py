"""« Pour quelle communauté ? »: asks a member of several in private, when it matters, and stores the choice."""

from collections.abc import Sequence

from bot.communities import Community
from bot.communities.communities import name_in
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import offer
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.rights import holds, inside
from bot.dispatch.menu.command import Verb
from bot.dispatch.menu.menu import Understood
from bot.errors import SeveralCommunities
from bot.events.text import Text
from bot.i18n import _

CHOICE = "community"
"""The list of communities; `commands` say what its numbers do."""
SHOWN = 5


def the_community(ctx: Context) -> Community:
    """The community of the context. Raises SeveralCommunities when it may be any of several."""
    if ctx.community is None:
        raise SeveralCommunities(_("We share several communities. Write this in a room of the one that you mean."))
    return ctx.community


async def able(ctx: Context, verb: Verb) -> list[Context]:
    """Of several communities, those in which the person has the verb's role; empty when we need not ask which."""
    if ctx.community is not None or len(ctx.communities) < 2 or holds(ctx, verb.role):
        return []
    each = [await inside(ctx, community) for community in ctx.communities]
    return [there for there in each if holds(there, verb.role)]


async def ask(ctx: Context, communities: Sequence[Community], line: str = "") -> Reply | None:
    """Ask which of these communities is meant; `line` is the command to run once the person has chosen."""
    choice = ctx.menu.choice(CHOICE)
    if choice is None:
        return None
    shown = communities[:SHOWN]
    names = [name_in(community, ctx.language) for community in shown]
    text = Text.of(
        _("For which community? Answer with its number or its name."),
        *(f"{number}. {name}" for number, name in enumerate(names, 1)),
        _("I remember it for our conversation. To change it: `!me community`"),
    )
    called = [[community.slug, *community.name.values()] for community in shown]
    slugs = [community.slug for community in shown]
    return await offer(ctx, choice, {"slugs": slugs, "called": called, "line": line}, text)


def line_of(ctx: Context, understood: Understood) -> str:
    """The command as a line to run later, with the question mark that ended it, if any."""
    words = understood.verb.words[:1] if understood.named else ()
    line = " ".join([understood.command.path, *words, understood.rest]).strip()
    typed = ctx.text.rstrip()
    return f"{line} ?" if typed.endswith("?") and not line.endswith("?") else line
