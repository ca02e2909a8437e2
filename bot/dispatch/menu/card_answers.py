"""What answers the cards of one kind of item: a gesture, a word."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.dispatch.menu.handlers import CardHandler, ReadsAlone, WordHandler
from bot.events.gestures import Gesture


@dataclass(frozen=True, slots=True)
class CardAction:
    """What a gesture does on the cards of one kind of item; `removed` when the gesture is taken back.

    `asks_rights`: the homeserver is asked for the person's rights first, because not every member may do it.
    """

    about: str
    gesture: Gesture
    removed: bool
    handler: CardHandler
    asks_rights: bool
    makes: str | None = None


@dataclass(frozen=True, slots=True)
class CardWord:
    """What a word does on the cards of one kind of item; `takes_rest`: other words may follow it.

    `asks_rights`: as for a gesture. `alone` tells which text answers the card in private without the word before it:
    right after the card whatever it may look like, later only what asks for nothing else. `takes_yes`: a bare yes or
    no, right after the card, is such a text too.
    `reads` tells which whole messages answer it beside the words, and are then its rest.
    """

    about: str
    words: tuple[str, ...]
    takes_rest: bool
    handler: WordHandler
    makes: str | None = None
    asks_rights: bool = False
    alone: ReadsAlone | None = None
    reads: Callable[[str], bool] | None = None
    takes_yes: bool = False
