"""The search for a volunteer: groups asked one after the other, in working time, until somebody accepts."""

from collections.abc import Sequence
from datetime import datetime

from bot.communities import Community, communities
from bot.communities.acting import Hands
from bot.communities.tell import Words, name, rewrite, tell_team, zone
from bot.events.gestures import Gesture
from bot.events.messages import Ref, Text
from bot.help import candidates, requests, room_call, settings
from bot.help import offers as help_offers
from bot.help.about import subject, tell
from bot.help.rules.cards import OFFER, REQUEST
from bot.help.rules.offer import OfferStatus, OfferTrigger, all_declined, moved
from bot.help.rules.request import Party, Status, Trigger
from bot.help.rules.timers import Timer
from bot.help.settings import Manner
from bot.help.tables import HelpOffer, HelpRequest
from bot.help.texts_before import news, offer, team_notice, untaken
from bot.help.unanswered_offers import noted_silence
from bot.volunteers import profiles
from bot.volunteers.rules.routing import Choice

ANSWERS = (Gesture.YES, Gesture.NO, Gesture.MAYBE)


async def advance(hands: Hands, request: HelpRequest) -> None:
    """Ask the next group, or wait until somebody comes to work, or say that nobody is left."""
    community = await _locked(hands, request)
    manner = await settings.of(hands.tx, community)
    wave, missing = await _next_wave(hands, request, manner)
    if wave > len(manner.groups):
        return await run_out(hands, request)
    choice = await candidates.next_group(hands.tx, request, community, size=missing, now=hands.now)
    if choice.chosen:
        return await _ask(hands, request, manner, choice, wave)
    if choice.opens_at is not None:
        request.opens_at = choice.opens_at
        await requests.write(hands.tx, request)
        return await _wait_until(hands, request, choice.opens_at)
    if await _may_still_answer(hands, request, manner):
        return None
    return await run_out(hands, request)


async def _locked(hands: Hands, request: HelpRequest) -> Community:
    """One choice at a time in a community, so that two requests cannot both take a volunteer's last free place."""
    community = await communities.locked(hands.tx, request.community)
    assert community is not None
    return community


async def _next_wave(hands: Hands, request: HelpRequest, manner: Manner) -> tuple[int, int]:
    """Which group is next and how many are missing in it; one that was not full is filled while its time runs."""
    if request.wave == 0 or request.wave_at is None:
        return 1, manner.groups[0]
    asked = sum(one.wave == request.wave for one in await help_offers.of(hands.tx, request))
    runs = hands.now < manner.wait.after(request.wave_at, manner.working)
    missing = manner.groups[request.wave - 1] - asked
    if runs and missing > 0:
        return request.wave, missing
    after = request.wave + 1
    return after, manner.groups[after - 1] if after <= len(manner.groups) else 0


async def _may_still_answer(hands: Hands, request: HelpRequest, manner: Manner) -> bool:
    """Nobody else can be asked, but the last group still has its time: then that is waited for."""
    waiting = [one for one in await help_offers.of(hands.tx, request) if one.status == OfferStatus.SENT]
    if not waiting or request.wave_at is None:
        return False
    until = manner.wait.after(request.wave_at, manner.working)
    if until <= hands.now:
        return False
    await _wait_until(hands, request, until)
    return True


async def _wait_until(hands: Hands, request: HelpRequest, due_at: datetime) -> None:
    await hands.timers.set(hands.tx, requests.kind(Timer.NEXT_GROUP), str(request.id), due_at=due_at)


async def _ask(hands: Hands, request: HelpRequest, manner: Manner, choice: Choice, wave: int) -> None:
    if wave != request.wave:
        await _expire(hands, request)
        request.wave, request.wave_at = wave, hands.now
    await requests.move(hands, request, Trigger.SOLICIT, by={Party.SYSTEM})
    assert request.wave_at is not None
    until = manner.wait.after(request.wave_at, manner.working)
    full = len(choice.chosen) >= manner.groups[wave - 1] or choice.opens_at is None
    due_at = until if full or choice.opens_at is None else min(until, choice.opens_at)
    await _wait_until(hands, request, due_at)
    offers = await help_offers.add(hands.tx, request, choice.chosen, now=hands.now)
    for one in offers:
        await _show(hands, request, one, asked=len(offers))


async def _show(hands: Hands, request: HelpRequest, one: HelpOffer, *, asked: int) -> None:
    community = await requests.community_of(hands.tx, request)
    words = await _words(hands, request, one, asked=asked)
    about = Ref(OFFER, str(one.id))
    await tell(hands, one.person, community, words, key=card_key(one), about=about, gestures=ANSWERS, urgent=True)


async def show_again(hands: Hands, request: HelpRequest, one: HelpOffer) -> None:
    """The volunteer's card waits for an answer once more."""
    community = await requests.community_of(hands.tx, request)
    waiting = sum(other.status in help_offers.WAITING for other in await help_offers.of(hands.tx, request))
    words = await _words(hands, request, one, asked=waiting)
    key, language = f"{card_key(one)}:{request.version}", community.language
    await rewrite(hands, one.person, words, key=key, language=language, of=card_key(one))
    await hands.outbox.wait_again(hands.tx, card_key(one))


async def put_away(hands: Hands, request: HelpRequest, offers: Sequence[HelpOffer], line: Words) -> None:
    """Cards that wait no more change quietly, and no longer show the question."""
    community = await requests.community_of(hands.tx, request)
    await hands.outbox.close_cards(hands.tx, *(Ref(OFFER, str(one.id)) for one in offers))
    for one in offers:
        key = f"{card_key(one)}:{request.version}"
        await rewrite(hands, one.person, line, key=key, language=community.language, of=card_key(one))


def card_key(one: HelpOffer) -> str:
    """The outbox key of a volunteer's card; it names nobody."""
    return f"offer:{one.id}"


async def _words(hands: Hands, request: HelpRequest, one: HelpOffer, *, asked: int) -> Words:
    community = await requests.community_of(hands.tx, request)
    manner = await settings.of(hands.tx, community)
    profile = await profiles.of(hands.tx, request.requester or "")
    about = await subject(hands.tx, request)
    until = manner.wait.after(request.wave_at or hands.now, manner.working)
    next_at = until if request.wave < len(manner.groups) and until > hands.now else None
    person = name(hands, one.person, community)
    return lambda: offer(about(), person, request, profile, asked=asked, next_at=next_at, zone=zone(community))


async def _expire(hands: Hands, request: HelpRequest) -> None:
    """The time of those asked before has passed; their yes stays welcome."""
    rows = await help_offers.of(hands.tx, request)
    offers = help_offers.statuses(rows)
    silent = [one for one in rows if one.status == OfferStatus.SENT and one.wave > 0]
    for one in silent:
        offers = moved(offers, one.person, OfferTrigger.EXPIRE)
    await help_offers.become(hands.tx, rows, offers, now=hands.now)
    for one in silent:
        await noted_silence(hands, request, one)


async def run_out(hands: Hands, request: HelpRequest) -> None:
    """Nobody is left to ask: the author hears the truth, the team is told; once, as long as it stays so."""
    await _expire(hands, request)
    if request.status == Status.UNTAKEN:
        return
    await requests.move(hands, request, Trigger.RUN_OUT, by={Party.SYSTEM})
    await hands.timers.cancel(hands.tx, requests.kind(Timer.NEXT_GROUP), str(request.id))
    community = await requests.community_of(hands.tx, request)
    await _promise_again(hands, request, community)
    asked = [one for one in await help_offers.of(hands.tx, request) if one.wave > 0]
    declined = sum(one.status == OfferStatus.DECLINED for one in asked)
    about = await subject(hands.tx, request)
    await room_call.post_for_volunteers(hands, request)
    await _tell_untaken(hands, request, community)
    await tell_team(
        hands,
        community,
        lambda: team_notice(about(), declined=declined, silent=len(asked) - declined),
        key=f"help:{request.id}:team:{request.version}",
    )


async def _promise_again(hands: Hands, request: HelpRequest, community: Community) -> None:
    manner = await settings.of(hands.tx, community)
    await requests.arm(hands, request, Timer.NEWS_TO_REQUESTER, manner)
    await requests.write(hands.tx, request)


async def _tell_untaken(hands: Hands, request: HelpRequest, community: Community) -> None:
    if request.requester is None:
        return
    about, person = await subject(hands.tx, request), name(hands, request.requester, community)
    since, until = request.sent_at or hands.now, request.news_at or hands.now
    asked = sum(one.wave > 0 for one in await help_offers.of(hands.tx, request))
    published = await room_call.is_posted(hands, request)

    def words() -> Text:
        clock = zone(community)
        return untaken(about(), person, asked=asked, since=since, news_at=until, zone=clock, published=published)

    key = f"help:{request.id}:untaken:{request.version}"
    about_it = Ref(REQUEST, str(request.id))
    await tell(hands, request.requester, community, words, key=key, about=about_it, of=request)


async def tell_news(hands: Hands, request: HelpRequest) -> None:
    """The promised news, though nothing may have happened; and the next promise. Who is new is asked first."""
    community = await requests.community_of(hands.tx, request)
    if request.status == Status.UNTAKEN:
        await _ask_who_is_new(hands, request, community)
    await _promise_again(hands, request, community)
    if request.requester is None:
        return
    asked = sum(one.wave > 0 for one in await help_offers.of(hands.tx, request))
    about, person = await subject(hands.tx, request), name(hands, request.requester, community)
    until = request.news_at or hands.now
    await tell(
        hands,
        request.requester,
        community,
        lambda: news(about(), person, asked=asked, news_at=until, zone=zone(community)),
        key=f"help:{request.id}:news:{int(hands.now.timestamp())}",
        about=Ref(REQUEST, str(request.id)),
        of=request,
    )


async def _ask_who_is_new(hands: Hands, request: HelpRequest, community: Community) -> None:
    """Somebody volunteers since, is back, or has a free place: the search begins anew with them."""
    choice = await candidates.next_group(hands.tx, request, community, size=1, now=hands.now)
    if choice.chosen:
        request.wave, request.wave_at = 0, None
        await advance(hands, request)


async def declined(hands: Hands, request: HelpRequest) -> None:
    """Somebody said no: once all of a group have, the next is asked at once."""
    rows = [one for one in await help_offers.of(hands.tx, request) if one.wave == request.wave]
    if request.status == Status.SEEKING and all_declined(OfferStatus(one.status) for one in rows):
        await advance(hands, request)


async def made_way(hands: Hands, request: HelpRequest) -> None:
    """Somebody who was asked is gone: once nobody of a group is left to answer, the next is asked at once."""
    rows = [one for one in await help_offers.of(hands.tx, request) if one.wave == request.wave]
    if request.status == Status.SEEKING and not any(one.status == OfferStatus.SENT for one in rows):
        await advance(hands, request)
