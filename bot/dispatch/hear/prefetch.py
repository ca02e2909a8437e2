"""What must be asked of the homeserver before an event is handled: no network inside a transaction."""

from bot.communities import rooms
from bot.communities.rules.roles import Role
from bot.communities.rules.room_facts import RoomDirectory
from bot.dispatch.answer.bare_words import may_answer
from bot.dispatch.answer.cards import NUMBERS, WHICH
from bot.dispatch.answer.contexts import Situations
from bot.dispatch.answer.forms import asks_words
from bot.dispatch.answer.gate import belonging, visitors
from bot.dispatch.hear.address import addressed
from bot.dispatch.hear.triage import own_names
from bot.dispatch.menu.menu import Understood
from bot.events.answers import control_of, is_answer
from bot.events.events import Event, EventRemoved, MessageReceived, ReactionAdded, TalkBegan
from bot.events.gestures import Gesture, gesture_of_emoji, gesture_of_word
from bot.events.messages import Ref
from bot.mailbox import dialogues, reactions
from bot.mailbox.outbox import Card, Outbox
from bot.mailbox.tables import Dialogue
from bot.store.database import Transaction


class Needs:
    """Members' commands use what the sync told; before a moderator's action power and membership are asked for."""

    def __init__(self, situations: Situations, outbox: Outbox, directory: RoomDirectory) -> None:
        self._situations = situations
        self._menu = situations.menu
        self._outbox = outbox
        self._directory = directory

    async def of(self, tx: Transaction, event: Event) -> set[str]:
        """The rooms to ask about the sender."""
        return await self._rights(tx, event) | await self._memberships(tx, event)

    async def _rights(self, tx: Transaction, event: Event) -> set[str]:
        words = await self._words(tx, event)
        if words is not None:
            return await self._situations.look_up(tx, event, words)
        if isinstance(event, MessageReceived):
            return await self._situations.unknown_memberships(tx, event)
        return set()

    async def among(self, tx: Transaction, event: Event) -> set[str]:
        """The community whose members a yes to a form is about to tell something."""
        dialogue = await self._form_answered(tx, event)
        form = self._menu.form(dialogue.name) if dialogue is not None else None
        if dialogue is None or form is None or form.among is None:
            return set()
        slug = await form.among(tx, dialogue.data)
        return {slug} if slug else set()

    async def _form_answered(self, tx: Transaction, event: Event) -> Dialogue | None:
        card = await self._outbox.card(tx, event.concerns, room_id=event.room_id) if event.concerns else None
        if card is not None and card.about is not None and self._menu.form(card.about.kind) is not None:
            return await dialogues.get(tx, card.about.id)
        return await dialogues.current(tx, self._outbox.account, event.room_id, event.sender, dialogues.FORM)

    async def _words(self, tx: Transaction, event: Event) -> str | None:
        """The words that may name a community, if this is more than any member may do; else None."""
        match event:
            case ReactionAdded():
                card = await self._outbox.card(tx, event.target, room_id=event.room_id)
                return await self._on_card(tx, event, card, event.emoji) if card else None
            case EventRemoved():
                card = await self._taken_back_from(tx, event)
                return self._after_removal(card) if card is not None else None
            case MessageReceived():
                return await self._in_message(tx, event)
        return None

    async def _in_message(self, tx: Transaction, event: MessageReceived) -> str | None:
        names = own_names(self._directory, self._outbox.account, event.room_id)
        said = addressed(event, names=names, direct=False)
        if said is not None and (words := await self._line(tx, event.sender, said.text)) is not None:
            return words
        if said is not None and not may_answer(self._menu, said):
            return None
        return await self._answer(tx, event, said.text if said else event.text)

    async def _line(self, tx: Transaction, person: str, text: str) -> str | None:
        read = self._menu.read(text)
        return text if isinstance(read, Understood) and await read.verb.asks(tx, person, read.rest) else None

    async def _answer(self, tx: Transaction, event: MessageReceived, text: str) -> str | None:
        """Words in private that begin with a command, or that answer a card or a form."""
        direct = await self._situations.is_direct(tx, event.room_id)
        words = await self._line(tx, event.sender, text) if direct else None
        card = await self._replied_to(tx, event) if words is None else None
        if words is None and card is not None:
            words = await self._on_card(tx, event, card, text)
        if words is not None or control_of(text):
            return words
        return await self._alone(tx, event, text)

    async def _alone(self, tx: Transaction, event: MessageReceived, text: str) -> str | None:
        """Words that may answer whatever waits here: the person's list or form, else a card."""
        account, gesture, words = self._outbox.account, gesture_of_word(text, yes_no=True), None
        if gesture in NUMBERS:
            listed = await dialogues.current(tx, account, event.room_id, event.sender, dialogues.LIST)
            words = await self._in_list(tx, event.sender, listed, gesture)
        elif gesture is Gesture.YES:
            form = await dialogues.current(tx, account, event.room_id, event.sender, dialogues.FORM)
            words = await self._in_form(tx, event.sender, form)
        if words is not None or (gesture is None and not self._menu.is_card_word(text)):
            return words
        near = await self._within_reach(tx, event)
        return "" if any(self._menu.asks_rights(about.kind, gesture, text) for about in near) else None

    async def _within_reach(self, tx: Transaction, event: MessageReceived) -> list[Ref]:
        """The cards that a word alone may answer; among people none, but in a room of help and in a thread of ours."""
        bound = await rooms.binding(tx, event.room_id)
        threaded = self._outbox.threads.has(event.room_id, event.thread)
        return await self._open(tx, event) if bound is None or bound.kind == rooms.HELP or threaded else []

    async def _on_card(self, tx: Transaction, event: Event, card: Card, answer: str) -> str | None:
        about = card.about
        yes_no = about is not None and self._menu.waits_for_yes(about.kind)
        if isinstance(event, ReactionAdded):
            gesture = gesture_of_emoji(answer, yes_no=yes_no)
        else:
            gesture = gesture_of_word(answer, yes_no=yes_no)
        if gesture is Gesture.REMOVE:
            return "" if event.sender != card.asker else None
        return await self._on_item(tx, event.sender, about, gesture, answer) if about is not None else None

    async def _on_item(
        self, tx: Transaction, person: str, about: Ref, gesture: Gesture | None, answer: str = ""
    ) -> str | None:
        if self._menu.form(about.kind) is not None:
            return (
                await self._in_form(tx, person, await dialogues.get(tx, about.id)) if gesture is Gesture.YES else None
            )
        if gesture in NUMBERS and (about.kind == WHICH or self._menu.choice(about.kind) is not None):
            return await self._in_list(tx, person, await dialogues.get(tx, about.id), gesture)
        return "" if self._menu.asks_rights(about.kind, gesture, answer) else None

    def _after_removal(self, card: Card) -> str | None:
        """Another gesture of the person under the same card may count then, whichever it is."""
        return "" if card.about is not None and self._menu.may_ask_rights(card.about.kind) else None

    async def _in_list(self, tx: Transaction, person: str, dialogue: Dialogue | None, number: Gesture) -> str | None:
        """A line that is done once a number is chosen, or the card that an answer is meant for."""
        if dialogue is None:
            return None
        if dialogue.name != WHICH:
            return await self._line(tx, person, str(dialogue.data.get("line", "")))
        chosen = dialogue.data["items"][NUMBERS[number] - 1 : NUMBERS[number]]
        gesture = Gesture(dialogue.data["gesture"])
        return await self._on_item(tx, person, Ref.parse(chosen[0]), gesture) if chosen else None

    async def _in_form(self, tx: Transaction, person: str, dialogue: Dialogue | None) -> str | None:
        """A form with a right of its own, or a line that is to be done."""
        form = self._menu.form(dialogue.name) if dialogue is not None else None
        if dialogue is None or form is None or dialogue.person != person:
            return None
        if form.asks_rights or form.role is not Role.MEMBER:
            return " ".join(str(value) for value in dialogue.data.values())
        return await self._line(tx, person, str(dialogue.data.get("line", "")))

    # ── where the room itself does not prove that somebody is a member ────────────────────────────────────

    async def _memberships(self, tx: Transaction, event: Event) -> set[str]:
        """In private, or where we brought people together: rooms of the communities of what they answer."""
        if await rooms.binding(tx, event.room_id) is not None:
            return set()
        slugs: set[str] = set()
        for about in await self._answered(tx, event):
            slugs |= {*await belonging(tx, self._menu, about)}
            slugs |= await visitors(tx, self._menu, about, event.sender)
        return await self._situations.proofs(tx, event.sender, slugs)

    async def _answered(self, tx: Transaction, event: Event) -> list[Ref]:
        """What an event answers, as far as can be said before it is handled; rather too much than too little."""
        match event:
            case MessageReceived():
                return await self._said(tx, event)
            case ReactionAdded():
                card = await self._outbox.card(tx, event.target, room_id=event.room_id)
            case EventRemoved():
                card = await self._taken_back_from(tx, event)
            case TalkBegan():
                return [about for about in await self._open(tx, event) if self._menu.talk(about.kind)]
            case _:
                card = None
        return [card.about] if card is not None and card.about is not None else []

    async def _said(self, tx: Transaction, message: MessageReceived) -> list[Ref]:
        names = own_names(self._directory, self._outbox.account, message.room_id)
        said = addressed(message, names=names, direct=True)
        if said is not None and not may_answer(self._menu, said):
            return []
        text = said.text if said is not None else message.text
        card = await self._replied_to(tx, message)
        found = [card.about] if card is not None and card.about is not None else []
        found += [about for about in await self._open(tx, message) if self._knows(about, text)]
        for kind in (dialogues.FORM, dialogues.LIST):
            dialogue = await dialogues.current(tx, self._outbox.account, message.room_id, message.sender, kind)
            if dialogue is not None and (is_answer(text) or self._asks_words(dialogue)):
                found.append(Ref(dialogue.name, str(dialogue.id)))
        return found

    async def _taken_back_from(self, tx: Transaction, event: EventRemoved) -> Card | None:
        """The card under which the reaction stood that was removed."""
        account, room_id = self._outbox.account, event.room_id
        mark = await reactions.get(tx, account, event.target, room_id=room_id)
        return await self._outbox.card(tx, mark.target, room_id=room_id) if mark else None

    async def _replied_to(self, tx: Transaction, message: MessageReceived) -> Card | None:
        if message.reply_to is None:
            return None
        return await self._outbox.card(tx, message.reply_to, room_id=message.room_id)

    async def _open(self, tx: Transaction, event: Event) -> list[Ref]:
        found = await self._outbox.open_cards(tx, event.room_id)
        return [card.about for card in found if card.about is not None]

    def _knows(self, about: Ref, text: str) -> bool:
        """Whether a word alone may mean such a card."""
        gesture = gesture_of_word(text, yes_no=self._menu.waits_for_yes(about.kind))
        acts = gesture is not None and self._menu.action(about.kind, gesture) is not None
        return acts or self._menu.card_word(about.kind, text) is not None

    def _asks_words(self, dialogue: Dialogue) -> bool:
        form = self._menu.form(dialogue.name)
        return form is not None and asks_words(form, dialogue)
