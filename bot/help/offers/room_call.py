"""The cards by which a whole room is asked, without a name: colleagues first, volunteers once nobody else is left."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.communities import rooms
from bot.events.gestures import Gesture
from bot.events.messages import Message
from bot.events.text import Text
from bot.help import texts_before
from bot.help.case import Case
from bot.help.rules.cards import ANSWERED, BOARD, CALL
from bot.i18n import speaking
from bot.mailbox.sending import daily_limit
from bot.mailbox.sending.outbox import URGENT

BOARD_TIMER = "help_board"
THREAD_TIMER = "help_thread"
SENT_WITHIN = timedelta(seconds=20)
_GESTURES = {CALL: (Gesture.HELP,), BOARD: (Gesture.YES, Gesture.NO, Gesture.MAYBE)}


def place(case: Case) -> str | None:
    """The room of the question, or of a private one the main room; None when there is none."""
    return case.community.main_room if case.request.direct else case.request.room_id


async def post(case: Case) -> None:
    """Ask there."""
    if (room := place(case)) is not None:
        await _put(case, CALL, room)
        await case.timers.set(case.tx, THREAD_TIMER, str(case.request.id), due_at=case.now + SENT_WITHIN)


async def follow_thread(case: Case) -> None:
    """Notice from now on what colleagues write in the thread of the card."""
    row = await case.outbox.row(case.tx, _key(case, CALL))
    if row is not None and row.open and row.event_id is not None:
        case.tx.after_commit.append(partial(case.outbox.threads.follow, [(row.lane, row.event_id)]))


async def written_in_thread(case: Case, event_id: str) -> None:
    """Tell the author that somebody has written there; what they wrote stays there."""

    def words() -> Text:
        return texts_before.answered(case.subject)

    key = f"{_key(case, CALL)}:answered:{event_id}"
    gestures = (Gesture.YES, Gesture.NO)
    await case.tell(case.request.requester, words, key=key, about=case.about(ANSWERED), gestures=gestures, alone=True)


async def listen_again(case: Case) -> None:
    """Notice the next message in the thread of the card."""
    row = await case.outbox.row(case.tx, _key(case, CALL))
    if row is not None and row.event_id is not None:
        case.outbox.listen_again(case.tx, row.event_id)


async def post_for_volunteers(case: Case) -> None:
    """Ask in the volunteers' own room, if the community has one; another day if we have written enough there today."""
    linked = await rooms.of_community(case.tx, case.community.slug)
    room = next((one.room_id for one in linked if one.kind == rooms.EXPERTS), None)
    if room is None:
        return
    later = await _room_hears_later(case, room)
    if later is None:
        await _put(case, BOARD, room)
    else:
        await case.timers.set(case.tx, BOARD_TIMER, str(case.request.id), due_at=later)


async def _room_hears_later(case: Case, room_id: str) -> datetime | None:
    """A card that is there already is changed quietly, at any time."""
    if await case.outbox.row(case.tx, _key(case, BOARD)) is not None:
        return None
    return await daily_limit.next_turn(case.tx, case.account, room_id, now=case.now, zone=case.zone)


async def is_posted(case: Case) -> bool:
    """Whether colleagues were asked in a room, in the present search."""
    return await case.outbox.row(case.tx, _key(case, CALL)) is not None


async def _put(case: Case, kind: str, room: str) -> None:
    """The card; one that is there already waits again."""
    with speaking(case.community.language):
        message = Message(_waiting(case, kind))
    new = await case.outbox.say(
        case.tx,
        message,
        key=_key(case, kind),
        to=room,
        now=case.now,
        about=case.about(kind),
        waits=True,
        gestures=_GESTURES[kind],
        priority=URGENT,
    )
    if not new:
        await _rewrite(case, {kind: message})
        await case.outbox.wait_again(case.tx, _key(case, kind))


def _waiting(case: Case, kind: str) -> Text:
    if kind == CALL:
        return texts_before.call(case.subject, case.request)
    return texts_before.board(case.subject, case.request, case.profile)


async def close(case: Case) -> None:
    """The cards, if there are any, wait no more."""
    with speaking(case.community.language):
        message = Message(texts_before.call_closed(case.subject))
    await _rewrite(case, {CALL: message, BOARD: message})


async def reopen(case: Case) -> None:
    """The cards, if there are any, wait again."""
    with speaking(case.community.language):
        messages = {kind: Message(_waiting(case, kind)) for kind in (CALL, BOARD)}
    for key in await _rewrite(case, messages):
        await case.outbox.wait_again(case.tx, key)


async def _rewrite(case: Case, messages: Mapping[str, Message]) -> set[str]:
    keyed = {_key(case, kind): message for kind, message in messages.items()}
    changes = {key: (f"{key}:{case.request.version}", message) for key, message in keyed.items()}
    return await case.outbox.edit_each(case.tx, changes, now=case.now)


def _key(case: Case, kind: str) -> str:
    return f"{daily_limit.PREFIX if kind == BOARD else ''}help:{case.request.id}:{case.request.turn}:{kind}"
