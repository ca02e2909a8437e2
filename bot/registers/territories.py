"""Territories: the nation, its regions and their départements, by official code (`config/territories.yaml`)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from bot.registers import shipped, typed
from bot.time.public_holidays import METROPOLE

NATION: Final = "FR"
MOST_WORDS: Final = 6
"""Words of the longest name, as people type it."""
_MEETING: Final = re.compile(r"r[ée]unions?", re.I)
_MARKS: Final = " .,;:!?()"


@dataclass(frozen=True, slots=True)
class Territory:
    """`parent`: the code of the territory around it, None for the nation. `holidays`: whose public holidays it has."""

    code: str
    name: str
    parent: str | None
    holidays: str = METROPOLE

    @property
    def label(self) -> str:
        """As it is listed beside others: a département with its number."""
        return f"{self.name} ({self.code})" if self.code[0].isdigit() else self.name


def get(code: str | None) -> Territory | None:
    """The territory of a code; None for none that is listed."""
    return _every().get(code or "")


def named(words: str) -> Sequence[Territory]:
    """The territory that the words name; none, or several, if that cannot be said."""
    return [_every()[code] for code in _words().get(typed.key(words), ())]


def near(words: str) -> Sequence[Territory]:
    """The territories that were perhaps meant."""
    codes = (code for name in typed.nearest(words, _words()) for code in _words()[name])
    return [_every()[code] for code in dict.fromkeys(codes)]


def around(code: str) -> Iterator[Territory]:
    """The territory and those around it: département, region, nation. Empty for a code that is not listed."""
    found = get(code)
    while found is not None:
        yield found
        found = get(found.parent)


def near_each_other(one: str, other: str) -> bool:
    """Whether one of two territories is the other, or lies in it: what concerns one concerns people of the other."""
    return any(found.code == one for found in around(other)) or any(found.code == other for found in around(one))


def at_beginning(words: str) -> tuple[Sequence[Territory], str]:
    """The territory that the longest beginning of the words names, several if it may be each; and the other words."""
    typed_words = words.split()
    for count in range(min(len(typed_words), MOST_WORDS), 0, -1):
        if found := exactly(" ".join(typed_words[:count])):
            return found, " ".join(typed_words[count:])
    return (), words


def at_end(words: str) -> tuple[Sequence[Territory], str]:
    """As `at_beginning`, for the longest end of the words."""
    typed_words = words.split()
    for start in range(max(0, len(typed_words) - MOST_WORDS), len(typed_words)):
        if found := exactly(" ".join(typed_words[start:])):
            return found, " ".join(typed_words[:start])
    return (), words


def regions_in(text: str) -> Sequence[str]:
    """The codes of the regions whose names are in a text. Départements are not looked for: Lot and Nord are words."""
    said = f" {typed.key(text, longest=len(text))} "
    return [code for name, code in _regions().items() if f" {name} " in said]


def exactly(words: str) -> Sequence[Territory]:
    """As `named`, for words that need not be a territory: « réunion » without its article is a meeting."""
    return () if _MEETING.fullmatch(words.strip(_MARKS)) else named(words)


@cache
def _regions() -> Mapping[str, str]:
    """The names of regions that no smaller territory has."""
    regions = {typed.key(one.name): one.code for one in _every().values() if one.code[0] == "R"}
    return {name: code for name, code in regions.items() if _words()[name] == [code]}


@cache
def _every() -> Mapping[str, Territory]:
    data = shipped.read("territories.yaml")
    holidays = {code: region for region, codes in data["holidays"].items() for code in codes}
    every = (Territory(code, name, parent, holidays.get(code, METROPOLE)) for code, name, parent in _listed(data))
    return {territory.code: territory for territory in every}


def _listed(data: Any) -> Iterator[tuple[str, str, str | None]]:
    yield NATION, data["nation"], None
    for number, region in data["regions"].items():
        yield f"R{number}", region["name"], NATION
        yield from ((code, name, f"R{number}") for code, name in region["departments"].items())
    yield from ((code, name, NATION) for code, name in data["collectivities"].items())


@cache
def _words() -> Mapping[str, Sequence[str]]:
    """What people type, and the codes that it may mean. A region of one département is typed for that one."""
    found: dict[str, list[str]] = {}
    of_same_name = {typed.key(one.name): one.code for one in _every().values()}  # the smaller one comes last
    for name, code in (*of_same_name.items(), *_numbers(), *_more()):
        found.setdefault(name, []).append(code)
    return found


def _numbers() -> Iterator[tuple[str, str]]:
    """Départements by number, and as they are listed: `1`, `01`, `Ain (01)`."""
    for one in _every().values():
        if one.code[0].isdigit():
            yield from ((typed.key(name), one.code) for name in {one.code, one.code.lstrip("0"), one.label})


def _more() -> Iterator[tuple[str, str]]:
    for code, words in shipped.read("territories.yaml")["words"].items():
        yield from ((typed.key(word), code) for word in words)
