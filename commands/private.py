"""What concerns one person alone is told to them alone, wherever they ask for it."""

from collections.abc import Awaitable, Callable

from bot.communities import people
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.events.messages import Message, Text
from bot.events.room_actions import Files
from bot.i18n import _, speaking
from bot.mailbox import direct_chats
from bot.mailbox.outbox import Otherwise

Documents = Callable[[], Awaitable[Files]]


async def privately(
    ctx: Context, tell: Callable[[], Awaitable[Text]], *, never_here: str = "", files: Documents | None = None
) -> Reply:
    """The text in private, with files if there are any; here only for who is known to be out of reach there.

    `never_here`: what they are told instead, where others must not read the text itself.
    """
    if ctx.direct:
        return Reply(await tell(), files=await files() if files else None)
    if await direct_chats.is_out_of_reach(ctx.tx, ctx.account, ctx.sender):
        return say(never_here) if never_here else Reply(await tell())
    with speaking(await people.language_of(ctx.tx, ctx.sender) or ctx.language):
        message = Message(await tell(), rings=True, mentioned=(ctx.sender,))
        documents = await files() if files else None
    lost = Text.of(never_here or _("I cannot write to you in private. Write it once more, and I answer here."))
    key = f"private:{ctx.event.event_id}"
    await ctx.outbox.say(
        ctx.tx,
        message,
        key=key,
        to=f"dm:{ctx.sender}",
        now=ctx.now,
        otherwise=Otherwise(ctx.room_id, Message(lost, rings=True, mentioned=(ctx.sender,))),
    )
    await ctx.outbox.attach(ctx.tx, documents, key=key, to=f"dm:{ctx.sender}", now=ctx.now)
    return say(_("I write it to you in private."))
