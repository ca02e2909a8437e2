"""Decides which events are for us, first in memory, then with the database. Of the others nothing is stored."""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from bot import consequences
from bot.communities import rooms
from bot.communities.rules.room_facts import RoomDirectory
from bot.dispatch.answer.budget import TRIAGE, bounded
from bot.dispatch.answer.fault_names import new_reference, place_of
from bot.dispatch.answer.forms import asks_words
from bot.dispatch.hear.expected_answers import AFTER_A_COMMAND, Listening
from bot.dispatch.hear.reading import Reading, Readings
from bot.dispatch.menu.menu import Menu
from bot.errors import OverBudget
from bot.events.events import (
    Event,
    EventRemoved,
    FileShown,
    Invited,
    MembershipChanged,
    MessageReceived,
    PatientDataSeen,
    ReactionAdded,
    RoomUpgraded,
    Sealed,
    Shown,
    TalkBegan,
    VerificationAsked,
)
from bot.events.gestures import gesture_of_emoji, means_something
from bot.mailbox import dialogues, direct_chats
from bot.mailbox.receiving import inbox, reactions
from bot.mailbox.receiving.inbox import Arrival
from bot.mailbox.sending import delivery
from bot.mailbox.sending.outbox import Outbox
from bot.privacy import departures
from bot.store.database import Transaction
from bot.text.patient_data import patient_data

logger = logging.getLogger(__name__)

SKIPPED = 100
"""How many skipped events are remembered: each event is examined several times, but may take too long only once."""

T = TypeVar("T")


class Triage:
    """Sorts the events of a room: for us now, for us once our sends are confirmed, or not for us."""

    def __init__(
        self, menu: Menu, directory: RoomDirectory, outbox: Outbox, listening: Listening, readings: Readings
    ) -> None:
        self._menu = menu
        self._readings = readings
        self._listening = listening
        self._directory = directory
        self._outbox = outbox
        self._me = outbox.account
        self._skipped: deque[str] = deque(maxlen=SKIPPED)

    async def resume(self, tx: Transaction, *, now: datetime) -> None:
        """Load who was asked something, and where bare words count, from before this process began."""
        for dialogue in await dialogues.open_ones(tx, self._me, now=now):
            form = self._menu.form(dialogue.name)
            words = form is not None and asks_words(form, dialogue)
            self._listening.expect(dialogue.room_id, dialogue.person, until=dialogue.expires_at, everything=words)
        bound = await rooms.of_account(tx, self._me)
        self._listening.open_rooms(room.room_id for room in bound if room.kind == rooms.HELP)
        for room in bound:
            await self._resume_drafts(tx, room.room_id, until=now + AFTER_A_COMMAND)
        self._outbox.threads.begun_by = self._menu.talked_about
        self._outbox.threads.only(await self._outbox.open_places(tx))

    async def _resume_drafts(self, tx: Transaction, room_id: str, *, until: datetime) -> None:
        """Expect bare words of those who have an unsent draft in the room."""
        for card in await self._outbox.open_cards(tx, room_id):
            if card.asker is not None and card.about is not None and self._menu.redrafts(card.about.kind):
                self._listening.expect(room_id, card.asker, until=until, words=True)

    def worth_a_look(self, event: Event) -> bool:
        """Whether this may be for us, judged without the database: most of a room's talk ends here."""
        return bool(self._within_budget(event, lambda: self._worth_a_look(event)))

    def _within_budget(self, event: Event, judge: Callable[[], T]) -> T | None:
        """What `judge` returns; None for an event that takes longer than TRIAGE, which is logged and skipped."""
        if event.event_id in self._skipped:
            return None
        try:
            with bounded(TRIAGE):
                return judge()
        except OverBudget:
            reference = new_reference()
            said = (event.kind, reference, place_of(event.event_id))
            logger.error("a %s took too long to be sorted and is skipped, reference %s, event %s", *said)
            self._skipped.append(event.event_id)
            self._forget(event)
            return None

    def _forget(self, event: Event) -> None:
        """Drop the reading of a message."""
        if isinstance(event, MessageReceived):
            self._readings.forget(event)

    def _worth_a_look(self, event: Event) -> bool:
        if isinstance(event, MembershipChanged):
            return True
        if event.sender == self._me or self._is_of_server(event.room_id):
            return False
        if isinstance(event, ReactionAdded):
            return rule_of(event) is not None or means_something(event.emoji)
        if isinstance(event, Shown):
            return rule_of(event) is not None or self._may_be_direct(event.room_id)
        if not isinstance(event, MessageReceived):
            return True
        if event.concerns is not None or self._outbox.threads.has(event.room_id, event.thread):
            return True
        return self._may_be_direct(event.room_id) or self._telling(event) or self._in_a_thread(event)

    def _telling(self, message: MessageReceived) -> bool:
        """Whether a message may be for us by its words: a command, an answer, a match of the patient-data rule."""
        reading = self._readings.of(message)
        if reading.is_for_us(direct=False):
            self._listening.commanded(message)
            return True
        if self._listening.wants(reading) or rule_of(message) is not None or self._tells_room(reading):
            return True
        self._readings.forget(message)
        return False

    def _in_a_thread(self, message: MessageReceived) -> bool:
        """Whether it is a word that may answer the card on which somebody opened this thread."""
        if message.thread is None:
            return False
        reading = self._readings.of(message)
        return reading.is_answer or reading.is_thread_word

    def _tells_room(self, reading: Reading) -> bool:
        """Whether it is a card's word, or the first talk, in a room that we opened for others."""
        room_id = reading.message.room_id
        fresh = self._outbox.threads.is_silent(room_id, None) or reading.is_card_word
        return fresh and self._is_ours(room_id)

    def _is_of_server(self, room_id: str) -> bool:
        """Whether the homeserver tells us its news there: that is for whoever operates us."""
        facts = self._directory.facts(room_id)
        return facts is not None and facts.has_notices

    def _is_ours(self, room_id: str) -> bool:
        facts = self._directory.facts(room_id)
        return facts is not None and facts.marker is not None

    async def sort(self, tx: Transaction, room_id: str, events: Sequence[Event], *, position: int) -> list[Arrival]:
        """The events that are for us, as rows for the inbox; the position of an event is `position` plus its index."""
        looked_at = [
            (index, event)
            for index, event in enumerate(events)
            if self.worth_a_look(event) and not isinstance(event, Sealed)
        ]
        if not looked_at:
            return []
        known = await self._known(tx, room_id, [event for _, event in looked_at])
        arrivals = []
        for index, event in looked_at:
            arrival = self._within_budget(event, partial(self._arrival, event, position + index, known))
            if arrival is not None:
                known.ours.add(event.event_id)
                arrivals.append(arrival)
            if arrival is None or arrival.status != inbox.PENDING or arrival.event.kind != event.kind:
                self._forget(event)
        for root in known.talking:
            tx.after_commit.append(partial(self._outbox.threads.talk_began, room_id, root))
        return arrivals

    def _arrival(self, event: Event, position: int, known: "Known") -> Arrival | None:
        if isinstance(event, MembershipChanged):
            ours = known.chat or event.member == self._me or event.member in known.gone
            return Arrival(event, position) if ours else None
        if isinstance(event, Invited | RoomUpgraded | VerificationAsked):
            return Arrival(event, position)
        if isinstance(event, MessageReceived):
            return self._message(event, position, known)
        if isinstance(event, ReactionAdded | Shown) and (rule := rule_of(event)) is not None:
            return Arrival(_seen(event, rule, command=False), position)
        if isinstance(event, Shown):
            return Arrival(_file(event), position) if known.direct else None
        assert event.concerns is not None
        if event.concerns in known.ours or self._marks(event):
            return Arrival(event, position)
        waits = known.in_flight and isinstance(event, ReactionAdded)
        return Arrival(event, position, "waiting") if waits else None

    def _marks(self, event: Event) -> bool:
        """Whether it is a gesture that means something on a message of anybody."""
        if not isinstance(event, ReactionAdded):
            return False
        return self._menu.mark(gesture_of_emoji(event.emoji, yes_no=False)) is not None

    def _message(self, message: MessageReceived, position: int, known: "Known") -> Arrival | None:
        reading = self._readings.of(message)
        for_us = reading.is_for_us(direct=known.direct) or self._listening.wants(reading)
        for_us = for_us or self._is_about_ours(reading, known)
        rule = rule_of(message)
        if rule is not None:
            return Arrival(_seen(message, rule, command=for_us), position)
        if for_us and not (known.in_flight and self._may_reply_to_us(reading, known)):
            return Arrival(message, position)
        if for_us:
            return Arrival(message, position, "waiting")
        if message.concerns is not None and known.in_flight:
            return Arrival(replace(message, text=""), position, "waiting")
        if message.thread is not None and self._outbox.threads.has(message.room_id, message.thread):
            return self._in_our_thread(reading, position, known)
        return self._in_our_room(reading, position, known)

    def _is_about_ours(self, reading: Reading, known: "Known") -> bool:
        """Whether it edits a message that was for us, or replies to a post of ours in words that may answer it."""
        message = reading.message
        if message.replaces is not None:
            return message.replaces in known.ours
        return self.answers_card(message) and bool({message.reply_to, message.thread} & known.ours)

    def answers_card(self, message: MessageReceived) -> bool:
        """Whether the words of a reply may answer a card."""
        reading = self._readings.of(message)
        return reading.may_answer and (reading.is_answer or reading.is_card_word)

    def _may_reply_to_us(self, reading: Reading, known: "Known") -> bool:
        """Whether it may answer a card of ours whose send is not recorded yet."""
        reply_to = reading.message.reply_to
        return reply_to is not None and reply_to not in known.ours and reading.may_answer

    def _in_our_thread(self, reading: Reading, position: int, known: "Known") -> Arrival | None:
        """In a thread with an open card: an answer to a card, or the fact that people talk there."""
        message = reading.message
        if reading.is_card_word or reading.is_answer:
            return Arrival(message, position)
        return self._first_word(message, message.thread, position, known)

    def _in_our_room(self, reading: Reading, position: int, known: "Known") -> Arrival | None:
        """In a room that we opened for others: a card's word, or the fact that people talk, never what they say."""
        message = reading.message
        if known.direct or not self._is_ours(message.room_id):
            return None
        if reading.is_card_word:
            return Arrival(message, position)
        return self._first_word(message, None, position, known)

    def _first_word(self, message: MessageReceived, root: str | None, position: int, known: "Known") -> Arrival | None:
        """TalkBegan for the first message after a card, else None. A sync that is rolled back reports it again."""
        if root in known.talking or not self._outbox.threads.is_silent(message.room_id, root):
            return None
        known.talking.add(root)
        return Arrival(TalkBegan.by(message), position)

    def _may_be_direct(self, room_id: str) -> bool:
        facts = self._directory.facts(room_id)
        return facts is None or facts.members <= 2

    def _targets(self, event: Event) -> set[str]:
        """The events that an event may be about; a thread may have been opened on a card of ours."""
        threads = {event.thread} if isinstance(event, MessageReceived) and self._in_a_thread(event) else set()
        return {target for target in {event.concerns, *threads} if target is not None}

    async def _known(self, tx: Transaction, room_id: str, events: Sequence[Event]) -> "Known":
        """What the database has about the events of this room that these refer to.

        Sends in flight are read first: one that ends between the two reads is then found by the second.
        """
        person, status = await direct_chats.in_room(tx, self._me, room_id)
        direct, chat = person is not None and status != direct_chats.SHARED, person is not None
        targets = sorted({target for event in events for target in self._targets(event)})
        left = {event.member for event in events if isinstance(event, MembershipChanged) and event.left}
        gone = {person for person in left if await departures.concerns(tx, person)}
        if not targets:
            return Known(set(), direct=direct, chat=chat, in_flight=False, gone=gone)
        in_flight = await delivery.in_flight(tx, self._me, room_id)
        ours = await self._outbox.cards_of(tx, targets, room_id=room_id)
        if any(isinstance(event, EventRemoved | MessageReceived) for event in events):
            ours |= await inbox.knows(tx, self._me, targets, room_id=room_id)
            ours |= await reactions.known(tx, self._me, targets, room_id=room_id)
        if removed := {event.target for event in events if isinstance(event, EventRemoved)}:
            ours |= (await consequences.cited(tx, room_id, removed)).keys()
        return Known(ours, direct=direct, chat=chat, in_flight=in_flight, gone=gone)


class Known:
    """`ours`: events that we sent, or that were for us. `direct`: the room is a direct chat; `chat`: or was one until
    somebody else came in. `in_flight`: it has sends in flight. `gone`: people who have left it and have something that
    may end with that."""

    def __init__(self, ours: set[str], *, direct: bool, chat: bool, in_flight: bool, gone: set[str]) -> None:
        self.gone = gone
        self.ours = ours
        self.talking: set[str | None] = set()
        """Threads, and None for the room itself, in which somebody talks for the first time."""
        self.direct = direct
        self.chat = chat
        self.in_flight = in_flight


def _file(shown: Shown) -> FileShown:
    return FileShown(event_id=shown.event_id, room_id=shown.room_id, sender=shown.sender, sent_at=shown.sent_at)


def rule_of(event: Event) -> str | None:
    """The patient-data rule that a message, a file or a reaction matches, the surest of several; None when none."""
    match event:
        case MessageReceived():
            found = patient_data.check(event.text) or patient_data.check(event.beside)
        case Shown():
            found = patient_data.check(event.text)
        case ReactionAdded() if not means_something(event.emoji):
            found = patient_data.check(event.emoji)
        case _:
            return None
    return min((one.rule for one in found), key=patient_data.RULES.index, default=None)


def _seen(event: MessageReceived | ReactionAdded | Shown, rule: str, *, command: bool) -> PatientDataSeen:
    return PatientDataSeen(
        event_id=event.event_id,
        room_id=event.room_id,
        sender=event.sender,
        sent_at=event.sent_at,
        rule=rule,
        command=command,
        thread=None if isinstance(event, ReactionAdded) else event.thread,
    )
