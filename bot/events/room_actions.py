"""What Relais may do in Matrix besides sending messages; each act goes through the outbox, once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.events.text import Text


@dataclass(frozen=True, slots=True)
class Join:
    """Accept an invitation."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave the room, or decline its invitation."""


@dataclass(frozen=True, slots=True)
class SetState:
    """Write a state event: a room's name, for instance."""

    event_type: str
    content: dict[str, Any]
    state_key: str = ""


@dataclass(frozen=True, slots=True)
class React:
    """Put a reaction under an event; without `target`, under the message that the outbox row names as its parent."""

    emoji: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Redact:
    """Remove an event; without `target`, the message that the outbox row names as its parent."""

    target: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CreateRoom:
    """Open a room and invite people to it. `direct` marks it as a conversation between two.

    `power` is what everybody has there; into a `closed` one nobody but us invites.
    """

    invite: tuple[str, ...]
    name: str | None = None
    topic: str | None = None
    direct: bool = False
    encrypted: bool = True
    power: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Attach:
    """Put a file into the thread of the message that the outbox row names as its parent, or simply after it."""

    name: str
    media_type: str
    text: str
    threaded: bool = True


@dataclass(frozen=True, slots=True)
class Draw:
    """Put a picture after the message that the outbox row names as its parent; it is drawn when it is sent.

    `chart` is what it shows (`bot.pictures.chart.Chart.kept`), `text` the same in words (`Text.kept`).
    """

    name: str
    chart: dict[str, Any]
    text: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Print:
    """Put a PDF after the message that the outbox row names as its parent; it is printed when it is sent.

    `document` is what it says (`bot.documents.document.Document.kept`).
    """

    name: str
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DeclineVerification:
    """End somebody's verification: begun by the event `target` in a room, or by `device` under this `transaction`."""

    person: str
    device: str
    target: str
    transaction: str
    reason: str


@dataclass(frozen=True, slots=True)
class Files:
    """Files that follow a message; `lost` is said in their place if they cannot be made, or the server refuses them."""

    each: tuple[Attach | Draw | Print, ...]
    lost: Text


Act = Join | Leave | SetState | React | Redact | CreateRoom | Attach | Draw | Print | DeclineVerification

ACTS: dict[str, Callable[..., Act]] = {
    "join": Join,
    "leave": Leave,
    "state": SetState,
    "react": React,
    "redact": Redact,
    "create": CreateRoom,
    "attach": Attach,
    "draw": Draw,
    "print": Print,
    "decline": DeclineVerification,
}
NAMES: dict[object, str] = {cls: name for name, cls in ACTS.items()}
FILES = (NAMES[Attach], NAMES[Draw], NAMES[Print])
"""What is uploaded before it is sent."""
