"""A document, as plain data: nouns put it together, the outbox stores it, the printing process reads it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Categories of characters that turn, hide or break what is around them (Unicode, chapter 4.5)."""
_EMOJI_SHAPES = "\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_SHAPES = re.compile(f"[{_EMOJI_SHAPES}]")


class Kind(StrEnum):
    """The parts of which a document is made."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    FACTS = "facts"  # a name and a text each


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its rows are a name, empty but for facts, and a text. `language`: when it is not the document's."""

    kind: Kind
    rows: tuple[tuple[str, str], ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A title and parts, all words already in the reader's language.

    `footer` stands at the end of each page, with `page` (`page {page} of {pages}`). `unprintable` is said once at the
    end if the print's typeface lacks a sign, in whose place it shows `NO_SIGN`.
    """

    title: str
    language: str
    parts: tuple[Part, ...]
    footer: str
    page: str
    unprintable: str = ""

    def kept(self) -> dict[str, Any]:
        """As the outbox stores it, and the printing process reads it."""
        return asdict(self)

    @classmethod
    def of_kept(cls, fields: dict[str, Any]) -> "Document":
        """The document that `kept` stored."""
        return cls(**fields | {"parts": tuple(map(_part, fields["parts"]))})


NO_SIGN = "\u25a1"


def heading(text: str) -> Part:
    """What the parts below it are about."""
    return Part(Kind.HEADING, (("", text),))


def paragraphs(text: str, *, language: str = "") -> tuple[Part, ...]:
    """A text of people, a paragraph for each of its lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    return tuple(Part(Kind.PARAGRAPH, (("", line),), language) for line in lines)


def bullets(*items: str) -> Part:
    """A list without an order."""
    return Part(Kind.BULLETS, tuple(("", item) for item in items))


def facts(rows: Iterable[tuple[str, str]], *, language: str = "") -> Part:
    """A list of what has a name each; rows without a text are left out."""
    return Part(Kind.FACTS, tuple((name, text) for name, text in rows if text.strip()), language)


def plain(text: str) -> str:
    """One line of a text, without what cannot be seen or turns its direction."""
    line = _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    return "".join(sign for sign in _SHAPES.sub("", line) if unicodedata.category(sign) not in _UNSEEN)


def _part(fields: dict[str, Any]) -> Part:
    rows = tuple((name, text) for name, text in fields["rows"])
    return Part(Kind(fields["kind"]), rows, fields["language"])
