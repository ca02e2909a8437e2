"""Finds the command that a sentence asks for in plain words: it holds the phrases that commands declare."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bot import quotas
from bot.dispatch.menu.command import Command, Verb
from bot.text.phrases import Found, Phrasebook


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sentence asks for, and the words that the verb takes. `unsure`: another part of it may deny that;
    `beside`: words that it has besides. `loose`: only single words point at it."""

    command: Command
    verb: Verb
    rest: str
    unsure: bool
    beside: int = 0
    loose: bool = False


ACTS = (quotas.ANSWER, quotas.SETTING)
"""What is done at once and may be wrong: a question, or words that only seem to ask for it, are asked about.

Whoever volunteers is shown what it means first, so only a question in such words is asked about.
"""
SHOWN_FIRST = (quotas.REQUEST, quotas.VOLUNTEER)
_ASKS_HOW = re.compile(r"(?i)\b(?:comment|pourquoi|combien|how|why)\b|\A\W*(?:qui|quand|who|when|what)\b")
Said = tuple[Command, Verb]


class Phrases:
    """The phrases of the commands of an installation."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands = tuple(commands)

    @cached_property
    def book(self) -> Phrasebook[Said]:
        """All of them, made when they are first asked for: to compile them takes half of all that a start costs."""
        every = [(command, verb) for command in self._commands for verb in (*command.verbs, *command.sayings)]
        return Phrasebook(((phrase, (command, verb)) for command, verb in every for phrase in verb.phrases), fits=_fits)

    def prepare(self) -> None:
        """Make what the first plain sentence would wait for; it may be called in a thread."""
        _ = self.book

    def meant(self, text: str) -> Meant | None:
        """What the sentence asks for; None when it is none of the phrases."""
        found: Found[Said] | None = self.book.find(text)
        if found is None:
            return None
        command, verb = found.value
        harmless = verb in command.sayings or command.explains or _is_mild(verb, found.rest)
        doubts = (found.loose, _ASKS_HOW.search(text) is not None)
        doubtful = any(doubts) if verb.makes in ACTS else verb.makes == quotas.VOLUNTEER and all(doubts)
        unsure = (found.unsure and not harmless) or doubtful
        return Meant(command, verb, found.rest, unsure, found.beside, found.loose)


def _is_mild(verb: Verb, rest: str) -> bool:
    """Whether it only searches, or shows first what it would ask of people or mean to volunteer."""
    return verb.makes in SHOWN_FIRST or (verb.makes is None and bool(rest))


def _fits(said: Said, rest: str) -> bool:
    """Whether the verb accepts these words after its phrase; a verb without parameters accepts none."""
    _command, verb = said
    return not rest or (bool(verb.parameters) and (verb.fits is None or verb.fits(rest)))
