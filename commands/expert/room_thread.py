"""`!expert`: colleagues answer in the thread of a question in their room, and its author says whether it helped."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.events.gestures import Gesture
from bot.help import by_words, requests
from bot.help import case as cases
from bot.help.case import Case
from bot.help.offers import room_call
from bot.help.rules.cards import ANSWERED, CALL, SEARCHING
from bot.help.rules.request import Party
from bot.i18n import _
from commands.expert.offers import command as offers
from commands.expert.phrases import SOLVED, is_solved

offers.belongs(ANSWERED, to=requests.belongs_to, waits=requests.waits)
offers.timer(room_call.THREAD_TIMER)(cases.still(*SEARCHING, then=room_call.follow_thread))


@offers.talk(about=CALL)
async def written(ctx: Context, item: str) -> None:
    """Somebody writes there; the author's own word is no answer, so the next is waited for."""
    case = await cases.find(ctx, item)
    if case is None or case.request.status not in SEARCHING:
        return
    if case.request.requester == ctx.sender:
        await room_call.listen_again(case)
    else:
        await room_call.written_in_thread(case, ctx.event.event_id)


async def _own(ctx: Context, item: str) -> Case | None:
    case = await cases.find(ctx, item, lock=True)
    return case if case is not None and case.request.requester == ctx.sender else None


@offers.reaction(Gesture.YES, about=CALL, makes=quotas.ANSWER)
@offers.reaction(Gesture.YES, about=ANSWERED, makes=quotas.ANSWER)
async def solved(ctx: Context, item: str) -> Reply | None:
    """The author has an answer; a gesture of anybody else is left without one."""
    case = await _own(ctx, item)
    if case is None:
        return None
    with by_words.explained():
        text = await by_words.solved(case, {Party.REQUESTER}, "")
    return Reply(text) if ctx.direct else None


@offers.answer(*SOLVED, reads=is_solved, about=ANSWERED, makes=quotas.ANSWER)
@offers.answer(*SOLVED, reads=is_solved, about=CALL, makes=quotas.ANSWER)
async def said(ctx: Context, item: str, rest: str) -> Reply | None:
    return await solved(ctx, item)


@offers.reaction(Gesture.NO, about=ANSWERED, makes=quotas.ANSWER)
async def not_yet(ctx: Context, item: str) -> Reply | None:
    case = await _own(ctx, item)
    if case is None:
        return None
    await room_call.listen_again(case)
    return say(_("It is noted, your request stays open: {subject}.").format(subject=case.subject))
