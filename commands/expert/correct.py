"""`!expert`: other words for a question that was shown and has not left."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.events.messages import Ref
from bot.events.text import Text
from bot.help import asking, requests
from bot.help import case as cases
from bot.help.exchange import questions
from bot.help.rules.cards import REQUEST, REWORDING
from bot.help.rules.request import MINIMUM_TEXT, Status
from bot.i18n import _
from commands.expert.ask import command as ask
from commands.expert.ask import is_draft, shown
from commands.expert.phrases import is_to_be_corrected

ALONE = ("modifier", "changer", "reformuler", "préciser", "preciser", "edit", "change", "rephrase")


ask.belongs(REWORDING, to=requests.belongs_to, waits=requests.waits)


@ask.answer("corriger", "correct", about=REQUEST, takes_rest=True, makes=quotas.REQUEST)
async def correct(ctx: Context, item: str, rest: str) -> Reply | None:
    """The new words if they are a question, else how to write them: in private, in the next message."""
    words = rest.lstrip(" :\u00a0")
    if not await is_draft(ctx.tx, ctx.sender, item):
        return None
    return await (_how(ctx, item) if len(words) < MINIMUM_TEXT else reworded(ctx, item, words))


@ask.answer(*ALONE, about=REQUEST, reads=is_to_be_corrected)
async def to_be_corrected(ctx: Context, item: str, rest: str) -> Reply | None:
    return await correct(ctx, item, "")


async def _how(ctx: Context, item: str) -> Reply:
    if not ctx.direct:
        return say(_("To change your question, edit your message, or write here: `correct` and the whole question"))
    text = Text.of(
        _("**Write your question anew**, whole: your next message takes its place, and I show it to you again."),
        _("To change its topic: `topic`. To keep it as it was: `cancel`"),
    )
    return Reply(text, about=Ref(REWORDING, item), waits=True)


@ask.answer(
    "ma question", "my question", about=REWORDING, takes_rest=True, makes=quotas.REQUEST, alone=questions.is_said
)
async def reworded(ctx: Context, item: str, rest: str) -> Reply | None:
    """The question in other words; what else its author had chosen stays."""
    case = await cases.find(ctx, item, lock=True)
    if case is None or case.request.requester != ctx.sender or case.request.status != Status.DRAFT:
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(REWORDING, item))
    await asking.rewrite(case, rest)
    return await shown(ctx, case)


@ask.answer("annuler", "cancel", about=REWORDING)
async def as_it_was(ctx: Context, item: str, rest: str) -> Reply | None:
    """The draft as it was, shown again."""
    case = await cases.find(ctx, item)
    if case is None or case.request.requester != ctx.sender or case.request.status != Status.DRAFT:
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(REWORDING, item))
    return await shown(ctx, case)
