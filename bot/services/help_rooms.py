"""The private room of a request: opened when somebody accepts, renamed and left when it is over."""

from bot.domain.acts import CreateRoom, Leave, SetState
from bot.domain.messages import Message, Ref, Text
from bot.i18n import speaking
from bot.services import help_requests
from bot.services.hands import Hands
from bot.services.help_people import name, subject
from bot.services.meeting_texts import introduction, left_room, resolved, room_name
from bot.services.outbox import SENT
from bot.store.help_tables import HelpRequest

MEETING = "meeting"
"""The kind of the card that introduces two people to one another."""
ADMINISTRATOR, MODERATOR = 100, 50


async def open_room(hands: Hands, request: HelpRequest) -> None:
    """Invite both; what is said in the room waits until it exists. The key makes it one room for one acceptance."""
    requester, expert = request.requester, request.expert
    assert requester is not None
    assert expert is not None
    community = await help_requests.community_of(hands.tx, request)
    about = await subject(hands.tx, request)
    key = request.room_key = f"help:{request.id}:{request.version}:room"
    await help_requests.write(hands.tx, request)
    power = {hands.account: ADMINISTRATOR, requester: MODERATOR, expert: MODERATOR}
    with speaking(community.language):
        act = CreateRoom(invite=(requester, expert), name=room_name(about()), power=power)
        text = introduction(request, name(hands, requester, community), name(hands, expert, community))
    lane = f"made:{key}"
    await hands.outbox.do(hands.tx, act, key=key, to=lane, now=hands.now)
    await hands.outbox.say(
        hands.tx,
        Message(text, rings=True, mentioned=(requester, expert)),
        key=f"{key}:hello",
        to=lane,
        now=hands.now,
        about=Ref(MEETING, str(request.id)),
        waits=True,
    )


async def leave_room(hands: Hands, request: HelpRequest, *, happened: bool) -> None:
    """Say goodbye, rename the room so that its two members recognise it in their list, and leave."""
    if request.room_key is None:
        return
    community = await help_requests.community_of(hands.tx, request)
    about = await subject(hands.tx, request)
    with speaking(community.language):
        goodbye: Text = resolved(about()) if happened else left_room(about())
        rename = SetState("m.room.name", {"name": room_name(about(), over=True)})
    lane, key = await _lane(hands, request.room_key), request.room_key
    await hands.outbox.say(hands.tx, Message(goodbye), key=f"{key}:goodbye", to=lane, now=hands.now)
    await hands.outbox.do(hands.tx, rename, key=f"{key}:name", to=lane, now=hands.now)
    await hands.outbox.do(hands.tx, Leave(), key=f"{key}:leave", to=lane, now=hands.now)
    await hands.outbox.close_cards(hands.tx, Ref(MEETING, str(request.id)))
    request.room_key = None
    await help_requests.write(hands.tx, request)


async def _lane(hands: Hands, key: str) -> str:
    """The room once it exists; before, the lane that it will take over."""
    row = await hands.outbox.row(hands.tx, key)
    return row.event_id if row is not None and row.status == SENT and row.event_id else f"made:{key}"
