"""A setting of a community: what it is about, which values it takes, what holds unless the team says otherwise.

A noun declares its settings and names them on its page (`Noun.settings`); `communities.settings.settings` stores the
values.

    FIRST_GROUP = Setting(
        "vague1",
        Number(1, 20, people),
        2,
        what=N_("how many volunteers are asked first"),
        concerns=N_("It concerns the questions that are asked from then on."),
    )
    count = await settings.value(tx, community.slug, FIRST_GROUP)  # an int; no statement once it is cached
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from itertools import islice
from typing import Generic, Protocol, TypeVar

from bot.communities.rules.roles import Role
from bot.errors import UserError
from bot.i18n import N_, _, language
from bot.text.plain_text import fold

T = TypeVar("T")
LONGEST_KEY = 4
"""Words in which a key may be typed: `délai vague 2`."""
SHORTEST_BEGINNING = 4
"""Letters that several keys may be named by: `délai`."""
ALIKE = N_("It is the same in every community: whoever is in several reads one period, by `!me privacy`.")
"""Why no team sets a period, unless there is another reason."""
_WORD = re.compile(r"[^\s=]+")


class Kind(Protocol[T]):
    """The values that a setting takes, and how they are written. `setting_kinds` has those that there are."""

    def read(self, words: str) -> T:
        """The value that somebody wrote in French, in English or as it is stored. Raises UserError with the range."""

    def stored(self, value: T) -> str:
        """The value as text that `read` reads again, whatever language is spoken then."""

    def load(self, stored: str) -> T:
        """The value of a stored text. Raises UserError for one that is no value any more."""
        return self.read(stored)

    def said(self, value: T) -> str:
        """The value with its unit, in the language of the conversation."""

    def range(self) -> str:
        """Which values there are, in the language of the conversation: `from 1 person to 20 people`."""


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """`key` is what members type in French, `english` in English; both are understood in either language.

    They are in lower case without accents, words joined by hyphens. Files, the database and exports hold `key`.
    `what` and `concerns` are marked with N_. `what` says what is set, begins in lower case and has no full stop;
    `concerns` is a sentence of the preview: who notices the change, and from when on. `role` may change it. `column`
    names the column of `community` that has the value; all others have a row in `community_setting`. `aliases` are
    other words for it, shown nowhere.
    """

    key: str
    kind: Kind[T]
    default: T
    what: str
    concerns: str
    role: Role = Role.MODERATOR
    column: str = ""
    english: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What is typed for it in the language of the conversation."""
        return self.english if self.english and language() == "en" else self.key

    @property
    def names(self) -> set[str]:
        """All that may be typed for it, as `bare_key` compares it."""
        return {bare_key(name) for name in (self.key, self.english, *self.aliases) if name}

    def of(self, stored: str | None) -> T:
        """The value that a stored text is; the default without one, or if it can no longer be read."""
        if stored is None:
            return self.default
        try:
            return self.kind.load(stored)
        except UserError:
            return self.default

    def said(self, stored: str | None) -> str:
        """That value with its unit, and that it is the default where nothing is stored."""
        value = self.kind.said(self.of(stored))
        if stored is not None or self.default == "":
            return value
        return _("{value} (the usual value)").format(value=value)


@dataclass(frozen=True, slots=True)
class Fixed:
    """`key` and `english` are typed as those of a setting. `value` says how it is, in the language of the conversation.

    `what` and `why` are marked with N_: the first as of a setting, the second a sentence. `period`: how long something
    is stored, if it is about that.
    """

    key: str
    english: str
    value: Callable[[], str]
    what: str
    why: str = ALIKE
    period: timedelta | None = None

    @property
    def name(self) -> str:
        """What is typed for it in the language of the conversation."""
        return self.english if language() == "en" else self.key

    @property
    def names(self) -> set[str]:
        """All that may be typed for it, as `bare_key` compares it."""
        return {bare_key(self.key), bare_key(self.english)}

    def said(self, _stored: str | None = None) -> str:
        """How it is, and that no team sets it."""
        return _("{value} (fixed)").format(value=self.value())


class Named(Protocol):
    """What is found by a key that somebody typed."""

    @property
    def names(self) -> set[str]: ...


N = TypeVar("N", bound=Named)


def begins_with(words: str, known: Sequence[N]) -> tuple[N | None, str]:
    """The setting whose key the words begin with, and the value behind it: `vague 1 = 3` is (vague1, 3)."""
    keys = _by_name(known)
    for end in (found.end() for found in islice(_WORD.finditer(words), LONGEST_KEY)):
        if setting := keys.get(bare_key(words[:end])):
            return setting, words[end:].strip(" \n\t:=\u00a0")
    return None, ""


def that_begin(words: str, known: Sequence[N]) -> list[N]:
    """The settings whose keys all begin with these words: `rappels` are those of reminders."""
    typed = bare_key(words).removesuffix("s")
    if len(typed) < SHORTEST_BEGINNING:
        return []
    return [one for one in known if any(name.startswith(typed) for name in one.names)]


def nearest(words: str, known: Sequence[N]) -> N | None:
    """The setting whose key is nearest to what was typed; None when none is near."""
    keys = _by_name(known)
    typed = [bare_key(words[: found.end()]) for found in islice(_WORD.finditer(words[:200]), LONGEST_KEY)]
    near = [match for key in reversed(typed) for match in get_close_matches(key, keys, n=1, cutoff=0.75)]
    return keys[near[0]] if near else None


def _by_name(known: Sequence[N]) -> dict[str, N]:
    return {name: setting for setting in known for name in setting.names}


def bare_key(typed: str) -> str:
    """A key as it is compared: `Délai vague_2` and `delai-vague2` are the same."""
    return "".join(letter for letter in fold(typed).text if letter.isalnum())
