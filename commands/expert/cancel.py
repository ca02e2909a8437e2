"""`!expert annuler`: close a request of one's own; also said in plain words, so it is shown before it is done."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin, end, offer
from bot.dispatch.answer.place import own_drafts
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.run_command import do
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, numbered, quote
from bot.help import HelpRequest, by_words, requests, texts_before
from bot.help import case as cases
from bot.help.case import Case
from bot.help.exchange import exchange
from bot.help.rules.cards import HELPING, REQUEST
from bot.help.rules.request import FINAL, Party
from bot.i18n import N_, _
from bot.mailbox import dialogues
from commands.expert.ask import NUMBER, drop
from commands.expert.ask import command as ask
from commands.expert.phrases import CANCEL
from commands.private import privately

command = Command(
    "annuler",
    under="expert",
    aliases=("cancel",),
    summary=N_("close one of your requests"),
    examples=(N_("expert cancel"),),
    listed=False,
    anywhere=True,
)


async def _asks_rights(tx: Any, person: str, words: str) -> bool:
    """As the same step behind the number."""
    named = NUMBER.match(words)
    return named is not None and await by_words.asks_rights(tx, person, named[1], command.word)


@command.run(usage=N_("expert cancel"), asks_rights=_asks_rights, phrases=CANCEL)
async def cancel(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    if words:
        return await do(ctx, ask.verbs[0], _reworded(ctx, words))
    for card in reversed(await own_drafts(ctx)):
        if card.about is not None and card.about.kind == REQUEST:
            return await drop(ctx, card.about.id)
    asked = await requests.of_person(ctx.tx, ctx.sender)
    here = [request for request in asked if ctx.direct or not request.direct]
    if not asked:
        return say(_("You have no open request. To ask: `!expert` followed by your question"))
    if not here:
        return await privately(ctx, partial(_to_close_one, ctx, asked))
    return await (_which(ctx, here) if len(here) > 1 else begin(ctx, CLOSE, {"request": str(here[0].id)}))


def _reworded(ctx: Context, words: str) -> str:
    """`cancel D-2` is `D-2 cancel`; before any other words it is the first word of a question."""
    named = NUMBER.match(words)
    if named is not None:
        return f"{words} {command.word}"
    before = ctx.text.partition(words)[0].split()
    return f"{before[-1] if before else command.word} {words}"


async def _to_close_one(ctx: Context, asked: Sequence[HelpRequest]) -> Text:
    """What was asked in private is named there only."""
    listed = await by_words.listed(N_("Your open requests:"), [await cases.of(ctx, request) for request in asked])
    return Text.of(listed, _("To close one, write it here: `expert cancel`"))


async def _which(ctx: Context, asked: Sequence[HelpRequest]) -> Reply:
    named = [by_words.state(await cases.of(ctx, request)) for request in asked]
    text = Text.of(_("**Which request shall I close?** Answer with its number."), numbered(named))
    return await offer(ctx, OPEN, {"requests": [str(request.id) for request in asked]}, text)


async def _pick(ctx: Context, data: Draft, number: int) -> Reply:
    numbers = data["requests"]
    if number > len(numbers):
        raise UserError(_("There is no number {number} in this list.").format(number=number))
    listed = await dialogues.current(ctx.tx, ctx.account, ctx.room_id, ctx.sender, dialogues.LIST)
    if listed is not None and listed.name == OPEN.name:
        await end(ctx, listed, dialogues.DONE)
    return await begin(ctx, CLOSE, {"request": numbers[number - 1]})


OPEN = command.choice("request-cancel-which", pick=_pick)


async def _mine(ctx: Context, draft: Draft) -> Case:
    """The request that is to be closed. Raises UserError if it is over by now."""
    case = await cases.find(ctx, draft["request"], lock=True)
    if case is None or case.request.requester != ctx.sender or case.request.status in FINAL:
        raise UserError(_("This request is closed already."))
    return case


async def _preview(ctx: Context, draft: Draft) -> Text:
    case = await _mine(ctx, draft)
    helped = case.request.status in HELPING
    return Text.of(
        _("**Close your request?** {subject}").format(subject=case.subject),
        quote(texts_before.quoted(case.request.text)),
        _("The person helping you sees that it is closed, and I leave your conversation.")
        if helped
        else _("I stop looking, and the volunteers I wrote to see that it is closed."),
    )


async def _close(ctx: Context, draft: Draft) -> Reply:
    case = await _mine(ctx, draft)
    with by_words.explained():
        await exchange.cancel(case, by={Party.REQUESTER})
    return say(_("Your request {number} is closed.").format(number=texts_before.number(case.request)))


def _title(_ctx: Context, draft: Draft) -> str:
    return _("closing your request D-{number}").format(number=draft["request"])


CLOSE = command.form(
    "request-cancel",
    preview=_preview,
    done=_close,
    title=_title,
    question=N_("**Close it?** ✅ yes, ❌ no"),
    makes=quotas.ANSWER,
)
