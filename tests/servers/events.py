"""What a person sees in a room: a Matrix event, read with short names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Event:
    """An event as clients receive it. `state_key` is None for what is not state; `at` is in milliseconds."""

    room_id: str
    event_id: str
    type: str
    sender: str
    content: Mapping[str, Any]
    state_key: str | None = None
    at: int = 0
    unsigned: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, room_id: str, raw: Mapping[str, Any]) -> Self:
        """The event of a server's JSON; stripped state has neither an id nor a date."""
        return cls(
            room_id=room_id,
            event_id=raw.get("event_id", ""),
            type=raw["type"],
            sender=raw["sender"],
            content=raw.get("content", {}),
            state_key=raw.get("state_key"),
            at=raw.get("origin_server_ts", 0),
            unsigned=raw.get("unsigned", {}),
        )

    @property
    def body(self) -> str:
        """The plain text, or nothing."""
        return str(self.content.get("body", ""))

    @property
    def html(self) -> str:
        """The formatted text, or nothing."""
        return str(self.content.get("formatted_body", ""))

    @property
    def msgtype(self) -> str:
        return str(self.content.get("msgtype", ""))

    @property
    def relation(self) -> Mapping[str, Any]:
        related = self.content.get("m.relates_to", {})
        return related if isinstance(related, Mapping) else {}

    @property
    def reply_to(self) -> str | None:
        """The event that this one answers."""
        answered = self.relation.get("m.in_reply_to", {})
        return answered.get("event_id") if isinstance(answered, Mapping) else None

    @property
    def thread(self) -> str | None:
        """The first event of the thread that this one stands in."""
        return self._related("m.thread")

    @property
    def replaces(self) -> str | None:
        """The event that this one edits."""
        return self._related("m.replace")

    @property
    def reacts_to(self) -> str | None:
        """The event that this reaction stands under; `emoji` says which reaction."""
        return self._related("m.annotation")

    @property
    def emoji(self) -> str:
        return str(self.relation.get("key", ""))

    @property
    def redacts(self) -> str | None:
        """The event that this one removes (in the content since room version 11)."""
        named = self.content.get("redacts")
        return str(named) if named else None

    @property
    def mentions(self) -> list[str]:
        """Whom this message rings."""
        return list(self.content.get("m.mentions", {}).get("user_ids", []))

    def _related(self, kind: str) -> str | None:
        if self.relation.get("rel_type") != kind:
            return None
        return self.relation.get("event_id")
