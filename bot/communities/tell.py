"""The one way to write to somebody: in their language, in private, and in a room if they cannot be reached so."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.communities import rooms
from bot.communities.acting import Hands
from bot.communities.people import members, people
from bot.communities.tables import Community
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.events.room_actions import Files
from bot.events.text import Text
from bot.i18n import _, speaking
from bot.mailbox import direct_chats
from bot.mailbox.sending.outbox import URGENT, USUAL, Otherwise
from bot.mailbox.sending.voice import Voice
from bot.store.database import Transaction

Words = Callable[[], Text]
"""A text that is put together in the language of whoever reads it."""


async def tell(
    voice: Voice,
    person: str,
    words: Words,
    *,
    key: str,
    language: str,
    about: Ref | None = None,
    waits: bool = True,
    gestures: Sequence[Gesture] = (),
    rings: bool = True,
    urgent: bool = False,
    unasked: bool = False,
    expires_at: datetime | None = None,
    files: Files | None = None,
    otherwise: Otherwise | None = None,
) -> bool:
    """Write to one person in private; False if the key was used, or if the person wants nothing `unasked`.

    `language` is spoken with whoever chose none. With `about` it is a card, which `waits` for an answer. `otherwise` is
    said instead if the person declines direct chats or may not be invited to one; without it they are told nothing.
    """
    if unasked and await people.has_stopped(voice.tx, person):
        return False
    message = await worded(voice.tx, person, words, language=language, rings=rings)
    to = direct_chats.lane(person)
    new = await voice.outbox.say(
        voice.tx,
        message,
        key=key,
        to=to,
        now=voice.now,
        about=about,
        waits=about is not None and waits,
        asker=person,
        gestures=gestures,
        priority=URGENT if urgent else USUAL,
        expires_at=expires_at,
        otherwise=otherwise,
    )
    await voice.outbox.attach(voice.tx, files, key=key, to=to, now=voice.now)
    return new


def aloud(room_id: str, words: Words, *people: str, language: str, thread: str | None = None) -> Otherwise:
    """What these people read in a room because they cannot be reached alone. Others read it too."""
    with speaking(language):
        return Otherwise(room_id, Message(words(), rings=True, mentioned=people, thread=thread))


def waits_in_private(community: Community, *people: str) -> Otherwise | None:
    """What these people read in the main room if they cannot be reached alone: that something waits, not what."""
    if community.main_room is None:
        return None
    return aloud(community.main_room, _waits_in_private, *people, language=community.language)


def _waits_in_private() -> Text:
    return Text.of(
        _("I have something to tell you and cannot write to you in private. Open a conversation with me: `me`")
    )


async def worded(tx: Transaction, person: str, words: Words, *, language: str, rings: bool = False) -> Message:
    """A message for one person, in their language, else in this one; alone with us nobody needs to be named."""
    with speaking(await language_of(tx, person, language)):
        return Message(words(), rings=rings)


async def tell_team(hands: Hands, community: Community, words: Words, *, key: str) -> None:
    """Write to those who lead the community: in their own room if it has one where we may write, else to each."""
    linked = [room for room in await rooms.of_community(hands.tx, community.slug) if room.kind == rooms.MODERATION]
    bound = [room for room in linked if rooms.may_write(hands.directory, room.room_id)]
    if bound:
        with speaking(bound[0].language or community.language):
            message = Message(words(), rings=True)
        await hands.outbox.say(hands.tx, message, key=key, to=bound[0].room_id, now=hands.now)
        return
    team = await people.team(hands.tx, community, hands.directory, but=hands.account)
    for place, person in enumerate(team):
        await tell(hands, person, words, key=f"{key}:{place}", language=community.language)


async def within_reach(hands: Hands, people: Collection[str]) -> list[str]:
    """Those of these people to whom we may write in private."""
    return [
        person for person in sorted(people) if not await direct_chats.is_out_of_reach(hands.tx, hands.account, person)
    ]


async def language_of(tx: Transaction, person: str, language: str) -> str:
    """The language that the person chose, else this one."""
    return await people.language_of(tx, person) or language


def name(hands: Hands, person: str, community: Community) -> str:
    """How the person is called in the community's main room. Raises MembersUnknown."""
    members.require(hands.directory, community.main_room)
    return hands.directory.name_of(community.main_room or "", person)


def zone(community: Community) -> ZoneInfo:
    """The clock by which the community is told of days and hours."""
    return ZoneInfo(community.time_zone)
