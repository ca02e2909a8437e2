"""Folds text for comparison: no accents, no case, ASCII digits, nothing invisible; keeps the original offsets."""

import unicodedata
from dataclasses import dataclass

MOST = 4096
"""Kinds of characters that are cached; when there are more, the cache starts anew."""
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
    folded = text.translate(_FOLDED)
    if _FOLDED.uneven.isdisjoint(text):
        return PlainText(folded, range(len(text)))
    offsets = (offset for offset, char in enumerate(text) for _plain in _FOLDED[ord(char)])
    return PlainText(folded, tuple(offsets))


class _Folded(dict[int, str]):
    """What each character becomes, computed when first met; `uneven`: those that do not become exactly one."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        if len(self) >= MOST:
            self.clear()
        char = chr(code)
        plain = self[code] = "".join(map(_fold_part, unicodedata.normalize("NFKD", char)))
        if len(plain) != 1:
            self.uneven.add(char)
        return plain


_FOLDED = _Folded()


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
