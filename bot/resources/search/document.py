"""A resource as the index holds it, and its analysed form, which the database stores with the row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from bot.resources.search.analysis import Word, compounds, fold, prepare, term, words

VERSION = "3"
_LONGEST_TEXT = 20_000
_LONGEST_TITLE = 1_000
_ADDRESS_NOISE = frozenset(["http", "https", "www", "html", "htm", "php", "pdf", "index", "com", "org", "net", "gouv"])


@dataclass(frozen=True, slots=True)
class Document:
    """One resource as members may find it. `useful` and `useless` count votes; `facets` are as for its row."""

    id: int
    community: str
    title: str
    summary: str = ""
    tags: tuple[str, ...] = ()
    kind: str = "publication"
    url: str = ""
    ready: bool = False
    verified_on: date | None = None
    useful: int = 0
    useless: int = 0
    facets: tuple[str, ...] = ()


Fields: TypeAlias = tuple[str, str, str, str]
"""Terms of the title, tags, summary and address, with a space before and after each."""


class Analysed(NamedTuple):
    """What a search needs of a document: its terms by field (as `Fields`), its title's key, its words as spelt."""

    title: str
    tags: str
    summary: str
    address: str
    key: str
    words: str


def analyse(document: Document) -> str:
    """The stored form: seven lines, of which `read` makes what the index needs without stemming anything."""
    title, tags = document.title[:_LONGEST_TITLE], " ; ".join(document.tags)[:_LONGEST_TEXT]
    texts = (title, tags, document.summary[:_LONGEST_TEXT])
    analysed = [_field(text) for text in texts]
    spelt = sorted(set().union(*(each[1] for each in analysed)))
    parts = (*(each[0] for each in analysed), _address(document.url), title_key(document), " ".join(spelt))
    return "\n".join([VERSION, *parts])


def read(document: Document, stored: str | None) -> Analysed:
    """The analysed form of a document; a stored one of another version is not trusted."""
    return Analysed._make(lines(document, stored)[1:])


def lines(document: Document, stored: str | None) -> list[str]:
    """The stored lines of a document, the version first; analyses it anew if they are of another version."""
    found = stored.split("\n") if stored else []
    if len(found) == 7 and found[0] == VERSION:
        return found
    return analyse(document).split("\n")


def key(found: Sequence[Word], prepared: str) -> str:
    """The key by which a title that is typed in full is found, stop words included."""
    return " ".join(word.folded for word in found) or "".join(fold(prepared).split())


def title_key(document: Document) -> str:
    """The key of its title."""
    prepared = prepare(document.title[:_LONGEST_TITLE])
    return key(words(prepared), prepared)


def _field(text: str) -> tuple[str, set[str]]:
    found = words(prepare(text))
    single, joined = [term(word.folded) for word in found if not word.stop], compounds(found)
    written = [*(word.text for word in found if not word.stop), *joined]
    spelt = {word for word in written if len(word) > 3 and word.isalpha()}
    return _spaced([*single, *map(term, joined)]), spelt


def _address(url: str) -> str:
    found = words(prepare(unquote(url[:500]).replace("/", " ")))
    kept = [word.folded for word in found if not word.stop and 2 < len(word.folded) < 25]
    return _spaced([term(word) for word in dict.fromkeys(kept) if word not in _ADDRESS_NOISE and word.isalpha()])


def _spaced(terms: list[str]) -> str:
    return f" {' '.join(terms)} " if terms else ""
