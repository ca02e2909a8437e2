"""The form of a community file, and its loader, which says in one sentence what is wrong with one."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import available_timezones

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from bot.communities.settings.setting import Setting
from bot.errors import StartRefused, UserError
from bot.i18n import _, speaking
from bot.registers import shipped as shipped_data

Kind = Literal[
    "publication",
    "outil",
    "méthode",
    "bonne-pratique",
    "autodiagnostic",
    "retex",
    "formation",
    "aap",
    "réponse",
]
Language = Literal["fr", "en"]
Location = tuple[str | int, ...]


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(_unlisted(name, "a time zone", sorted(available_timezones()), "write one like “Europe/Paris”"))
    return name


Text = Annotated[str, Field(min_length=1)]
SLUG = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
Slug = Annotated[str, Field(pattern=SLUG, max_length=40)]
Address = Annotated[str, Field(pattern=r"^https?://[^\s/?#@\\]+\.[^\s/?#@\\]+([/?#]\S*)?$", max_length=2000)]
# Rooms of version 12 and later have no server name in their id (MSC4291).
Room = Annotated[str, Field(pattern=r"^(![^\s:]+(:\S+)?|#[^\s:]+:\S+)$", max_length=255)]
TimeZone = Annotated[str, AfterValidator(_known_zone)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Words(_Part):
    """The same words in both languages."""

    fr: Text
    en: Text


class Topic(_Part):
    """A subject that volunteers offer help with."""

    slug: Slug
    fr: Text
    en: Text
    parent: Slug | None = None


class Resource(_Part):
    """A public page: what it is, who publishes it (`source`), where its address was read (`found_in`)."""

    title: Text
    url: Address
    summary: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Kind
    tags: tuple[Text, ...] = ()
    source: Text
    contact: Text | None = Field(default=None, description="Where its makers can be reached: a service, not a person.")
    found_in: Text
    ready: bool = Field(default=False, description="Can be used at once, as it is (a form, a template, a tool).")
    language: Language = "fr"


class CommunityFile(_Part):
    """The start of a community in a new installation; afterwards the database counts, not the file."""

    slug: Slug
    name: Words
    description: Words
    language: Language = "fr"
    time_zone: TimeZone = "Europe/Paris"
    rooms: tuple[Room, ...] = Field(
        default=(), description="Room ids or aliases, linked when the bot comes in; the first is the main room."
    )
    contact: Text | None = None
    settings: dict[str, str] = Field(default={}, description="What its team may change by `!admin réglage`.")
    topics: tuple[Topic, ...] = ()
    resources: tuple[Resource, ...] = ()


class CommunityFileError(StartRefused):
    """One problem of one file: `line` counts from 1, None where no line can be named."""

    def __init__(self, path: Path, line: int | None, sentence: str) -> None:
        super().__init__(f"{path}, line {line}: {sentence}" if line else f"{path}: {sentence}")
        self.path, self.line, self.sentence = path, line, sentence


def shipped() -> Path:
    """The folder of the community files that came with the program, in a wheel or in a checkout."""
    return shipped_data.folder() / "communities"


def load(folder: Path, known: Sequence[Setting[Any]] = ()) -> tuple[CommunityFile, ...]:
    """Every community file of `folder`, by file name; names that start with `_` or `.` are left out.

    `known` are the settings that there are. Raises CommunityFileError for the first problem, in the order of files and
    of lines.
    """
    if not folder.is_dir():
        raise CommunityFileError(folder, None, "there is no such folder of community files.")
    paths = sorted(p for p in folder.iterdir() if p.suffix in {".yaml", ".yml"} and p.name[0] not in "_.")
    if not paths:
        raise CommunityFileError(folder, None, "this folder holds no community file (a name that ends in .yaml).")
    documents = [_read(path, own_key(known)) for path in paths]
    for number, document in enumerate(documents):
        _refuse_taken(document, documents[:number])
    return tuple(document.community for document in documents)


def own_key(known: Iterable[Setting[Any]]) -> dict[str, Setting[Any]]:
    """The settings that stand under `settings`, by key; the others are keys of the file itself."""
    return {setting.key: setting for setting in known if not setting.column}


def schema_text(known: Iterable[Setting[Any]]) -> str:
    """The JSON Schema of a community file, for editors: the text of `config/communities.schema.json`."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **CommunityFile.model_json_schema()}
    with speaking("en"):
        own = {key: _described(setting) for key, setting in own_key(known).items()}
    schema["properties"]["settings"] |= {"properties": own, "additionalProperties": False}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _described(setting: Setting[Any]) -> dict[str, Any]:
    described = _("{what}: {range}").format(what=_(setting.what), range=setting.kind.range())
    return {"type": ["string", "integer"], "description": described}


@dataclass(frozen=True, slots=True)
class _Document:
    path: Path
    root: yaml.Node
    community: CommunityFile

    def problem(self, location: Location, sentence: str) -> CommunityFileError:
        return CommunityFileError(self.path, _line_of(self.root, location), sentence)


def _read(path: Path, known: Mapping[str, Setting[Any]]) -> _Document:
    try:
        root = _compose(path)
        plain = _plain(root, path)
    except RecursionError:
        raise CommunityFileError(path, None, "this file is nested too deeply, or contains itself.") from None
    try:
        community = CommunityFile.model_validate(plain)
    except ValidationError as error:
        raise CommunityFileError(path, *_first(error, root)) from None
    document = _Document(path, root, community)
    for location, sentence in _contradictions(community):
        raise document.problem(location, sentence)
    as_stored = {key: _as_stored(document, key, words, known) for key, words in community.settings.items()}
    return replace(document, community=community.model_copy(update={"settings": as_stored}))


def _as_stored(document: _Document, key: str, words: str, known: Mapping[str, Setting[Any]]) -> str:
    """The value of a setting as the database holds it. Raises CommunityFileError for one that it does not take."""
    if key not in known:
        raise document.problem(("settings", key), _unlisted(key, "a setting", list(known), "see `!admin réglage`"))
    kind = known[key].kind
    try:
        with speaking("en"):
            return str(kind.stored(kind.read(words)))
    except UserError as error:
        raise document.problem(("settings", key), f"“{key}”: {error}") from None


def _first(error: ValidationError, root: yaml.Node) -> tuple[int, str]:
    """Line and sentence of the first problem in the file; a misspelt key comes before the key missing because of it."""
    found = error.errors(include_url=False)
    first = min(found, key=lambda e: (_line_of(root, e["loc"]), e["type"] == "missing"))
    return _line_of(root, first["loc"]), _sentence(first)


def _compose(path: Path) -> yaml.Node:
    """The YAML nodes of a file. Every scalar stays text, so that `no` and `75` are not converted."""
    text = _text_of(path)
    try:
        root = _nodes(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise CommunityFileError(path, line, f"this is not valid YAML: {error.problem}.") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise CommunityFileError(path, line, "a control character stands here; delete it.") from None
    if root is None or root.value == "":
        raise CommunityFileError(path, 1, "this file is empty.")
    return root


def _nodes(text: str) -> yaml.Node | None:
    """Read with libyaml, ten times as fast; what it refuses is read again without, for a better error message."""
    fast = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.compose(text, Loader=fast)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.BaseLoader)


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CommunityFileError(path, line, "this is not UTF-8 text: save the file again in UTF-8.") from None
    except OSError as error:
        raise CommunityFileError(path, None, f"this file cannot be read: {error.strerror}.") from None


def _plain(node: yaml.Node, path: Path) -> Any:
    """The node as dicts, lists and strings; a key written twice is refused."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path) for item in node.value]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    plain: dict[Any, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise CommunityFileError(path, _line(key), "a key must be one word.")
        if key.value in plain:
            raise CommunityFileError(path, _line(key), f"the key “{key.value}” stands twice here; keep one.")
        plain[key.value] = _plain(value, path)
    return plain


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _line_of(node: yaml.Node, location: Location) -> int:
    """The line of the deepest part of `location` that the file holds, counted from 1."""
    line = _line(node)
    for part in location:
        if isinstance(node, yaml.MappingNode):
            found = [pair for pair in node.value if pair[0].value == part]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            found = [(item, item) for item in node.value[part : part + 1]]
        else:
            break
        if not found:
            break
        key, node = found[0]
        line = _line(key)
    return line


def _contradictions(community: CommunityFile) -> Iterator[tuple[Location, str]]:
    """The contradictions within one file, in no order."""
    slugs = [topic.slug for topic in community.topics]
    for index, slug in _repeated(slugs):
        yield ("topics", index, "slug"), f"the topic “{slug}” stands twice in this file."
    for index, url in _repeated([bare_address(resource.url) for resource in community.resources]):
        yield ("resources", index, "url"), f"the address {url} stands twice in this file."
    for index, room in _repeated(community.rooms):
        yield ("rooms", index), f"the room “{room}” stands twice in this file."
    parents = {topic.slug: topic.parent for topic in community.topics}
    for index, topic in enumerate(community.topics):
        if topic.parent is not None and parents.get(topic.parent, "") is not None:
            yield ("topics", index, "parent"), _bad_parent(topic.parent, parents)


def _bad_parent(slug: str, parents: Mapping[str, str | None]) -> str:
    if slug in parents:
        return f"“{slug}” has a parent itself; topics have two levels at most."
    return _unlisted(slug, "a topic of this file", [s for s, parent in parents.items() if parent is None])


def _refuse_taken(document: _Document, earlier: Iterable[_Document]) -> None:
    """Refuse a file whose slug or room an earlier file has: each belongs to one community."""
    for other in earlier:
        if document.community.slug == other.community.slug:
            sentence = f"the slug “{other.community.slug}” is already that of {other.path.name}."
            raise document.problem(("slug",), sentence)
        for index, room in enumerate(document.community.rooms):
            if room in other.community.rooms:
                raise document.problem(("rooms", index), f"the room “{room}” already stands in {other.path.name}.")


def _repeated(values: Sequence[str]) -> Iterator[tuple[int, str]]:
    for index, value in enumerate(values):
        if value in values[:index]:
            yield index, value


def bare_address(url: str) -> str:
    """The address without scheme, `www.` and final slash, so that two spellings of one page compare equal."""
    return url.split("://", 1)[1].removeprefix("www.").rstrip("/")


_PARTS: Mapping[str | int, type[_Part]] = {
    "name": Words,
    "description": Words,
    "topics": Topic,
    "resources": Resource,
}
_SHAPES = {
    "slug": "is not a short name: use lower-case letters a to z, digits and single hyphens, a letter first",
    "parent": "is not a short name: use that of a topic of this file",
    "url": "is not a web address: it starts with https:// (or http://) and holds no space",
    "rooms": "is not a room: write its id (!…) or its alias (#name:server)",
}
_CHOICES = {"kind": ("a kind", get_args(Kind)), "language": ("a language here", get_args(Language))}
_TYPES = {
    "string_type": "must be text",
    "tuple_type": "must be a list, one “- ” a line",
    "dict_type": "must be a group of keys",
    "model_type": "must be a group of keys",
    "bool_parsing": "must be true or false",
}


def _sentence(error: ErrorDetails) -> str:
    """A pydantic error as one sentence for the author of the file."""
    kind, location = error["type"], error["loc"]
    name = next((part for part in reversed(location) if isinstance(part, str)), "this file")
    if isinstance(error["input"], str) and not error["input"].strip():
        return f"“{name}” is empty."
    if kind == "extra_forbidden":
        owner = _PARTS.get(location[0], CommunityFile) if len(location) > 1 else CommunityFile
        return _unlisted(name, "a key that stands here", list(owner.model_fields))
    if kind == "literal_error":
        return _unlisted(str(error["input"]), *_CHOICES[name])
    if kind == "string_pattern_mismatch":
        return f"“{error['input']}” {_SHAPES[name]}."
    if kind == "string_too_long":
        return f"“{name}” has {len(error['input'])} characters; {error['ctx']['max_length']} at most."
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "missing":
        return f"the key “{name}” is missing."
    return f"“{name}” {_TYPES.get(kind, 'does not read')}."


def _unlisted(given: str, what: str, known: Sequence[str], hint: str = "") -> str:
    close = get_close_matches(given, known, n=1)
    way_out = f"did you mean “{close[0]}”?" if close else f"{hint or 'use one of ' + ', '.join(known)}."
    return f"“{given}” is not {what}; {way_out}"
