"""One outbox row as one request of the client-server API."""

from dataclasses import dataclass
from typing import Any, TypeVar

from bot.communities.rules.roles import ADMINISTRATOR_POWER
from bot.events.room_actions import (
    Attach,
    CreateRoom,
    DeclineVerification,
    Draw,
    Join,
    Leave,
    Print,
    React,
    Redact,
    SetState,
)
from bot.events.text import Text
from bot.mailbox import OutboxMessage
from bot.mailbox.sending.contents import act_of, message_of
from bot.mailbox.sending.outbox import EDIT, MESSAGE
from bot.matrix import content, verification
from bot.matrix.api import path
from bot.matrix.content import Placed
from bot.pictures.chart import HEIGHT, WIDTH

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request. `event_type` is set when `body` is a message event, to be encrypted in an encrypted room."""

    method: str
    path: str
    body: dict[str, Any]
    event_type: str | None = None


class ParentMissing(Exception):
    """The row edits, marks or removes a message that was never sent."""


def of(row: OutboxMessage, *, parent: str | None, place: Placed | None = None) -> Request:
    """The request of a row in a known room. `parent` is the event id of the message that it edits or marks; `place`
    names its uploaded file.

    Raises ParentMissing when the row needs a parent and there is none.
    """
    room = row.room_id or ""
    if row.kind in (MESSAGE, EDIT):
        said = message_of(row)
        body = content.message(said, key=row.txn_id)
        if row.kind == EDIT:
            body = content.edit(said, of=_needed(parent), key=row.txn_id)
        return _event(room, "m.room.message", row.txn_id, body)
    act = act_of(row)
    match act:
        case React(emoji, target):
            body = content.reaction(emoji, target=target or _needed(parent), key=row.txn_id)
            return _event(room, "m.reaction", row.txn_id, body)
        case Redact(target, reason):
            body = {"reason": reason} if reason else {}
            return Request("PUT", path("rooms", room, "redact", target or _needed(parent), row.txn_id), body)
        case SetState(event_type, state, state_key):
            return Request("PUT", path("rooms", room, "state", event_type, state_key), state)
        case Join():
            return Request("POST", path("rooms", room, "join"), {})
        case Leave():
            return Request("POST", path("rooms", room, "leave"), {})
        case Attach():
            return _event(room, "m.room.message", row.txn_id, _file(act, _needed(place), _needed(parent), row.txn_id))
        case Draw():
            return _event(room, "m.room.message", row.txn_id, _picture(act, _needed(place), row.txn_id))
        case Print():
            return _event(room, "m.room.message", row.txn_id, _print(act, _needed(place), row.txn_id))
        case DeclineVerification():
            return _decline(act, room, row.txn_id)
        case CreateRoom():
            return Request("POST", path("createRoom"), _new_room(act, row.txn_id))


def _event(room: str, event_type: str, txn_id: str, body: dict[str, Any]) -> Request:
    return Request("PUT", path("rooms", room, "send", event_type, txn_id), body, event_type)


def _decline(act: DeclineVerification, room: str, txn_id: str) -> Request:
    body = verification.cancelled(act)
    if not act.transaction:
        return _event(room, verification.CANCEL, txn_id, body)
    messages = {"messages": {act.person: {act.device: body}}}
    return Request("PUT", path("sendToDevice", verification.CANCEL, txn_id), messages)


def _file(act: Attach, place: Placed, thread: str, key: str) -> dict[str, Any]:
    return content.file(act.name, place, media_type=act.media_type, thread=thread if act.threaded else None, key=key)


def _picture(act: Draw, place: Placed, key: str) -> dict[str, Any]:
    return content.picture(act.name, place, text=Text.of_kept(act.text), size=(WIDTH, HEIGHT), key=key)


def _print(act: Print, place: Placed, key: str) -> dict[str, Any]:
    return content.file(act.name, place, media_type="application/pdf", thread=None, key=key)


def _needed(part: T | None) -> T:
    """What a row needs of its parent, or of the file that is uploaded only if the parent was sent."""
    if part is None:
        raise ParentMissing
    return part


def _new_room(act: CreateRoom, key: str) -> dict[str, Any]:
    """The body of /createRoom, which has no transaction id: the room's first event carries the row's key instead.

    Nobody can change that event, nor send it in our name.
    """
    state: list[dict[str, Any]] = []
    if act.encrypted:
        encryption = {"algorithm": "m.megolm.v1.aes-sha2"}
        state.append({"type": "m.room.encryption", "state_key": "", "content": encryption})
    body: dict[str, Any] = {
        "preset": "trusted_private_chat" if act.direct else "private_chat",
        "invite": list(act.invite),
        "is_direct": act.direct,
        "initial_state": state,
        "creation_content": {content.MARKER: key},
    }
    if act.name:
        body["name"] = act.name
    if act.topic:
        body["topic"] = act.topic
    # Nobody by name: our own must be there before room version 12, and must not be since (MSC4289).
    levels = ({"users_default": act.power} if act.power else {}) | (
        {"invite": ADMINISTRATOR_POWER} if act.closed else {}
    )
    if levels:
        body["power_level_content_override"] = levels
    return body
