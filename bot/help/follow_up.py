"""What is said by itself once somebody has accepted: nudges, reminders, the end."""

from collections.abc import Callable

from bot.communities.acting import Hands
from bot.communities.tell import name
from bot.events.gestures import Gesture
from bot.events.messages import Ref, Text
from bot.help import exchange, requests, texts_after
from bot.help.about import subject, tell
from bot.help.rules.cards import MEETING, REQUEST
from bot.help.rules.request import Party
from bot.help.tables import HelpRequest
from bot.help.texts_before import Subject


async def nudge(hands: Hands, request: HelpRequest) -> None:
    """To the expert: a first word is waited for."""
    community = await requests.community_of(hands.tx, request)
    author = name(hands, request.requester or "", community)
    await _say(hands, request, request.expert, "nudge", MEETING, lambda about: texts_after.nudge(about, author))


async def propose_hand_over(hands: Hands, request: HelpRequest) -> None:
    """To the expert: somebody else might."""
    await _say(hands, request, request.expert, "hand over", MEETING, texts_after.hand_over_question)


async def still_useful(hands: Hands, request: HelpRequest) -> None:
    """To the author: nothing has begun for ten working days."""
    await _say(hands, request, request.requester, "still useful", REQUEST, texts_after.still_useful)


async def remind(hands: Hands, request: HelpRequest) -> None:
    """To the author, of whom a detail was asked."""
    await _say(hands, request, request.requester, "detail", REQUEST, texts_after.reminder)


async def close_unanswered(hands: Hands, request: HelpRequest) -> None:
    """The detail never came: both are told."""
    helper = request.expert
    await exchange.close(hands, request, by={Party.SYSTEM})
    for place, person in enumerate((request.requester, helper)):
        await _say(hands, request, person, f"unanswered:{place}", None, texts_after.unanswered)


def second_question() -> Text:
    """After the first answer."""
    return texts_after.was_useful()


async def thanks(hands: Hands, request: HelpRequest, *, useful: bool) -> Text:
    """After the second answer."""
    return texts_after.thanks((await subject(hands.tx, request))(), useful=useful)


async def _say(
    hands: Hands,
    request: HelpRequest,
    person: str | None,
    what: str,
    kind: str | None,
    words: Callable[[Subject], Text],
) -> None:
    if person is None:
        return
    community = await requests.community_of(hands.tx, request)
    about = await subject(hands.tx, request)
    card = Ref(kind, str(request.id)) if kind else None
    gestures = (Gesture.HAND_OVER,) if what in ("hand over", "still useful") else ()
    key = f"help:{request.id}:{request.version}:{what}"
    await tell(hands, person, community, lambda: words(about()), key=key, about=card, gestures=gestures, of=request)
