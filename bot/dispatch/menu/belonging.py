"""What a command declares of its items and of messages: whose they are, and what a gesture on them does."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.dispatch.menu.handlers import Finder, MarkHandler, ShowsToo, Still, Waits
from bot.events.gestures import Gesture


@dataclass(frozen=True, slots=True)
class MessageMark:
    """What a gesture does on a message of anybody, in a room of a community."""

    gesture: Gesture
    handler: MarkHandler
    makes: str | None = None


@dataclass(frozen=True, slots=True)
class Belonging:
    """How the communities of one kind of item are found; only their members answer its cards.

    `visited`: volunteers of other communities may answer too. `waits` tells whether a card still waits for an answer;
    None for kinds whose cards never do. `draft` tells whether an item is still the person's own draft: the edit of a
    message then changes it, and a bare yes or no where they wrote it answers it. `agreed` tells whether the person has
    said yes to it already, so that a bare yes is for something else. `also` are the kinds of items that its cards show
    too: what a gesture does on theirs, it does on these.
    """

    find: Finder
    visited: bool
    waits: Waits | None = None
    draft: Still | None = None
    agreed: Still | None = None
    also: Mapping[str, ShowsToo] = field(default_factory=dict)
