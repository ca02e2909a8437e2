"""👏 on the message of a volunteer, or of somebody who helped, or below what people sign: as good as `!merci`.

On any other message it is only talk.
"""

from functools import partial
from zoneinfo import ZoneInfo

from bot import nouns, quotas
from bot.communities import Community
from bot.communities.tell import tell
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.quota import today, within
from bot.events.events import EventRemoved
from bot.events.gestures import Gesture
from bot.mailbox import direct_chats
from bot.thanks import of_things, thanks
from bot.thanks.rules.refusal import subject_of
from commands.merci.merci import command as merci
from commands.merci.merci import thank_signers


@merci.mark(Gesture.THANKS)
async def applauded(ctx: Context, message: str) -> Reply | None:
    """Nothing is said in the room. Who wrote the message the homeserver says; of its words nothing is stored."""
    found, community = ctx.quotes.of(ctx.room_id, message), ctx.community
    if found is None or community is None or found.sender in (ctx.account, ctx.sender):
        return None
    if not await thanks.is_helper(ctx.tx, found.sender):
        return None
    refused = await within(ctx, quotas.THANKS, partial(_count, ctx, community, found.sender, message))
    if refused is not None and await direct_chats.room_of(ctx.tx, ctx.account, ctx.sender) is not None:
        key, text = f"applause:{ctx.event.event_id}", refused.text
        await tell(ctx, ctx.sender, lambda: text, key=key, language=ctx.language, rings=False)
    return None


async def _count(ctx: Context, community: Community, person: str, message: str) -> Reply | None:
    subject = subject_of(message, today=today(ctx.now, ZoneInfo(community.time_zone)))
    await thanks.give(ctx, community, ctx.sender, person, subject=subject, source=ctx.event.event_id)
    return None


# ── below what people sign ────────────────────────────────────────────────────────────────────────────────


merci.belongs(of_things.ABOUT, to=nouns.read_in)


@merci.reaction(Gesture.THANKS, about=of_things.ABOUT, makes=quotas.THANKS)
async def thanked(ctx: Context, item: str) -> Reply | None:
    """Thanks to all who sign it. Nothing is said in the room: applause is its own answer."""
    await thank_signers(ctx, item, "", source=ctx.event.event_id)
    return None


@merci.reaction(Gesture.THANKS, about=of_things.ABOUT, removed=True)
async def no_more(ctx: Context, item: str) -> Reply | None:
    if isinstance(ctx.event, EventRemoved):
        await thanks.take_back(ctx.tx, ctx.event.target)
    return None
