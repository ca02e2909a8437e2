"""How a word of the menu is declared: one `Command` a file, its verbs and reactions beside it."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, NewType, get_type_hints

from bot.dispatch.reply import Reply
from bot.domain.gestures import Gesture
from bot.domain.roles import Role
from bot.errors import UserError
from bot.i18n import _

Word = NewType("Word", str)
"""An argument of one word."""
Rest = NewType("Rest", str)
"""An argument that takes all that remains of the message."""
NOTHING = Rest("")
"""The default of a `Rest` that may be left out."""

Handler = Callable[..., Awaitable[Reply | None]]


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    takes_rest: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that a command does. The words are spelt as members see them; the first is the one that help shows.

    `usage` and `summary` are msgids. `anywhere`: also in a room of no community.
    """

    words: tuple[str, ...]
    handler: Handler
    usage: str
    summary: str
    role: Role
    anywhere: bool
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class CardAction:
    """What a gesture does on the cards of one kind of item; `removed` when the gesture is taken back."""

    about: str
    gesture: Gesture
    removed: bool
    handler: Handler


TimerHandler = Callable[..., Awaitable[None]]


class Command:
    """A word that members type, with everything that belongs to it.

    `under` names the word that stands before it (`admin`). `examples` are written without the prefix; they and
    `summary` are msgids.
    """

    def __init__(
        self,
        word: str,
        *,
        summary: str,
        aliases: tuple[str, ...] = (),
        examples: tuple[str, ...] = (),
        under: str | None = None,
        role: Role = Role.MEMBER,
        anywhere: bool = False,
        listed: bool = True,
    ) -> None:
        self.word = word
        self.aliases = aliases
        self.summary = summary
        self.examples = examples
        self.under = under
        self.role = role
        self.anywhere = anywhere
        self.listed = listed
        self.verbs: list[Verb] = []
        self.actions: list[CardAction] = []
        self.timers: dict[str, TimerHandler] = {}

    @property
    def path(self) -> str:
        """The word as it is typed, without the prefix."""
        return f"{self.under} {self.word}" if self.under else self.word

    def run(self, *, usage: str = "", summary: str | None = None) -> Callable[[Handler], Handler]:
        """Declare what the word does by itself, or with words that are no verb."""
        return self.verb(usage=usage, summary=summary)

    def verb(
        self,
        *words: str,
        usage: str = "",
        summary: str | None = None,
        role: Role | None = None,
        anywhere: bool | None = None,
    ) -> Callable[[Handler], Handler]:
        """Declare a verb with its other spellings."""

        def declare(handler: Handler) -> Handler:
            self.verbs.append(
                Verb(
                    words=words,
                    handler=handler,
                    usage=usage,
                    summary=self.summary if summary is None else summary,
                    role=role or self.role,
                    anywhere=self.anywhere if anywhere is None else anywhere,
                    parameters=_parameters(handler),
                )
            )
            return handler

        return declare

    def reaction(self, gesture: Gesture, *, about: str, removed: bool = False) -> Callable[[Handler], Handler]:
        """Declare what a gesture, by emoji or by word, does on a card about this kind of item."""

        def declare(handler: Handler) -> Handler:
            self.actions.append(CardAction(about, gesture, removed, handler))
            return handler

        return declare

    def timer(self, kind: str) -> Callable[[TimerHandler], TimerHandler]:
        """Declare what is done for an item when a timer of this kind is due: `handler(moment, item)`."""

        def declare(handler: TimerHandler) -> TimerHandler:
            self.timers[kind] = handler
            return handler

        return declare


def arguments(verb: Verb, text: str) -> dict[str, str]:
    """The handler's arguments as written. Raises UserError when one is missing."""
    found: dict[str, str] = {}
    rest = text.strip()
    for parameter in verb.parameters:
        value, rest = (rest, "") if parameter.takes_rest else _first(rest)
        if value:
            found[parameter.name] = value
        elif parameter.required:
            raise UserError(_("Something is missing. Write for example: !{usage}").format(usage=_(verb.usage)))
    return found


def _first(text: str) -> tuple[str, str]:
    word, _space, rest = text.partition(" ")
    return word, rest.strip()


def _parameters(handler: Handler) -> tuple[Parameter, ...]:
    """The arguments after the context, in order. Raises TypeError at start for an annotation that nothing can read."""
    hints: dict[str, Any] = get_type_hints(handler)
    found = []
    for name, parameter in list(inspect.signature(handler).parameters.items())[1:]:
        if hints[name] not in (Word, Rest):
            raise TypeError(f"{handler.__qualname__}: {name} must be a Word or a Rest")
        required = parameter.default is inspect.Parameter.empty
        found.append(Parameter(name, hints[name] is Rest, required))
    return tuple(found)
