"""What a handler returns; it sends nothing itself."""

from dataclasses import dataclass

from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.room_actions import Files
from bot.events.text import Line, Text

MOST_GESTURES = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `about` makes it a card of that item, which `waits` for somebody's answer.

    `gestures`, three at most, are placed under it. `rings`: the person must act on it, so their device notifies them;
    else it is a quiet notice. `files` come after it. `instead`: the preview of this item is edited into it, if it
    was tapped or is still our last message in the room. `below`: the answer to a changed command leaves the one
    before as it is.
    """

    text: Text
    about: Ref | None = None
    gestures: tuple[Gesture, ...] = ()
    waits: bool = False
    rings: bool = False
    files: Files | None = None
    instead: Ref | None = None
    below: bool = False

    def __post_init__(self) -> None:
        if len(self.gestures) > MOST_GESTURES:
            raise ValueError("more reactions than a reader takes in at a glance")


def say(*parts: "str | Line | Text", about: Ref | None = None) -> Reply:
    """A plain answer of some sentences."""
    return Reply(Text.of(*parts), about=about)
