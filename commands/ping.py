"""`!ping`: is the bot there, and how quickly does it answer?"""

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.i18n import N_, _

command = Command("ping", summary=N_("see whether I am there"), anywhere=True, listed=False)


@command.run()
async def ping(ctx: Context, _words: Rest = NOTHING) -> Reply:
    delay = max(0.0, (ctx.now - ctx.event.sent_at).total_seconds())
    return say(
        _("I am here. Your message took {seconds} s to reach me.").format(seconds=f"{delay:.2f}".replace(".", ","))
    )
