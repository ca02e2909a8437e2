"""Whom a request concerns, how they are called, and how they are told: each in their language, in private."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from bot.communities import Community, people, rooms
from bot.communities.acting import Hands
from bot.events.gestures import Gesture, sign_of
from bot.events.messages import Message, Ref, Text
from bot.help import requests
from bot.help.tables import HelpRequest
from bot.help.texts_before import Subject, number
from bot.i18n import language, speaking
from bot.mailbox.outbox import URGENT, USUAL, Otherwise
from bot.store.database import Transaction
from bot.volunteers import topics, volunteers

Words = Callable[[], Text]
"""A text that is put together in the language of whoever reads it."""


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
    """Write to one person in private; with `about` it is a card that waits for them. False if the key was used.

    Whoever cannot be reached so is told in the thread of the request `of`, in these words or, `openly`, in others.
    """
    with speaking(await language_of(hands.tx, person, community)):
        message = Message(words(), rings=True, mentioned=(person,))
    return await hands.outbox.say(
        hands.tx,
        message,
        key=key,
        to=f"dm:{person}",
        now=hands.now,
        about=about,
        waits=about is not None,
        asker=person,
        gestures=[sign_of(gesture).emoji for gesture in gestures],
        priority=URGENT if urgent else USUAL,
        otherwise=in_thread(of, community, openly or words, person) if of else None,
    )


def in_thread(request: HelpRequest, community: Community, words: Words, *people: str) -> Otherwise | None:
    """The same in the thread of a question that was asked in a room; nowhere for one that was asked in private."""
    if request.direct:
        return None
    with speaking(community.language):
        message = Message(words(), rings=True, mentioned=people, thread=request.thread)
    return Otherwise(request.room_id, message)


async def rewrite(hands: Hands, person: str, community: Community, words: Words, *, key: str, of: str) -> bool:
    """Change a card quietly; False when there is no such card."""
    with speaking(await language_of(hands.tx, person, community)):
        message = Message(words())
    return await hands.outbox.edit(hands.tx, message, key=key, of=of, now=hands.now)


async def language_of(tx: Transaction, person: str, community: Community) -> str:
    """The person's language, else the community's."""
    return await people.language_of(tx, person) or community.language


def name(hands: Hands, person: str, community: Community) -> str:
    """How the person is called in the community's main room."""
    return hands.directory.name_of(community.main_room or "", person)


def zone(community: Community) -> ZoneInfo:
    """The clock by which the community is told of days and hours."""
    return ZoneInfo(community.time_zone)


async def subject(tx: Transaction, request: HelpRequest) -> Callable[[], Subject]:
    """The request as sentences name it, in the language that is being spoken when it is called."""
    known = await volunteers.topics(tx, request.community)
    return lambda: Subject(topics.label(request.topic, known, language()), number(request))


async def tell_team(hands: Hands, community: Community, words: Words, *, key: str) -> None:
    """Write to those who lead the community: in their own room if it has one, else to each."""
    bound = [room for room in await rooms.of_community(hands.tx, community.slug) if room.kind == "moderation"]
    if bound:
        with speaking(bound[0].language or community.language):
            message = Message(words(), rings=True)
        await hands.outbox.say(hands.tx, message, key=key, to=bound[0].room_id, now=hands.now)
        return
    team = await people.team(hands.tx, community, hands.directory, but=hands.account)
    for place, person in enumerate(team):
        await tell(hands, person, community, words, key=f"{key}:{place}")


async def community_of(hands: Hands, request: HelpRequest) -> Community:
    """Where the request was asked."""
    return await requests.community_of(hands.tx, request)
