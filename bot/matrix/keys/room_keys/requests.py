"""Room keys that did not come: asks for them, and notes why senders refuse them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nio.crypto import OutgoingKeyRequest
from nio.events import MegolmEvent

from bot.matrix.keys.api import Json
from bot.matrix.keys.machine import Machine, RoomKey

_WITHHELD = ("m.room_key.withheld", "org.matrix.room_key.withheld")
_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """The to-device messages of one key request."""

    messages: Json
    request: OutgoingKeyRequest


def key_request(machine: Machine, event: MegolmEvent) -> Asked | None:
    """Asks the device that made the key, and our own other devices; None if that was done before."""
    if event.session_id in machine.outgoing_key_requests:
        return None
    content = {
        "action": "request",
        "request_id": event.session_id,
        "requesting_device_id": machine.device_id,
        "body": {
            "algorithm": event.algorithm,
            "room_id": event.room_id,
            "sender_key": event.sender_key,
            "session_id": event.session_id,
        },
    }
    messages: Json = {machine.user_id: {"*": content}}
    if event.sender != machine.user_id:
        messages[event.sender] = {event.device_id or "*": content}
    request = OutgoingKeyRequest(event.session_id, event.session_id, event.room_id, event.algorithm)
    return Asked(messages, request)


def remember(machine: Machine, request: OutgoingKeyRequest) -> None:
    """Stores a request: it is made only once, even across restarts, and only requested keys are accepted forwarded."""
    machine.outgoing_key_requests[request.request_id] = request
    machine.store.add_outgoing_key_request(request)


class Withheld:
    """The room keys that their makers refused us, each with the specification's code (11.12.4.3)."""

    def __init__(self) -> None:
        self._codes: dict[RoomKey, str] = {}

    def note(self, events: Iterable[Any]) -> None:
        for event in events:
            source = getattr(event, "source", None)
            if isinstance(source, dict) and source.get("type") in _WITHHELD:
                self._note_one(source.get("content"))

    def _note_one(self, content: Any) -> None:
        if not isinstance(content, dict) or len(self._codes) >= _REMEMBERED:
            return
        room_id, session_id, code = (content.get(name) for name in ("room_id", "session_id", "code"))
        if isinstance(room_id, str) and isinstance(session_id, str) and isinstance(code, str):
            self._codes[room_id, session_id] = code

    def code(self, room_id: str, session_id: str) -> str | None:
        """The code, such as `m.unverified`; None if the key was not refused."""
        return self._codes.get((room_id, session_id))
