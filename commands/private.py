"""What concerns one person alone is told to them alone, wherever they ask for it."""

from collections.abc import Awaitable, Callable

from bot.dispatch.context import Context
from bot.dispatch.reply import Reply, say
from bot.domain.messages import Message, Text
from bot.i18n import _, speaking
from bot.services import direct_chats, people
from bot.services.outbox import Otherwise


async def privately(ctx: Context, tell: Callable[[], Awaitable[Text]], *, never_here: str = "") -> Reply:
    """The text in private; here only for who is known to be out of reach there.

    `never_here`: what they are told instead, where others must not read the text itself.
    """
    if ctx.direct:
        return Reply(await tell())
    if await direct_chats.is_out_of_reach(ctx.tx, ctx.account, ctx.sender):
        return say(never_here) if never_here else Reply(await tell())
    with speaking(await people.language_of(ctx.tx, ctx.sender) or ctx.language):
        message = Message(await tell(), rings=True, mentioned=(ctx.sender,))
    lost = Text.of(never_here or _("I cannot write to you in private. Write it once more, and I answer here."))
    await ctx.outbox.say(
        ctx.tx,
        message,
        key=f"private:{ctx.event.event_id}",
        to=f"dm:{ctx.sender}",
        now=ctx.now,
        otherwise=Otherwise(ctx.room_id, Message(lost, rings=True, mentioned=(ctx.sender,))),
    )
    return say(_("I write it to you in private."))
