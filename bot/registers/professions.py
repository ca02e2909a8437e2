"""Professions, found by what people type in French or English (`config/professions.yaml`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.registers import shipped, typed


@dataclass(frozen=True, slots=True)
class Profession:
    """`slug` is stored; `names` by language, for no gender only."""

    slug: str
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        return self.names.get(language, self.names["fr"])


def get(slug: str | None) -> Profession | None:
    """The profession of a slug; None for none that is listed."""
    return _every().get(slug or "")


def named(words: str, *, exactly: bool = False) -> Profession | None:
    """The profession that the words are; unless `exactly`, also one that stands in them."""
    known = _words()
    found = known.get(typed.key(words))
    if found is None and not exactly and (name := typed.within(words, known)) is not None:
        found = known[name]
    return get(found)


def near(words: str) -> Sequence[Profession]:
    """The professions that were perhaps meant."""
    slugs = (_words()[name] for name in typed.nearest(words, _words()))
    return [_every()[slug] for slug in dict.fromkeys(slugs)]


@cache
def _every() -> Mapping[str, Profession]:
    rows = shipped.read("professions.yaml")
    return {row["slug"]: Profession(row["slug"], {"fr": row["fr"], "en": row["en"]}) for row in rows}


@cache
def _words() -> Mapping[str, str]:
    """What people type, and the slug of what they mean."""
    rows = shipped.read("professions.yaml")
    return {typed.key(word): row["slug"] for row in rows for word in (row["slug"], row["fr"], row["en"], *row["words"])}
