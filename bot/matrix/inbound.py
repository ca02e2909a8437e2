"""Matrix's events as our own facts. Anything malformed is None: nobody can stop the bot with a crooked event."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.events import (
    Event,
    EventRemoved,
    MembershipChanged,
    MessageReceived,
    ReactionAdded,
    RoomUpgraded,
    Sealed,
)

logger = logging.getLogger(__name__)

Source = Mapping[str, Any]

HEARD = ("m.text", "m.emote")
"""Notices are what bots say: never answered."""
LONGEST = 10_000
"""Characters of a message that are looked at."""
MOST_MENTIONED = 50


def event(source: Source, room_id: str, me: str) -> Event | None:
    """The fact that an event of a room's timeline tells, None when it is nothing to us."""
    convert = _CONVERSIONS.get(_text(source, "type"))
    common = _common(source, room_id)
    if convert is None or common is None:
        return None
    try:
        return convert(source, _map(source, "content"), common, me)
    except (ValueError, TypeError, KeyError, RecursionError):
        logger.warning("an event of type %s was too crooked to be read", source.get("type"))
        return None


def _common(source: Source, room_id: str) -> dict[str, Any] | None:
    event_id, sender, sent_at = _text(source, "event_id"), _text(source, "sender"), instant(source)
    if not event_id or not sender or sent_at is None:
        return None
    return {"event_id": event_id, "room_id": room_id, "sender": sender, "sent_at": sent_at}


def instant(source: Source) -> datetime | None:
    """When an event was sent, None when it says nothing that a calendar has."""
    sent = source.get("origin_server_ts")
    if isinstance(sent, bool) or not isinstance(sent, int):
        return None
    try:
        return datetime.fromtimestamp(sent / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _message(_source: Source, content: Source, common: dict[str, Any], me: str) -> Event | None:
    relation = _map(content, "m.relates_to")
    replaces = _text(relation, "event_id") if relation.get("rel_type") == "m.replace" else ""
    said = _map(content, "m.new_content") if replaces else content
    body = said.get("body")
    if said.get("msgtype") not in HEARD or not isinstance(body, str):
        return None
    reply_to = _text(_map(relation, "m.in_reply_to"), "event_id")
    if relation.get("is_falling_back") is True:
        reply_to = ""
    text = _sound(body[:LONGEST])
    mentioned = _strings(_map(said, "m.mentions").get("user_ids"))[:MOST_MENTIONED]
    return MessageReceived(
        **common,
        text=_without_quote(text) if reply_to else text,
        reply_to=reply_to or None,
        thread=_text(relation, "event_id") or None if relation.get("rel_type") == "m.thread" else None,
        replaces=replaces or None,
        for_bot=me in mentioned,
        mentioned=tuple(mentioned),
    )


def _sound(text: str) -> str:
    """JSON may carry halves of characters, and a zero; no database takes them."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _without_quote(body: str) -> str:
    """Older clients begin a reply with the quoted message, each line behind `> ` (fallback removed in v1.13)."""
    lines = body.split("\n")
    rest = 0
    while rest < len(lines) and lines[rest].startswith("> "):
        rest += 1
    if rest == 0:
        return body
    return "\n".join(lines[rest:]).lstrip("\n")


def _reaction(_source: Source, content: Source, common: dict[str, Any], _me: str) -> Event | None:
    relation = _map(content, "m.relates_to")
    target, emoji = _text(relation, "event_id"), _text(relation, "key")
    if relation.get("rel_type") != "m.annotation" or not target or not emoji:
        return None
    return ReactionAdded(**common, target=target, emoji=emoji)


def _sealed(source: Source, content: Source, common: dict[str, Any], _me: str) -> Event | None:
    """What stayed encrypted after the keys were tried. State never is."""
    session_id = _text(content, "session_id")
    return Sealed(**common, session_id=session_id) if session_id and "state_key" not in source else None


def _removal(source: Source, content: Source, common: dict[str, Any], _me: str) -> Event | None:
    """Room versions before 11 name the event outside of the content."""
    target = _text(content, "redacts") or _text(source, "redacts")
    return EventRemoved(**common, target=target) if target else None


def _membership(source: Source, content: Source, common: dict[str, Any], _me: str) -> Event | None:
    member, membership = _text(source, "state_key"), _text(content, "membership")
    if not member or not membership:
        return None
    earlier = _map(_map(source, "unsigned"), "prev_content")
    return MembershipChanged(
        **common,
        member=member,
        membership=membership,
        before=_text(earlier, "membership") or "leave",
        direct=earlier.get("is_direct") is True,
    )


def _upgrade(source: Source, content: Source, common: dict[str, Any], _me: str) -> Event | None:
    replacement = _text(content, "replacement_room")
    if source.get("state_key") != "" or not replacement:
        return None
    return RoomUpgraded(**common, replacement=replacement)


_CONVERSIONS = {
    "m.room.message": _message,
    "m.room.encrypted": _sealed,
    "m.reaction": _reaction,
    "m.room.redaction": _removal,
    "m.room.member": _membership,
    "m.room.tombstone": _upgrade,
}


def _map(source: Source, name: str) -> Source:
    value = source.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(source: Source, name: str) -> str:
    """A non-empty string short enough to be an identifier, else an empty one."""
    value = source.get(name)
    return value if isinstance(value, str) and len(value) <= 255 and _sound(value) == value else ""


def _strings(value: object) -> list[str]:
    return [part for part in value if isinstance(part, str) and _sound(part) == part] if isinstance(value, list) else []
