"""What somebody wrote and somebody else points to: read from the homeserver when it is asked for, never stored."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.errors import MessageUnread
from bot.events.events import Event, MessageReceived


class Reads(Protocol):
    """Reads one event of a room; None when the server does not show it to us. Raises TryLater."""

    async def event(self, room_id: str, event_id: str) -> Event | None: ...

    async def edits(self, room_id: str, event_id: str) -> Sequence[Event]:
        """What was put in its place since. Raises TryLater."""


class Quotes:
    """Messages by room and event, in memory from when they are read until what asked for them is done."""

    def __init__(self, history: Reads) -> None:
        self._history = history
        self._read: dict[tuple[str, str], MessageReceived | None] = {}

    def of(self, room_id: str, event_id: str) -> MessageReceived | None:
        """The message, None if it is no text or was deleted. Raises MessageUnread: it is read, then asked for again."""
        if (room_id, event_id) not in self._read:
            raise MessageUnread(room_id, event_id)
        return self._read[room_id, event_id]

    async def read(self, room_id: str, event_id: str) -> None:
        """Read a message from the homeserver. Raises TryLater."""
        found = await self._history.event(room_id, event_id)
        if isinstance(found, MessageReceived):
            found = _as_edited(found, await self._history.edits(room_id, event_id))
        self._read[room_id, event_id] = found if isinstance(found, MessageReceived) and found.text.strip() else None

    def forget(self, room_id: str, event_id: str) -> None:
        """Forget a message."""
        self._read.pop((room_id, event_id), None)


def _as_edited(message: MessageReceived, edits: Sequence[Event]) -> MessageReceived:
    """The message with the words of its sender's last edit; nobody else changes what somebody wrote."""
    own = [edit for edit in edits if isinstance(edit, MessageReceived) and edit.sender == message.sender]
    last = max(own, key=lambda edit: (edit.sent_at, edit.event_id), default=message)
    return replace(message, text=last.text, too_long=last.too_long, beside=last.beside)
