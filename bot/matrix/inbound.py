"""Turns Matrix's events into our own. A malformed one becomes None: nobody can stop the bot with an event."""

import html
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.events.events import (
    Event,
    EventRemoved,
    MembershipChanged,
    MessageReceived,
    ReactionAdded,
    RoomUpgraded,
    Sealed,
    Shown,
)
from bot.matrix import verification
from bot.text.pills import PILLS, pilled
from bot.text.typed import LONGEST, collapsed

logger = logging.getLogger(__name__)

Source = Mapping[str, Any]

HEARD = ("m.text", "m.emote")
"""Message types that we read. Bots send `m.notice`, which is never answered."""
MOST_MENTIONED = 50
FILES = ("m.image", "m.file", "m.video", "m.audio", "m.location")


def event(source: Source, room_id: str, me: str) -> Event | None:
    """Our form of an event of a room's timeline; None when we have no use for it."""
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
    """When an event was sent, None when its timestamp is missing or out of range."""
    sent = source.get("origin_server_ts")
    if isinstance(sent, bool) or not isinstance(sent, int):
        return None
    try:
        return datetime.fromtimestamp(sent / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _message(_source: Source, content: Source, common: dict[str, Any], me: str) -> Event | None:
    relation = _map(content, "m.relates_to")
    replaces = _event_id(relation, "event_id") if relation.get("rel_type") == "m.replace" else ""
    said = _map(content, "m.new_content") if replaces else content
    body = said.get("body")
    if said.get("msgtype") == verification.REQUEST:
        return verification.in_room(content, common, me)
    if said.get("msgtype") in FILES:
        shown = (part.get(name) for part in (content, said) for name in ("body", "filename", "formatted_body"))
        return Shown(**common, text=_plain(*shown), thread=_thread(relation))
    if said.get("msgtype") not in HEARD or not isinstance(body, str):
        return None
    reply_to = _event_id(_map(relation, "m.in_reply_to"), "event_id")
    if relation.get("is_falling_back") is True:
        reply_to = ""
    text = collapsed(_sound(body))
    text = _without_quote(text) if reply_to else text
    mentioned = _people(_map(said, "m.mentions").get("user_ids"))[:MOST_MENTIONED]
    listed = me in mentioned and not reply_to  # clients list the author of what somebody replies to
    return MessageReceived(
        **common,
        text=text[:LONGEST],
        too_long=len(text) if len(text) > LONGEST else 0,
        reply_to=reply_to or None,
        thread=_thread(relation),
        replaces=replaces or None,
        for_bot=listed or _links_to(me, text, said.get("formatted_body")),
        mentioned=tuple(mentioned),
        beside=_beside(content, said, text),
    )


def _sticker(_source: Source, content: Source, common: dict[str, Any], _me: str) -> Event | None:
    return Shown(**common, text=_plain(content.get("body")))


def from_devices(sources: list[Source], me: str) -> tuple[Event, ...]:
    """The requests to compare keys among to-device messages, without those of our own devices."""
    asked = [source for source in sources if source.get("type") == verification.REQUEST]
    found = [verification.from_device(source, common) for source in asked if (common := _of_device(source, me))]
    return tuple(event for event in found if event is not None)[: verification.MOST]


def _of_device(source: Source, me: str) -> dict[str, Any] | None:
    """As `_common`, for what comes from device to device."""
    content, sender = _map(source, "content"), _text(source, "sender")
    sent_at = instant({"origin_server_ts": content.get("timestamp")})
    if sent_at is None or not _PERSON.fullmatch(sender) or sender == me:
        return None
    key = verification.key_of(content, sender)
    return {
        "event_id": f"verification:{key}",
        "room_id": verification.FROM_DEVICES,
        "sender": sender,
        "sent_at": sent_at,
    }


def _links_to(person: str, *shown: object) -> bool:
    """Whether a pill of this person stands in a text, and not only in what a reply quotes."""
    texts = (_QUOTED.sub("", text[:LONGEST]) for text in shown if isinstance(text, str) and PILLS in text)
    return any(person in pilled(text) for text in texts)


def _thread(relation: Source) -> str | None:
    return _event_id(relation, "event_id") or None if relation.get("rel_type") == "m.thread" else None


def _beside(content: Source, said: Source, text: str) -> str:
    """What a client may show instead of the text: the HTML, and the words of an edit for those who know none."""
    edited = [] if content is said else [content.get("body"), content.get("formatted_body")]
    shown = _plain(said.get("formatted_body"), *edited)
    return "" if shown == text else shown


def _plain(*shown: object) -> str:
    """Texts as clients show them: each once, no tags but where they lead to, and not what a reply quotes."""
    texts = [_without_tags(_sound(text[:LONGEST])) for text in shown if isinstance(text, str)]
    return "\n".join(dict.fromkeys(texts))


_QUOTED = re.compile(r"<mx-reply>.*?</mx-reply>", re.DOTALL)
_LINE_END = re.compile(r"<(?:br|p|li|tr|div|h\d)\b[^<>]{0,100}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)


_HREF = re.compile(r"href=[\"']([^\"'<>]{1,500})", re.IGNORECASE)


def _without_tags(text: str) -> str:
    if "<" not in text and "&" not in text:
        return text
    text = _QUOTED.sub("", text)
    places = _HREF.findall(text)
    return html.unescape("\n".join((_TAG.sub("", _LINE_END.sub("\n", text)), *places)))


def _poll(_source: Source, content: Source, common: dict[str, Any], _me: str) -> Event | None:
    """The question and the options of a poll, in the words of either version (MSC3381)."""
    texts: list[str] = []
    _collect(content, texts)
    return Shown(**common, text="\n".join(texts)[:LONGEST], thread=_thread(_map(content, "m.relates_to")))


def _collect(value: object, texts: list[str], depth: int = 0) -> None:
    """Collect every string in some JSON, no deeper than a poll goes."""
    if isinstance(value, str):
        texts.append(_sound(value[:LONGEST]))
    elif depth < _DEEPEST and isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            _collect(part, texts, depth + 1)


def _sound(text: str) -> str:
    """The text without lone surrogates and NUL, which JSON may hold and no database takes."""
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
    """An event that none of our keys decrypts. State is never encrypted."""
    session_id = _text(content, "session_id")
    return Sealed(**common, session_id=session_id) if session_id and "state_key" not in source else None


def _removal(source: Source, content: Source, common: dict[str, Any], _me: str) -> Event | None:
    """A redaction. Room versions before 11 name its target outside of the content."""
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
    "m.sticker": _sticker,
    "m.poll.start": _poll,
    "org.matrix.msc3381.poll.start": _poll,
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


def _event_id(source: Source, name: str) -> str:
    """A well-formed event id, else an empty string: it may be stored, and must hold no words."""
    value = _text(source, name)
    return value if _EVENT_ID.fullmatch(value) else ""


def _people(value: object) -> list[str]:
    """The well-formed Matrix ids of a list, for the same reason."""
    listed = value if isinstance(value, list) else []
    return [part for part in listed if isinstance(part, str) and _PERSON.fullmatch(part)]


_EVENT_ID = re.compile(r"\$[!-~]{1,254}")
_PERSON = re.compile(r"@[!-~]{1,200}:[!-~]{1,200}")
_DEEPEST = 5
