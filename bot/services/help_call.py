"""The card by which a whole room is asked: without a name, for as long as nobody helps."""

from bot.domain.gestures import Gesture, sign_of
from bot.domain.messages import Message, Ref
from bot.i18n import speaking
from bot.services import help_requests, help_texts
from bot.services.hands import Hands
from bot.services.help_people import subject
from bot.store.help_tables import HelpRequest

CALL = "call"
"""The kind of the card."""


async def post(hands: Hands, request: HelpRequest) -> bool:
    """Ask in the room of the question, or of a private one in the main room; False when there is none."""
    community = await help_requests.community_of(hands.tx, request)
    room = community.main_room if request.direct else request.room_id
    if room is None:
        return False
    with speaking(community.language):
        message = Message(help_texts.call((await subject(hands.tx, request))(), request))
    await hands.outbox.say(
        hands.tx,
        message,
        key=_key(request),
        to=room,
        now=hands.now,
        about=Ref(CALL, str(request.id)),
        waits=True,
        gestures=[sign_of(Gesture.HELP).emoji],
    )
    return True


async def close(hands: Hands, request: HelpRequest) -> None:
    """The card, if there is one, waits no more."""
    await _rewrite(hands, request, is_open=False)


async def reopen(hands: Hands, request: HelpRequest) -> None:
    """The card, if there is one, waits again."""
    await _rewrite(hands, request, is_open=True)


async def _rewrite(hands: Hands, request: HelpRequest, *, is_open: bool) -> None:
    community = await help_requests.community_of(hands.tx, request)
    about = await subject(hands.tx, request)
    with speaking(community.language):
        text = help_texts.call(about(), request) if is_open else help_texts.call_closed(about())
    key = f"{_key(request)}:{request.version}"
    await hands.outbox.edit(hands.tx, Message(text), key=key, of=_key(request), now=hands.now)


def _key(request: HelpRequest) -> str:
    return f"help:{request.id}:{request.turn}:call"
