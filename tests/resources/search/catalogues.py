"""The golden questions, the shipped resources they ask for, and the ways a question may be mistyped."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from bot.resources.search import Document, Index, Lexicon, analyse, lexicon
from bot.resources.search.analysis import fold, prepare, words

HERE = Path(__file__).parent
CONFIG = HERE.parents[2] / "config"
TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Question:
    community: str
    words: str
    addresses: frozenset[str]


@cache
def shipped_lexicon() -> Lexicon:
    return lexicon.read((CONFIG / "glossary.yaml").read_text(), (CONFIG / "synonyms.yaml").read_text())


def shipped_documents() -> Iterator[Document]:
    number = 0
    for path in sorted((CONFIG / "communities").glob("*.yaml")):
        community = yaml.safe_load(path.read_text())
        for each in community["resources"]:
            number += 1
            yield Document(
                id=number,
                community=community["slug"],
                title=each["title"],
                summary=each["summary"],
                tags=tuple(each.get("tags", ())),
                kind=each["kind"],
                url=each["url"],
                ready=each.get("ready", False),
            )


def questions(name: str, community: str = "") -> list[Question]:
    """Those of a file of tab-separated lines: community (unless given), question, addresses."""
    found = []
    for line in (HERE / name).read_text().splitlines():
        cells = [community, *line.split("\t")] if community else line.split("\t")
        found.append(Question(cells[0], cells[1], frozenset(cells[2:])))
    return found


def filled(documents: Iterator[Document] | list[Document], known: Lexicon | None = None) -> Index:
    index = Index(known or shipped_lexicon())
    index.load((document, analyse(document)) for document in documents)
    return index


def plain(text: str) -> str:
    """Without accents."""
    return fold(text)


def plural(text: str) -> str:
    """With an s after each word that may take one."""
    return _each(text, lambda word: f"{word}s" if word[-1] not in "sxz" else word, shortest=4)


def mistyped(text: str) -> str:
    """With one error in one word of five letters or more: a letter missing, doubled, wrong, or two exchanged."""
    chance = random.Random(text)
    long = [word for word in words(prepare(text)) if _typable(word.text, 5) and not word.stop]
    if not long:
        return text
    word, prepared = chance.choice(long), prepare(text)
    spoilt = _spoil(prepared[word.start : word.end], chance)
    return prepared[: word.start] + spoilt + prepared[word.end :]


def _spoil(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice("aeinrst") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def _typable(word: str, shortest: int) -> bool:
    return len(word) >= shortest and word.isalpha()


def _each(text: str, change: Callable[[str], str], *, shortest: int) -> str:
    prepared = prepare(text)
    for word in reversed(words(prepared)):
        written = prepared[word.start : word.end]
        if _typable(written, shortest) and not word.stop and not word.acronym:
            prepared = prepared[: word.start] + change(written) + prepared[word.end :]
    return prepared
