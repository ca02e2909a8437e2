"""`!admin`: the word before everything that a community's team sets."""

from bot.dispatch.command import Command
from bot.dispatch.context import Context
from bot.dispatch.reply import Reply, say
from bot.domain.roles import Role
from bot.i18n import N_, _

command = Command(
    "admin",
    aliases=("config", "mod"),
    summary=N_("set up the community"),
    examples=(N_("admin community list"),),
    role=Role.MODERATOR,
    anywhere=True,
)


@command.run()
async def admin(ctx: Context) -> Reply:
    below = [found for found in ctx.menu if found.under == command.word]
    return say(
        _("What a community's team sets:"),
        *(_("!{word}: {summary}").format(word=found.path, summary=_(found.summary)) for found in below),
    )
