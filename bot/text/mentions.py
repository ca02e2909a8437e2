"""Finds and replaces mentions of a person in what others wrote: the Matrix id, in a link too, or its short form."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Instead = Callable[[str], str]
"""Given a mention as it is spelled, returns its replacement."""

_GOES_ON = r"(?![\w]|[-.]\w|(?::|%3A)\d{3,5}(?!\d))"
"""After an identifier: a longer server name or a port would make it somebody else's; the end of a sentence does not."""
_ALONE = r"(?![\w%=/+]|[-.]\w|:\S)"
_INSIDE = r"(?<![\w./%+=@-])"


@dataclass(frozen=True)
class Person:
    """Finds one person in texts. If `home` is their server, « @ana » alone means them."""

    mxid: str
    home: str = ""

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile(_spelled(self.mxid) + _GOES_ON, re.IGNORECASE)

    @cached_property
    def _loose(self) -> re.Pattern[str]:
        name, _, server = self.mxid.partition(":")
        if not self.home or server != self.home or name == "@":
            return self._whole
        short = f"{_INSIDE}{re.escape(name)}{_ALONE}"
        return re.compile(f"{self._whole.pattern}|{short}", re.IGNORECASE)

    @cached_property
    def beginnings(self) -> tuple[str, str]:
        """Every mention holds one of these, whatever its case: what a database can look for."""
        name = re.match(r"@([a-z0-9]*)", self.mxid, re.IGNORECASE)
        letters = name[1].lower() if name else ""
        return f"@{letters}", f"%40{letters}"

    def is_in(self, value: Any, *, loose: bool) -> bool:
        """Whether a text, or anything inside a JSON value, names them; `loose`: also by the short form."""
        if isinstance(value, str):
            return (self._loose if loose else self._whole).search(value) is not None
        if isinstance(value, dict):
            return any(self.is_in(part, loose=loose) for part in (*value, *value.values()))
        return isinstance(value, list | tuple) and any(self.is_in(part, loose=loose) for part in value)

    def out_of_text(self, text: str, instead: Instead, *, loose: bool) -> str:
        """The text with something else in the place of each mention."""
        return (self._loose if loose else self._whole).sub(lambda found: instead(found[0]), text)

    def out_of(self, value: Any, *, pseudonym: Instead, word: str) -> Any:
        """A JSON value without them: `word` replaces mentions inside sentences, the pseudonym a value that is the id.

        They are removed from lists, such as that of the people whom a message mentions.
        """
        if isinstance(value, str):
            return pseudonym(value) if value == self.mxid else self.out_of_text(value, lambda _found: word, loose=True)
        if isinstance(value, dict):
            return {
                self.out_of_text(name, pseudonym, loose=False): self.out_of(part, pseudonym=pseudonym, word=word)
                for name, part in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.out_of(part, pseudonym=pseudonym, word=word) for part in value if part != self.mxid]
        return value


def _spelled(mxid: str) -> str:
    """A pattern of the identifier as it is, or with its signs percent-encoded as in links."""
    return "".join(_sign(sign) for sign in mxid)


def _sign(sign: str) -> str:
    if sign.isascii() and sign.isalnum():
        return sign
    encoded = "".join(f"%{byte:02X}" for byte in sign.encode())
    return f"(?:{re.escape(sign)}|{encoded})"
