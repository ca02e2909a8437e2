"""➕ under an irritant or an idea, or « moi aussi »: once a person, and taken back by them."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.errors import UserError
from bot.events.events import MessageReceived
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import _
from bot.ideas import Idea, cards, ideas, supports, texts
from bot.ideas.rules.idea import IDEA, OPEN, Refusal
from commands.idee.community import ask_team
from commands.idee.idea import command as idea
from commands.idee.numbered import step


@idea.reaction(Gesture.ME_TOO, about=IDEA, makes=quotas.ANSWER)
async def me_too(ctx: Context, item: str) -> Reply | None:
    """A reaction is answered by the card alone, words by a sentence."""
    found = await ideas.get(ctx.tx, item, lock=True)
    if found is None:
        return None
    if isinstance(ctx.event, MessageReceived):
        return await _says_so(ctx, found, "")
    if found.status in OPEN:
        await _give(ctx, found)
    return None


@idea.reaction(Gesture.ME_TOO, about=IDEA, removed=True)
async def not_me(ctx: Context, item: str) -> None:
    found = await ideas.get(ctx.tx, item, lock=True)
    if found is not None and found.status in OPEN:
        await _take_back(ctx, found)


@step("moi aussi", "nous aussi", "me too", "us too", "+", "➕")
async def _says_so(ctx: Context, found: Idea, rest: str) -> Reply:
    if found.status not in OPEN:
        raise UserError(texts.refused(found, Refusal.WRONG_STATUS))
    if found.author == ctx.sender and not found.discreet:
        raise UserError(_("It is yours: you count already."))
    new, titled, about = await _give(ctx, found), texts.titled(found), Ref(IDEA, str(found.id))
    if not new:
        return Reply(Text.of(_("It is noted already: {title}.").format(title=titled)), about=about)
    text = Text.of(
        _("**Noted**, you too: {title}. You will hear from me when something becomes of it.").format(title=titled),
        _("To take it back: `!idea {number} not me`").format(number=ideas.number(found)),
    )
    return Reply(text, about=about)


@step("plus moi", "pas moi", "not me")
async def _says_so_no_more(ctx: Context, found: Idea, rest: str) -> Reply:
    if found.status not in OPEN:
        raise UserError(texts.refused(found, Refusal.WRONG_STATUS))
    if not await _take_back(ctx, found):
        return say(_("You had not said that it concerns you. Nothing has changed."))
    return say(_("It is taken back: {title}.").format(title=texts.titled(found)))


async def _give(ctx: Context, found: Idea) -> bool:
    new = await supports.give(ctx, found, ctx.sender)
    if new:
        found.touched_at = ctx.now
        await cards.refresh(ctx, found)
        await ask_team(ctx, found)
    return new


async def _take_back(ctx: Context, found: Idea) -> bool:
    had = await supports.take_back(ctx, found, ctx.sender)
    if had:
        await cards.refresh(ctx, found)
    return had
