"""`!expert`: a question before deciding, and its answer: what somebody writes next in private is passed on."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.form import Draft
from bot.events.messages import Ref
from bot.events.text import Text, quote
from bot.help import case as cases
from bot.help import requests
from bot.help.by_words import explained
from bot.help.case import Case
from bot.help.exchange import questions
from bot.help.offers import offers as help_offers
from bot.help.rules.cards import CLARIFY, DETAIL
from bot.i18n import N_, _
from commands.expert.offers import command as offers

offers.belongs(CLARIFY, to=requests.belongs_to, visited=True, waits=requests.waits)
offers.belongs(DETAIL, to=requests.belongs_to, waits=requests.waits)


async def _offered(ctx: Context, item: str) -> Case | None:
    """The request, if it was proposed to the sender; it is locked."""
    case = await cases.find(ctx, item, lock=True)
    rows = await help_offers.of(ctx.tx, case.request) if case is not None else []
    return case if any(one.person == ctx.sender for one in rows) else None


@offers.answer(
    "ma question", "my question", about=CLARIFY, takes_rest=True, makes=quotas.ANSWER, alone=questions.is_said
)
async def question(ctx: Context, item: str, rest: str) -> Reply | None:
    """A volunteer's own words: shown to them before they are passed on."""
    if await _offered(ctx, item) is None:
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(CLARIFY, item), asker=ctx.sender)
    return await begin(ctx, QUESTION, {"request": item, "question": rest})


@offers.answer("annuler", "cancel", about=CLARIFY)
async def nothing(ctx: Context, item: str, rest: str) -> Reply:
    await ctx.outbox.close_cards(ctx.tx, Ref(CLARIFY, item), asker=ctx.sender)
    return say(_("I pass nothing on. You may still say yes or no."))


async def _preview(ctx: Context, draft: Draft) -> Text:
    case = await cases.find(ctx, draft["request"])
    return questions.preview(case, draft["question"]) if case is not None else Text.of(draft["question"])


async def _pass_on(ctx: Context, draft: Draft) -> Reply:
    case = await _offered(ctx, draft["request"])
    if case is None:
        return say(_("This request is not proposed to you any more; I passed nothing on."))
    with explained():
        return Reply(await questions.relay(case, draft["question"]))


def _title(_ctx: Context, draft: Draft) -> str:
    return _("your question ({number})").format(number=f"D-{draft['request']}")


QUESTION = offers.form(
    "help-question",
    preview=_preview,
    done=_pass_on,
    title=_title,
    question=N_("**Pass it on?** ✅ yes, ❌ no"),
    makes=quotas.ANSWER,
)


@offers.answer("annuler", "cancel", about=DETAIL)
async def no_answer(ctx: Context, item: str, rest: str) -> Reply:
    """The author answers nothing; the request goes on."""
    await ctx.outbox.close_cards(ctx.tx, Ref(DETAIL, item), asker=ctx.sender)
    return say(_("I pass nothing on. Your request goes on."))


@offers.answer(
    *("répondre", "repondre", "answer"),
    about=DETAIL,
    takes_rest=True,
    makes=quotas.ANSWER,
    alone=questions.is_said,
    takes_yes=True,
)
async def answer(ctx: Context, item: str, rest: str) -> Reply | None:
    """The author's own words, to whoever asked; shown first if they may ask us for something."""
    case = await cases.find(ctx, item, lock=True)
    if case is None or case.request.requester != ctx.sender:
        return None
    if ctx.menu.in_plain_words(rest) is not None:
        return await begin(ctx, ANSWER, {"request": item, "answer": rest})
    with explained():
        return Reply(await questions.answer(case, rest))


async def _answer_preview(_ctx: Context, draft: Draft) -> Text:
    return Text.of(_("**Your answer, before I pass it on**"), quote(draft["answer"]))


async def _pass_answer_on(ctx: Context, draft: Draft) -> Reply:
    case = await cases.find(ctx, draft["request"], lock=True)
    if case is None or case.request.requester != ctx.sender:
        return say(_("Nobody waits for an answer to this request at the moment."))
    with explained():
        return Reply(await questions.answer(case, draft["answer"]))


def _answer_title(_ctx: Context, draft: Draft) -> str:
    return _("your answer ({number})").format(number=f"D-{draft['request']}")


ANSWER = offers.form(
    "help-answer",
    preview=_answer_preview,
    done=_pass_answer_on,
    title=_answer_title,
    question=N_("**Pass it on?** ✅ yes, ❌ no"),
    makes=quotas.ANSWER,
)
