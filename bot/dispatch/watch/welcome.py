"""The first answer that a person gets in a community says who we are: once, and never before they turned to us."""

from dataclasses import replace

from bot.communities import people
from bot.communities.communities import name_in
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu import help_pages
from bot.events.events import MessageReceived
from bot.events.text import Text
from bot.i18n import _

LEAST = 3
"""Lines: who we are, and the two that matter most."""


async def introduced(ctx: Context, reply: Reply) -> Reply:
    """The answer, with a welcome if it is the person's first in this community; a long one leaves it to the next."""
    if ctx.community is None or not isinstance(ctx.event, MessageReceived):
        return reply
    answer = help_pages.overview(ctx, brief=True) if reply.greets else reply.text
    room = help_pages.LINES - len(answer.lines)
    if room < LEAST or not await people.greet(ctx.tx, ctx.sender, ctx.community.slug, now=ctx.now):
        return reply
    first, last = _who_we_are(ctx), Text(_what_we_keep(ctx).lines[: room - 1])
    if reply.waits:  # what is asked stands last
        return replace(reply, text=Text.of(first, last, answer))
    return replace(reply, text=Text.of(first, answer, last) if reply.greets else Text.of(answer, first, last))


def _who_we_are(ctx: Context) -> str:
    assert ctx.community is not None
    community = name_in(ctx.community, ctx.language)
    name = ctx.directory.name_of(ctx.room_id, ctx.sender)
    return " ".join(
        (
            _("Hello {name}, welcome to the community {community}.").format(name=name, community=community),
            _("I am Relais, an automatic program. I write no advice: I help you find documents and colleagues."),
        )
    )


def _what_we_keep(ctx: Context) -> Text:
    """What matters most comes first."""
    return Text.of(
        _("Never give a name, a number or a detail by which a patient or a resident could be recognised."),
        _("I do not keep the room's conversations. What I do keep, and for how long: `!me privacy`"),
        "" if ctx.direct else _("In a private conversation with me, the “!” may be left out. All the rest: `!help`"),
        _("If you want no message from me that you did not ask for, answer “stop” in a private conversation."),
    )
