"""The kinds of meet-ups, and the words by which people name them, in French and English."""

import re

from bot.text.plain_text import fold

_WRITTEN = {
    "information": (
        "information",
        "info",
        "réunion d'information",
        "séance d'information",
        "information meeting",
        "briefing",
    ),
    "formation": ("formation", "training", "course", "module"),
    "retex": ("retex", "rex", "retour d'expérience", "account of experience", "lessons learned"),
    "journée": ("journée", "journée d'étude", "study day"),
    "café": ("café", "coffee", "coffee break", "pause café"),
    "atelier": ("atelier", "workshop"),
}
KINDS = tuple(_WRITTEN)
MOST_WORDS = 3
"""Words of the longest name of a kind."""


def _plain(words: str) -> str:
    """The words without accents, case, hyphens, and with one spelling of the apostrophe."""
    return " ".join(fold(words).text.replace("’", "'").replace("-", " ").split())


def _plural(written: str) -> str:
    first, _space, others = written.partition(" ")
    return f"{first}s {others}".strip()


_KIND = {_plain(form): kind for kind, all_ in _WRITTEN.items() for one in all_ for form in (one, _plural(one))}
_LONGEST_FIRST = sorted(_KIND, key=len, reverse=True)
_BEGINS = re.compile(rf"(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})(?!\w)")


def kind_named(words: str) -> str | None:
    """The kind that these words name, and nothing else."""
    return _KIND.get(_plain(words).strip(" .,;:!?()«»“”\"'"))


def kind_first(words: str) -> tuple[str | None, str]:
    """The kind that the first words name, and the other words."""
    each = words.split()
    for count in range(min(len(each), MOST_WORDS), 0, -1):
        if kind := kind_named(" ".join(each[:count])):
            return kind, " ".join(each[count:])
    return None, words


def kind_begun(title: str) -> str | None:
    """The kind whose name a title begins with: “Café DPI” is a café."""
    found = _BEGINS.match(_plain(title))
    return _KIND[found.group()] if found else None
