"""The themes of support, found by what people type in French or English (`config/programmes.yaml`)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.errors import StartRefused
from bot.i18n import N_, _
from bot.registers import shipped, typed

FILE: Final = "programmes.yaml"
INTERNAL: Final = "internal"
TERRITORIAL: Final = "territorial"
MOST_WORDS: Final = 7
"""Words of the longest name with its scope, as people type it."""
_SCOPES: Final = {
    INTERNAL: ("interne", "internal"),
    TERRITORIAL: ("territorial", "territoriale", "territoriaux", "territoire", "territory"),
}
SCOPES: Final = {INTERNAL: N_("internal"), TERRITORIAL: N_("territorial")}

Text = Annotated[str, Field(min_length=1, max_length=80)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]


class Theme(BaseModel):
    """`slug` is stored; `fr` and `en` are shown."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    slug: Slug
    scope: Literal["internal", "territorial"]
    fr: Text
    en: Text
    words: tuple[Text, ...] = ()

    @property
    def territorial(self) -> bool:
        return self.scope == TERRITORIAL

    def name(self, language: str) -> str:
        return self.en if language == "en" else self.fr


_FILE: Final = TypeAdapter(tuple[Theme, ...])


def load(path: Path | None = None) -> tuple[Theme, ...]:
    """The themes of a file, by default of the one that comes with the program. Raises StartRefused for a wrong one."""
    data = shipped.read(FILE) if path is None else shipped.read_file(path)
    named = path or shipped.folder() / FILE
    try:
        themes = _FILE.validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(f"no. {part + 1}" if isinstance(part, int) else part for part in first["loc"])
        raise StartRefused(f"{named}, theme {place}: {first['msg']}.") from None
    for problem in _problems(themes):
        raise StartRefused(f"{named}: {problem}")
    return themes


def _problems(themes: Sequence[Theme]) -> Iterator[str]:
    """What no schema tells: a slug that two themes have, a word that two themes of one scope have."""
    if not themes:
        yield "there is no theme in it."
    slugs, words = set[str](), dict[tuple[str, str], str]()
    for theme in themes:
        if theme.slug in slugs:
            yield f"two themes have the slug “{theme.slug}”."
        slugs.add(theme.slug)
        for word in _typed(theme):
            other = words.setdefault((theme.scope, word), theme.slug)
            if other != theme.slug:
                yield f"“{word}” stands for “{other}” and for “{theme.slug}”."


def schema_text() -> str:
    """The JSON Schema of the file, for editors: the text of `config/programmes.schema.json`."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_FILE.json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


# ── found ─────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def every() -> Mapping[str, Theme]:
    """All themes by their slugs, in the order of the file."""
    return {theme.slug: theme for theme in load()}


def get(slug: str) -> Theme | None:
    """The theme of a slug; None for none that is listed, or not any more."""
    return every().get(slug)


def named(words: str) -> Sequence[Theme]:
    """The theme that the words name; two where an internal one and a territorial one are called so."""
    return [every()[slug] for slug in _words().get(typed.key(words), ())]


def at_beginning(words: str) -> tuple[Sequence[Theme], str]:
    """What the longest beginning of the words names, and the words behind it."""
    typed_words = words.split()
    for count in range(min(len(typed_words), MOST_WORDS), 0, -1):
        if found := named(" ".join(typed_words[:count])):
            return found, " ".join(typed_words[count:])
    return (), words


def near(words: str) -> Sequence[Theme]:
    """The themes that were perhaps meant."""
    slugs = (slug for name in typed.nearest(words, _words()) for slug in _words()[name])
    return [every()[slug] for slug in dict.fromkeys(slugs)]


def titled(slug: str, language: str) -> str:
    """As a theme is named to readers: with its scope where another of this name has the other one."""
    theme = get(slug)
    if theme is None:
        return slug
    alone = len(named(theme.name(language))) == 1
    return theme.name(language) if alone else f"{theme.name(language)} ({_(SCOPES[theme.scope])})"


@cache
def _words() -> Mapping[str, Sequence[str]]:
    """What people type, and the slugs that it may mean."""
    found: dict[str, list[str]] = {}
    for theme in every().values():
        for word in _typed(theme):
            for name in (word, *(typed.key(f"{word} {scope}") for scope in _SCOPES[theme.scope])):
                found.setdefault(name, []).append(theme.slug)
    return found


def _typed(theme: Theme) -> list[str]:
    """The words for a theme without its scope, each once."""
    names = (typed.key(name) for name in (theme.slug, theme.fr, theme.en, *theme.words))
    return [name for name in dict.fromkeys(names) if name]
