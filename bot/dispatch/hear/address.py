"""Decides whether a message is addressed to us: by the prefix, by a mention, or because it is in a direct chat."""

import re
from dataclasses import dataclass

from bot.events.events import MessageReceived
from bot.text.pills import without_links

PREFIX = re.compile(r"[\s\u200b\ufeff]*[!！](\s*)(?=[^\s!！])")
NOTE = re.compile(
    r"\s*\^\s?(?=(?:d[ée]cision|d[ée]cid[ée]|agreed|action|todo|info(?:rmation)?|retex|retour)\b)", re.IGNORECASE
)
"""A line for the minutes, written in a thread, in the notation of meeting bots. An edit of it names no thread."""
_AFTER_NAME = " \u00a0\u202f:,"
_OF_A_SERVER = re.compile(r":\w")
"""What follows our name inside somebody else's id: `@relais:other.org`, or a port after our own id."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """The words of a message, without prefix and mention.

    `prefixed`: they follow the prefix. `loose`: with a space between, as French puts one after any exclamation mark.
    `named`: the message mentions us.
    """

    text: str
    prefixed: bool = False
    loose: bool = False
    named: bool = False

    def to_us(self, *, direct: bool) -> bool:
        """Whether they are said to us; in a direct chat everything is."""
        return direct or self.prefixed or self.named


def addressed(message: MessageReceived, *, names: tuple[str, ...]) -> Addressed:
    """The words after the prefix or the mention, or all of them. `names` are our own: id, local part, shown name."""
    text, named, called = message.text, False, False
    note = NOTE.match(text) if message.thread or message.replaces else None
    if note:
        return Addressed(f"^ {text[note.end() :].strip()}", prefixed=True)
    if message.for_bot or text.startswith("@") or _calls(message, names):
        text = without_links(text)
        rest = _after_name(text, names)
        called = rest is not None
        text, named = (rest, True) if rest is not None else (text, message.for_bot)
    prefix = PREFIX.match(text)
    if prefix:
        return Addressed(text[prefix.end() :].strip(), True, bool(prefix.group(1)), named)
    return Addressed(_without_names(text, names) if named and not called else text.strip(), named=named)


def _calls(message: MessageReceived, names: tuple[str, ...]) -> bool:
    """Whether a message that lists us as mentioned begins with our name, followed by a colon or a comma.

    A client lists us in every reply to a post of ours, and our name may be an everyday word: neither counts alone.
    """
    if not message.mentioned or names[0] not in message.mentioned:
        return False
    rest = _after_name(message.text, names)
    return rest is not None and message.text[: len(message.text) - len(rest)].rstrip()[-1:] in (":", ",")


def _after_name(text: str, names: tuple[str, ...]) -> str | None:
    """What follows our name at the beginning of a message, None when it does not begin so."""
    start = text.lstrip(" @")
    for name in sorted(filter(None, names), key=len, reverse=True):
        bare = name.lstrip("@")
        rest = start[len(bare) :]
        if start[: len(bare)].lower() == bare.lower() and (not rest or rest[0] in _AFTER_NAME):
            others = text.startswith("@") and _OF_A_SERVER.match(rest)
            return None if others else rest.lstrip(_AFTER_NAME)
    return None


def _without_names(text: str, names: tuple[str, ...]) -> str:
    """The sentence without our name in the middle or at the end of it."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = re.sub(rf"(?<![,\s])[,\s]*+(?<!\w)@?{re.escape(name.lstrip('@'))}(?!\w)", " ", text, flags=re.IGNORECASE)
    return " ".join(text.split()).strip(_AFTER_NAME)
