"""Is this said to us? The prefix, a mention, or a direct chat make it so."""

import re

from bot.domain.events import MessageReceived

PREFIX = re.compile(r"\s*!\s*(?=[^\s!])")
_AFTER_NAME = " \u00a0\u202f:,"


def command_text(message: MessageReceived, *, names: tuple[str, ...], direct: bool) -> str | None:
    """The words behind the prefix or the mention; None when the message is not said to us.

    `names` are our own: id, local part, shown name. In a direct chat everything is said to us.
    """
    text = message.text
    named = _after_name(text, names) if message.for_bot or text.startswith("@") else None
    if named is not None:
        text = named
    prefix = PREFIX.match(text)
    if prefix:
        return text[prefix.end() :]
    return text.strip() if named is not None or direct else None


def _after_name(text: str, names: tuple[str, ...]) -> str | None:
    """What follows our name at the beginning of a message, None when it does not begin so."""
    start = text.lstrip(" @")
    for name in sorted(names, key=len, reverse=True):
        bare = name.lstrip("@")
        rest = start[len(bare) :]
        if start[: len(bare)].lower() == bare.lower() and (not rest or rest[0] in _AFTER_NAME):
            return rest.lstrip(_AFTER_NAME)
    return None
