"""Where the two people of a request meet: a private room, or the thread of the question where none can be had."""

from dataclasses import dataclass

from bot.communities import Community
from bot.communities.acting import Hands
from bot.communities.tell import name
from bot.events.messages import Message, Ref, Text
from bot.events.room_actions import CreateRoom, Leave, SetState
from bot.help import requests, texts_after
from bot.help.about import in_thread, subject
from bot.help.rules.cards import MEETING
from bot.help.tables import HelpRequest
from bot.help.texts_after import Ending, room_name
from bot.help.texts_before import number
from bot.i18n import speaking
from bot.mailbox import direct_chats
from bot.mailbox.outbox import FAILED, SENT, Otherwise

MODERATOR = 50


@dataclass(frozen=True, slots=True)
class _Pair:
    """Who meets, with the names that they show."""

    requester: str
    expert: str
    author: str
    helper: str


async def open_room(hands: Hands, request: HelpRequest) -> bool:
    """Invite both; what is said in the room waits until it exists. The key makes it one room for one acceptance.

    False when it is known already that one of them may not be invited: then they meet in the thread.
    """
    community = await requests.community_of(hands.tx, request)
    pair = _pair(hands, request, community)
    key = request.room_key = f"help:{request.id}:{request.version}:room"
    await requests.write(hands.tx, request)
    other = _elsewhere(request, community, pair)
    if other.message.thread is not None and await _unreachable(hands, pair):
        await _introduce(hands, request, other.message, to=other.to)
        return False
    about = await subject(hands.tx, request)
    with speaking(community.language):
        act = CreateRoom(invite=(pair.requester, pair.expert), name=room_name(about()), power=MODERATOR)
        text = texts_after.introduction(request, pair.author, pair.helper)
    await hands.outbox.do(hands.tx, act, key=key, to=f"made:{key}", now=hands.now)
    message = Message(text, rings=True, mentioned=(pair.requester, pair.expert))
    await _introduce(hands, request, message, to=f"made:{key}", otherwise=other)
    return True


def _pair(hands: Hands, request: HelpRequest, community: Community) -> _Pair:
    requester, expert = request.requester, request.expert
    assert requester is not None
    assert expert is not None
    return _Pair(requester, expert, name(hands, requester, community), name(hands, expert, community))


async def _unreachable(hands: Hands, pair: _Pair) -> bool:
    """Whether the server has refused before that we invite one of them, as Tchap does for people from outside."""
    return any(
        [await direct_chats.is_impossible(hands.tx, hands.account, who) for who in (pair.requester, pair.expert)]
    )


def _elsewhere(request: HelpRequest, community: Community, pair: _Pair) -> Otherwise:
    """The introduction in the thread; in private, how to write to whoever accepted."""
    both = in_thread(
        request,
        community,
        lambda: texts_after.introduction_in_thread(request, pair.author, pair.helper),
        pair.requester,
        pair.expert,
    )
    if both is not None:
        return both
    with speaking(community.language):
        text = texts_after.introduction_alone(request, pair.helper, pair.expert)
    return Otherwise(request.room_id, Message(text, rings=True, mentioned=(pair.requester,)))


async def _introduce(
    hands: Hands, request: HelpRequest, message: Message, *, to: str, otherwise: Otherwise | None = None
) -> None:
    await hands.outbox.say(
        hands.tx,
        message,
        key=f"{request.room_key}:hello",
        to=to,
        now=hands.now,
        about=Ref(MEETING, str(request.id)),
        waits=True,
        otherwise=otherwise,
    )


async def leave_room(hands: Hands, request: HelpRequest, *, because: Ending) -> None:
    """Say goodbye, rename the room so that its two members recognise it in their list, and leave.

    In a thread there is nothing to leave.
    """
    key = request.room_key
    if key is None:
        return
    community = await requests.community_of(hands.tx, request)
    other = await _goodbye_in_thread(hands, request, community, because=because)
    room = await _room(hands, key)
    if room is not None:
        await _go(hands, request, community, room, other, because=because)
    elif other is not None:
        await hands.outbox.say(hands.tx, other.message, key=f"{key}:goodbye", to=other.to, now=hands.now)
    request.room_key = None
    await requests.write(hands.tx, request)


async def listen_again(hands: Hands, request: HelpRequest) -> None:
    """Where both meet, the next word is worth knowing once more."""
    room = await _room(hands, request.room_key) if request.room_key else None
    if place := room or request.thread:
        hands.outbox.listen_again(hands.tx, place)


async def sent_away(hands: Hands, request: HelpRequest) -> None:
    """Both talk on without us; in a thread there is nothing to leave."""
    key = request.room_key
    room = await _room(hands, key) if key else None
    if key is None or room is None:
        return
    community = await requests.community_of(hands.tx, request)
    with speaking(community.language):
        text = texts_after.sent_away(number(request))
    await hands.outbox.say(hands.tx, Message(text), key=f"{key}:goodbye", to=room, now=hands.now)
    await hands.outbox.do(hands.tx, Leave(), key=f"{key}:leave", to=room, now=hands.now)
    await hands.outbox.close_cards(hands.tx, Ref(MEETING, str(request.id)))
    request.room_key = None
    await requests.write(hands.tx, request)


async def _goodbye_in_thread(
    hands: Hands, request: HelpRequest, community: Community, *, because: Ending
) -> Otherwise | None:
    about = await subject(hands.tx, request)

    def words() -> Text:
        return texts_after.over_in_thread(about(), because=because)

    other = in_thread(request, community, words)
    return Otherwise(other.to, Message(other.message.text, thread=other.message.thread)) if other else None


async def _go(
    hands: Hands, request: HelpRequest, community: Community, room: str, other: Otherwise | None, *, because: Ending
) -> None:
    key, about = request.room_key, await subject(hands.tx, request)
    with speaking(community.language):
        goodbye = texts_after.goodbye(about(), because)
        rename = SetState("m.room.name", {"name": room_name(about(), over=True)})
    await hands.outbox.say(hands.tx, Message(goodbye), key=f"{key}:goodbye", to=room, now=hands.now, otherwise=other)
    await hands.outbox.do(hands.tx, rename, key=f"{key}:name", to=room, now=hands.now)
    await hands.outbox.do(hands.tx, Leave(), key=f"{key}:leave", to=room, now=hands.now)


async def _room(hands: Hands, key: str) -> str | None:
    """The room once it exists; before, the lane that it will take over; None when there will be none."""
    row = await hands.outbox.row(hands.tx, key)
    if row is None or row.status == FAILED:
        return None
    return row.event_id if row.status == SENT and row.event_id else f"made:{key}"
