"""How often a room wants a new key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

_MOST_MESSAGES = 10_000
_SHORTEST, _YEAR = timedelta(hours=1), timedelta(days=365)
_LONGEST = _YEAR // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Rotation:
    """Messages, and time, after which the key is changed (Client-Server API, `m.room.encryption`)."""

    messages: int = 100
    age: timedelta = timedelta(days=7)

    @classmethod
    def wished(cls, settings: Mapping[str, Any]) -> Self:
        """What the content of a room's encryption event asks for, within bounds; defaults for what is not valid.

        A new key every few seconds would cost everybody in the room more than it protects them.
        """
        wish = cls()
        messages, milliseconds = settings.get("rotation_period_msgs"), settings.get("rotation_period_ms")
        if isinstance(messages, int) and messages > 0:
            wish = cls(min(messages, _MOST_MESSAGES), wish.age)
        if isinstance(milliseconds, int) and milliseconds > 0:
            wish = cls(wish.messages, max(timedelta(milliseconds=min(milliseconds, _LONGEST)), _SHORTEST))
        return wish
