"""`!bonjour`: answers a greeting with what one may write; a greeting with more words is for somebody else."""

from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.help_pages import overview
from bot.i18n import N_

command = Command(
    "bonjour",
    aliases=("bonsoir", "salut", "hello", "hi"),
    summary=N_("what you may write to me"),
    anywhere=True,
    listed=False,
)


@command.run()
async def greet(ctx: Context) -> Reply:
    return Reply(overview(ctx), greets=True)
