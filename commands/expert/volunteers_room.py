"""`!expert`: volunteers answer, in their own room, a request for which nobody was found."""

from typing import TypeAlias

from bot import quotas
from bot.dispatch.answer.context import Context
from bot.events.gestures import Gesture
from bot.events.text import Text
from bot.help import HelpOffer, requests
from bot.help import case as cases
from bot.help.by_words import explained
from bot.help.case import Case
from bot.help.exchange import questions
from bot.help.offers import offers as help_offers
from bot.help.offers import room_call, volunteer_answers
from bot.help.rules.cards import BOARD
from bot.help.rules.offer import OfferStatus
from bot.help.rules.request import Status
from bot.volunteers import volunteers
from commands.expert.offers import command as offers

Found: TypeAlias = tuple[Case, HelpOffer]


async def _theirs(ctx: Context, item: str) -> Found | None:
    """The request, and its offer to the sender: who volunteers here may take it, anybody else is left unanswered."""
    case = await cases.find(ctx, item, lock=True)
    if case is None or case.request.requester == ctx.sender:
        return None
    known = await volunteers.get(ctx.tx, case.request.community, ctx.sender)
    if known is None or not volunteers.is_active(known):
        return None
    wave = help_offers.FROM_ROOM
    return case, await help_offers.volunteer(ctx.tx, case.request, ctx.sender, now=ctx.now, wave=wave)


async def _tell(ctx: Context, found: Found, text: Text | None) -> None:
    """What concerns one volunteer is not said before the others."""
    if text is not None:
        case, offer = found
        await case.tell(ctx.sender, lambda: text, key=f"board:{offer.id}:{ctx.event.event_id}", alone=True)


offers.belongs(BOARD, to=requests.belongs_to, waits=requests.waits)


@offers.reaction(Gesture.YES, about=BOARD, makes=quotas.ANSWER)
async def take(ctx: Context, item: str) -> None:
    found = await _theirs(ctx, item)
    if found is not None:
        await _tell(ctx, found, await volunteer_answers.yes(*found))


@offers.reaction(Gesture.NO, about=BOARD, makes=quotas.ANSWER)
async def leave(ctx: Context, item: str) -> None:
    """Nobody asked this one volunteer: their no is noted, and nothing need be said to it."""
    found = await _theirs(ctx, item)
    if found is None:
        return
    had_accepted = found[1].status == OfferStatus.ACCEPTED
    with explained():
        text = await volunteer_answers.no(*found)
    if had_accepted:
        await _tell(ctx, found, text)


@offers.reaction(Gesture.MAYBE, about=BOARD)
async def clarify(ctx: Context, item: str) -> None:
    found = await _theirs(ctx, item)
    if found is not None and found[0].request.status in volunteer_answers.OPEN:
        await questions.ask_for(found[0], ctx.sender)


@offers.reaction(Gesture.YES, about=BOARD, removed=True)
async def take_back(ctx: Context, item: str) -> None:
    found = await _theirs(ctx, item)
    if found is not None:
        await volunteer_answers.yes_removed(*found)


@offers.reaction(Gesture.NO, about=BOARD, removed=True)
async def reconsider(ctx: Context, item: str) -> None:
    found = await _theirs(ctx, item)
    if found is not None:
        await volunteer_answers.no_removed(*found)


offers.timer(room_call.BOARD_TIMER)(cases.still(Status.UNTAKEN, then=room_call.post_for_volunteers))
