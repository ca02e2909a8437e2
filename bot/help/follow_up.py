"""What is said by itself once somebody has accepted: nudges, reminders, the end."""

from collections.abc import Callable

from bot.events.gestures import Gesture
from bot.events.text import Text
from bot.help import exchange, texts_after
from bot.help.case import Case
from bot.help.rules.cards import MEETING, REQUEST
from bot.help.rules.request import Party
from bot.help.texts_before import Subject

_HAND_OVER = (Gesture.HAND_OVER,)


async def nudge(case: Case) -> None:
    """To the expert: a first word is waited for."""
    author = case.name(case.request.requester)
    await _say(case, case.request.expert, "nudge", MEETING, lambda about: texts_after.nudge(about, author))


async def propose_hand_over(case: Case) -> None:
    """To the expert: somebody else might."""
    await _say(case, case.request.expert, "hand over", MEETING, texts_after.hand_over_question, _HAND_OVER)


async def still_useful(case: Case) -> None:
    """To the author: nothing has begun for ten working days."""
    await _say(case, case.request.requester, "still useful", REQUEST, texts_after.still_useful, _HAND_OVER)


async def remind(case: Case) -> None:
    """To the author, of whom a detail was asked."""
    await _say(case, case.request.requester, "detail", REQUEST, texts_after.reminder)


async def close_unanswered(case: Case) -> None:
    """The detail never came: both are told."""
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
