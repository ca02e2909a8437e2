"""The cards by which a whole room is asked, without a name: colleagues first, volunteers once nobody else is left."""

from datetime import datetime

from bot.communities import Community, rooms
from bot.communities.acting import Hands
from bot.communities.tell import zone
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref, Text
from bot.help import requests, texts_before
from bot.help.about import subject
from bot.help.rules.cards import BOARD, CALL
from bot.help.tables import HelpRequest
from bot.i18n import speaking
from bot.mailbox import daily_limit
from bot.mailbox.outbox import URGENT
from bot.volunteers import profiles

BOARD_TIMER = "help_board"
_GESTURES = {CALL: (Gesture.HELP,), BOARD: (Gesture.YES, Gesture.NO, Gesture.MAYBE)}


async def post(hands: Hands, request: HelpRequest) -> bool:
    """Ask in the room of the question, or of a private one in the main room; False when there is none."""
    community = await requests.community_of(hands.tx, request)
    room = community.main_room if request.direct else request.room_id
    if room is None:
        return False
    await _put(hands, request, community, CALL, room)
    return True


async def post_for_volunteers(hands: Hands, request: HelpRequest) -> None:
    """Ask in the volunteers' own room, if the community has one; another day when it was told enough today."""
    community = await requests.community_of(hands.tx, request)
    bound = next((one for one in await rooms.of_community(hands.tx, community.slug) if one.kind == rooms.EXPERTS), None)
    if bound is None:
        return
    later = await _room_hears_later(hands, request, community, bound.room_id)
    if later is None:
        await _put(hands, request, community, BOARD, bound.room_id)
    else:
        await hands.timers.set(hands.tx, BOARD_TIMER, str(request.id), due_at=later)


async def _room_hears_later(hands: Hands, request: HelpRequest, community: Community, room_id: str) -> datetime | None:
    """A card that is there already is changed quietly, at any time."""
    if await hands.outbox.row(hands.tx, _key(request, BOARD)) is not None:
        return None
    return await daily_limit.next_turn(hands.tx, hands.account, room_id, now=hands.now, zone=zone(community))


async def is_posted(hands: Hands, request: HelpRequest) -> bool:
    """Whether colleagues were asked in a room, in the present search."""
    return await hands.outbox.row(hands.tx, _key(request, CALL)) is not None


async def _put(hands: Hands, request: HelpRequest, community: Community, kind: str, room: str) -> None:
    """The card; one that is there already waits again."""
    with speaking(community.language):
        message = Message(await _waiting(hands, request, kind))
    key = _key(request, kind)
    new = await hands.outbox.say(
        hands.tx,
        message,
        key=key,
        to=room,
        now=hands.now,
        about=Ref(kind, str(request.id)),
        waits=True,
        gestures=_GESTURES[kind],
        priority=URGENT,
    )
    if not new:
        await hands.outbox.wait_again(hands.tx, key)
        await hands.outbox.edit(hands.tx, message, key=f"{key}:{request.version}", of=key, now=hands.now)


async def _waiting(hands: Hands, request: HelpRequest, kind: str) -> Text:
    about = (await subject(hands.tx, request))()
    if kind == CALL:
        return texts_before.call(about, request)
    return texts_before.board(about, request, await profiles.of(hands.tx, request.requester or ""))


async def close(hands: Hands, request: HelpRequest) -> None:
    """The cards, if there are any, wait no more."""
    await _rewrite(hands, request, is_open=False)


async def reopen(hands: Hands, request: HelpRequest) -> None:
    """The cards, if there are any, wait again."""
    await _rewrite(hands, request, is_open=True)


async def _rewrite(hands: Hands, request: HelpRequest, *, is_open: bool) -> None:
    community = await requests.community_of(hands.tx, request)
    about = await subject(hands.tx, request)
    for kind in (CALL, BOARD):
        key = _key(request, kind)
        if await hands.outbox.row(hands.tx, key) is None:
            continue
        with speaking(community.language):
            text = await _waiting(hands, request, kind) if is_open else texts_before.call_closed(about())
        await hands.outbox.edit(hands.tx, Message(text), key=f"{key}:{request.version}", of=key, now=hands.now)
        if is_open:
            await hands.outbox.wait_again(hands.tx, key)


def _key(request: HelpRequest, kind: str) -> str:
    return f"{daily_limit.PREFIX if kind == BOARD else ''}help:{request.id}:{request.turn}:{kind}"
