"""`!expert offres`: what was proposed to a volunteer, and how they answer it."""

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.events.gestures import Gesture
from bot.events.messages import Text
from bot.help import HelpOffer, HelpRequest, about, by_words, exchange, questions, replies, search
from bot.help import offers as help_offers
from bot.help import requests as help_requests
from bot.help.rules.cards import CALL, OFFER
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
    carried = await help_requests.carried_by(ctx.tx, ctx.sender)
    found = [await help_requests.get(ctx.tx, one.request) for one in waiting]
    requests = [request for request in [*carried, *found] if request is not None]
    if not requests:
        return say(_("No request is proposed to you at the moment."))

    async def told() -> Text:
        lines = [await by_words.state(ctx, request) for request in requests]
        return Text.of(_("Your requests as a volunteer:"), *lines)

    return await privately(ctx, told)


async def _mine(ctx: Context, item: str) -> tuple[HelpRequest, HelpOffer] | None:
    """The offer and its request, which is locked first; a gesture of anybody else is left without an answer."""
    known = await help_offers.get(ctx.tx, item)
    if known is None or known.person != ctx.sender:
        return None
    request = await help_requests.get(ctx.tx, known.request, lock=True)
    offer = await help_offers.get(ctx.tx, item, lock=True)
    if request is None or offer is None:
        return None
    if offer.turn != request.turn and request.status in exchange.OPEN:
        wave = help_offers.FROM_ROOM  # a card of an earlier search: the request is open once more, and so is the card
        offer = await help_offers.volunteer(ctx.tx, request, ctx.sender, now=ctx.now, wave=wave)
    return request, offer


command.belongs(OFFER, to=help_offers.belongs_to, visited=True, waits=help_offers.waits)
command.belongs(CALL, to=help_requests.belongs_to, waits=help_requests.waits)


@command.title(about=OFFER)
async def title(ctx: Context, item: str) -> str:
    offer = await help_offers.get(ctx.tx, item)
    request = await help_requests.get(ctx.tx, offer.request) if offer else None
    return str((await about.subject(ctx.tx, request))()) if request else item


@command.reaction(Gesture.YES, about=OFFER, makes=quotas.ANSWER)
async def accept(ctx: Context, item: str) -> Reply | None:
    found = await _mine(ctx, item)
    text = await replies.yes(ctx, *found) if found else None
    return Reply(text) if text else None


@command.reaction(Gesture.NO, about=OFFER, makes=quotas.ANSWER)
async def decline(ctx: Context, item: str) -> Reply | None:
    found = await _mine(ctx, item)
    if found is None:
        return None
    with by_words.explained():
        text = await replies.no(ctx, *found)
    return Reply(text) if text else None


@command.reaction(Gesture.MAYBE, about=OFFER)
async def clarify(ctx: Context, item: str) -> Reply | None:
    found = await _mine(ctx, item)
    if found is None or found[0].status not in exchange.OPEN:
        return None
    return Reply(questions.how(found[0]))


@command.reaction(Gesture.YES, about=OFFER, removed=True)
async def take_back(ctx: Context, item: str) -> None:
    found = await _mine(ctx, item)
    if found is not None:
        await replies.yes_removed(ctx, *found)


@command.reaction(Gesture.NO, about=OFFER, removed=True)
async def reconsider(ctx: Context, item: str) -> None:
    found = await _mine(ctx, item)
    if found is not None:
        await exchange.reconsider(ctx, *found)


@command.reaction(Gesture.HELP, about=CALL, makes=quotas.ANSWER)
async def i_can_help(ctx: Context, item: str) -> Reply | None:
    """A colleague offers help by themselves; whoever asked is not answered."""
    request = await help_requests.get(ctx.tx, item, lock=True)
    if request is None or request.requester == ctx.sender or request.status not in exchange.OPEN:
        return None
    offer = await help_offers.volunteer(ctx.tx, request, ctx.sender, now=ctx.now)
    text = await replies.yes(ctx, request, offer)
    return Reply(text) if text else None


_ASKING = (Status.OPEN, *exchange.OPEN)
_DUE = {
    Timer.NEXT_GROUP: ((Status.OPEN, Status.SEEKING), search.advance),
    Timer.PEERS_TO_VOLUNTEERS: ((Status.WITH_PEERS,), search.advance),
    Timer.NEWS_TO_REQUESTER: (_ASKING, search.tell_news),
}
for _timer, (_statuses, _act) in _DUE.items():
    command.timer(help_requests.kind(_timer))(help_requests.still(*_statuses, then=_act))
