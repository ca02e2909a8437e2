"""All commands together: from what somebody typed to the verb that does it."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import TypeVar

from bot.dispatch.menu.belonging import Belonging, MessageMark
from bot.dispatch.menu.card_answers import CardAction, CardWord, shared
from bot.dispatch.menu.command import Command, Verb
from bot.dispatch.menu.form import Choice, Form
from bot.dispatch.menu.handlers import Among, RoomHelp, ShowsItem, Still, TakenBack, TalkHandler, TimerHandler, Title
from bot.dispatch.menu.phrases import Meant, Phrases
from bot.events.answers import Control, control_of
from bot.events.gestures import Gesture, plain_answer
from bot.text.plain_text import fold
from bot.text.typos import is_ordinary, nearest

_WORD = re.compile(r"\S+")
_MARKS = re.compile(r"(?<=\S)\s+[?!.…]+\s*\Z")
"""Marks that French puts at the end of a line, after a space."""
_ITEM = re.compile(r"([a-z]+)[-‐‑–]\d{1,9}[.,;:!?]*", re.IGNORECASE)
_AROUND = '?!.,;:…()[]«»"“”\u00a0\u202f'
LONG_ALIAS = 5
LONGEST_WORD = 100
"""Characters of a word that are compared, so that the cache of words stays small whatever people type."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A command was typed: what is to be done, and the words that remain; `named` when the verb itself was typed."""

    command: Command
    verb: Verb
    rest: str
    named: bool

    @property
    def wants_words(self) -> bool:
        """Whether the verb requires words after it."""
        return any(parameter.required for parameter in self.verb.parameters)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A word that we know, followed by words that we do not."""

    command: Command
    rest: str


class Menu:
    """The commands of this installation. Raises ValueError when two of them claim the same word."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self.commands = tuple(commands)
        self._words: dict[tuple[str, str], Command] = {}
        self._actions: dict[tuple[str, Gesture, bool], CardAction] = {}
        self._timers: dict[str, TimerHandler] = {}
        self._among: dict[str, Among] = {}
        self._forms: dict[str, Form] = {}
        self._choices: dict[str, Choice] = {}
        self._titles: dict[str, Title] = {}
        self._belongings: dict[str, Belonging] = {}
        self._card_words: dict[str, dict[str, CardWord]] = {}
        self._sentences: dict[str, list[CardWord]] = {}
        self._talks: dict[str, TalkHandler] = {}
        self._marks: list[MessageMark] = [one for command in self.commands for one in command.marks]
        self._items: dict[str, Command] = {}
        self._verbs: dict[Command, dict[str, Verb]] = {}
        for command in self.commands:
            self._add(command)
        for action in shared(self._actions.values(), self._belongings):
            self._actions.setdefault((action.about, action.gesture, action.removed), action)
        self._refuse_homeless()
        self.phrases = Phrases(self.commands)

    @classmethod
    def of(cls, package: ModuleType) -> "Menu":
        """The menu of every module in a package and its folders that has a `command`, or several `commands`."""
        names = [module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
        files = sorted(names, key=lambda name: (name.split(".")[:2], name.rpartition(".")[2]))  # not by their folder
        modules = [importlib.import_module(name) for name in files]
        own = [module.command for module in modules if hasattr(module, "command")]
        return cls([*own, *(command for module in modules for command in getattr(module, "commands", ()))])

    def read(self, text: str) -> Understood | Unclear | None:
        """What the words after the prefix ask for, None when the first of them is no command."""
        words = list(_WORD.finditer(_MARKS.sub("", text)))
        found = self._command(words)
        if found is None:
            return None
        command, used = found
        verb, more = self._verb(command, words[used:])
        if verb is None:
            return Unclear(command, _rest(words, used))
        return Understood(command, verb, _rest(words, used + more), named=bool(more))

    def in_plain_words(self, text: str) -> Meant | None:
        """What a sentence in plain words asks for; None if it is no declared phrase."""
        return self.phrases.meant(text)

    def is_whole(self, read: Understood) -> bool:
        """Whether it is a sub-command alone, or a verb, an item (`D-12`) or, after `help`, a command comes next."""
        if read.named or not read.rest:
            return read.named or read.command.under is not None
        first, *more = read.rest.split(maxsplit=1)
        if self._owner(first) is read.command:
            return not more or self._verb(read.command, list(_WORD.finditer(more[0])))[1] > 0
        about = self.read(read.rest) if read.command.explains else None
        return isinstance(about, Understood) and (not about.rest or control_of(about.rest) is Control.MORE)

    def suggestion(self, text: str, may: Callable[[Command], bool]) -> str | None:
        """The line with its first unknown word corrected, if that resembles a word of a command that `may` allows."""
        words = [found.group() for found in _WORD.finditer(text)]
        path: list[str] = []
        for word in words:
            known = self._spellings(path, may)
            exact = self._word(" ".join(path), word) if len(path) < 2 else None
            if exact is not None and may(exact):
                known = known | {word_of(word): exact.word}
            if word_of(word) in known:
                path.append(known[word_of(word)])
                continue
            near = nearest(word_of(word), list(known))
            return " ".join([*path, known[near], *words[len(path) + 1 :]]) if near else None
        return None

    def form(self, name: str) -> Form | None:
        """The form of a name."""
        return self._forms.get(name)

    def choice(self, name: str) -> Choice | None:
        """The kind of list of a name."""
        return self._choices.get(name)

    def belonging(self, about: str) -> Belonging | None:
        """How the communities of a kind of item are found."""
        return self._belongings.get(about)

    def title(self, about: str) -> Title | None:
        """How items of a kind are named."""
        return self._titles.get(about)

    def passing(self, about: str) -> bool:
        """Whether cards of this kind are a form or a list, which change nothing before they are answered."""
        return about in self._forms or about in self._choices

    def only_shows(self, about: str) -> bool:
        """Whether cards of this kind only show what exists: nothing has to be ended when their command is edited."""
        return any(about in command.shown_kinds for command in self.commands)

    def remakes(self, about: str) -> bool:
        """Whether the command of such a card, when it is edited, changes what it made."""
        return any(about in command.remade_kinds for command in self.commands)

    @property
    def takers(self) -> Iterator[TakenBack]:
        """The functions that withdraw the things that a deleted message made."""
        return (taker for command in self.commands for taker in command.takers)

    def redrafts(self, about: str) -> bool:
        """Whether items of this kind are drafts: the edit of a message changes its draft."""
        return self.still(about) is not None

    def still(self, about: str) -> Still | None:
        """The function that tells whether an item of this kind is still a draft; None for kinds without drafts."""
        return found.draft if (found := self.belonging(about)) is not None else None

    def suggests(self, about: str) -> bool:
        """Whether a form or a list of this name only asks whether something else was meant."""
        return (found := self.form(about) or self.choice(about)) is not None and found.suggests

    def learn(self, *known: Form | Choice) -> None:
        """Add forms and lists that belong to no command. Raises ValueError if the name of one is taken."""
        for one in known:
            if isinstance(one, Form):
                _claim(self._forms, one.name, one)
            else:
                _claim(self._choices, one.name, one)

    def rings(self, kind: str, handler: TimerHandler) -> None:
        """Add the handler of a timer that belongs to no command. Raises ValueError if its kind is taken."""
        _claim(self._timers, kind, handler)

    def action(self, about: str, gesture: Gesture, *, removed: bool = False) -> CardAction | None:
        """What a gesture does on the cards of a kind of item."""
        return self._actions.get((about, gesture, removed))

    def asks_rights(self, about: str, gesture: Gesture | None, text: str = "") -> bool:
        """Whether a gesture, or without one a word, does more on cards of this kind than any member may do."""
        word = self.card_word(about, text) if gesture is None else None
        action = self.action(about, gesture) if gesture is not None else word[0] if word is not None else None
        return action is not None and action.asks_rights

    def may_ask_rights(self, about: str) -> bool:
        """Whether some gesture on cards of this kind does more than any member may do."""
        return any(action.asks_rights for (kind, _, _), action in self._actions.items() if kind == about)

    def timer(self, kind: str) -> TimerHandler | None:
        """What is done when a timer of this kind is due."""
        return self._timers.get(kind)

    def among(self, kind: str) -> Among | None:
        """The function that finds the community whose members are loaded before a timer of this kind is handled."""
        return self._among.get(kind)

    def card_word(self, about: str, text: str) -> tuple[CardWord, str] | None:
        """What a typed answer does on the cards of a kind of item, and the words after it; None for any other text."""
        known = self._card_words.get(about, {})
        if (whole := known.get(plain_answer(text))) is not None:
            return whole, ""
        first, _, rest = text.strip().partition(" ")
        found = known.get(word_of(first))
        if found and (found.takes_rest or not rest.strip()):
            return found, rest.strip()
        reading = self._sentences.get(about, ())
        return next(((word, text) for word in reading if word.reads is not None and word.reads(text)), None)

    def alone(self, about: str) -> CardWord | None:
        """The word that people may leave out, in private, before what a card of this kind asks for."""
        return next((word for word in self._card_words.get(about, {}).values() if word.alone is not None), None)

    def is_card_word(self, text: str) -> bool:
        """Whether a text would answer a card of some kind."""
        return any(self.card_word(about, text) for about in self._card_words)

    def is_thread_word(self, text: str) -> bool:
        """Whether a text would answer a card of some kind from within a thread on it."""
        every = (word.reads for words in self._sentences.values() for word in words if word.in_thread)
        return any(reads is not None and reads(text) for reads in every)

    def shower(self, number: str) -> ShowsItem | None:
        """How the item of a number like `F-12` is shown to members."""
        owner = self._owner(number)
        return owner.shower if owner is not None else None

    def mark(self, gesture: Gesture | None) -> MessageMark | None:
        """What a gesture does on a message that is not ours."""
        return next((one for one in self._marks if one.gesture is gesture), None)

    def talk(self, about: str) -> TalkHandler | None:
        """What is done when people begin to talk in a room with a card of this kind."""
        return self._talks.get(about)

    def room_help(self, about: str) -> RoomHelp | None:
        """What `!help` answers in a room with a card of this kind."""
        return next((command.room_helps[about] for command in self.commands if about in command.room_helps), None)

    @property
    def talked_about(self) -> set[str]:
        """The kinds of cards that have a handler for people who begin to talk."""
        return {*self._talks}

    def gestures(self, about: str) -> set[Gesture]:
        """The gestures that mean something on the cards of a kind of item."""
        return {gesture for kind, gesture, removed in self._actions if kind == about and not removed}

    def waits_for_yes(self, about: str) -> bool:
        """Whether 👍 is yes and 👎 is no on cards of this kind: never where 👍 says that something is useful."""
        gestures = self.gestures(about)
        return about in self._forms or (Gesture.USEFUL not in gestures and bool(gestures & {Gesture.YES, Gesture.NO}))

    def _command(self, words: list[re.Match[str]]) -> tuple[Command, int] | None:
        command = self._word("", words[0].group()) if words else None
        if command is None:
            return self._thing(words)
        below = self._word(command.word, words[1].group()) if len(words) > 1 else None
        return (below, 2) if below is not None else (command, 1)

    def _verb(self, command: Command, words: list[re.Match[str]]) -> tuple[Verb | None, int]:
        """The verb that the words begin with, else the command's own if it takes words; and how many words name it."""
        known = self._verbs[command]
        named = known.get(word_of(words[0].group())) if words else None
        if named is not None:
            return named, 1
        bare = known.get("")
        return (None, 0) if bare is None or (words and not bare.parameters) else (bare, 0)

    def _thing(self, words: list[re.Match[str]]) -> tuple[Command, int] | None:
        """`D-12` and nothing else, or a word that its command declares; with others it may be anything, a room on the
        second floor for instance."""
        command = self._owner(words[0].group()) if words else None
        if command is None or (len(words) > 1 and word_of(words[1].group()) not in command.item_words):
            return None
        return command, 0

    def _owner(self, typed: str) -> Command | None:
        """The command that owns an item like `D-12`; None for any other word."""
        found = _ITEM.fullmatch(typed)
        return self._items.get(found[1].upper()) if found else None

    def _word(self, under: str, typed: str) -> Command | None:
        """The command of a word, also in the plural."""
        word = word_of(typed)
        found = self._words.get((under, word))
        if found is None and word.endswith("s") and not is_ordinary(word):
            found = self._words.get((under, word.removesuffix("s")))
        return found

    def _spellings(self, path: list[str], may: Callable[[Command], bool]) -> dict[str, str]:
        """Words that may come next, folded, with the spelling to suggest; no short aliases, which resemble anything."""
        under = path[0] if path else ""
        known = {
            word_of(spelling): command.word
            for command in self.commands
            if (command.under or "") == under and len(path) < 2 and may(command)
            for spelling in (command.word, *(alias for alias in command.aliases if len(alias) >= LONG_ALIAS))
        }
        command = next((found for found in self.commands if found.path == " ".join(path)), None)
        verbs = [verb for verb in command.verbs if verb.words] if command else []
        return known | {word_of(word): verb.words[0] for verb in verbs for word in verb.words}

    def _add(self, command: Command) -> None:
        under = command.under or ""
        for spelling in {word_of(word) for word in (command.word, *command.aliases)}:
            _claim(self._words, (under, spelling), command)
        self._verbs[command] = _verbs_of(command)
        for form in command.forms:
            _claim(self._forms, form.name, form)
        for choice in command.choices:
            _claim(self._choices, choice.name, choice)
        for about, title in command.titles.items():
            _claim(self._titles, about, title)
        for about, belonging in command.belongings.items():
            _claim(self._belongings, about, belonging)
        for action in command.actions:
            _claim(self._actions, (action.about, action.gesture, action.removed), action)
        if command.items:
            _claim(self._items, command.items, command)
        self._add_words(command)
        for kind, handler in command.timers.items():
            if self._timers.setdefault(kind, handler) is not handler:
                raise ValueError(f"the timer {kind} is claimed twice")
        self._among |= command.among

    def _add_words(self, command: Command) -> None:
        for word in command.words:
            known = self._card_words.setdefault(word.about, {})
            if word.reads is not None:
                self._sentences.setdefault(word.about, []).append(word)
            for spelling in {_spelt(spelling) for spelling in word.words}:
                _claim(known, spelling, word)
        for about, handler in command.talks.items():
            _claim(self._talks, about, handler)

    @property
    def answered(self) -> set[str]:
        """Every kind of card that may be answered."""
        return {about for about, _gesture, _removed in self._actions} | {*self._card_words, *self._talks}

    def _refuse_homeless(self) -> None:
        """Raise ValueError for kinds of cards, except forms and lists, whose community no command declares."""
        homeless = self.answered - {*self._forms, *self._choices, *self._belongings}
        if homeless:
            raise ValueError(f"nothing says to which community these cards belong: {', '.join(sorted(homeless))}")

    def __iter__(self) -> Iterator[Command]:
        return iter(self.commands)


def _verbs_of(command: Command) -> dict[str, Verb]:
    """The verbs by each of their spellings; what the command does without a verb has the empty one."""
    known: dict[str, Verb] = {}
    for verb in command.verbs:
        for spelling in map(word_of, verb.words or ("",)):
            known.setdefault(spelling, verb)
    return known


def _rest(words: list[re.Match[str]], used: int) -> str:
    return words[used].string[words[used].start() :].strip() if used < len(words) else ""


Key = TypeVar("Key")
Value = TypeVar("Value")


def _claim(table: dict[Key, Value], key: Key, value: Value) -> None:
    if table.setdefault(key, value) is not value:
        raise ValueError(f"{key} is claimed twice")


def _spelt(words: str) -> str:
    """The answer as it is looked up: a word, or several that are the whole message."""
    return plain_answer(words) if " " in words else word_of(words)


def word_of(word: str) -> str:
    """A word as it is compared: no accents, no case, no punctuation around it."""
    return _word_of(word[:LONGEST_WORD])


@lru_cache(maxsize=4096)
def _word_of(word: str) -> str:
    return fold(word).text.replace("’", "'").strip(_AROUND) or word
