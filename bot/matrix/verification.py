"""Requests to compare keys with us, and how they are declined (Client-Server API, "Key verification framework")."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from bot.events.events import VerificationAsked
from bot.events.room_actions import DeclineVerification

Source = Mapping[str, Any]
REQUEST, CANCEL = "m.key.verification.request", "m.key.verification.cancel"
FROM_DEVICES = "to-device"
"""Stands for a room: what comes from device to device has none."""
MOST = 10
"""Requests that are read of one sync."""
_NAME = re.compile(r"[!-~]{1,255}")


def in_room(content: Source, common: dict[str, Any], me: str) -> VerificationAsked | None:
    """The request that a message in a room makes, None if it is to somebody else."""
    device = _name(content, "from_device")
    return VerificationAsked(**common, device=device) if content.get("to") == me and device else None


def from_device(source: Source, common: dict[str, Any]) -> VerificationAsked | None:
    """The request that a to-device message makes, None for any other or a malformed one."""
    content = source.get("content")
    if source.get("type") != REQUEST or not isinstance(content, Mapping):
        return None
    device, transaction = _name(content, "from_device"), _name(content, "transaction_id")
    return VerificationAsked(**common, device=device, transaction=transaction) if device and transaction else None


def key_of(content: Source, sender: str) -> str:
    """A key for the request of a to-device message, hashed: whoever chose the transaction may have put words in it."""
    named = f"{sender} {content.get('transaction_id')}"
    return hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:40]


def _name(content: Source, field: str) -> str:
    """A field that names a device or an exchange, empty if it holds anything else."""
    value = content.get(field)
    return value if isinstance(value, str) and _NAME.fullmatch(value) else ""


def cancelled(act: DeclineVerification) -> dict[str, Any]:
    """The content of the event that declines a request."""
    said = {"code": "m.user", "reason": act.reason}
    if act.transaction:
        return said | {"transaction_id": act.transaction}
    return said | {"m.relates_to": {"rel_type": "m.reference", "event_id": act.target}}
