"""The search for a volunteer: groups asked one after the other, in working time, until somebody accepts."""

from collections.abc import Callable
from datetime import datetime

from bot.communities import communities, rooms
from bot.communities.tell import Words, tell_team
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.help import requests
from bot.help.case import Case
from bot.help.offers import candidates, offers, room_call
from bot.help.offers.offers import card_key
from bot.help.offers.unanswered_offers import noted_silence
from bot.help.rules.cards import OFFER, REQUEST
from bot.help.rules.offer import OfferStatus, OfferTrigger, all_declined, moved
from bot.help.rules.request import Party, Status, Trigger
from bot.help.rules.timers import Timer
from bot.help.tables import HelpOffer
from bot.help.texts_before import Subject, offer, team_notice, untaken
from bot.volunteers.rules.routing import Choice

ANSWERS = (Gesture.YES, Gesture.NO, Gesture.MAYBE)


async def advance(case: Case) -> None:
    """Ask the next group, or wait until somebody comes to work, or say that nobody is left.

    One choice at a time in a community, so that two requests cannot both take a volunteer's last free place.
    """
    await communities.locked(case.tx, case.request.community)
    wave, missing = await _next_wave(case)
    if wave > len(case.manner.groups):
        return await run_out(case)
    choice = await candidates.next_group(case.tx, case.request, case.community, size=missing, now=case.now)
    if choice.chosen:
        return await _ask(case, choice, wave)
    if choice.opens_at is not None:
        case.request.opens_at = choice.opens_at
        await case.write()
        return await _wait_until(case, choice.opens_at)
    if await _may_still_answer(case):
        return None
    return await run_out(case)


async def _next_wave(case: Case) -> tuple[int, int]:
    """Which group is next and how many are missing in it; one that was not full is filled while its time runs."""
    request, groups = case.request, case.manner.groups
    if request.wave == 0 or request.wave_at is None:
        return 1, groups[0]
    missing = groups[request.wave - 1] - sum(one.wave == request.wave for one in await case.offers())
    if case.now < _time_is_over(case, request.wave_at) and missing > 0:
        return request.wave, missing
    after = request.wave + 1
    return after, groups[after - 1] if after <= len(groups) else 0


def _time_is_over(case: Case, asked_at: datetime) -> datetime:
    """When a group has had its time."""
    return case.manner.wait.after(asked_at, case.manner.working)


async def _may_still_answer(case: Case) -> bool:
    """Nobody else can be asked, but the last group still has its time: then that is waited for."""
    waiting = [one for one in await case.offers() if one.status == OfferStatus.SENT]
    if not waiting or case.request.wave_at is None:
        return False
    until = _time_is_over(case, case.request.wave_at)
    if until <= case.now:
        return False
    await _wait_until(case, until)
    return True


async def _wait_until(case: Case, due_at: datetime) -> None:
    await case.timers.set(case.tx, requests.kind(Timer.NEXT_GROUP), str(case.request.id), due_at=due_at)


async def _ask(case: Case, choice: Choice, wave: int) -> None:
    request = case.request
    if wave != request.wave:
        await _expire(case)
        request.wave, request.wave_at = wave, case.now
    await case.move(Trigger.SOLICIT, by={Party.SYSTEM})
    until = _time_is_over(case, request.wave_at or case.now)
    full = len(choice.chosen) >= case.manner.groups[wave - 1] or choice.opens_at is None
    await _wait_until(case, until if full or choice.opens_at is None else min(until, choice.opens_at))
    asked = await offers.add(case.tx, request, choice.chosen, now=case.now)
    for one in asked:
        words, about = _words(case), Ref(OFFER, str(one.id))
        await case.tell(one.person, words, key=card_key(one), about=about, gestures=ANSWERS, urgent=True, alone=True)


async def show_again(case: Case, one: HelpOffer) -> None:
    """The volunteer's card waits for an answer once more."""
    await case.rewrite((one, _words(case)))
    await case.outbox.wait_again(case.tx, card_key(one))


def _words(case: Case) -> Words:
    request = case.request
    until = _time_is_over(case, request.wave_at or case.now)
    next_at = until if request.wave < len(case.manner.groups) and until > case.now else None
    return lambda: offer(case.subject, request, case.profile, next_at=next_at, zone=case.zone)


async def withdraw(case: Case, person: str, words: Callable[[Subject], Text]) -> None:
    """Somebody who was asked is gone: their card says so quietly, in these words, and once nobody of a group is left to
    answer, the next is asked at once."""
    for one in await offers.turn(case, case.request, person, OfferTrigger.WITHDRAW):
        await case.outbox.close_cards(case.tx, Ref(OFFER, str(one.id)))
        await case.rewrite((one, lambda: words(case.subject)))
    if case.request.status == Status.SEEKING and OfferStatus.SENT not in await _group(case):
        await advance(case)


async def declined(case: Case) -> None:
    """Somebody said no: once all of a group have, the next is asked at once."""
    if case.request.status == Status.SEEKING and all_declined(await _group(case)):
        await advance(case)


async def _group(case: Case) -> list[OfferStatus]:
    """What those who were asked last have answered."""
    return [OfferStatus(one.status) for one in await case.offers() if one.wave == case.request.wave]


async def _expire(case: Case) -> None:
    """The time of those asked before has passed; their yes stays welcome."""
    rows = await case.offers()
    now = offers.statuses(rows)
    silent = [one for one in rows if one.status == OfferStatus.SENT and one.wave > 0]
    for one in silent:
        now = moved(now, one.person, OfferTrigger.EXPIRE)
    await offers.become(case.tx, rows, now, now=case.now)
    for one in silent:
        await noted_silence(case, one)


async def run_out(case: Case) -> None:
    """Nobody is left to ask: say so to the author and to the team, once for as long as that is so."""
    await _expire(case)
    request = case.request
    if request.status == Status.UNTAKEN:
        return
    await case.move(Trigger.RUN_OUT, by={Party.SYSTEM})
    await case.timers.cancel(case.tx, requests.kind(Timer.NEXT_GROUP), str(request.id))
    await promise_again(case)
    asked = await written_to(case)
    declined = sum(one.status == OfferStatus.DECLINED for one in asked)
    await room_call.post_for_volunteers(case)
    await _tell_untaken(case, asked=len(asked))
    await tell_team(
        case,
        case.community,
        lambda: team_notice(case.subject, declined=declined, silent=len(asked) - declined),
        key=f"help:{request.id}:team:{request.version}",
    )


async def promise_again(case: Case) -> None:
    """Promise the author to write again, at the latest by a day that we name."""
    await requests.arm(case, case.request, Timer.NEWS_TO_REQUESTER, case.manner)
    await case.write()


async def written_to(case: Case) -> list[HelpOffer]:
    """The latest offer to each whom we asked ourselves, in all searches for this request."""
    latest = {one.person: one for one in await offers.ever(case.tx, case.request) if one.wave > 0}
    return list(latest.values())


async def _tell_untaken(case: Case, *, asked: int) -> None:
    request = case.request
    until, published = request.news_at or case.now, await may_not_be_published(case)

    def words() -> Text:
        return untaken(case.subject, request, asked=asked, news_at=until, zone=case.zone, published=published)

    key = f"help:{request.id}:untaken:{request.version}"
    await case.tell(request.requester, words, key=key, about=case.about(REQUEST))


async def may_not_be_published(case: Case) -> bool:
    """Whether colleagues were asked already, or there is no room where we may: then it is not proposed."""
    room_id = room_call.place(case)
    return room_id is None or not rooms.may_write(case.directory, room_id) or await room_call.is_posted(case)


async def ask_who_is_new(case: Case) -> None:
    """Somebody volunteers since, is back, or has a free place: the search begins anew with them."""
    choice = await candidates.next_group(case.tx, case.request, case.community, size=1, now=case.now)
    if choice.chosen:
        case.request.wave, case.request.wave_at, case.request.news = 0, None, 0
        await advance(case)
