"""What people write behind `!idée`: the words themselves, and options before or after them."""

import re
from dataclasses import dataclass
from typing import Final

from bot.registers import territories

LONGEST: Final = 600
"""Characters of an irritant or an idea: what a card shows at a glance."""
_OPTION = re.compile(
    r"(?P<discreet>discr[èe]te?(?:ment)?|discreet(?:ly)?|anonyme(?:ment)?|anonymous(?:ly)?)"
    r"|(?P<territorial>territorialit[ée]|territorial|territoriality)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"[\s(]*(?:{_OPTION.pattern})(?=[\s,:;)]|\Z)[\s,:;)]*", re.IGNORECASE)
_AFTER = re.compile(rf"(?:,|;|\()\s*(?:{_OPTION.pattern})[\s.)]*\Z", re.IGNORECASE)
_TERRITORY = re.compile(
    r"(?<=[\s,;(])(?:territoire|territory)(?:\s*:)?\s+(?P<words>[^,;()]{1,60}?)[\s.)]*\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class IdeaLine:
    """What somebody reports, as typed. `territory` is a code, None if they named none."""

    text: str
    discreet: bool = False
    territorial: bool = False
    territory: str | None = None


def read_line(words: str) -> IdeaLine:
    """The words without their options; a word in the middle of a sentence is none."""
    text, names, territory = words.strip(), set[str](), None
    while True:
        if found := _BEFORE.match(text):
            names.add(str(found.lastgroup))
            text = text[found.end() :]
        elif found := _AFTER.search(text):
            names.add(str(found.lastgroup))
            text = text[: found.start()]
        elif territory is None and (named := _territory(text)) is not None:
            territory, text = named
        else:
            break
    return IdeaLine(text.strip(" :,;"), "discreet" in names, "territorial" in names, territory)


def _territory(text: str) -> tuple[str, str] | None:
    """The territory that the words end with, and what is before it; « notre territoire » names none."""
    found = _TERRITORY.search(text)
    known = territories.named(found["words"]) if found else ()
    return (
        (known[0].code, text[: found.start()].rstrip("\t\n\r ,;(\u00a0\u202f")) if found and len(known) == 1 else None
    )
