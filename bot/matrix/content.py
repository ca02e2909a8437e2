"""Our messages as Matrix content (Client-Server API, "Instant Messaging", "Rich replies", "Threading", "Edits")."""

from dataclasses import dataclass
from typing import Any

from bot.events.messages import Message
from bot.events.text import Text

KEY = "relais.key"
"""The field of everything that we send that holds the row's opaque key: by it we recognise our own events."""
MARKER = "relais.room"
"""The field of m.room.create that holds the row's key. It proves that we made the room only if we sent the event."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An uploaded file: `place` is its `url`, or its `file` when it is encrypted; `size` in bytes."""

    place: dict[str, Any]
    size: int


def message(said: Message, *, key: str) -> dict[str, Any]:
    """An m.room.message."""
    content = _body(said) | {"m.mentions": _mentions(said), KEY: key}
    relation = _relation(said)
    return content | {"m.relates_to": relation} if relation else content


def edit(said: Message, *, of: str, key: str) -> dict[str, Any]:
    """An m.replace of one of our messages; whoever does not know edits reads it as a new message with a star."""
    new = _body(said) | {"m.mentions": _mentions(said)}
    fallback = {"msgtype": new["msgtype"], "body": f"* {new['body']}", "m.mentions": {}}
    return fallback | {"m.new_content": new, "m.relates_to": {"rel_type": "m.replace", "event_id": of}, KEY: key}


def reaction(emoji: str, *, target: str, key: str) -> dict[str, Any]:
    """An m.reaction."""
    return {"m.relates_to": {"rel_type": "m.annotation", "event_id": target, "key": emoji}, KEY: key}


def file(name: str, placed: Placed, *, media_type: str, thread: str | None, key: str) -> dict[str, Any]:
    """An m.file, maybe in a thread."""
    relation = {
        "rel_type": "m.thread",
        "event_id": thread,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": thread},
    }
    content = {
        "msgtype": "m.file",
        "body": name,
        "filename": name,
        "info": {"mimetype": media_type, "size": placed.size},
        "m.mentions": {},
        KEY: key,
    } | placed.place
    return content | {"m.relates_to": relation} if thread else content


def picture(name: str, placed: Placed, *, text: Text, size: tuple[int, int], key: str) -> dict[str, Any]:
    """An m.image, a PNG so many pixels wide and high, with a caption that says in words all that it shows."""
    width, height = size
    return {
        "msgtype": "m.image",
        "body": text.plain,
        "format": "org.matrix.custom.html",
        "formatted_body": text.html,
        "filename": name,
        "info": {"mimetype": "image/png", "size": placed.size, "w": width, "h": height},
        "m.mentions": {},
        KEY: key,
    } | placed.place


def _body(said: Message) -> dict[str, Any]:
    return {
        "msgtype": "m.text" if said.rings else "m.notice",
        "body": said.text.plain,
        "format": "org.matrix.custom.html",
        "formatted_body": said.text.html,
    }


def _mentions(said: Message) -> dict[str, Any]:
    """Always present, so that a name or `@room` inside the text notifies nobody."""
    return {"user_ids": list(said.mentioned)} if said.mentioned else {}


def _relation(said: Message) -> dict[str, Any]:
    relation: dict[str, Any] = {}
    if said.thread:
        relation = {"rel_type": "m.thread", "event_id": said.thread, "is_falling_back": said.reply_to is None}
    target = said.reply_to or said.thread
    return relation | {"m.in_reply_to": {"event_id": target}} if target else relation
