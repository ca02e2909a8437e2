"""Territories: the nation, its regions and their départements, by official code (`config/territories.yaml`)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from bot.registers import shipped, typed
from bot.time.public_holidays import METROPOLE

NATION: Final = "FR"


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
