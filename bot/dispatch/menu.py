"""All commands together: from what somebody typed to the verb that does it."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType

from bot.dispatch.command import CardAction, Command, TimerHandler, Verb
from bot.domain.gestures import Gesture
from bot.domain.plain_text import fold

_WORD = re.compile(r"\S+")
LONGEST_WORD = 100
"""Characters of a word that are looked at; what is remembered stays small whatever people type."""
_AROUND = "?!.,;:…\u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Understood:
    """A command was typed: what is to be done, and the words that remain."""

    command: Command
    verb: Verb
    rest: str


class Menu:
    """The commands of this installation. Raises ValueError when two of them claim the same word."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self.commands = tuple(commands)
        self._words: dict[tuple[str, str], Command] = {}
        self._actions: dict[tuple[str, Gesture, bool], CardAction] = {}
        self._timers: dict[str, TimerHandler] = {}
        for command in self.commands:
            self._add(command)

    @classmethod
    def of(cls, package: ModuleType) -> "Menu":
        """Every module of a package that has a `command`: a new command is one file."""
        names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
        modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
        return cls(module.command for module in modules if hasattr(module, "command"))

    def read(self, text: str) -> Understood | None:
        """What the words after the prefix ask for, None when the first of them is no command."""
        words = list(_WORD.finditer(text))
        found = self._command(words)
        if found is None:
            return None
        command, used = found
        verb, more = _verb(command, words[used:])
        if verb is None:
            return None
        used += more
        rest = text[words[used].start() :] if used < len(words) else ""
        return Understood(command, verb, rest.strip())

    def action(self, about: str, gesture: Gesture, *, removed: bool = False) -> CardAction | None:
        """What a gesture does on the cards of a kind of item."""
        return self._actions.get((about, gesture, removed))

    def timer(self, kind: str) -> TimerHandler | None:
        """What is done when a timer of this kind is due."""
        return self._timers.get(kind)

    def gestures(self, about: str) -> set[Gesture]:
        """The gestures that mean something on the cards of a kind of item."""
        return {gesture for kind, gesture, removed in self._actions if kind == about and not removed}

    def waits_for_yes(self, about: str) -> bool:
        """Whether cards of this kind are answered by yes or no, so that 👍 is yes and 👎 is no."""
        return bool(self.gestures(about) & {Gesture.YES, Gesture.NO})

    def _command(self, words: list[re.Match[str]]) -> tuple[Command, int] | None:
        if not words:
            return None
        first = plain(words[0].group())
        command = self._words.get(("", first))
        if command is not None and len(words) > 1:
            below = self._words.get((command.word, plain(words[1].group())))
            if below is not None:
                return below, 2
        return (command, 1) if command is not None else None

    def _add(self, command: Command) -> None:
        under = command.under or ""
        for spelling in {plain(word) for word in (command.word, *command.aliases)}:
            if self._words.setdefault((under, spelling), command) is not command:
                raise ValueError(f"{spelling} is claimed by {command.path} and {self._words[under, spelling].path}")
        for action in command.actions:
            key = (action.about, action.gesture, action.removed)
            if self._actions.setdefault(key, action) is not action:
                raise ValueError(f"{action.gesture} on {action.about} is claimed twice")

        for kind, handler in command.timers.items():
            if self._timers.setdefault(kind, handler) is not handler:
                raise ValueError(f"the timer {kind} is claimed twice")

    def __iter__(self) -> Iterator[Command]:
        return iter(self.commands)


def _verb(command: Command, words: list[re.Match[str]]) -> tuple[Verb | None, int]:
    first = plain(words[0].group()) if words else ""
    for verb in command.verbs:
        if first and first in map(plain, verb.words):
            return verb, 1
    return next((verb for verb in command.verbs if not verb.words), None), 0


def plain(word: str) -> str:
    """A word as it is compared: no accents, no case, no punctuation around it."""
    return _plain(word[:LONGEST_WORD])


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    return fold(word).text.strip(_AROUND)
