"""Text as a reader means it: no accents, no case, ASCII digits, nothing invisible; offsets kept."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_INVISIBLE = frozenset({"Cf", "Mn", "Me"})
_LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


@dataclass(frozen=True, slots=True)
class PlainText:
    """Folded text, and for each of its characters the offset it had in the original."""

    text: str
    offsets: tuple[int, ...] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original text of a non-empty span of the folded one."""
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> PlainText:
    """Compatibility forms and digits of any script become ASCII; accents and zero-width characters go."""
    if text.isascii():
        return PlainText(_fold_ascii(text), range(len(text)))
    folded: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        plain = _fold_char(char)
        folded.append(plain)
        offsets.extend([offset] * len(plain))
    return PlainText("".join(folded), tuple(offsets))


_ASCII_SPACES = {ord(char): "\n" if char in _LINE_ENDS else " " for char in map(chr, range(33)) if char.isspace()}


def _fold_ascii(text: str) -> str:
    return text.lower().translate(_ASCII_SPACES)


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    return "".join(map(_fold_part, unicodedata.normalize("NFKD", char)))


def _fold_part(part: str) -> str:
    category = unicodedata.category(part)
    if category in _INVISIBLE:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(part))
    if part in _LINE_ENDS:
        return "\n"
    if part.isspace():
        return " "
    return "-" if category == "Pd" or part == "\N{MINUS SIGN}" else part.lower()
