"""What answers the cards of one kind of item: a gesture, a word."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.dispatch.answer.reply import Reply
from bot.dispatch.menu.belonging import Belonging
from bot.dispatch.menu.handlers import CardHandler, ReadsAlone, ShowsToo, WordHandler
from bot.events.gestures import Gesture

if TYPE_CHECKING:  # a context has the menu
    from bot.dispatch.answer.context import Context


@dataclass(frozen=True, slots=True)
class CardAction:
    """What a gesture does on the cards of one kind of item; `removed` when the gesture is taken back.

    `asks_rights`: the homeserver is asked for the person's rights first, because not every member may do it.
    `bare`: its word answers the card also where it is not replied to.
    """

    about: str
    gesture: Gesture
    removed: bool
    handler: CardHandler
    asks_rights: bool
    makes: str | None = None
    bare: bool = True


@dataclass(frozen=True, slots=True)
class CardWord:
    """What a word does on the cards of one kind of item; `takes_rest`: other words may follow it.

    `asks_rights`: as for a gesture. `alone` tells which text answers the card in private without the word before it:
    right after the card whatever it may look like, later only what asks for nothing else. `takes_yes`: a bare yes or
    no, right after the card, is such a text too.
    `reads` tells which whole messages answer it beside the words, and are then its rest; `in_thread`: also in a thread
    on the card, without a reply to it.
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
    in_thread: bool = False


def shared(actions: Iterable[CardAction], belongings: Mapping[str, Belonging]) -> Iterator[CardAction]:
    """What gestures do on cards that show an item of another kind too: what they do on the cards of that one."""
    known = list(actions)
    for kind, belonging in belongings.items():
        for other, find in belonging.also.items():
            for action in known:
                if action.about == other:
                    yield replace(action, about=kind, handler=_for_the_other(find, action.handler))


def _for_the_other(find: ShowsToo, handler: CardHandler) -> CardHandler:
    async def handle(ctx: "Context", item: str) -> Reply | None:
        other = await find(ctx.tx, item)
        return await handler(ctx, other) if other is not None else None

    return handle
