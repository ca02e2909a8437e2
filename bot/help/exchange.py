"""From a yes to the end: one winner, one room; the yes removed, handed over, resolved, reopened, given up."""

from collections.abc import Callable, Collection
from enum import StrEnum

from bot.communities.acting import Hands
from bot.communities.tell import name, rewrite, zone
from bot.events.messages import Ref, Text
from bot.help import (
    candidates,
    private_room,
    requests,
    room_call,
    satisfaction,
    search,
    settings,
    texts_after,
    unanswered_offers,
)
from bot.help import offers as help_offers
from bot.help.about import subject, tell
from bot.help.rules.cards import OFFER, SEARCHING
from bot.help.rules.offer import OfferStatus, OfferTrigger, accepted, accepted_by, moved, taken_back
from bot.help.rules.request import TAKE_BACK_WITHIN, Party, Status, Trigger
from bot.help.rules.timers import Timer
from bot.help.search import card_key, put_away
from bot.help.tables import HelpOffer, HelpRequest
from bot.help.texts_after import Ending
from bot.help.texts_before import Subject
from bot.volunteers import availability, profiles, volunteers

OPEN = SEARCHING - {Status.OPEN}
"""A yes is welcome."""


class Outcome(StrEnum):
    """What became of a yes."""

    WON = "won"
    TAKEN = "taken"
    CLOSED = "closed"
    ALREADY = "already"
    TOO_MUCH = "too_much"
    NO_VOLUNTEER = "no_volunteer"


async def accept(hands: Hands, request: HelpRequest, offer: HelpOffer) -> Outcome:
    """The yes of one volunteer; the request is locked, so that of two only the first finds it open."""
    rows = await help_offers.of(hands.tx, request)
    offers = help_offers.statuses(rows)
    if accepted_by(offers) == offer.person:
        return Outcome.ALREADY
    if request.status not in OPEN or offer.turn != request.turn:
        return too_late(request)
    hindrance = await _hindrance(hands, request, offer)
    if hindrance is not None:
        return hindrance
    await requests.move(hands, request, Trigger.ACCEPT, by={Party.OFFERED})
    request.expert, request.accepted_at = offer.person, hands.now
    request.first_accepted_at = request.first_accepted_at or hands.now
    changed = await help_offers.become(hands.tx, rows, accepted(offers, offer.person), now=hands.now)
    alone = await private_room.open_room(hands, request)
    await room_call.close(hands, request)
    await _put_away_others(hands, request, offer, [one for one in changed if one.person != offer.person])
    await _tell_winner(hands, request, offer, alone=alone)
    if alone:
        await _tell_good_news(hands, request, offer)
    return Outcome.WON


def too_late(request: HelpRequest) -> Outcome:
    """Why an answer changes nothing any more."""
    return Outcome.TAKEN if request.status in requests.CARRIED else Outcome.CLOSED


def carries(request: HelpRequest, offer: HelpOffer) -> bool:
    """Whether the volunteer helps with the request now, because of this offer."""
    accepted_now = offer.status == OfferStatus.ACCEPTED and offer.turn == request.turn
    return accepted_now and request.status in requests.CARRIED


async def _hindrance(hands: Hands, request: HelpRequest, offer: HelpOffer) -> Outcome | None:
    """No volunteer any more, or as many requests as they wished to carry."""
    own = await availability.of(hands.tx, offer.person, lock=True)
    if offer.wave != help_offers.BY_ITSELF:
        known = await volunteers.of_person(hands.tx, offer.person)
        if not any(volunteers.is_active(one) for one in known):
            return Outcome.NO_VOLUNTEER
        community = await requests.community_of(hands.tx, request)
        load = await candidates.loads(hands.tx, community, [offer.person], now=hands.now)
        if offer.person in load and load[offer.person].open_requests >= own.open_cap:
            return Outcome.TOO_MUCH
    return None


async def _put_away_others(hands: Hands, request: HelpRequest, offer: HelpOffer, others: Collection[HelpOffer]) -> None:
    community = await requests.community_of(hands.tx, request)
    about, who = await subject(hands.tx, request), name(hands, offer.person, community)
    await put_away(hands, request, list(others), lambda: texts_after.made_way(about(), who))


async def _tell_winner(hands: Hands, request: HelpRequest, offer: HelpOffer, *, alone: bool) -> None:
    """On their card; a colleague who came by themselves has none."""
    assert request.requester is not None
    community = await requests.community_of(hands.tx, request)
    about, theirs = await subject(hands.tx, request), await profiles.of(hands.tx, request.requester)
    author = name(hands, request.requester, community)

    def words() -> Text:
        return texts_after.yours(about(), author, theirs, alone=alone)

    key, card = f"{card_key(offer)}:{request.version}", Ref(OFFER, str(offer.id))
    await hands.outbox.wait_again(hands.tx, card_key(offer))  # for the removal of the yes
    language = community.language
    changed = await rewrite(hands, offer.person, words, key=key, language=language, of=card_key(offer))
    if not changed and alone:
        await tell(hands, offer.person, community, words, key=card_key(offer), about=card)


async def _tell_good_news(hands: Hands, request: HelpRequest, offer: HelpOffer) -> None:
    """To the author; where both meet in a thread, that is said there."""
    requester = request.requester
    assert requester is not None
    community = await requests.community_of(hands.tx, request)
    manner = await settings.of(hands.tx, community)
    about, own = await subject(hands.tx, request), await profiles.of(hands.tx, offer.person)
    who, author = name(hands, offer.person, community), name(hands, requester, community)
    nudge_at = manner.delay(Timer.NUDGE_EXPERT).after(hands.now, manner.working)
    await tell(
        hands,
        requester,
        community,
        lambda: texts_after.accepted(about(), author, who, own, nudge_at=nudge_at, zone=zone(community)),
        key=f"help:{request.id}:accepted:{request.version}",
        of=request,
        openly=lambda: texts_after.accepted_openly(about(), author, who),
    )


def may_take_back(hands: Hands, request: HelpRequest) -> bool:
    """Whether the yes was given just now, and nothing has come of it yet."""
    just_now = request.accepted_at is not None and hands.now - request.accepted_at <= TAKE_BACK_WITHIN
    return just_now and request.status == Status.ACCEPTED


async def take_back(hands: Hands, request: HelpRequest, offer: HelpOffer) -> None:
    """The yes is removed at once: who had to make way may answer again. Raises NotNow after five minutes."""
    await requests.move(hands, request, Trigger.TAKE_BACK, by={Party.EXPERT})
    rows = await help_offers.of(hands.tx, request)
    offers = taken_back(help_offers.statuses(rows), offer.person, gone=await _gone(hands, request, rows))
    changed = await help_offers.become(hands.tx, rows, offers, now=hands.now)
    who = offer.person
    request.expert = request.accepted_at = None
    await private_room.leave_room(hands, request, because=Ending.IN_VAIN)
    await room_call.reopen(hands, request)
    for one in changed:
        await search.show_again(hands, request, one)
    for one in rows:
        if one.status == OfferStatus.DECLINED:  # they may still change their mind
            await hands.outbox.wait_again(hands.tx, card_key(one))
    await _tell_requester(hands, request, texts_after.taken_back, who)


async def _gone(hands: Hands, request: HelpRequest, rows: Collection[HelpOffer]) -> set[str]:
    """Those who made way and could not help now: they are away, or volunteer here no more."""
    made_way = [one for one in rows if one.status == OfferStatus.WITHDRAWN and one.wave != help_offers.BY_ITSELF]
    return {one.person for one in made_way if not await _is_there(hands, request, one.person)}


async def _is_there(hands: Hands, request: HelpRequest, person: str) -> bool:
    community, own = await requests.community_of(hands.tx, request), await availability.of(hands.tx, person)
    if availability.is_away(own, hands.now, zone=community.time_zone):
        return False
    known = await volunteers.of_person(hands.tx, person)
    return any(volunteers.is_active(one) and (one.crossing or one.community == community.slug) for one in known)


async def hand_over(hands: Hands, request: HelpRequest, *, by: Collection[Party]) -> None:
    """Somebody else is sought, also among those who made way; who gives it up is not asked again. Raises NotNow."""
    giver = request.expert
    await requests.move(hands, request, Trigger.HAND_OVER, by=by)
    assert giver is not None
    rows = await help_offers.of(hands.tx, request)
    offers = help_offers.statuses(rows)
    if offers.get(giver) is OfferStatus.ACCEPTED:
        await help_offers.become(hands.tx, rows, moved(offers, giver, OfferTrigger.WITHDRAW), now=hands.now)
    await help_offers.put_down(hands.tx, request)
    await private_room.leave_room(hands, request, because=Ending.IN_VAIN)
    request.turn += 1
    request.expert, request.accepted_at, request.wave, request.wave_at = None, None, 0, None
    await requests.write(hands.tx, request)
    await _tell_requester(hands, request, texts_after.handed_over, giver)
    await search.advance(hands, request)


async def _tell_requester(
    hands: Hands, request: HelpRequest, words: Callable[[Subject, str], Text], expert: str
) -> None:
    if request.requester is None:
        return
    community = await requests.community_of(hands.tx, request)
    about, who = await subject(hands.tx, request), name(hands, expert, community)
    key = f"help:{request.id}:{request.version}:search again"
    await tell(hands, request.requester, community, lambda: words(about(), who), key=key, of=request)


async def talk(hands: Hands, request: HelpRequest, *, by: Collection[Party]) -> None:
    """People talk where they meet: nobody needs a nudge, and a detail that the author owes may be there."""
    if request.status == Status.ACCEPTED:
        await requests.move(hands, request, Trigger.START, by={Party.SYSTEM})
    elif request.status == Status.AWAITING_REQUESTER and Party.REQUESTER in by:
        await requests.move(hands, request, Trigger.ANSWER, by=by)
    elif request.status == Status.AWAITING_REQUESTER:
        await private_room.listen_again(hands, request)


async def wait_for_requester(hands: Hands, request: HelpRequest, *, by: Collection[Party]) -> None:
    """Whoever helps needs a detail; the author's next word where both meet counts as it. Raises NotNow."""
    await requests.move(hands, request, Trigger.ASK_REQUESTER, by=by)
    await private_room.listen_again(hands, request)


async def resolve(hands: Hands, request: HelpRequest, *, by: Collection[Party]) -> None:
    """The question has its answer: the room is left, and its author asked two questions. Raises NotNow."""
    await requests.move(hands, request, Trigger.RESOLVE, by=by)
    request.resolved_at = hands.now
    await help_offers.put_down(hands.tx, request)
    await private_room.leave_room(hands, request, because=Ending.ANSWERED)
    await _put_away_all(hands, request)
    await satisfaction.ask(hands, request)


async def close(hands: Hands, request: HelpRequest, *, by: Collection[Party]) -> None:
    """It is over for good, unless it is reopened. Raises NotNow."""
    await requests.move(hands, request, Trigger.CLOSE, by=by)
    request.closed_at = hands.now
    await help_offers.put_down(hands.tx, request)
    await private_room.leave_room(hands, request, because=Ending.UNANSWERED)
    await requests.write(hands.tx, request)


async def cancel(hands: Hands, request: HelpRequest, *, by: Collection[Party], reason: str = "") -> None:
    """It is given up: every card that waits changes quietly. Raises NotNow."""
    was_draft = request.status == Status.DRAFT
    await requests.move(hands, request, Trigger.CANCEL, by=by, reason=reason)
    request.closed_at = hands.now
    request.text = "" if was_draft else request.text
    await help_offers.put_down(hands.tx, request)
    await private_room.leave_room(hands, request, because=Ending.IN_VAIN)
    await _put_away_all(hands, request)
    await requests.write(hands.tx, request)


async def _put_away_all(hands: Hands, request: HelpRequest) -> None:
    """No offer waits any more."""
    rows = await help_offers.of(hands.tx, request)
    offers = help_offers.statuses(rows)
    for one in rows:
        if one.status in help_offers.WAITING:
            offers = moved(offers, one.person, OfferTrigger.WITHDRAW)
    changed = await help_offers.become(hands.tx, rows, offers, now=hands.now)
    about = await subject(hands.tx, request)
    await put_away(hands, request, changed, lambda: texts_after.closed_card(about()))
    await room_call.close(hands, request)


async def reopen(hands: Hands, request: HelpRequest) -> None:
    """The same person is asked first, then others. Raises NotNow."""
    if request.status == Status.RESOLVED:
        await close(hands, request, by={Party.REQUESTER})
    await requests.move(hands, request, Trigger.REOPEN, by={Party.REQUESTER})
    request.reopenings += 1
    request.turn += 1
    request.wave, request.wave_at, request.closed_at, request.resolved_at = 0, None, None, None
    await requests.write(hands.tx, request)
    await search.advance(hands, request)


async def decline(hands: Hands, request: HelpRequest, offer: HelpOffer) -> None:
    """A no, without a reason; of a yes just given it is the removal. Raises NotNow."""
    if offer.status == OfferStatus.ACCEPTED:
        await take_back(hands, request, offer)
    await _turn(hands, request, offer, OfferTrigger.DECLINE)
    await unanswered_offers.broken(hands, offer.person)
    await search.declined(hands, request)


async def reconsider(hands: Hands, request: HelpRequest, offer: HelpOffer) -> None:
    """A no is removed; once the request is taken or over, nothing is left to answer."""
    if offer.status == OfferStatus.DECLINED and offer.turn == request.turn:
        trigger = OfferTrigger.TAKE_BACK if request.status in OPEN else OfferTrigger.TAKE_BACK_LATE
        await _turn(hands, request, offer, trigger)


async def _turn(hands: Hands, request: HelpRequest, offer: HelpOffer, trigger: OfferTrigger) -> None:
    rows = await help_offers.of(hands.tx, request)
    offers = help_offers.statuses(rows)
    after = moved(offers, offer.person, trigger, by=Party.OFFERED)
    await help_offers.become(hands.tx, rows, after, now=hands.now)
