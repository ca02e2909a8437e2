"""Sends answers: as a message of its own, as the edit of an earlier one, or in the place of a preview."""

from dataclasses import replace
from datetime import datetime

from bot.dispatch.answer.reply import Reply
from bot.dispatch.hear.intake import LATE
from bot.events.events import Event, MessageReceived, ReactionAdded
from bot.events.gestures import Gesture
from bot.events.messages import Message
from bot.events.text import Text
from bot.i18n import _
from bot.mailbox.sending import previews
from bot.mailbox.sending.outbox import Outbox
from bot.metrics import ANSWERS
from bot.store.database import Transaction

YES_NO = (Gesture.YES, Gesture.NO)
"""The gestures that we place below a preview."""


class Answers:
    """The answers to events, written into the outbox in the transaction that handles the event."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    async def say(
        self,
        tx: Transaction,
        event: Event,
        reply: Reply,
        *,
        now: datetime,
        thread: str | None = None,
        alone: bool = False,
    ) -> None:
        """Send an answer; after an edited command, edit the earlier answer. `thread`: that of the answered card.

        `alone`: in a conversation of two, where the answer mentions nobody and quotes nothing, unless it is late.
        """
        late = now - event.sent_at > LATE
        message = _as_message(event, reply, thread, late=late)
        if alone and not late:
            message = replace(message, mentioned=(), reply_to=None)
        asked = event.replaces or event.event_id if isinstance(event, MessageReceived) else event.event_id
        anew = asked != event.event_id and not reply.below
        earlier = await self._outbox.answer_to(tx, asked, room_id=event.room_id) if anew else None
        if earlier is not None:
            await self._say_anew(tx, event, reply, message, of=earlier.key, now=now)
        elif not await self._ends_preview(tx, event, reply, message, asked=asked, now=now):
            await self._say_below(tx, event, reply, message, asked=asked, now=now)

    async def _say_below(
        self, tx: Transaction, event: Event, reply: Reply, message: Message, *, asked: str, now: datetime
    ) -> None:
        tx.after_commit.append(ANSWERS.inc)
        await self._outbox.say(
            tx,
            message,
            key=_key(event),
            to=event.room_id,
            now=now,
            about=reply.about,
            waits=reply.waits,
            asker=event.sender,
            answers=asked,
            gestures=reply.gestures,
        )
        await self._outbox.attach(tx, reply.files, key=_key(event), to=event.room_id, now=now)

    async def _say_anew(
        self, tx: Transaction, event: Event, reply: Reply, message: Message, *, of: str, now: datetime
    ) -> None:
        await self._outbox.edit(tx, message, key=_key(event), of=of, now=now)
        await self._outbox.set_subject(tx, of, reply.about, waits=reply.waits)
        await self._outbox.place(tx, reply.gestures, key=of, to=event.room_id, now=now)
        await self._outbox.attach(tx, reply.files, key=_key(event), to=event.room_id, now=now, parent=of)

    async def _ends_preview(
        self, tx: Transaction, event: Event, reply: Reply, message: Message, *, asked: str, now: datetime
    ) -> bool:
        """Show the result where the preview stood; False if there is none.

        A preview that was answered in words, when we had said more since, may be out of sight: it then refers to the
        result, which is said below. The emoji go last: what the person waits for comes before that is tidied up.
        """
        if reply.instead is None:
            return False
        shown, is_last = await previews.shown(self._outbox, tx, reply.instead, room_id=event.room_id)
        if shown is None:
            return False
        if is_last or isinstance(event, ReactionAdded):
            await self._outbox.edit(tx, message, key=_key(event), of=shown, now=now)
            tx.after_commit.append(ANSWERS.inc)
        else:
            await self._say_below(tx, event, reply, message, asked=asked, now=now)
            below = Message(Text.of(_("Dealt with: the answer is further down.")), thread=message.thread)
            await self._outbox.edit(tx, below, key=f"{_key(event)}:shown", of=shown, now=now)
        await previews.take_away(self._outbox, tx, YES_NO, key=shown, to=event.room_id, now=now)
        return True


def _key(event: Event) -> str:
    return f"answer:{event.event_id}"


def _as_message(event: Event, reply: Reply, thread: str | None, *, late: bool) -> Message:
    """The answer as a message: it replies to the command, in its thread, or to the tapped card, in the card's."""
    text = reply.text
    if late and isinstance(event, MessageReceived):
        text = Text.of(_excuse(event), text)
    thread = event.thread if isinstance(event, MessageReceived) else thread
    reply_to = _replied_to(event)
    mentioned = (event.sender,) if reply.rings else ()
    return Message(text, rings=reply.rings, mentioned=mentioned, reply_to=reply_to, thread=thread)


def _excuse(event: MessageReceived) -> str:
    if event.late_key:
        return _("I answer late: the key that opens your message has only just reached me.")
    return _("Sorry for the late answer: I was offline.")


def _replied_to(event: Event) -> str:
    """The event that the answer replies to: the tapped card, or the command: clients cannot quote an edit of it."""
    if isinstance(event, ReactionAdded):
        return event.target
    return (event.replaces if isinstance(event, MessageReceived) else None) or event.event_id
