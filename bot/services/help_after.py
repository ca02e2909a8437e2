"""What is said by itself once somebody has accepted: nudges, reminders, the end."""

from collections.abc import Callable

from bot.communities.acting import Hands
from bot.domain.help_cards import MEETING, REQUEST
from bot.domain.help_request import Party
from bot.events.gestures import Gesture
from bot.events.messages import Ref, Text
from bot.help.tables import HelpRequest
from bot.services import help_meeting, help_requests, meeting_texts
from bot.services.help_people import name, subject, tell
from bot.services.help_texts import Subject


async def nudge(hands: Hands, request: HelpRequest) -> None:
    """To the expert: a first word is waited for."""
    community = await help_requests.community_of(hands.tx, request)
    author = name(hands, request.requester or "", community)
    await _say(hands, request, request.expert, "nudge", MEETING, lambda about: meeting_texts.nudge(about, author))


async def propose_hand_over(hands: Hands, request: HelpRequest) -> None:
    """To the expert: somebody else might."""
    await _say(hands, request, request.expert, "hand over", MEETING, meeting_texts.hand_over_question)


async def still_useful(hands: Hands, request: HelpRequest) -> None:
    """To the author: nothing has begun for ten working days."""
    await _say(hands, request, request.requester, "still useful", REQUEST, meeting_texts.still_useful)


async def remind(hands: Hands, request: HelpRequest) -> None:
    """To the author, of whom a detail was asked."""
    await _say(hands, request, request.requester, "detail", REQUEST, meeting_texts.reminder)


async def close_unanswered(hands: Hands, request: HelpRequest) -> None:
    """The detail never came: both are told."""
    helper = request.expert
    await help_meeting.close(hands, request, by={Party.SYSTEM})
    for place, person in enumerate((request.requester, helper)):
        await _say(hands, request, person, f"unanswered:{place}", None, meeting_texts.unanswered)


def second_question() -> Text:
    """After the first answer."""
    return meeting_texts.was_useful()


async def thanks(hands: Hands, request: HelpRequest, *, useful: bool) -> Text:
    """After the second answer."""
    return meeting_texts.thanks((await subject(hands.tx, request))(), useful=useful)


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
    community = await help_requests.community_of(hands.tx, request)
    about = await subject(hands.tx, request)
    card = Ref(kind, str(request.id)) if kind else None
    gestures = (Gesture.HAND_OVER,) if what in ("hand over", "still useful") else ()
    key = f"help:{request.id}:{request.version}:{what}"
    await tell(hands, person, community, lambda: words(about()), key=key, about=card, gestures=gestures, of=request)
