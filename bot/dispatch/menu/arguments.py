"""Splits the words after a command into the arguments of its handler."""

import inspect
from dataclasses import dataclass
from typing import Any, NewType, get_type_hints

from bot.dispatch.menu.handlers import VerbHandler, Words
from bot.errors import UserError
from bot.i18n import _

Word = NewType("Word", str)
"""An argument of one word."""
Rest = NewType("Rest", str)
"""An argument that takes all that remains of the message."""
NOTHING = Rest("")
"""The default of a `Rest` that may be left out."""


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    takes_rest: bool
    required: bool


def arguments(parameters: tuple[Parameter, ...], text: str, *, usage: str) -> dict[str, str]:
    """The handler's arguments as written. Raises UserError, with the `usage`, when one is missing."""
    found: dict[str, str] = {}
    rest = text.strip()
    for parameter in parameters:
        value, rest = (rest, "") if parameter.takes_rest or not rest else _first(rest)
        if value:
            found[parameter.name] = value
        elif parameter.required:
            raise UserError(_("Something is missing. Write for example: `!{usage}`").format(usage=_(usage)))
    return found


def _first(text: str) -> tuple[str, str]:
    word, *rest = text.split(maxsplit=1)  # also at a no-break space, which French puts before “?” and “!”
    return word, rest[0].strip() if rest else ""


def parameters_of(handler: VerbHandler[Words]) -> tuple[Parameter, ...]:
    """The arguments after the context, in order. Raises TypeError for an annotation other than Word and Rest."""
    hints: dict[str, Any] = get_type_hints(handler)
    found = []
    for name, parameter in list(inspect.signature(handler).parameters.items())[1:]:
        if hints[name] not in (Word, Rest):
            raise TypeError(f"{handler}: {name} must be a Word or a Rest")
        required = parameter.default is inspect.Parameter.empty
        found.append(Parameter(name, hints[name] is Rest, required))
    return tuple(found)
