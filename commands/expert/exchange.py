"""`!expert échanges`: what happens once somebody helps, from the first word to the two questions at the end."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.help import by_words, requests, texts_after
from bot.help import case as cases
from bot.help.case import Case
from bot.help.exchange import exchange, follow_up, private_room, satisfaction
from bot.help.offers import absences
from bot.help.rules.cards import MEETING, USEFUL, WENT
from bot.help.rules.request import Party, Status
from bot.help.rules.timers import Timer
from bot.i18n import N_, _
from bot.text.plain_text import fold
from commands.expert.phrases import SOLVED, is_solved
from commands.private import privately
from commands.yes_or_no import yes_or_no

command = Command(
    "échanges",
    under="expert",
    aliases=("échange", "exchanges", "exchange"),
    summary=N_("see the requests that you help with"),
    examples=(N_("expert exchanges"),),
    listed=False,
)


AWAY = ("sortir", "sors", "dehors", "leave", "out")


@command.run(usage=N_("expert exchanges"))
async def exchanges(ctx: Context) -> Reply:
    carried = await requests.carried_by(ctx.tx, ctx.sender)
    if not carried:
        return say(_("You help with no request at the moment."))

    found = [await cases.of(ctx, request) for request in carried]
    return await privately(ctx, partial(by_words.listed, N_("The requests that you help with:"), found))


async def _theirs(ctx: Context, item: str) -> tuple[Case, set[Party]] | None:
    """The request and what the sender is to it; of anybody else a gesture is left without an answer."""
    case = await cases.find(ctx, item, lock=True)
    parties = requests.parties(case.request, ctx.sender, offered=False, moderator=False) if case else None
    return (case, parties) if case and parties else None


command.belongs(MEETING, to=requests.belongs_to, visited=True, waits=requests.waits)
command.belongs(WENT, USEFUL, to=requests.belongs_to, waits=satisfaction.waits)


@command.talk(about=MEETING)
async def began(ctx: Context, item: str) -> None:
    found = await _theirs(ctx, item)
    if found is not None:
        await exchange.talk(found[0], by=found[1])


@command.helps_in_room(about=MEETING)
async def what_to_write(ctx: Context, item: str) -> Text | None:
    found = await _theirs(ctx, item)
    if found is None:
        return None
    case = found[0]
    return texts_after.room_help(case.request, case.name(case.request.expert))


@command.answer(*SOLVED, reads=is_solved, about=MEETING, makes=quotas.ANSWER)
async def solved(ctx: Context, item: str, rest: str) -> Reply | None:
    found = await _theirs(ctx, item)
    if found is None:
        return None
    with by_words.explained():
        await exchange.resolve(found[0], by=found[1])
    return None


@command.answer("bot", about=MEETING, takes_rest=True, makes=quotas.ANSWER)
async def send_away(ctx: Context, item: str, rest: str) -> None:
    """`bot sortir`: they talk on without us, so the exchange has begun."""
    found = await _theirs(ctx, item)
    if found is not None and fold(rest).text in AWAY:
        await exchange.talk(found[0], by=found[1])
        await private_room.sent_away(found[0])


@command.reaction(Gesture.HAND_OVER, about=MEETING, makes=quotas.ANSWER)
async def hand_over(ctx: Context, item: str) -> Reply | None:
    found = await _theirs(ctx, item)
    if found is None or Party.EXPERT not in found[1]:
        return None
    with by_words.explained():
        await exchange.hand_over(found[0], by=found[1])
    return None


@command.answer("passer", "transférer", "pass", about=MEETING, makes=quotas.ANSWER)
async def pass_on(ctx: Context, item: str, rest: str) -> Reply | None:
    return await hand_over(ctx, item)


@command.answer("garder", "keep", about=MEETING, makes=quotas.ANSWER)
async def keep(ctx: Context, item: str, rest: str) -> Reply | None:
    """Away, and yet the request stays theirs: nothing is handed over by itself."""
    found = await _theirs(ctx, item)
    if found is None or Party.EXPERT not in found[1]:
        return None
    await absences.keeps(ctx, found[0].request)
    return say(_("It is noted: the request stays yours."))


@yes_or_no(command, WENT)
async def went_well(ctx: Context, item: str, /, *, yes: bool) -> Reply | None:
    """The first answer, and the second question; a second tap changes the answer quietly."""
    case = await _asked(ctx, item)
    if case is None or await satisfaction.answered(ctx, case.request, went_well=yes):
        return None
    return Reply(texts_after.was_useful(), about=Ref(USEFUL, item), gestures=(Gesture.YES, Gesture.NO), waits=True)


@yes_or_no(command, USEFUL)
async def was_useful(ctx: Context, item: str, /, *, yes: bool) -> Reply | None:
    case = await _asked(ctx, item)
    if case is None or await satisfaction.answered(ctx, case.request, was_useful=yes):
        return None
    if case.request.status == Status.RESOLVED and yes:
        await exchange.close(case, by={Party.REQUESTER})
    return Reply(texts_after.thanks(case.subject, useful=yes))


async def _asked(ctx: Context, item: str) -> Case | None:
    case = await cases.find(ctx, item, lock=True)
    return case if case is not None and case.request.requester == ctx.sender else None


_BOTH = (Status.ACCEPTED, Status.UNDER_WAY)
_DUE: dict[Timer, tuple[tuple[Status, ...], Callable[[Case], Awaitable[None]]]] = {
    Timer.NUDGE_EXPERT: ((Status.ACCEPTED,), follow_up.nudge),
    Timer.PROPOSE_HAND_OVER: ((Status.ACCEPTED,), follow_up.propose_hand_over),
    Timer.STILL_USEFUL: (_BOTH, follow_up.still_useful),
    Timer.CLOSE_SILENT: (_BOTH, follow_up.close_unanswered),
    Timer.REMIND_REQUESTER: ((Status.AWAITING_REQUESTER,), follow_up.remind),
    Timer.CLOSE_UNANSWERED: ((Status.AWAITING_REQUESTER,), follow_up.close_unanswered),
    Timer.CLOSE_RESOLVED: ((Status.RESOLVED,), partial(exchange.close, by={Party.SYSTEM})),
}
for _timer, (_statuses, _act) in _DUE.items():
    command.timer(requests.kind(_timer))(cases.still(*_statuses, then=_act))
