"""Introduces us to each person the first time they write to us: once, in a message of its own after the answer."""

from bot.communities import people, rooms
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.events.events import MessageReceived
from bot.events.messages import Message
from bot.events.text import Text, folded
from bot.i18n import _


async def introduce(ctx: Context, reply: Reply) -> None:
    """Say who we are, once to each person; not below a reply that waits for an answer, which must stay the last."""
    event = ctx.event
    if ctx.community is None or reply.waits or not isinstance(event, MessageReceived):
        return
    if not ctx.direct and not await rooms.belongs(ctx.tx, ctx.room_id, ctx.community.slug):
        return  # the answer was that the room is linked no more
    if await people.greet(ctx.tx, ctx.sender, ctx.community.slug, now=ctx.now):
        message = Message(_who_we_are(ctx), thread=event.thread)
        await ctx.outbox.say(ctx.tx, message, key=f"welcome:{event.event_id}", to=ctx.room_id, now=ctx.now)


def _who_we_are(ctx: Context) -> Text:
    name = ctx.directory.name_of(ctx.room_id, ctx.sender)
    return Text.of(
        _("Hello {name}, I am **Relais**, a robot that finds documents and colleagues.").format(name=name),
        _("**Never any patient's data here.**"),
        folded(_("What I keep, and how to stop me"), _("`!me privacy`; `stop` in private")),
    )
