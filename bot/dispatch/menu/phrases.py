"""Finds the command that a sentence asks for in plain words: it holds the phrases that commands declare."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.dispatch.menu.command import Command, Verb
from bot.text.phrases import Found, Phrasebook


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sentence asks for, and the words that the verb takes. `unsure`: another part of it may deny that."""

    command: Command
    verb: Verb
    rest: str
    unsure: bool


Said = tuple[Command, Verb]


class Phrases:
    """The phrases of the commands of an installation."""

    def __init__(self, commands: Iterable[Command]) -> None:
        every = [(command, verb) for command in commands for verb in (*command.verbs, *command.sayings)]
        self.book: Phrasebook[Said] = Phrasebook(
            ((phrase, (command, verb)) for command, verb in every for phrase in verb.phrases), fits=_fits
        )

    def meant(self, text: str) -> Meant | None:
        """What the sentence asks for; None when it is none of the phrases."""
        found: Found[Said] | None = self.book.find(text)
        return Meant(*found.value, found.rest, found.unsure) if found is not None else None


def _fits(said: Said, rest: str) -> bool:
    """Whether the verb accepts these words after its phrase; a verb without parameters accepts none."""
    _command, verb = said
    return not rest or (bool(verb.parameters) and (verb.fits is None or verb.fits(rest)))
