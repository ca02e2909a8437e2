"""`!expert offres`: what was proposed to a volunteer, and how they answer it."""

from functools import partial

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.events.gestures import Gesture
from bot.help import HelpOffer, by_words, requests
from bot.help import case as cases
from bot.help.case import Case
from bot.help.exchange import follow_up, questions
from bot.help.offers import offers as help_offers
from bot.help.offers import search, volunteer_answers
from bot.help.rules.cards import CALL, CLARIFY, OFFER
from bot.help.rules.request import Status
from bot.help.rules.timers import Timer
from bot.i18n import N_, _
from commands.private import privately

command = Command(
    "offres",
    under="expert",
    aliases=("offers", "propositions", "sollicitations"),
    summary=N_("see the requests that were proposed to you"),
    examples=(N_("expert offers"),),
    listed=False,
)


@command.run(usage=N_("expert offers"))
async def offers(ctx: Context) -> Reply:
    waiting = await help_offers.of_person(ctx.tx, ctx.sender)
    carried = await requests.carried_by(ctx.tx, ctx.sender)
    proposed = [await requests.get(ctx.tx, one.request) for one in waiting]
    found = [await cases.of(ctx, request) for request in [*carried, *proposed] if request is not None]
    if not found:
        return say(_("No request is proposed to you at the moment."))
    return await privately(ctx, partial(by_words.listed, N_("Your requests as a volunteer:"), found))


async def _mine(ctx: Context, item: str) -> tuple[Case, HelpOffer] | None:
    """The offer and its request, which is locked first; a gesture of anybody else is left without an answer."""
    request = await requests.offered(ctx.tx, item, to=ctx.sender)
    offer = await help_offers.get(ctx.tx, item, lock=True)
    if request is None or offer is None:
        return None
    if offer.turn != request.turn and request.status in volunteer_answers.OPEN:
        wave = help_offers.FROM_ROOM  # a card of an earlier search: the request is open once more, and so is the card
        offer = await help_offers.volunteer(ctx.tx, request, ctx.sender, now=ctx.now, wave=wave)
    return await cases.of(ctx, request), offer


command.belongs(OFFER, to=help_offers.belongs_to, visited=True, waits=help_offers.waits, agreed=help_offers.accepted)
command.belongs(CALL, to=requests.belongs_to, waits=requests.waits)


@command.title(about=OFFER)
async def title(ctx: Context, item: str) -> str:
    offer = await help_offers.get(ctx.tx, item)
    case = await cases.find(ctx, offer.request) if offer else None
    return str(case.subject) if case else item


@command.reaction(Gesture.YES, about=OFFER, makes=quotas.ANSWER)
async def accept(ctx: Context, item: str) -> Reply | None:
    found = await _mine(ctx, item)
    text = await volunteer_answers.yes(*found) if found else None
    return Reply(text) if text else None


@command.reaction(Gesture.NO, about=OFFER, makes=quotas.ANSWER)
async def decline(ctx: Context, item: str) -> Reply | None:
    found = await _mine(ctx, item)
    if found is None:
        return None
    with by_words.explained():
        text = await volunteer_answers.no(*found)
    return Reply(text) if text else None


@command.reaction(Gesture.MAYBE, about=OFFER)
async def clarify(ctx: Context, item: str) -> Reply | None:
    found = await _mine(ctx, item)
    if found is None or found[0].request.status not in volunteer_answers.OPEN:
        return None
    return Reply(questions.how(found[0]), about=found[0].about(CLARIFY), waits=True)


@command.reaction(Gesture.YES, about=OFFER, removed=True)
async def take_back(ctx: Context, item: str) -> None:
    found = await _mine(ctx, item)
    if found is not None:
        await volunteer_answers.yes_removed(*found)


@command.reaction(Gesture.NO, about=OFFER, removed=True)
async def reconsider(ctx: Context, item: str) -> None:
    found = await _mine(ctx, item)
    if found is not None:
        await volunteer_answers.no_removed(*found)


@command.reaction(Gesture.HELP, about=CALL, makes=quotas.ANSWER)
async def i_can_help(ctx: Context, item: str) -> Reply | None:
    """A colleague offers help by themselves; whoever asked is not answered."""
    case = await cases.find(ctx, item, lock=True)
    if case is None or case.request.requester == ctx.sender or case.request.status not in volunteer_answers.OPEN:
        return None
    text = await volunteer_answers.yes(case, await help_offers.volunteer(ctx.tx, case.request, ctx.sender, now=ctx.now))
    return Reply(text) if text else None


_ASKING = (Status.OPEN, *volunteer_answers.OPEN)
_DUE = {
    Timer.NEXT_GROUP: ((Status.OPEN, Status.SEEKING), search.advance),
    Timer.PEERS_TO_VOLUNTEERS: ((Status.WITH_PEERS,), search.advance),
    Timer.NEWS_TO_REQUESTER: (_ASKING, follow_up.news),
}
for _timer, (_statuses, _act) in _DUE.items():
    command.timer(requests.kind(_timer))(cases.still(*_statuses, then=_act))
