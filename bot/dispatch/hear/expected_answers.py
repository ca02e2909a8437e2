"""Remembers in memory who may answer us with bare words, and where, so that ordinary talk costs no database query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.dispatch.hear.reading import Reading
from bot.events.events import MessageReceived

AFTER_A_COMMAND = timedelta(minutes=15)
PRUNED_AT = 1_000
"""Expectations past which those whose time is over are forgotten."""


@dataclass(frozen=True, slots=True)
class _Expected:
    until: datetime
    everything: bool
    words: bool


class Listening:
    """A filter: the handler of a message that passes checks the database before it takes it for an answer."""

    def __init__(self) -> None:
        self._expected: dict[tuple[str, str], _Expected] = {}
        self._prune_at = PRUNED_AT
        self._open_rooms: set[str] = set()

    def expect(
        self, room_id: str, person: str, *, until: datetime, everything: bool = False, words: bool = False
    ) -> None:
        """Expect an answer of the person here. `everything`: in any words; `words`: also in a card's declared words."""
        before = self._expected.get((room_id, person))
        if before is not None and not everything:
            until, everything = max(until, before.until), before.everything
            words = words or before.words
        self._expected[room_id, person] = _Expected(until, everything, words)
        if len(self._expected) > self._prune_at:
            self._prune(until - AFTER_A_COMMAND)

    def _prune(self, now: datetime) -> None:
        """Forget whom we expected something of until an earlier moment; look again when twice as many are left."""
        self._expected = {place: one for place, one in self._expected.items() if one.until > now}
        self._prune_at = max(PRUNED_AT, 2 * len(self._expected))

    def answered(self, room_id: str, person: str) -> None:
        """Stop expecting the person's own words; they may still choose from a list."""
        before = self._expected.get((room_id, person))
        if before is not None:
            self._expected[room_id, person] = _Expected(before.until, everything=False, words=before.words)

    def forget(self, person: str) -> None:
        """Expect nothing more of a person who was erased."""
        for place in [place for place in self._expected if place[1] == person]:
            del self._expected[place]

    def commanded(self, command: MessageReceived) -> None:
        """Expect an answer after a command: it may come before the command is handled and its question sent."""
        self.expect(command.room_id, command.sender, until=command.sent_at + AFTER_A_COMMAND)

    def open_rooms(self, room_ids: Iterable[str]) -> None:
        """Set the rooms in which anybody's bare word may answer a card."""
        self._open_rooms = set(room_ids)

    def open_room(self, room_id: str, *, is_open: bool) -> None:
        """Add such a room, or remove it."""
        (self._open_rooms.add if is_open else self._open_rooms.discard)(room_id)

    def moved(self, room_id: str, replacement: str) -> None:
        """After a room upgrade, expect in the new room what was expected in the old one."""
        if room_id in self._open_rooms:
            self.open_room(room_id, is_open=False)
            self.open_room(replacement, is_open=True)
        for person in [person for place, person in self._expected if place == room_id]:
            self._expected[replacement, person] = self._expected.pop((room_id, person))

    def wants(self, reading: Reading) -> bool:
        """Whether a message that neither begins with the prefix nor replies to us may be an answer."""
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
