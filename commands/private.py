"""Answers in private what concerns one person alone, wherever they ask for it."""

from collections.abc import Awaitable, Callable, Sequence

from bot.communities.tell import aloud, language_of, tell
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.room_actions import Files
from bot.events.text import Text
from bot.i18n import _, speaking
from bot.mailbox import direct_chats

Documents = Callable[[], Awaitable[Files]]


async def privately(
    ctx: Context,
    text_of: Callable[[], Awaitable[Text]],
    *,
    never_here: str = "",
    files: Documents | None = None,
    about: Ref | None = None,
    gestures: Sequence[Gesture] = (),
) -> Reply:
    """Send the text, and files if any, in private; answer here only if the person is known to be unreachable there.

    `never_here`: what to say here instead, if others must not read the text itself. With `about` it is, in private, a
    card that waits for an answer.
    """
    if ctx.direct:
        text, documents = await text_of(), await files() if files else None
        return Reply(text, about=about, gestures=tuple(gestures), waits=about is not None, files=documents)
    if await direct_chats.is_out_of_reach(ctx.tx, ctx.account, ctx.sender):
        return say(never_here) if never_here else Reply(await text_of(), files=await files() if files else None)
    with speaking(await language_of(ctx.tx, ctx.sender, ctx.language)):
        text, documents = await text_of(), await files() if files else None

    def lost() -> Text:
        return Text.of(never_here or _("I cannot write to you in private. Write it once more, and I answer here."))

    await tell(
        ctx,
        ctx.sender,
        lambda: text,
        key=f"private:{ctx.event.event_id}",
        language=ctx.language,
        about=about,
        gestures=gestures,
        files=documents,
        otherwise=aloud(ctx.room_id, lost, ctx.sender, language=ctx.language),
    )
    return say(_("I write it to you in private."))


async def if_reachable(ctx: Context, promise: str) -> str:
    """A sentence that promises a private message; empty for somebody who is known to be unreachable there."""
    return "" if await direct_chats.is_out_of_reach(ctx.tx, ctx.account, ctx.sender) else promise
