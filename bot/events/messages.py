"""What Relais says, before anything knows about Matrix."""

import html
import re
from dataclasses import dataclass
from typing import Any

_BREAK = "[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]"
_HIDDEN = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_UNSPEAKABLE = re.compile(f"({_BREAK}+)|{_HIDDEN}+")
"""Line breaks, direction marks and invisible characters; we repeat all else that people wrote as it is."""
_WHOLE_ROOM = re.compile(r"(?<![/\w])@(?=room\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line. With `link`, the HTML shows the text as a link; a `plain_only` line is then its address."""

    text: str
    link: str | None = None
    plain_only: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Lines that are complete without HTML and without emoji."""

    lines: tuple[Line, ...]

    @classmethod
    def of(cls, *parts: "str | Line | Text") -> "Text":
        """Put together from strings (split at line breaks), lines and texts; empty parts are left out."""
        lines: list[Line] = []
        for part in parts:
            if isinstance(part, Text):
                lines.extend(part.lines)
            elif isinstance(part, Line):
                lines.append(part)
            else:
                lines.extend(Line(piece) for piece in part.split("\n") if piece)
        return cls(tuple(lines))

    @property
    def plain(self) -> str:
        return "\n".join(_said(line.text) for line in self.lines)

    @property
    def html(self) -> str:
        """Only `<a href>` and `<br>`, both on Matrix's list (Client-Server API, "m.room.message msgtypes")."""
        return "<br>".join(_html(line) for line in self.lines if not line.plain_only)

    @property
    def has_links(self) -> bool:
        return any(line.link for line in self.lines)


def _html(line: Line) -> str:
    text = html.escape(_said(line.text))
    if line.link is None or not line.link.startswith(("https://", "http://")):
        return text
    return f'<a href="{html.escape(_one_line(line.link))}">{text}</a>'


def _said(text: str) -> str:
    """The text as one line, its `@room` broken up, so that nobody can notify a room through us, even in old clients."""
    line = _one_line(text)
    return _WHOLE_ROOM.sub("@ ", line) if "@" in line else line


def _one_line(text: str) -> str:
    return _UNSPEAKABLE.sub(lambda found: " " if found[1] else "", text)


@dataclass(frozen=True, slots=True)
class Ref:
    """The item that a card is about: `doc:41`, `link:3`."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        kind, _, identity = text.partition(":")
        return cls(kind, identity)


@dataclass(frozen=True, slots=True)
class Message:
    """`rings`: sent as `m.text`, which notifies those `mentioned`; else as `m.notice`, which notifies nobody.

    `reply_to` and `thread` are event ids.
    """

    text: Text
    rings: bool = False
    mentioned: tuple[str, ...] = ()
    reply_to: str | None = None
    thread: str | None = None

    def kept(self) -> dict[str, Any]:
        """As the outbox stores it: what `dataclasses.asdict` gives, in a tenth of the time."""
        lines = [{"text": line.text, "link": line.link, "plain_only": line.plain_only} for line in self.text.lines]
        return {
            "text": {"lines": lines},
            "rings": self.rings,
            "mentioned": self.mentioned,
            "reply_to": self.reply_to,
            "thread": self.thread,
        }
