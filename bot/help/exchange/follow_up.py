"""What is said by itself while a request lasts: news, nudges, questions, the end."""

from collections.abc import Callable

from bot.events.gestures import Gesture
from bot.events.text import Text
from bot.help import requests, texts_after, texts_before
from bot.help.case import Case
from bot.help.exchange import exchange
from bot.help.offers import search
from bot.help.rules.cards import DETAIL, HELPING, MEETING, REQUEST
from bot.help.rules.request import Party, Status
from bot.help.rules.timers import LASTING, Timer
from bot.help.texts_before import Subject
from bot.volunteers import availability

MOST_NEWS = 2
"""News without anybody; then the author chooses, and without a choice it ends as announced."""
_HAND_OVER = (Gesture.HAND_OVER,)


async def news(case: Case) -> None:
    """The promised news, though nothing may have happened; and the next promise. Who is new is asked first."""
    request = case.request
    if request.status == Status.UNTAKEN:
        await search.ask_who_is_new(case)
    request.news += 1
    if request.news > MOST_NEWS + 1:
        await _end(case)
        return
    await search.promise_again(case)
    words = await (_last_news(case) if request.news > MOST_NEWS else _news(case))
    key = f"help:{request.id}:news:{int(case.now.timestamp())}"
    await case.tell(request.requester, words, key=key, about=case.about(REQUEST))


async def _news(case: Case) -> Callable[[], Text]:
    asked, until = len(await search.written_to(case)), case.request.news_at or case.now
    return lambda: texts_before.news(case.subject, asked=asked, news_at=until, zone=case.zone)


async def _last_news(case: Case) -> Callable[[], Text]:
    asked, until = len(await search.written_to(case)), case.request.news_at or case.now
    closed = await search.may_not_be_published(case)
    return lambda: texts_before.last_news(
        case.subject, case.request, asked=asked, ends_at=until, zone=case.zone, published=closed
    )


async def _end(case: Case) -> None:
    await exchange.close(case, by={Party.SYSTEM})
    await _say(case, case.request.requester, "ended", None, texts_after.ended)


async def keep(case: Case) -> Text:
    """The author still wants an answer: the search goes on with new news, an exchange has time again."""
    request = case.request
    if request.status in HELPING:
        for timer in sorted(LASTING):
            await requests.arm(case, request, timer, case.manner)
        return texts_after.goes_on(case.subject)
    request.news = 0
    await search.promise_again(case)
    return texts_before.goes_on(case.subject, news_at=request.news_at or case.now, zone=case.zone)


async def nudge(case: Case) -> None:
    """To the expert: a first word is waited for."""
    author = case.name(case.request.requester)
    if await _is_at_work(case, Timer.NUDGE_EXPERT):
        await _say(case, case.request.expert, "nudge", MEETING, lambda about: texts_after.nudge(about, author))


async def propose_hand_over(case: Case) -> None:
    """To the expert: somebody else might."""
    if await _is_at_work(case, Timer.PROPOSE_HAND_OVER):
        await _say(case, case.request.expert, "hand over", MEETING, texts_after.hand_over_question, _HAND_OVER)


async def _is_at_work(case: Case, timer: Timer) -> bool:
    """Whether the expert may be disturbed now; if not, the timer comes again when they may."""
    own = await availability.of(case.tx, case.request.expert or "")
    opens = availability.next_opening(own, case.now, zone=case.community.time_zone)
    if opens > case.now:
        await case.timers.set(case.tx, requests.kind(timer), str(case.request.id), due_at=opens)
    return opens <= case.now


async def still_useful(case: Case) -> None:
    """To the author, of an exchange that lasts or has never begun: what comes of it, and when it ends by itself."""
    ends_at = case.manner.delay(Timer.STILL_USEFUL).after(case.now, case.manner.working)
    await case.timers.set(case.tx, requests.kind(Timer.CLOSE_SILENT), str(case.request.id), due_at=ends_at)
    version = f"still useful:{int(case.now.timestamp())}"

    def words(about: Subject) -> Text:
        return texts_after.still_useful(about, ends_at, case.zone)

    await _say(case, case.request.requester, version, REQUEST, words, _HAND_OVER)


async def remind(case: Case) -> None:
    """To the author, of whom a detail was asked."""
    await _say(case, case.request.requester, "detail", DETAIL, texts_after.reminder)


async def close_unanswered(case: Case) -> None:
    """The author never answered: close the request, and write so to both."""
    helper = case.request.expert
    await exchange.close(case, by={Party.SYSTEM})
    for place, person in enumerate((case.request.requester, helper)):
        await _say(case, person, f"unanswered:{place}", None, texts_after.unanswered)


async def _say(
    case: Case,
    person: str | None,
    what: str,
    kind: str | None,
    words: Callable[[Subject], Text],
    gestures: tuple[Gesture, ...] = (),
) -> None:
    key, about = f"help:{case.request.id}:{case.request.version}:{what}", case.about(kind) if kind else None
    await case.tell(person, lambda: words(case.subject), key=key, about=about, gestures=gestures)
