"""Introduces us to each person the first time they turn to us, by words or by a reaction: once, after the answer.

In a room a few people a minute are welcomed by name; all others, however many, in one line a minute later. The line
also welcomes those who have just joined, if the community's team has set words for it: so nobody is welcomed by name
while it is about to come.
"""

from datetime import datetime, timedelta

from bot.communities import Community, RoomBinding, communities, rooms
from bot.communities.people import people
from bot.communities.rules.room_facts import RoomDirectory
from bot.communities.settings import settings
from bot.communities.settings.own_settings import CHARTER, WELCOME
from bot.communities.tell import zone
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply
from bot.events.events import MessageReceived, ReactionAdded
from bot.events.messages import Message
from bot.events.text import Text, folded, more, quote
from bot.i18n import _, speaking
from bot.mailbox.sending import daily_limit
from bot.mailbox.timers import Timers
from bot.store.database import Transaction

LINE = "welcome"
"""The kind of the timer of a room's line."""
BY_NAME = "welcome:"
"""The outbox keys of the others begin with this."""
AT_ONCE = 5
"""How many people a minute are welcomed each by name."""
TOGETHER = timedelta(minutes=1)


async def introduce(ctx: Context, reply: Reply | None) -> None:
    """Say who we are, once to each person; not below a reply that waits for an answer, which must stay the last."""
    community = ctx.community
    if community is None or not _turns_to_us(ctx, reply) or (reply is not None and reply.waits):
        return
    if not ctx.direct and not await rooms.belongs(ctx.tx, ctx.room_id, community.slug):
        return  # the answer was that the room is linked no more
    if not await people.greet(ctx.tx, ctx.sender, community.slug, now=ctx.now):
        return
    if ctx.direct or await _by_name(ctx):
        message = Message(await _hello(ctx, community), thread=ctx.thread)
        await ctx.outbox.say(ctx.tx, message, key=f"{BY_NAME}{ctx.event.event_id}", to=ctx.room_id, now=ctx.now)
    else:
        await ctx.timers.begin(ctx.tx, LINE, ctx.room_id, due_at=ctx.now + TOGETHER)


def _turns_to_us(ctx: Context, reply: Reply | None) -> bool:
    """Whether it is a message that we answer, or a reaction on a card."""
    if isinstance(ctx.event, ReactionAdded):
        return ctx.card is not None and ctx.card.about is not None
    return isinstance(ctx.event, MessageReceived) and reply is not None


async def _by_name(ctx: Context) -> bool:
    """Whether somebody who wrote in a room is welcomed at once: not when many come, nor just before the line."""
    if not isinstance(ctx.event, MessageReceived):
        return False
    if await ctx.timers.rings_by(ctx.tx, LINE, ctx.room_id, by=ctx.now + TOGETHER):
        return False
    since = ctx.now - TOGETHER
    return await daily_limit.said(ctx.tx, ctx.account, ctx.room_id, prefix=BY_NAME, since=since) < AT_ONCE


async def joined(
    tx: Transaction, bound: RoomBinding, *, timers: Timers, directory: RoomDirectory, now: datetime
) -> None:
    """Begin the line for those who have just come into a linked room.

    In a room that replaces another everybody joins, and nobody is new.
    """
    facts = directory.facts(bound.room_id)
    if facts is not None and facts.replaces is None and await _has_words(tx, bound.community):
        await timers.begin(tx, LINE, bound.room_id, due_at=now + TOGETHER)


async def _has_words(tx: Transaction, community: str) -> bool:
    """Whether the community's team has written something for those who come."""
    words, charter = await settings.value(tx, community, WELCOME), await settings.value(tx, community, CHARTER)
    return bool(words or charter)


async def say_line(moment: Moment, room_id: str) -> None:
    """Welcome all who came meanwhile; on a day that had enough of such messages, the next morning."""
    bound = await rooms.binding(moment.tx, room_id)
    community = await communities.get(moment.tx, bound.community) if bound is not None else None
    if bound is None or community is None or bound.account != moment.account:
        return
    clock = zone(community)
    later = await daily_limit.next_turn(moment.tx, moment.account, room_id, now=moment.now, zone=clock)
    if later is not None:
        await moment.timers.begin(moment.tx, LINE, room_id, due_at=later)
        return
    with speaking(bound.language or community.language):
        message = Message(await _to_all(moment.tx, community))
    key = f"{daily_limit.PREFIX}welcome:{room_id}:{int(moment.now.timestamp())}"
    await moment.outbox.say(moment.tx, message, key=key, to=room_id, now=moment.now)


# ── the words ─────────────────────────────────────────────────────────────────────────────────────────────


async def _hello(ctx: Context, community: Community) -> Text:
    name = ctx.directory.name_of(ctx.room_id, ctx.sender)
    return Text.of(
        _("Hello {name}, I am **Relais**, a robot that finds documents and colleagues.").format(name=name),
        await _rest(ctx.tx, community),
    )


async def _to_all(tx: Transaction, community: Community) -> Text:
    return Text.of(
        _("**Welcome to those who have just come.** I am Relais, a robot that finds documents and colleagues: `!help`"),
        await _rest(tx, community),
    )


async def _rest(tx: Transaction, community: Community) -> Text:
    """The words and the charter of the community's team, if it has set some, and what holds everywhere."""
    first, *others = (await settings.value(tx, community.slug, WELCOME)).splitlines() or [""]
    charter = await settings.value(tx, community.slug, CHARTER)
    return Text.of(
        quote(first) if first else "",
        *map(more, filter(None, others)),
        _("**Never any patient's data here.**"),
        folded(_("The charter of this community"), *charter.splitlines()) if charter else "",
        folded(_("What I keep, and how to stop me"), _("`!me privacy`; `stop` in private")),
    )
