"""From a yes to the end: one room for two; the yes taken back, handed over, resolved, reopened, given up."""

from collections.abc import Callable, Collection, Sequence

from bot.events.messages import Ref
from bot.events.text import Text
from bot.help import texts_after
from bot.help.case import Case
from bot.help.exchange import private_room, satisfaction
from bot.help.offers import offers, room_call, search
from bot.help.offers.offers import card_key
from bot.help.rules.cards import OFFER
from bot.help.rules.offer import OfferStatus, OfferTrigger, accepted, moved, taken_back
from bot.help.rules.request import Party, Status, Trigger
from bot.help.rules.timers import Timer
from bot.help.tables import HelpOffer
from bot.help.texts_after import Ending
from bot.help.texts_before import Subject
from bot.volunteers import availability, profiles, volunteers


async def begin(case: Case, offer: HelpOffer, rows: Sequence[HelpOffer]) -> None:
    """A volunteer has the request; `rows` are the offers of the present search. Raises NotNow."""
    await case.move(Trigger.ACCEPT, by={Party.OFFERED})
    request = case.request
    request.expert, request.accepted_at = offer.person, case.now
    request.first_accepted_at = request.first_accepted_at or case.now
    alone = await private_room.open_room(case)
    changed = await offers.become(case.tx, rows, accepted(offers.statuses(rows), offer.person), now=case.now)
    await room_call.close(case)
    await _rewrite_cards(case, offer, changed, alone=alone)
    if alone:
        await _tell_good_news(case, offer)


async def _rewrite_cards(case: Case, offer: HelpOffer, changed: Sequence[HelpOffer], *, alone: bool) -> None:
    """The others have nothing to do; the winner reads whom they help. Who came by themselves has no card to change."""
    author, who = case.name(case.request.requester), case.name(offer.person)

    def yours() -> Text:
        return texts_after.yours(case.subject, case.request, author, case.profile, alone=alone)

    def made_way() -> Text:
        return texts_after.made_way(case.subject, who)

    others = [(one, made_way) for one in changed if one.person != offer.person]
    key = card_key(offer)
    await case.outbox.wait_again(case.tx, key)  # for the removal of the yes
    if key not in await case.rewrite((offer, yours), *others) and alone:
        await case.tell(offer.person, yours, key=key, about=Ref(OFFER, str(offer.id)), alone=True)


async def _tell_good_news(case: Case, offer: HelpOffer) -> None:
    """To the author; where both meet in a thread, that is said there."""
    own = await profiles.of(case.tx, offer.person)
    who, author = case.name(offer.person), case.name(case.request.requester)
    nudge_at = case.manner.delay(Timer.NUDGE_EXPERT).after(case.now, case.manner.working)
    await case.tell(
        case.request.requester,
        lambda: texts_after.accepted(case.subject, author, who, own, nudge_at=nudge_at, zone=case.zone),
        key=f"help:{case.request.id}:accepted:{case.request.version}",
        openly=lambda: texts_after.accepted_openly(case.subject, author, who),
    )


async def take_back(case: Case, offer: HelpOffer) -> None:
    """The yes is removed at once: who had to make way may answer again. Raises NotNow after five minutes."""
    await case.move(Trigger.TAKE_BACK, by={Party.EXPERT})
    rows = await case.offers()
    back = taken_back(offers.statuses(rows), offer.person, gone=await _gone(case, rows))
    changed = await offers.become(case.tx, rows, back, now=case.now)
    case.request.expert = case.request.accepted_at = None
    await private_room.leave_room(case, because=Ending.IN_VAIN)
    await room_call.reopen(case)
    for one in changed:
        await search.show_again(case, one)
    for one in rows:
        if one.status == OfferStatus.DECLINED:  # they may still change their mind
            await case.outbox.wait_again(case.tx, card_key(one))
    await _tell_requester(case, texts_after.taken_back, offer.person)


async def _gone(case: Case, rows: Collection[HelpOffer]) -> set[str]:
    """Those who made way and could not help now: they are away, or volunteer here no more."""
    made_way = [one for one in rows if one.status == OfferStatus.WITHDRAWN and one.wave != offers.BY_ITSELF]
    return {one.person for one in made_way if not await _is_there(case, one.person)}


async def _is_there(case: Case, person: str) -> bool:
    here, own = case.community, await availability.of(case.tx, person)
    if availability.is_away(own, case.now, zone=here.time_zone):
        return False
    return volunteers.serves(await volunteers.of_person(case.tx, person), here.slug)


async def hand_over(case: Case, *, by: Collection[Party]) -> None:
    """Somebody else is sought, also among those who made way; who gives it up is not asked again. Raises NotNow."""
    request, giver = case.request, case.request.expert
    await case.move(Trigger.HAND_OVER, by=by)
    assert giver is not None
    rows = await case.offers()
    now = offers.statuses(rows)
    if now.get(giver) is OfferStatus.ACCEPTED:
        await offers.become(case.tx, rows, moved(now, giver, OfferTrigger.WITHDRAW), now=case.now)
    await offers.put_down(case.tx, request)
    await private_room.leave_room(case, because=Ending.IN_VAIN)
    request.turn += 1
    request.expert, request.accepted_at, request.wave, request.wave_at, request.news = None, None, 0, None, 0
    await case.write()
    await _tell_requester(case, texts_after.handed_over, giver)
    await search.advance(case)


async def _tell_requester(case: Case, words: Callable[[Subject, str], Text], expert: str) -> None:
    who, key = case.name(expert), f"help:{case.request.id}:{case.request.version}:search again"
    await case.tell(case.request.requester, lambda: words(case.subject, who), key=key)


async def talk(case: Case, *, by: Collection[Party]) -> None:
    """People talk where they meet: nobody needs a nudge, and a detail that the author owes may be there."""
    if case.request.status == Status.ACCEPTED:
        await case.move(Trigger.START, by={Party.SYSTEM})
    elif case.request.status == Status.AWAITING_REQUESTER and Party.REQUESTER in by:
        await case.move(Trigger.ANSWER, by=by)
    elif case.request.status == Status.AWAITING_REQUESTER:
        await private_room.listen_again(case)


async def wait_for_requester(case: Case, *, by: Collection[Party]) -> None:
    """Whoever helps needs a detail; the author's next word where both meet counts as it. Raises NotNow."""
    await case.move(Trigger.ASK_REQUESTER, by=by)
    await private_room.listen_again(case)


async def resolve(case: Case, *, by: Collection[Party]) -> None:
    """The question has its answer: the room is left, and its author asked two questions. Raises NotNow."""
    await case.move(Trigger.RESOLVE, by=by)
    case.request.resolved_at = case.now
    await _put_away_all(case, because=Ending.ANSWERED)
    await satisfaction.ask(case)


async def close(case: Case, *, by: Collection[Party]) -> None:
    """It is over for good, unless it is reopened. Raises NotNow."""
    await case.move(Trigger.CLOSE, by=by)
    case.request.closed_at = case.now
    await _put_away_all(case, because=Ending.UNANSWERED)
    await case.write()


async def cancel(case: Case, *, by: Collection[Party], reason: str = "") -> None:
    """It is given up: every card that waits changes quietly. Raises NotNow."""
    was_draft = case.request.status == Status.DRAFT
    await case.move(Trigger.CANCEL, by=by, reason=reason)
    case.request.closed_at = case.now
    case.request.text = "" if was_draft else case.request.text
    await _put_away_all(case, because=Ending.IN_VAIN)
    await case.write()


async def _put_away_all(case: Case, *, because: Ending) -> None:
    """The room is left, and no offer waits any more."""
    await offers.put_down(case.tx, case.request)
    await private_room.leave_room(case, because=because)
    rows = await case.offers()
    now = offers.statuses(rows)
    for one in rows:
        if one.status in offers.WAITING:
            now = moved(now, one.person, OfferTrigger.WITHDRAW)
    changed = await offers.become(case.tx, rows, now, now=case.now)
    await case.rewrite(*((one, lambda: texts_after.closed_card(case.subject)) for one in changed))
    await room_call.close(case)


async def reopen(case: Case) -> None:
    """The same person is asked first, then others. Raises NotNow."""
    request = case.request
    if request.status == Status.RESOLVED:
        await close(case, by={Party.REQUESTER})
    await case.move(Trigger.REOPEN, by={Party.REQUESTER})
    request.reopenings += 1
    request.turn += 1
    request.wave, request.wave_at, request.closed_at, request.resolved_at, request.news = 0, None, None, None, 0
    await case.write()
    await search.advance(case)
