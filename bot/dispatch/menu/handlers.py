"""What the functions of a command look like: the arguments they get, what they return.

Names of parameters do not count, except those of a verb: its words are read from its signature.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol

from bot.communities.acting import Hands
from bot.dispatch.answer.reply import Reply
from bot.events.text import Text
from bot.mailbox.sending.outbox import Card
from bot.store.database import Transaction

if TYPE_CHECKING:  # a context has the menu, a menu its commands, and a command these functions
    from bot.dispatch.answer.context import Context, Moment

Draft = dict[str, Any]
"""The answers to a form so far, or the contents of a list: plain JSON, stored between two messages."""

Words = ParamSpec("Words")


class VerbHandler(Protocol[Words]):
    """Does what a verb says; each of its words is a `Word` or a `Rest`."""

    def __call__(self, ctx: "Context", /, *words: Words.args, **named: Words.kwargs) -> Awaitable[Reply | None]: ...


class NamedHandler(Protocol):
    """A verb's handler as it is called: the names were read from its own signature."""

    def __call__(self, ctx: "Context", /, **words: str) -> Awaitable[Reply | None]: ...


class CardHandler(Protocol):
    """Does what a gesture on the card of an item says."""

    def __call__(self, ctx: "Context", item: str, /) -> Awaitable[Reply | None]: ...


class MarkHandler(Protocol):
    """Does what a gesture on a message of anybody says; `message` is its event id."""

    def __call__(self, ctx: "Context", message: str, /) -> Awaitable[Reply | None]: ...


class WordHandler(Protocol):
    """Does what a word on the card of an item says; `rest` are the words after it."""

    def __call__(self, ctx: "Context", item: str, rest: str, /) -> Awaitable[Reply | None]: ...


class ReadsAlone(Protocol):
    """Tells whether words are what the card of an item asks for, so that no declared word is needed before them."""

    def __call__(self, tx: Transaction, item: str, words: str, /) -> Awaitable[bool]: ...


class TalkHandler(Protocol):
    """Called when people begin to talk where the card of an item is."""

    def __call__(self, ctx: "Context", item: str, /) -> Awaitable[None]: ...


class RoomHelp(Protocol):
    """What people may write in a room that holds the card of an item; None for somebody else's."""

    def __call__(self, ctx: "Context", item: str, /) -> Awaitable[Text | None]: ...


class TakenBack(Protocol):
    """Withdraws what a deleted message had made; returns what our answer to it becomes, None if it made nothing."""

    def __call__(self, ctx: "Context", source: str, /) -> Awaitable[Text | None]: ...


class TimerHandler(Protocol):
    """Does what is due for an item."""

    def __call__(self, moment: "Moment", item: str, /) -> Awaitable[None]: ...


class Title(Protocol):
    """Names an item."""

    def __call__(self, ctx: "Context", item: str, /) -> Awaitable[str]: ...


class ShowsItem(Protocol):
    """Shows an item of the command, by its number, as any member may see it; None if they may not."""

    def __call__(self, ctx: "Context", number: int, /) -> Awaitable[Text | None]: ...


class Still(Protocol):
    """Tells whether an item is still this person's own draft."""

    def __call__(self, tx: Transaction, person: str, item: str, /) -> Awaitable[bool]: ...


class Finder(Protocol):
    """Finds the communities of an item, none when the item is no more."""

    def __call__(self, tx: Transaction, item: str, /) -> Awaitable[Sequence[str]]: ...


class ShowsToo(Protocol):
    """Finds the item of another kind that a card shows too; None when there is none any more."""

    def __call__(self, tx: Transaction, item: str, /) -> Awaitable[str | None]: ...


class Waits(Protocol):
    """Tells whether a card about an item still waits for somebody at an instant."""

    def __call__(self, tx: Transaction, card: Card, item: str, now: datetime, /) -> Awaitable[bool]: ...


class AsksRights(Protocol):
    """Tells whether a person, with these words, needs a right that not every member has."""

    def __call__(self, tx: Transaction, person: str, words: str, /) -> Awaitable[bool]: ...


Fits = Callable[[str], bool]
"""Tells whether a verb accepts these words after one of its phrases."""


class Among(Protocol):
    """Finds the community whose members must be known before a timer's item is handled, if any."""

    def __call__(self, tx: Transaction, item: str, /) -> Awaitable[str | None]: ...


# ── forms and lists ───────────────────────────────────────────────────────────────────────────────────────


class Ask(Protocol):
    """Words one question of a form, or its preview."""

    def __call__(self, ctx: "Context", draft: Draft, /) -> Awaitable[Text]: ...


class Take(Protocol):
    """Returns the draft with the answer to a question; its UserError asks again."""

    def __call__(self, ctx: "Context", draft: Draft, answer: str, /) -> Awaitable[Draft]: ...


class Done(Protocol):
    """Does what a form showed."""

    def __call__(self, ctx: "Context", draft: Draft, /) -> Awaitable[Reply | None]: ...


class HasAnswer(Protocol):
    """Tells whether a question of a form has its answer already."""

    def __call__(self, ctx: "Context", draft: Draft, /) -> Awaitable[bool]: ...


class ChangedAfterwards(Protocol):
    """Answers a change of the message that answered a question, if it comes too late; None for any other one."""

    def __call__(self, ctx: "Context", source: str, /) -> Awaitable[Text | None]: ...


class Left(Protocol):
    """Says what stays of a form that its person leaves, or that waited for too long; None if nothing does."""

    def __call__(self, hands: Hands, draft: Draft, /) -> Awaitable[Text | None]: ...


class DraftTitle(Protocol):
    """Names what a form is about to do."""

    def __call__(self, ctx: "Context", draft: Draft, /) -> str: ...


class DraftAmong(Protocol):
    """Finds the community whose members must be known before a form is done, if any."""

    def __call__(self, tx: Transaction, draft: Draft, /) -> Awaitable[str | None]: ...


class Pick(Protocol):
    """Does what the number of a list says; it counts from 1."""

    def __call__(self, ctx: "Context", data: Draft, number: int, /) -> Awaitable[Reply | None]: ...


class Named(Protocol):
    """Finds the number of what words name in a list."""

    def __call__(self, data: Draft, text: str, /) -> int | None: ...


class More(Protocol):
    """Shows what follows in a list."""

    def __call__(self, ctx: "Context", data: Draft, /) -> Awaitable[Reply | None]: ...
