"""What a handler returns: it never speaks itself."""

from dataclasses import dataclass

from bot.domain.gestures import Gesture
from bot.domain.messages import Ref, Text


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `about` makes it a card of that item; `gestures` are placed under it; `waits` for somebody's answer.

    `rings`: the person must act on it, so their device says so; else it is a quiet notice.
    """

    text: Text
    about: Ref | None = None
    gestures: tuple[Gesture, ...] = ()
    waits: bool = False
    rings: bool = False


def say(*parts: "str | Text", about: Ref | None = None) -> Reply:
    """A plain answer of some sentences."""
    return Reply(Text.of(*parts), about=about)
