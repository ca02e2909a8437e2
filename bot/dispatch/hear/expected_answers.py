"""Who may answer us with bare words, and where: known in memory, so that a room's talk is not even looked up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.dispatch.hear.reading import Reading
from bot.events.events import MessageReceived

AFTER_A_COMMAND = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class _Expected:
    until: datetime
    everything: bool
    words: bool


class Listening:
    """Nothing is decided here: whoever handles the message looks at the database again."""

    def __init__(self) -> None:
        self._expected: dict[tuple[str, str], _Expected] = {}
        self._open_rooms: set[str] = set()

    def expect(
        self, room_id: str, person: str, *, until: datetime, everything: bool = False, words: bool = False
    ) -> None:
        """The person was asked something here; `everything`: in their own words; `words`: those of a card too."""
        before = self._expected.get((room_id, person))
        if before is not None and not everything:
            until, everything = max(until, before.until), before.everything
            words = words or before.words
        self._expected[room_id, person] = _Expected(until, everything, words)

    def answered(self, room_id: str, person: str) -> None:
        """Own words are not waited for any more; a list may still be."""
        before = self._expected.get((room_id, person))
        if before is not None:
            self._expected[room_id, person] = _Expected(before.until, everything=False, words=before.words)

    def forget(self, person: str) -> None:
        """The person was erased: nothing is waited for from them."""
        for place in [place for place in self._expected if place[1] == person]:
            del self._expected[place]

    def commanded(self, command: MessageReceived) -> None:
        """An answer to what a command will ask may come before the command is handled."""
        self.expect(command.room_id, command.sender, until=command.sent_at + AFTER_A_COMMAND)

    def open_rooms(self, room_ids: Iterable[str]) -> None:
        """The rooms in which anybody's bare word may answer a card."""
        self._open_rooms = set(room_ids)

    def open_room(self, room_id: str, *, is_open: bool) -> None:
        """Such a room was added, or is one no more."""
        (self._open_rooms.add if is_open else self._open_rooms.discard)(room_id)

    def moved(self, room_id: str, replacement: str) -> None:
        """A room was upgraded: what counted in it counts in the one that took its place."""
        if room_id in self._open_rooms:
            self.open_room(room_id, is_open=False)
            self.open_room(replacement, is_open=True)
        for person in [person for place, person in self._expected if place == room_id]:
            self._expected[replacement, person] = self._expected.pop((room_id, person))

    def wants(self, reading: Reading) -> bool:
        """Whether this may be an answer, though it neither begins with the prefix nor replies to us."""
        message = reading.message
        if message.room_id in self._open_rooms and reading.is_answer:
            return True
        expected = self._expected.get((message.room_id, message.sender))
        if expected is None:
            return False
        if message.sent_at > expected.until:
            del self._expected[message.room_id, message.sender]
            return False
        return expected.everything or reading.is_answer or (expected.words and reading.is_card_word)
