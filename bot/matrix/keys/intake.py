"""Reads what a sync brings for the keys from the server's raw answer; nothing in it can stop the bot."""

from collections.abc import Iterator, Mapping
from typing import Any

from nio.events import RoomMemberEvent, ToDeviceEvent
from nio.exceptions import EncryptionError
from nio.rooms import MatrixRoom

from bot.matrix.keys.device import OwnDevice
from bot.matrix.keys.room_keys.requests import Withheld

Raw = Mapping[str, Any]
_KIND = "signed_curve25519"


def take(device: OwnDevice, withheld: Withheld, answer: dict[str, Any]) -> None:
    """Takes the keys in first, then members and device changes, then decrypts the timelines in place.

    Raises KeyStoreFailed if the keys could not be saved: then the sync token must not move.
    """
    _own_keys(device, answer)
    events = [event for raw in _list(_map(answer, "to_device"), "events") if (event := _to_device(raw))]
    withheld.note(device.olm.receive(events))
    device.olm.clear_verifications()
    rooms = _map(answer, "rooms")
    for room_id, room in _map(rooms, "join").items():
        _joined(device, room_id, room)
    for room_id in _map(rooms, "leave"):
        device.rooms.pop(room_id, None)
    _device_lists(device, _map(answer, "device_lists"))


def decrypted(device: OwnDevice, raw: Any, room_id: str) -> dict[str, Any] | None:
    """The event as it was before encryption, with its relation; None if it is not encrypted or we lack its key."""
    sealed = device.sealed(raw, room_id)
    if sealed is None:
        return None
    try:
        source: dict[str, Any] = device.olm.decrypt_megolm_event(sealed, room_id).source
    except EncryptionError:
        return None
    return {**raw, "type": source["type"], "content": source["content"]}


def _own_keys(device: OwnDevice, answer: Raw) -> None:
    """Notes how many of our keys the server has. Stock nio ignores a count of zero, and fallback keys."""
    counts = answer.get("device_one_time_keys_count")
    if isinstance(counts, dict):
        count = counts.get(_KIND, 0)
        device.key_count = device.olm.uploaded_key_count = count if isinstance(count, int) else None
    unused = answer.get("device_unused_fallback_key_types")
    if isinstance(unused, list):
        device.unused_fallback = unused


def _to_device(raw: Any) -> Any:
    try:
        return ToDeviceEvent.parse_event(raw)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return None


def _joined(device: OwnDevice, room_id: str, room: Any) -> None:
    timeline = _map(room, "timeline")
    events = _list(timeline, "events")
    known = device.room(room_id)
    if timeline.get("limited") is True:
        # With lazily loaded members, sync does not say who came and left in the gap.
        known.members_synced = False
    for raw in [*_list(_map(room, "state"), "events"), *events]:
        _state(device, room_id, raw)
    for index, raw in enumerate(events):
        if isinstance(raw, dict) and raw.get("type") == "m.room.encrypted":
            events[index] = decrypted(device, raw, room_id) or raw
    if known.encrypted:
        device.olm.update_tracked_users(known)


def _state(device: OwnDevice, room_id: str, raw: Any) -> None:
    if not isinstance(raw, dict) or not isinstance(raw.get("state_key"), str):
        return
    content = _map(raw, "content")
    if raw.get("type") == "m.room.encryption" and not raw["state_key"]:
        device.encrypted(room_id, content)
    elif raw.get("type") == "m.room.history_visibility" and not raw["state_key"]:
        device.room(room_id).history_visibility = str(content.get("history_visibility"))
    elif raw.get("type") == "m.room.member":
        _membership(device, room_id, raw)


def _membership(device: OwnDevice, room_id: str, raw: dict[str, Any]) -> None:
    if _is_no_news(device.room(room_id), raw):
        return
    try:
        event = RoomMemberEvent.from_dict(raw)
        moved = isinstance(event, RoomMemberEvent) and device.room(room_id).handle_membership(event)
    except (AttributeError, KeyError, TypeError, ValueError):
        moved = True  # whoever it was, we ask the server for the members before we send anything
        device.room(room_id).members_synced = False
    if moved:
        device.members_moved.add(room_id)


def _is_no_news(room: MatrixRoom, raw: dict[str, Any]) -> bool:
    """Whether a join repeats what we know, as lazy loading does for whoever speaks; nio would take long over it."""
    person = raw["state_key"]
    joins = _map(raw, "content").get("membership") == "join"
    return joins and person in room.users and person not in room.invited_users


def _device_lists(device: OwnDevice, lists: Raw) -> None:
    """Marks users whose devices changed. Stock nio looks only among the room members that it knows, which lazy loading
    leaves incomplete."""
    known = device.olm.tracked_users | set(device.olm.device_store.users)
    device.olm.add_changed_users(known.intersection(_texts(lists, "changed")))
    device.olm.tracked_users.difference_update(_texts(lists, "left"))


def _texts(source: Raw, name: str) -> Iterator[str]:
    return (text for text in _list(source, name) if isinstance(text, str))


def _map(source: Any, name: str) -> Raw:
    value = source.get(name) if isinstance(source, dict) else None
    return value if isinstance(value, dict) else {}


def _list(source: Any, name: str) -> list[Any]:
    value = source.get(name) if isinstance(source, dict) else None
    return value if isinstance(value, list) else []
