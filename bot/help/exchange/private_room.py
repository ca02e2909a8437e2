"""Where the two people of a request meet: a private room, or the thread of the question where none can be had."""

from dataclasses import replace
from functools import partial

from bot.communities.tell import aloud
from bot.events.messages import Message
from bot.events.room_actions import CreateRoom, Leave, SetState
from bot.help import texts_after
from bot.help.case import Case
from bot.help.rules.cards import MEETING
from bot.help.texts_after import Ending, room_name, room_name_over
from bot.help.texts_before import number
from bot.i18n import speaking
from bot.mailbox import direct_chats
from bot.mailbox.sending.outbox import FAILED, SENT, Otherwise

MODERATOR = 50


async def open_room(case: Case) -> bool:
    """Invite both; what is said in the room waits until it exists. The key makes it one room for one acceptance.

    False when it is known already that one of them may not be invited: then they meet in the thread.
    """
    request, pair = case.request, _pair(case)
    key = request.room_key = f"help:{request.id}:{request.version}:room"
    await case.write()
    other = _elsewhere(case, pair)
    if other.message.thread is not None and await _unreachable(case, pair):
        await _introduce(case, other.message, to=other.to)
        return False
    with speaking(case.community.language):
        act = CreateRoom(invite=pair, name=room_name(case.subject, *map(case.name, pair)), power=MODERATOR)
        text = texts_after.introduction(request, *map(case.name, pair))
    await case.outbox.do(case.tx, act, key=key, to=f"made:{key}", now=case.now)
    await _introduce(case, Message(text, rings=True, mentioned=pair), to=f"made:{key}", otherwise=other)
    return True


def _pair(case: Case) -> tuple[str, str]:
    """Who asked and who helps."""
    requester, expert = case.request.requester, case.request.expert
    assert requester is not None
    assert expert is not None
    return requester, expert


async def _unreachable(case: Case, pair: tuple[str, str]) -> bool:
    """Whether the server has refused before that we invite one of them, as Tchap does for people from outside."""
    return any([await direct_chats.is_impossible(case.tx, case.account, who) for who in pair])


def _elsewhere(case: Case, pair: tuple[str, str]) -> Otherwise:
    """The introduction in the thread; in private, how to write to whoever accepted."""
    request, (author, helper) = case.request, map(case.name, pair)
    both = case.in_thread(lambda: texts_after.introduction_in_thread(request, author, helper), *pair)
    if both is not None:
        return both
    requester, expert = pair
    words = partial(texts_after.introduction_alone, request, helper, expert)
    return aloud(request.room_id, words, requester, language=case.community.language)


async def _introduce(case: Case, message: Message, *, to: str, otherwise: Otherwise | None = None) -> None:
    await case.outbox.say(
        case.tx,
        message,
        key=f"{case.request.room_key}:hello",
        to=to,
        now=case.now,
        about=case.about(MEETING),
        waits=True,
        otherwise=otherwise,
    )


async def leave_room(case: Case, *, because: Ending) -> None:
    """Say goodbye, rename the room so that its two members recognise it in their list, and leave.

    In a thread there is nothing to leave.
    """
    key = case.request.room_key
    if key is None:
        return
    other = case.in_thread(lambda: texts_after.over_in_thread(case.subject, because=because))
    if other is not None:
        other = replace(other, message=replace(other.message, rings=False))
    room = await _room(case, key)
    if room is not None:
        with speaking(case.community.language):
            goodbye = texts_after.goodbye(case.subject, because)
            rename = SetState("m.room.name", {"name": room_name_over(case.subject)})
        await case.outbox.say(case.tx, Message(goodbye), key=f"{key}:goodbye", to=room, now=case.now, otherwise=other)
        await case.outbox.do(case.tx, rename, key=f"{key}:name", to=room, now=case.now)
        await case.outbox.do(case.tx, Leave(), key=f"{key}:leave", to=room, now=case.now)
    elif other is not None:
        await case.outbox.say(case.tx, other.message, key=f"{key}:goodbye", to=other.to, now=case.now)
    case.request.room_key = None
    await case.write()


async def listen_again(case: Case) -> None:
    """Where both meet, the next word is worth knowing once more."""
    key = case.request.room_key
    if place := (await _room(case, key) if key else None) or case.request.thread:
        case.outbox.listen_again(case.tx, place)


async def sent_away(case: Case) -> None:
    """Both talk on without us; in a thread there is nothing to leave."""
    key = case.request.room_key
    room = await _room(case, key) if key else None
    if key is None or room is None:
        return
    with speaking(case.community.language):
        text = texts_after.sent_away(number(case.request))
    await case.outbox.say(case.tx, Message(text), key=f"{key}:goodbye", to=room, now=case.now)
    await case.outbox.do(case.tx, Leave(), key=f"{key}:leave", to=room, now=case.now)
    await case.outbox.close_cards(case.tx, case.about(MEETING))
    case.request.room_key = None
    await case.write()


async def _room(case: Case, key: str) -> str | None:
    """The room once it exists; before, the lane that it will take over; None when there will be none."""
    row = await case.outbox.row(case.tx, key)
    if row is None or row.status == FAILED:
        return None
    return row.event_id if row.status == SENT and row.event_id else f"made:{key}"
