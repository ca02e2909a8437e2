"""Messages, reactions and their removal: from what people type and tap to the command that answers."""

from datetime import datetime

from bot.dispatch.address import command_text
from bot.dispatch.command import arguments
from bot.dispatch.context import Context
from bot.dispatch.menu import Understood
from bot.dispatch.reply import Reply, say
from bot.dispatch.situation import Situations
from bot.dispatch.triage import own_names
from bot.domain.acts import Redact
from bot.domain.events import Event, EventRemoved, MessageReceived, ReactionAdded
from bot.domain.gestures import Gesture, gesture_of_emoji, gesture_of_word
from bot.domain.roles import Role
from bot.domain.rooms import RoomDirectory
from bot.errors import UserError
from bot.i18n import _, speaking
from bot.services import inbox, reactions
from bot.services.outbox import Card, Outbox
from bot.store.database import Transaction


class Conversation:
    """Finds what an event asks for, and does it; returns the answer, if there is one."""

    def __init__(self, situations: Situations, outbox: Outbox, directory: RoomDirectory) -> None:
        self._situations = situations
        self._menu = situations.menu
        self._outbox = outbox
        self._directory = directory

    async def needs(self, tx: Transaction, event: Event) -> set[str]:
        """The rooms that must be asked about the sender before this event is handled."""
        if isinstance(event, ReactionAdded):
            return await self._situations.look_up(tx, event, "")
        if not isinstance(event, MessageReceived):
            return set()
        understood = self._read(event, direct=False)
        if event.reply_to or (understood and understood.verb.role is not Role.MEMBER):
            return await self._situations.look_up(tx, event, event.text)
        return await self._situations.unknown_memberships(tx, event) if understood is None else set()

    async def message(
        self, tx: Transaction, message: MessageReceived, *, now: datetime
    ) -> tuple[Context, Reply | None]:
        """A command, or words typed in reply to one of our cards."""
        card = await self._outbox.card(tx, message.reply_to) if message.reply_to else None
        context = await self._situations.of(tx, message, now=now, card=card)
        with speaking(context.language):
            understood = self._read(message, direct=context.direct)
            if understood is not None:
                return context, await self._run(context, understood)
            if card is not None:
                return context, await self._answer_card(context, card, message.text)
            return context, None

    async def reaction(
        self, tx: Transaction, reaction: ReactionAdded, *, now: datetime
    ) -> tuple[Context, Reply | None]:
        """An emoji under one of our cards."""
        await reactions.added(tx, self._outbox.account, reaction)
        card = await self._outbox.card(tx, reaction.target)
        context = await self._situations.of(tx, reaction, now=now, card=card)
        if card is None:
            return context, None
        with speaking(context.language):
            gesture = gesture_of_emoji(reaction.emoji, yes_no=self._waits_for_yes(card))
            return context, await self._act(context, card, gesture) if gesture else None

    async def removal(self, tx: Transaction, removal: EventRemoved, *, now: datetime) -> None:
        """A reaction taken back undoes what it did; a command taken back takes our answer with it."""
        taken_back = await reactions.removed(tx, self._outbox.account, removal.target)
        if taken_back is None:
            await inbox.withdraw(tx, self._outbox.account, removal.target, now=now)
            await self._forget_answer(tx, removal, now=now)
            return
        card = await self._outbox.card(tx, taken_back.target)
        if card is None:
            return
        context = await self._situations.of(tx, removal, now=now, card=card)
        gesture = gesture_of_emoji(taken_back.emoji, yes_no=self._waits_for_yes(card))
        with speaking(context.language):
            if gesture is not None:
                await self._act(context, card, gesture, removed=True)

    async def _forget_answer(self, tx: Transaction, removal: EventRemoved, *, now: datetime) -> None:
        if not await inbox.knows(tx, self._outbox.account, [removal.target]):
            return
        answer = await self._outbox.answer_to(tx, removal.target)
        if answer is not None and answer.about is None:
            act = Redact(reason="")
            await self._outbox.do(
                tx, act, key=f"removed:{removal.event_id}", to=removal.room_id, now=now, parent=answer.key
            )

    def _read(self, message: MessageReceived, *, direct: bool) -> Understood | None:
        names = own_names(self._directory, self._outbox.account, message.room_id)
        text = command_text(message, names=names, direct=direct)
        return self._menu.read(text) if text is not None else None

    async def _run(self, context: Context, understood: Understood) -> Reply | None:
        verb = understood.verb
        if not context.communities and not verb.anywhere:
            return _nowhere() if context.direct else None
        if verb.role not in context.roles and verb.role is not Role.MEMBER:
            raise UserError(_("This is reserved for the community's team. You may talk to them directly."))
        return await verb.handler(context, **arguments(verb, understood.rest))

    async def _answer_card(self, context: Context, card: Card, text: str) -> Reply | None:
        gesture = gesture_of_word(text, yes_no=self._waits_for_yes(card))
        return await self._act(context, card, gesture) if gesture else None

    async def _act(self, context: Context, card: Card, gesture: Gesture, *, removed: bool = False) -> Reply | None:
        if card.about is None:
            return None
        if gesture is Gesture.REMOVE and not removed:
            await self._remove(context, card)
            return None
        action = self._menu.action(card.about.kind, gesture, removed=removed)
        return await action.handler(context, card.about.id) if action else None

    async def _remove(self, context: Context, card: Card) -> None:
        """Whoever asked, or a moderator, has our message removed."""
        if context.sender == card.asker or Role.MODERATOR in context.roles:
            await self._outbox.do(
                context.tx, Redact(), key=f"removed:{card.key}", to=card.room_id, now=context.now, parent=card.key
            )

    def _waits_for_yes(self, card: Card) -> bool:
        return card.about is not None and self._menu.waits_for_yes(card.about.kind)


def _nowhere() -> Reply:
    return say(_("I do not know of a community that we share. Write to me in a room of yours first."))
