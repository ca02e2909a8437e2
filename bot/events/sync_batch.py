"""What one sync brought, room by room, before we decide what is for us."""

from dataclasses import dataclass, field

from bot.events.events import Event


@dataclass(frozen=True, slots=True)
class Missing:
    """The part of a room's timeline that a sync left out: between two tokens, newest first."""

    from_token: str
    to_token: str | None


@dataclass(frozen=True, slots=True)
class RoomBatch:
    """One room's events in order; `echoes` are our own, by transaction id."""

    room_id: str
    events: tuple[Event, ...]
    echoes: dict[str, str] = field(default_factory=dict)
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class SyncBatch:
    """`since` is the token at its end. In the `first` sync of an account all messages are ignored."""

    since: str
    rooms: tuple[RoomBatch, ...]
    first: bool = False
