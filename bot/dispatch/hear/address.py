"""Is this said to us? The prefix, a mention, or a direct chat make it so."""

import re
from dataclasses import dataclass

from bot.events.events import MessageReceived

PREFIX = re.compile(r"[\s\u200b\ufeff]*[!！](\s*)(?=[^\s!！])")
NOTE = re.compile(r"\s*\^\s?(?=(?:d[ée]cision|agreed|action|todo|info|retex)\b)", re.IGNORECASE)
"""A line for the minutes, in a thread, after the custom of meeting bots."""
_AFTER_NAME = " \u00a0\u202f:,"


@dataclass(frozen=True, slots=True)
class Addressed:
    """The words of a message, without what says that they are for us.

    `prefixed`: behind the prefix. `loose`: with a space after it, as French puts one after any exclamation mark.
    `named`: after a mention, or around one.
    """

    text: str
    prefixed: bool = False
    loose: bool = False
    named: bool = False

    def to_us(self, *, direct: bool) -> bool:
        """Whether they are said to us; in a direct chat everything is."""
        return direct or self.prefixed or self.named


def addressed(message: MessageReceived, *, names: tuple[str, ...]) -> Addressed:
    """The words behind the prefix or the mention, or all of them. `names` are our own: id, local part, shown name."""
    text, named = message.text, False
    note = NOTE.match(text) if message.thread is not None else None
    if note:
        return Addressed(f"^ {text[note.end() :].strip()}", prefixed=True)
    if message.for_bot or text.startswith("@"):
        rest = _after_name(text, names)
        text, named = (text, message.for_bot) if rest is None else (rest, True)
    prefix = PREFIX.match(text)
    if prefix:
        return Addressed(text[prefix.end() :].strip(), True, bool(prefix.group(1)), named)
    return Addressed(_without_names(text, names) if named else text.strip(), named=named)


def _after_name(text: str, names: tuple[str, ...]) -> str | None:
    """What follows our name at the beginning of a message, None when it does not begin so."""
    start = text.lstrip(" @")
    for name in sorted(names, key=len, reverse=True):
        bare = name.lstrip("@")
        rest = start[len(bare) :]
        if start[: len(bare)].lower() == bare.lower() and (not rest or rest[0] in _AFTER_NAME):
            return rest.lstrip(_AFTER_NAME)
    return None


def _without_names(text: str, names: tuple[str, ...]) -> str:
    """The sentence without our name in the middle or at the end of it."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = re.sub(rf"(?<![,\s])[,\s]*+(?<!\w)@?{re.escape(name.lstrip('@'))}(?!\w)", " ", text, flags=re.IGNORECASE)
    return " ".join(text.split()).strip(_AFTER_NAME)
