"""How a request is named, and how people are told about it."""

from collections.abc import Callable, Sequence

from bot.communities import Community
from bot.communities.acting import Hands
from bot.communities.tell import Words, aloud
from bot.communities.tell import tell as write
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.help import requests
from bot.help.tables import HelpRequest
from bot.help.texts_before import Subject, number
from bot.i18n import language
from bot.mailbox.outbox import Otherwise
from bot.store.database import Transaction
from bot.volunteers import topics, volunteers


async def tell(
    hands: Hands,
    person: str,
    community: Community,
    words: Words,
    *,
    key: str,
    about: Ref | None = None,
    gestures: Sequence[Gesture] = (),
    urgent: bool = False,
    of: HelpRequest | None = None,
    openly: Words | None = None,
) -> bool:
    """Write to one person about a request.

    Whoever cannot be reached in private is told in the thread of the request `of`, in these words or, `openly`, others.
    """
    other = in_thread(of, community, openly or words, person) if of else None
    language = community.language
    return await write(
        hands, person, words, key=key, language=language, about=about, gestures=gestures, urgent=urgent, otherwise=other
    )


def in_thread(request: HelpRequest, community: Community, words: Words, *people: str) -> Otherwise | None:
    """The same in the thread of a question that was asked in a room; nowhere for one that was asked in private."""
    if request.direct:
        return None
    return aloud(request.room_id, words, *people, language=community.language, thread=request.thread)


async def subject(tx: Transaction, request: HelpRequest) -> Callable[[], Subject]:
    """The request as sentences name it, in the language that is being spoken when it is called."""
    known = await volunteers.topics(tx, request.community)
    return lambda: Subject(topics.label(request.topic, known, language()), number(request))


async def community_of(hands: Hands, request: HelpRequest) -> Community:
    """Where the request was asked."""
    return await requests.community_of(hands.tx, request)
