"""What one turn of the sync brought, room by room, before anybody decided what is for us."""

from dataclasses import dataclass, field

from bot.events.events import Event


@dataclass(frozen=True, slots=True)
class Missing:
    """What the turn left out of a room's timeline: between two tokens, newest first."""

    from_token: str
    to_token: str | None


@dataclass(frozen=True, slots=True)
class RoomHeard:
    """One room's events in order; `echoes` are our own, by transaction id."""

    room_id: str
    events: tuple[Event, ...]
    echoes: dict[str, str] = field(default_factory=dict)
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """`since` is the token up to which this reaches. In an account's first turn ever nothing that was said counts."""

    since: str
    rooms: tuple[RoomHeard, ...]
    first: bool = False
