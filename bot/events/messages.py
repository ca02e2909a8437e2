"""What Relais says, before anything knows about Matrix."""

from dataclasses import dataclass
from typing import Any

from bot.events.text import Text


@dataclass(frozen=True, slots=True)
class Ref:
    """The item that a card is about: `doc:41`, `link:3`."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        kind, _, identity = text.partition(":")
        return cls(kind, identity)


@dataclass(frozen=True, slots=True)
class Message:
    """`rings`: sent as `m.text`, which notifies those `mentioned`; else as `m.notice`, which notifies nobody.

    `reply_to` and `thread` are event ids.
    """

    text: Text
    rings: bool = False
    mentioned: tuple[str, ...] = ()
    reply_to: str | None = None
    thread: str | None = None

    def kept(self) -> dict[str, Any]:
        """As the outbox stores it."""
        return {
            "text": {"lines": self.text.kept()},
            "rings": self.rings,
            "mentioned": self.mentioned,
            "reply_to": self.reply_to,
            "thread": self.thread,
        }
