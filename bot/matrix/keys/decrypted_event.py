"""Turns a decrypted payload into nio's event; a malformed one becomes a bad event, never an error."""

import json
from typing import Any

from nio.events import (
    Event,
    MegolmEvent,
    RoomMessageEmote,
    RoomMessageNotice,
    RoomMessageText,
    UnknownBadEvent,
)

_NEVER_SEALED = ("m.room.redaction",)
"""The homeserver checks who may redact an event; it cannot check an encrypted redaction."""
_TEXTS = {"m.text": RoomMessageText, "m.notice": RoomMessageNotice, "m.emote": RoomMessageEmote}


def event_of(plaintext: str, sealed: MegolmEvent, room_id: str) -> Any:
    """nio's event with the decrypted content, and the encrypted one's id, sender, time and relation."""
    source = _source(plaintext, sealed)
    event = _text(source) or _parsed(source)
    event.decrypted, event.room_id = True, room_id
    event.sender_key, event.session_id = sealed.sender_key, sealed.session_id
    event.transaction_id = sealed.transaction_id
    return event


def _source(plaintext: str, sealed: MegolmEvent) -> dict[str, Any]:
    try:
        payload = json.loads(plaintext)
    except (ValueError, RecursionError):
        payload = None
    inside: dict[str, Any] = payload if isinstance(payload, dict) else {}
    kind, content = inside.get("type"), inside.get("content")
    if not isinstance(content, dict) or not isinstance(kind, str) or kind in _NEVER_SEALED:
        kind, content = "", {}
    source: dict[str, Any] = {"type": kind, "content": content}
    outside = sealed.source["content"]
    if "m.relates_to" in outside:
        source["content"].setdefault("m.relates_to", outside["m.relates_to"])
    source |= {
        "event_id": sealed.event_id,
        "sender": sealed.sender,
        "origin_server_ts": sealed.server_timestamp,
    }
    if sealed.transaction_id:
        source["unsigned"] = {"transaction_id": sealed.transaction_id}
    return source


def _text(source: dict[str, Any]) -> Any:
    """The commonest event, built without nio's four schemas, in which it spends most of its time."""
    content = source["content"]
    kind = content.get("msgtype")
    if source["type"] != "m.room.message" or not isinstance(kind, str) or kind not in _TEXTS:
        return None
    form, formatted = content.get("format"), content.get("formatted_body")
    if not isinstance(content.get("body"), str) or not all(
        part is None or isinstance(part, str) for part in (form, formatted)
    ):
        return None
    return _TEXTS[kind](source, content["body"], formatted if form else None, form)


def _parsed(source: dict[str, Any]) -> Any:
    try:
        return Event.parse_decrypted_event(source) or UnknownBadEvent(source)
    except (AttributeError, KeyError, TypeError, ValueError):
        return UnknownBadEvent(source)
