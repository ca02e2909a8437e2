"""Messages, reactions and their removal: from what people type and tap to the command that answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.communities.people import people
from bot.communities.rules.room_facts import RoomDirectory
from bot.dispatch.answer import cards, form_timeout, forms
from bot.dispatch.answer.asking_back import unclear
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.contexts import Contexts
from bot.dispatch.answer.meanings import meaning
from bot.dispatch.answer.place import Place, is_draft
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights import gate, no_right
from bot.dispatch.hear.length import refuse_too_long
from bot.dispatch.hear.reading import Readings
from bot.dispatch.menu.form import AFTERWARDS, Form
from bot.dispatch.menu.menu import Understood
from bot.dispatch.watch.closing import may_wait
from bot.events.events import EventRemoved, MessageReceived, ReactionAdded, TalkBegan
from bot.events.gestures import Gesture, gesture_of_emoji
from bot.events.messages import Message, Ref
from bot.events.room_actions import Redact
from bot.events.text import Text
from bot.i18n import _, speaking
from bot.mailbox import Dialogue, OutboxMessage, dialogues
from bot.mailbox.receiving import inbox, reactions
from bot.mailbox.sending import previews
from bot.mailbox.sending.outbox import Card, Outbox
from bot.store.database import Transaction
from bot.text.english import is_english

FAMILIES = ({Gesture.YES, Gesture.NO, Gesture.MAYBE}, {Gesture.USEFUL, Gesture.USELESS})
"""Gestures that contradict one another: a person's answer is the latest that they have not taken back."""


class Conversation:
    """Finds what an event asks for, and does it; returns the answer, if there is one."""

    def __init__(self, contexts: Contexts, outbox: Outbox, directory: RoomDirectory, readings: Readings) -> None:
        self._contexts = contexts
        self._menu = contexts.menu
        self._readings = readings
        self._menu.learn(unclear.LINE, unclear.THING)
        self._menu.rings(form_timeout.OVER, form_timeout.over)
        self._outbox = outbox
        self._directory = directory

    async def message(
        self, tx: Transaction, message: MessageReceived, *, now: datetime
    ) -> tuple[Context, Reply | None]:
        """Handle a message, or the edit of one; returns its context and the answer, if there is one."""
        place = Place(
            tx,
            self._readings.of(message),
            menu=self._menu,
            outbox=self._outbox,
            directory=self._directory,
            now=now,
        )
        context = await self._contexts.of(tx, message, now=now, card=await place.quoted())
        place.know(context)
        with speaking(context.language):
            if message.replaces is None:
                return context, await self._respond(context, place)
            if await inbox.author(tx, self._outbox.account, message.replaces) not in (None, message.sender):
                return context, None
            answer = await self._outbox.answer_to(tx, message.replaces, room_id=message.room_id)
            if (too_late := await self._answered_before(context, place, answer)) is not None:
                return context, too_late
            if (form := await self._amended(tx, _about(answer), message.replaces)) is not None:
                return context, await forms.amend(context, *form, place.reading.text)
            if not await self._may_be_said_anew(context, answer):
                return context, await self._afterwards(context, answer)
            if message.reply_to is None and answer is not None:
                await self._recall_reply(place, answer)
            reply, earlier = await self._respond(context, place), _about(answer)
            if earlier is not None and self._menu.remakes(earlier[0]) and not _is_about(reply, earlier[0]):
                return context, await self._made_no_more(context, message.replaces, reply)
            if answer is not None and earlier is not None and (reply is None or reply.about != Ref(*earlier)):
                await self._drop(context, Ref(*earlier), but=answer.key if reply else None)
            return context, reply

    async def _recall_reply(self, place: Place, answer: OutboxMessage) -> None:
        """Read an edit, which does not say any more what it replied to, as a reply to our answer if that takes it."""
        kind = _about(answer)
        takes = kind is not None and self._menu.remakes(kind[0]) and self._menu.card_word(kind[0], place.reading.text)
        if takes and answer.event_id is not None:
            place.quoted.know(await self._outbox.card(place.tx, answer.event_id, room_id=place.room_id))

    async def _amended(
        self, tx: Transaction, card: tuple[str, str] | None, source: str
    ) -> tuple[Form, Dialogue] | None:
        """The open form, and its dialogue, of which a message answered a question."""
        form = self._menu.form(card[0]) if card is not None else None
        dialogue = await dialogues.get(tx, card[1]) if card is not None and form is not None else None
        return (form, dialogue) if form and dialogue and forms.amends(dialogue, source) else None

    async def _answered_before(self, context: Context, place: Place, answer: OutboxMessage | None) -> Reply | None:
        """The reply to other words for an answer that a form takes no more; None if they are a command."""
        card, source = _about(answer), context.replaces
        form = self._menu.form(card[0]) if card is not None else None
        if form is None or source is None or isinstance(place.reading.understood, Understood):
            return None
        for step in form.steps:
            text = await step.changed(context, source) if step.changed is not None else None
            if text is not None:
                return Reply(text, below=True)
        return None

    async def _made_no_more(self, context: Context, source: str, reply: Reply | None) -> Reply | None:
        """Withdraw what a message made that now says something else; the reply to the new words says so first."""
        text = await self._withdrawn(context, source)
        if text is None:
            return reply
        return Reply(text) if reply is None else replace(reply, text=Text.of(text, reply.text))

    async def _respond(self, context: Context, place: Place) -> Reply | None:
        silent = no_right.is_silent(context)
        if not silent and await place.to_us():
            refuse_too_long(context.event)
        found = await meaning(place)
        if found is None:
            await self._was_talk(context)
            return None
        if silent and found.begins_something:
            await no_right.ask_in_private(context)
            return None
        reply, second = await found.do(context), place.reading.second
        if reply is not None and found.begins_something and is_english(place.reading.text):
            reply = await _with_a_way_to_english(context, reply)
        return unclear.one_at_a_time(reply, second) if second is not None else reply

    async def _was_talk(self, context: Context) -> None:
        """Words that might have answered a card and answer none, in a room that we opened, are talk like any other."""
        event, facts = context.event, self._directory.facts(context.room_id)
        if facts is not None and facts.marker is not None and isinstance(event, MessageReceived):
            await self.talk(context.tx, TalkBegan.by(event), now=context.now)

    async def reaction(
        self, tx: Transaction, reaction: ReactionAdded, *, now: datetime
    ) -> tuple[Context, Reply | None]:
        """Handle an emoji under one of our cards; returns its context and the answer, if there is one."""
        card = await self._outbox.card(tx, reaction.target, room_id=reaction.room_id)
        context = await self._contexts.of(tx, reaction, now=now, card=card)
        if card is None:
            return context, await self._marked(context, reaction)
        await reactions.added(tx, self._outbox.account, reaction)
        gesture = gesture_of_emoji(reaction.emoji, yes_no=cards.waits_for_yes(context, card))
        if gesture is None:
            return context, None
        if not context.direct and not self._is_a_preview(card):
            await previews.take_away(self._outbox, tx, [gesture], key=card.key, to=card.room_id, now=now)
        with speaking(context.language):
            return context, await cards.act(context, card, gesture)

    async def _marked(self, context: Context, reaction: ReactionAdded) -> Reply | None:
        """A gesture on a message that is not ours."""
        mark = self._menu.mark(gesture_of_emoji(reaction.emoji, yes_no=False))
        if mark is None:
            return None
        with speaking(context.language):
            return await gate.mark(context, mark, reaction.target)

    def _is_a_preview(self, card: Card) -> bool:
        """Whether the card is a form, a list or a draft, which one person alone answers."""
        return card.about is not None and (self._menu.passing(card.about.kind) or self._menu.redrafts(card.about.kind))

    async def removal(self, tx: Transaction, removal: EventRemoved, *, now: datetime) -> None:
        """Undo what a removed reaction did, or remove our answer to a removed command."""
        account, room_id = self._outbox.account, removal.room_id
        taken_back = await reactions.removed(tx, account, removal.target, room_id=room_id)
        if taken_back is None:
            await inbox.withdraw(tx, account, removal.target, room_id=room_id, now=now)
            await self._forget_answer(tx, removal, now=now)
            await self._forget_preview(tx, removal, now=now)
            return
        card = await self._outbox.card(tx, taken_back.target, room_id=room_id)
        if card is None:
            return
        event = replace(removal, sender=taken_back.sender)
        context = await self._contexts.of(tx, event, now=now, card=card)
        yes_no = cards.waits_for_yes(context, card)
        gesture = gesture_of_emoji(taken_back.emoji, yes_no=yes_no)
        if gesture is None:
            return
        others = await reactions.under(tx, self._outbox.account, card.event_id)
        standing = [
            (other.id or 0, found)
            for other in others
            if other.sender == event.sender
            and (found := gesture_of_emoji(other.emoji, yes_no=yes_no)) in _family(gesture)
        ]
        with speaking(context.language):
            await self._undo(context, card, gesture, taken_back.id or 0, standing)

    async def _undo(
        self,
        context: Context,
        card: Card,
        gesture: Gesture,
        order: int,
        standing: Sequence[tuple[int, Gesture]],
    ) -> None:
        """Undo a removed gesture, or apply the latest of those left (`standing`); nothing if that was already later."""
        latest = max(standing, default=None)
        if latest is None:
            await cards.act(context, card, gesture, removed=True)
        elif latest[0] < order and latest[1] is not gesture:
            await cards.act(context, card, latest[1])

    # ── messages changed and taken back ───────────────────────────────────────────────────────────────────

    async def _may_be_said_anew(self, context: Context, earlier: OutboxMessage | None) -> bool:
        """Whether an edited command may run again: it made nothing, or can change what it made. Ends its open preview.

        A homeserver delivers edits by anybody, so the author is checked here.
        """
        if earlier is not None and earlier.asker not in (None, context.sender):
            return False
        card = _about(earlier)
        if card is None or self._menu.only_shows(card[0]):
            return True
        if not self._menu.passing(card[0]):
            return self._menu.redrafts(card[0]) or self._menu.remakes(card[0])
        dialogue = await dialogues.get(context.tx, card[1])
        if dialogue is not None and dialogue.status == dialogues.OPEN:
            await forms.end(context, dialogue, dialogues.REPLACED)
            return True
        return dialogue is not None and dialogue.status == dialogues.CANCELLED

    async def _afterwards(self, context: Context, earlier: OutboxMessage | None) -> Reply | None:
        """The answer to the edit of a command that is done already: how to change the result. None to nobody else."""
        card = _about(earlier)
        form = self._menu.form(card[0]) if card is not None else None
        if card is None or earlier is None or earlier.asker != context.sender:
            return None
        if form is None:
            waits = await self._goes_on(context.tx, earlier, now=context.now)
            return Reply(Text.of(_(AFTERWARDS)), below=True) if waits else None
        dialogue = await dialogues.get(context.tx, card[1])
        done = dialogue is not None and dialogue.status == dialogues.DONE and dialogue.person == context.sender
        return Reply(Text.of(_(form.afterwards)), below=True) if done else None

    async def _drop(self, context: Context, item: Ref, *, but: str | None = None) -> None:
        """Give up a draft whose command was removed or changed, and remove its cards, except the one of key `but`."""
        no = self._menu.action(item.kind, Gesture.NO)
        if no is None or not await is_draft(context.tx, self._menu, context.sender, item):
            return
        quoting = await self._outbox.cards_about(context.tx, item)
        await gate.act(context, no, item.id)
        for card in quoting:
            if card.key != but:
                key = f"removed:{context.event.event_id}:{card.key}"
                await self._outbox.do(context.tx, Redact(), key=key, to=card.room_id, now=context.now, parent=card.key)

    async def talk(self, tx: Transaction, event: TalkBegan, *, now: datetime) -> None:
        """Call the handlers of the open cards where people began to talk; what they wrote is not stored."""
        context = await self._contexts.of(tx, event, now=now)
        threaded = self._outbox.threads.has(event.room_id, event.thread)
        for card in await self._outbox.open_cards(tx, event.room_id):
            if threaded and event.thread not in (card.thread, card.event_id):
                continue
            if card.about is not None:
                with speaking(context.language):
                    await gate.talk(replace(context, card=card), card.about)

    async def _forget_answer(self, tx: Transaction, removal: EventRemoved, *, now: datetime) -> None:
        """Remove our answer to a removed command, unless it is about something that was made."""
        if not await inbox.knows(tx, self._outbox.account, [removal.target], room_id=removal.room_id):
            return
        answer = await self._outbox.answer_to(tx, removal.target, room_id=removal.room_id)
        if await self._take_back(tx, removal, answer, now=now) or answer is None:
            return
        card = _about(answer)
        if card is not None and self._menu.redrafts(card[0]):
            author = replace(removal, sender=answer.asker or removal.sender)
            if await is_draft(tx, self._menu, author.sender, Ref(*card)):
                await self._drop(await self._contexts.of(tx, author, now=now), Ref(*card))
            elif await self._goes_on(tx, answer, now=now):
                await self._stays(tx, removal, answer, now=now)
            return
        if card is not None and not self._menu.only_shows(card[0]):
            dialogue = await dialogues.get(tx, card[1]) if self._menu.passing(card[0]) else None
            remade = self._menu.passing(card[0]) or self._menu.remakes(card[0])
            done = dialogue is not None and dialogue.status == dialogues.DONE
            if done or (not remade and await self._goes_on(tx, answer, now=now)):
                await self._stays(tx, removal, answer, now=now)
            if dialogue is None or dialogue.status == dialogues.DONE:
                return
            context = await self._contexts.of(tx, removal, now=now)
            await forms.end(context, dialogue, dialogues.CANCELLED)
        key = f"removed:{removal.event_id}"
        await self._outbox.do(tx, Redact(), key=key, to=removal.room_id, now=now, parent=answer.key)

    async def _forget_preview(self, tx: Transaction, removal: EventRemoved, *, now: datetime) -> None:
        """Give up what a removed preview of ours would have done: nobody sees it who could say yes to it."""
        card = await self._outbox.card(tx, removal.target, room_id=removal.room_id)
        if card is None or card.about is None:
            return
        author = replace(removal, sender=card.asker or removal.sender)
        context = await self._contexts.of(tx, author, now=now)
        if self._menu.redrafts(card.about.kind):
            await self._drop(context, card.about)
        elif self._menu.form(card.about.kind) is not None:
            dialogue = await dialogues.get(tx, card.about.id)
            if dialogue is not None and dialogue.status == dialogues.OPEN:
                await forms.end(context, dialogue, dialogues.CANCELLED)

    async def _goes_on(self, tx: Transaction, answer: OutboxMessage, *, now: datetime) -> bool:
        """Whether the item of an answer still waits for somebody."""
        card = await self._outbox.card(tx, answer.event_id, room_id=answer.lane) if answer.event_id else None
        return card is not None and await may_wait(tx, self._menu, card, now)

    async def _stays(self, tx: Transaction, removal: EventRemoved, answer: OutboxMessage, *, now: datetime) -> None:
        """Tell the author of a deleted command that this does not undo what came of it."""
        if removal.sender != answer.asker:
            return
        context = await self._contexts.of(tx, removal, now=now)
        with speaking(context.language):
            text = Text.of(_("Deleting your message does not undo what it began: nothing has changed."))
        message = Message(text, thread=answer.thread)
        await self._outbox.say(tx, message, key=f"stays:{removal.event_id}", to=removal.room_id, now=now)

    async def _take_back(
        self, tx: Transaction, removal: EventRemoved, answer: OutboxMessage | None, *, now: datetime
    ) -> bool:
        """Withdraw what a removed message had made, and edit our answer to say so; returns whether it made anything."""
        author = replace(removal, sender=(answer.asker if answer else None) or removal.sender)
        context = await self._contexts.of(tx, author, now=now)
        with speaking(context.language):
            text = await self._withdrawn(context, removal.target)
        if text is not None and answer is not None:
            await self._outbox.edit(tx, Message(text), key=f"back:{removal.event_id}", of=answer.key, now=now)
            await self._outbox.set_subject(tx, answer.key, None, waits=False)
        return text is not None

    async def _withdrawn(self, context: Context, source: str) -> Text | None:
        """Withdraw what the message of this event id made; returns our new answer, None if it made nothing."""
        for taker in self._menu.takers:
            if (text := await taker(context, source)) is not None:
                return text
        return None


async def _with_a_way_to_english(context: Context, reply: Reply) -> Reply:
    """The reply in private to somebody who writes English and has chosen no language, with how to choose it."""
    asks = reply.waits or reply.about is not None
    if asks or not context.direct or context.language == "en":
        return reply
    chosen = await people.language_of(context.tx, context.sender)
    line = _("In English: `!me language en`")
    return reply if chosen is not None else replace(reply, text=Text.of(reply.text, line))


def _is_about(reply: Reply | None, kind: str) -> bool:
    return reply is not None and reply.about is not None and reply.about.kind == kind


def _about(row: OutboxMessage | None) -> tuple[str, str] | None:
    if row is None or row.about is None:
        return None
    kind, _colon, identity = row.about.partition(":")
    return kind, identity


def _family(gesture: Gesture) -> set[Gesture]:
    return next((family for family in FAMILIES if gesture in family), {gesture})
