"""Finds what to ask the homeserver before an event is handled: no network inside a transaction.

For what any member may do, the last sync is enough; for what only some may do, power levels and membership are asked
for. `bot.dispatch.answer.meanings` decides what an event may mean; this file, what each meaning needs.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.communities import rooms
from bot.communities.rules.roles import Role
from bot.communities.rules.room_facts import RoomDirectory
from bot.dispatch.answer.cards import NUMBERS, WHICH
from bot.dispatch.answer.contexts import Contexts
from bot.dispatch.answer.meanings import Concern, on_card, possible
from bot.dispatch.answer.place import Place
from bot.dispatch.answer.rights.gate import belonging, visitors
from bot.dispatch.hear.reading import Readings
from bot.dispatch.menu.menu import Understood
from bot.events.events import Event, EventRemoved, MessageReceived, ReactionAdded, TalkBegan
from bot.events.gestures import Gesture, gesture_of_emoji
from bot.events.messages import Ref
from bot.mailbox import dialogues
from bot.mailbox.receiving import reactions
from bot.mailbox.sending.outbox import Card, Outbox
from bot.store.database import Transaction


class Prefetch:
    """Looks up which rooms, and which communities' members, to ask about."""

    def __init__(self, contexts: Contexts, outbox: Outbox, directory: RoomDirectory, readings: Readings) -> None:
        self._contexts = contexts
        self._menu = contexts.menu
        self._outbox = outbox
        self._directory = directory
        self._readings = readings

    async def of(self, tx: Transaction, event: Event, *, now: datetime) -> set[str]:
        """The rooms whose power levels, and the sender's membership there, must be asked for."""
        concerns = await self._concerns(tx, event, now)
        return await self._rights(tx, event, concerns) | await self._memberships(tx, event, concerns)

    async def among(self, tx: Transaction, event: Event, *, now: datetime) -> set[str]:
        """The communities to whose members we will write, if the event says yes to a form that does so."""
        slugs = [await self._written_to(tx, item) for item in await self._agreed(tx, event, now)]
        return {slug for slug in slugs if slug}

    # ── what an event may be about ────────────────────────────────────────────────────────────────────────

    async def _concerns(self, tx: Transaction, event: Event, now: datetime) -> Sequence[Concern]:
        match event:
            case MessageReceived():
                return await possible(self._place(tx, event, now))
            case ReactionAdded():
                card = await self._outbox.card(tx, event.target, room_id=event.room_id)
                return [self._tapped(card, event.emoji)] if card is not None else []
            case EventRemoved():
                card = await self._taken_back_from(tx, event)
                return [Concern(items=_item(card), taken_back=True)] if card is not None else []
            case TalkBegan():
                cards = await self._outbox.open_cards(tx, event.room_id)
                return [Concern(items=_item(card)) for card in cards if card.about and self._menu.talk(card.about.kind)]
        return []

    def _place(self, tx: Transaction, message: MessageReceived, now: datetime) -> Place:
        reading = self._readings.of(message)
        return Place(tx, reading, menu=self._menu, outbox=self._outbox, directory=self._directory, now=now)

    def _tapped(self, card: Card, emoji: str) -> Concern:
        yes_no = card.about is not None and self._menu.waits_for_yes(card.about.kind)
        gesture = gesture_of_emoji(emoji, yes_no=yes_no)
        return on_card(card, gesture) if gesture is not None else Concern(items=_item(card))

    async def _taken_back_from(self, tx: Transaction, event: EventRemoved) -> Card | None:
        """The card under which the removed reaction was."""
        account, room_id = self._outbox.account, event.room_id
        mark = await reactions.get(tx, account, event.target, room_id=room_id)
        return await self._outbox.card(tx, mark.target, room_id=room_id) if mark else None

    # ── what only some may do ─────────────────────────────────────────────────────────────────────────────

    async def _rights(self, tx: Transaction, event: Event, concerns: Sequence[Concern]) -> set[str]:
        words = [await self._words(tx, event.sender, concern) for concern in concerns]
        asking = [each for each in words if each is not None]
        unknown = await self._contexts.unknown_memberships(tx, event) if isinstance(event, MessageReceived) else set()
        return unknown | (await self._contexts.look_up(tx, event, " ".join(asking)) if asking else set())

    async def _words(self, tx: Transaction, person: str, concern: Concern) -> str | None:
        """The words that may name a community, if the concern needs a right that not every member has; else None."""
        if concern.line is not None:
            return await self._of_line(tx, person, concern.line, concern.text)
        if concern.gesture is Gesture.REMOVE and concern.card is not None:
            return "" if person != concern.card.asker else None
        for item in concern.items:
            words = await self._of_item(tx, person, item, concern)
            if words is not None:
                return words
        return None

    async def _of_line(self, tx: Transaction, person: str, line: Understood, text: str) -> str | None:
        return text if await line.verb.asks(tx, person, line.rest) else None

    async def _of_item(self, tx: Transaction, person: str, item: Ref, concern: Concern) -> str | None:
        about, gesture = await self._followed(tx, item, concern.gesture)
        if gesture is Gesture.YES and self._menu.form(about.kind) is not None:
            return await self._of_form(tx, person, about)
        if gesture in NUMBERS and self._menu.choice(about.kind) is not None:
            return await self._of_kept_line(tx, person, about)
        if concern.taken_back:  # another gesture of the person under the same card counts then, whichever it is
            return "" if self._menu.may_ask_rights(about.kind) else None
        return "" if self._menu.asks_rights(about.kind, gesture, concern.text) else None

    async def _of_form(self, tx: Transaction, person: str, about: Ref) -> str | None:
        """As `_words`, for yes to a form: its draft if the form needs a right, else the command line stored in it."""
        form, dialogue = self._menu.form(about.kind), await dialogues.get(tx, about.id)
        if form is None or dialogue is None or dialogue.person != person:
            return None
        if form.asks_rights or form.role is not Role.MEMBER:
            return " ".join(str(value) for value in dialogue.data.values())
        return await self._of_kept_line(tx, person, about)

    async def _of_kept_line(self, tx: Transaction, person: str, about: Ref) -> str | None:
        """As `_words`, for the command line that a dialogue runs once it is confirmed, or its community chosen."""
        dialogue = await dialogues.get(tx, about.id)
        line = str(dialogue.data.get("line", "")) if dialogue is not None else ""
        read = self._menu.read(line)
        return await self._of_line(tx, person, read, line) if isinstance(read, Understood) else None

    async def _followed(self, tx: Transaction, item: Ref, gesture: Gesture | None) -> tuple[Ref, Gesture | None]:
        """The item and gesture that a number chooses in the list “Which one?”; any others come back as they are."""
        dialogue = await dialogues.get(tx, item.id) if item.kind == WHICH and gesture in NUMBERS else None
        if dialogue is None or gesture is None:
            return item, gesture
        chosen = dialogue.data.get("items", [])[NUMBERS[gesture] - 1 : NUMBERS[gesture]]
        return (Ref.parse(chosen[0]), Gesture(dialogue.data["gesture"])) if chosen else (item, gesture)

    # ── where the room itself does not prove that somebody is a member ────────────────────────────────────

    async def _memberships(self, tx: Transaction, event: Event, concerns: Sequence[Concern]) -> set[str]:
        """The rooms that prove membership in the communities of the answered items; a linked room itself proves it."""
        items = [item for concern in concerns for item in concern.items]
        if not items or await rooms.binding(tx, event.room_id) is not None:
            return set()
        slugs: set[str] = set()
        for about in items:
            slugs |= {*await belonging(tx, self._menu, about)}
            slugs |= await visitors(tx, self._menu, about, event.sender)
        return await self._contexts.proofs(tx, event.sender, slugs)

    # ── what writes to members ────────────────────────────────────────────────────────────────────────────

    async def _agreed(self, tx: Transaction, event: Event, now: datetime) -> Sequence[Ref]:
        """What the event says yes to."""
        concerns = await self._concerns(tx, event, now)
        found = [await self._followed(tx, item, concern.gesture) for concern in concerns for item in concern.items]
        return [item for item, gesture in found if gesture is Gesture.YES]

    async def _written_to(self, tx: Transaction, item: Ref) -> str | None:
        form = self._menu.form(item.kind)
        dialogue = await dialogues.get(tx, item.id) if form is not None and form.among is not None else None
        if form is None or form.among is None or dialogue is None:
            return None
        return await form.among(tx, dialogue.data)


def _item(card: Card) -> tuple[Ref, ...]:
    return (card.about,) if card.about is not None else ()
