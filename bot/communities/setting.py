"""A setting of a community: what it is about, which values it takes, what holds unless the team says otherwise.

A noun declares its settings and names them on its page (`Noun.settings`); `communities.settings` stores the values.

    FIRST_GROUP = Setting(
        "vague1",
        Number(1, 20, people),
        2,
        what=N_("how many volunteers are asked first"),
        concerns=N_("It concerns the questions that are asked from then on."),
    )
    count = await settings.value(tx, community.slug, FIRST_GROUP)  # an int; no statement once it is cached
"""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.communities.rules.roles import Role
from bot.errors import UserError
from bot.i18n import _
from bot.text.plain_text import fold

T = TypeVar("T")


class Kind(Protocol[T]):
    """The values that a setting takes, and how they are written. `setting_kinds` has those that there are."""

    def read(self, words: str) -> T:
        """The value that somebody wrote in French, in English or as it is stored. Raises UserError with the range."""

    def stored(self, value: T) -> str:
        """The value as text that `read` reads again, whatever language is spoken then."""

    def said(self, value: T) -> str:
        """The value with its unit, in the language of the conversation."""

    def range(self) -> str:
        """Which values there are, in the language of the conversation: `from 1 person to 20 people`."""


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """`key` is what members type, in French: lower case without accents, words joined by hyphens.

    `what` and `concerns` are marked with N_. `what` says what is set, begins in lower case and has no full stop;
    `concerns` is a sentence of the preview: who notices the change, and from when on. `role` may change it. `column`
    names the column of `community` that has the value; all others have a row in `community_setting`.
    """

    key: str
    kind: Kind[T]
    default: T
    what: str
    concerns: str
    role: Role = Role.MODERATOR
    column: str = ""

    def of(self, stored: str | None) -> T:
        """The value that a stored text is; the default without one, or if it can no longer be read."""
        if stored is None:
            return self.default
        try:
            return self.kind.read(stored)
        except UserError:
            return self.default

    def said(self, stored: str | None) -> str:
        """That value with its unit, and that it is the default where nothing is stored."""
        value = self.kind.said(self.of(stored))
        return value if stored is not None else _("{value} (the usual value)").format(value=value)


def bare_key(typed: str) -> str:
    """A key as it is compared: `Délai vague_2` and `delai-vague2` are the same."""
    return "".join(letter for letter in fold(typed).text if letter.isalnum())
