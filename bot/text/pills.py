"""Links to people, as clients write them for a mention: `https://matrix.to/#/@ana:example.org`."""

import re
from urllib.parse import unquote

PILLS = "https://matrix.to/#/"
_LINK = re.compile(r"https://matrix\.to/#/((?:@|%40)[^\s\"'<>()\[\]?]{1,400})")
_SHOWN_WITH_LINK = re.compile(r"\[([^\[\]\n]{1,100})\]\(https://matrix\.to/#/[^\s()]{1,400}\)")
_LINK_BEHIND = re.compile(r"[ \u00a0]?\(https://matrix\.to/#/[^\s()]{1,400}\)")


def pilled(text: str) -> set[str]:
    """The ids of all people that a text links to."""
    return {unquote(found) for found in _LINK.findall(text)}


def without_links(text: str) -> str:
    """The text with the names alone, where a client wrote `Ana (https://…)` or `[Ana](https://…)`."""
    return _LINK_BEHIND.sub("", _SHOWN_WITH_LINK.sub(r"\1", text)) if PILLS in text else text
