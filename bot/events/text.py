"""What is said, in parts: one renderer makes of them the plain body, complete by itself, and the HTML."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any

from bot.markup import as_html, unmarked

_BREAK = "[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]"
_HIDDEN = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_UNSPEAKABLE = re.compile(f"({_BREAK}+)|{_HIDDEN}+")
"""Line breaks, direction marks and invisible characters; we repeat all else that people wrote as it is."""
_WHOLE_ROOM = re.compile(r"(?<![/\w])@(?=room\b)", re.IGNORECASE)


class Part(StrEnum):
    """What a line is part of; `MORE` goes on with whatever the line before it is part of."""

    PARAGRAPH = "paragraph"
    MORE = "more"
    TITLE = "title"
    QUOTE = "quote"
    BULLET = "bullet"
    NUMBER = "number"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. With `link`, the HTML shows the text as a link; a `plain_only` line is then its address.

    `in_plain`: what the plain body has in its place, where it would be too long; nothing leaves the line out.
    `number`: of a numbered item, as it is printed. `folded`: shown in HTML when one opens the summary above it.
    """

    text: str
    link: str | None = None
    plain_only: bool = False
    in_plain: str | None = None
    part: Part = Part.PARAGRAPH
    number: int | None = None
    folded: bool = False

    def kept(self) -> dict[str, Any]:
        """As the outbox stores it: what is usual is left out, and read again as usual."""
        fields = {
            "link": self.link,
            "plain_only": self.plain_only,
            "in_plain": self.in_plain,
            "part": self.part.value if self.part is not Part.PARAGRAPH else None,
            "number": self.number,
            "folded": self.folded,
        }
        return {"text": self.text} | {name: value for name, value in fields.items() if value or value == ""}

    @classmethod
    def of_kept(cls, fields: dict[str, Any]) -> "Line":
        """The line that `kept` stored."""
        return cls(**fields | {"part": Part(fields.get("part", Part.PARAGRAPH))})

    @property
    def plain(self) -> str:
        said = unmarked(_said(self.text if self.in_plain is None else self.in_plain))
        if self.part is Part.NUMBER:
            return f"{self.number}. {said}"
        return f"- {said}" if self.part is Part.BULLET else said


@dataclass(frozen=True, slots=True)
class Text:
    """Lines that are complete without HTML and without emoji."""

    lines: tuple[Line, ...]

    @classmethod
    def of(cls, *parts: "str | Line | Text") -> "Text":
        """Put together from strings (a paragraph each, split at line breaks), lines and texts; empty ones left out."""
        return cls(tuple(line for part in parts for line in _lines(part)))

    def kept(self) -> tuple[dict[str, Any], ...]:
        """As the outbox stores it."""
        return tuple(line.kept() for line in self.lines)

    @classmethod
    def of_kept(cls, lines: Iterable[dict[str, Any]]) -> "Text":
        """The text that `kept` stored."""
        return cls(tuple(map(Line.of_kept, lines)))

    @property
    def plain(self) -> str:
        return "\n".join(line.plain for line in self.lines if line.in_plain != "")

    @property
    def html(self) -> str:
        """Only tags of Matrix's list (Client-Server API, "m.room.message msgtypes"); a single line needs none."""
        shown = [line for line in self.lines if not line.plain_only]
        if len(shown) == 1 and shown[0].part is Part.PARAGRAPH:
            return _inline(shown[0])
        return "".join(_html(shown))


def title(text: str) -> Line:
    """What the message is about, above all else."""
    return Line(text, part=Part.TITLE)


def quote(text: str) -> Line:
    """What somebody wrote."""
    return Line(text, part=Part.QUOTE)


def more(text: str) -> Line:
    """A line that goes on with the paragraph or the item above it."""
    return Line(text, part=Part.MORE)


def bullets(*items: "str | Line | Text") -> Text:
    """A list without an order; an item's further lines stand below its first. Empty items are left out."""
    return Text(tuple(line for item in items for line in _item(item, Part.BULLET)))


def numbered(items: Iterable["str | Line | Text"], *, start: int = 1) -> Text:
    """A list whose numbers one may answer with."""
    return Text(
        tuple(line for number, item in enumerate(items, start) for line in _item(item, Part.NUMBER, number=number))
    )


def folded(summary: str, *parts: "str | Line | Text") -> Text:
    """What is read by whoever opens it, and by all who see no HTML."""
    inside = (replace(line, folded=True) for line in Text.of(*parts).lines)
    return Text((Line(summary, part=Part.SUMMARY, folded=True), *inside))


def link(label: str, address: str, *, part: Part = Part.PARAGRAPH) -> Text:
    """A label that leads to the address, which the plain body shows on a line of its own."""
    return Text((Line(label, link=address, part=part), Line(address, plain_only=True, part=Part.MORE)))


def _lines(part: "str | Line | Text") -> Iterable[Line]:
    if isinstance(part, Text):
        return part.lines
    if isinstance(part, Line):
        return (part,)
    pieces = [piece for piece in part.split("\n") if piece]
    return [Line(piece, part=Part.MORE if place else Part.PARAGRAPH) for place, piece in enumerate(pieces)]


def _item(item: "str | Line | Text", part: Part, *, number: int | None = None) -> list[Line]:
    lines = [replace(line, part=Part.MORE) for line in _lines(item)]
    return [replace(line, part=part, number=number) for line in lines[:1]] + lines[1:]


# ── HTML ──────────────────────────────────────────────────────────────────────────────────────────────────

Block = Sequence[Line]
"""The lines of one part: its first, and those that go on with it."""
_NARROW = re.compile(" (?=[?!;:»])")
"""The space that French writes before a mark: where phones type a plain one, the mark would begin a line of its own."""
_TAGS = {Part.PARAGRAPH: "p", Part.MORE: "p", Part.TITLE: "h4", Part.QUOTE: "blockquote", Part.SUMMARY: "summary"}


def _html(lines: Sequence[Line]) -> Iterator[str]:
    """What is folded goes from its summary to the next, or to what is not folded."""
    opened = 0

    def section(block: Block) -> int:
        nonlocal opened
        opened += block[0].part is Part.SUMMARY
        return opened if block[0].folded else 0

    for folds, group in groupby(_blocks(lines), key=section):
        inside = "".join(_runs([*group]))
        yield f"<details>{inside}</details>" if folds else inside


def _blocks(lines: Sequence[Line]) -> list[Block]:
    starts = [place for place, line in enumerate(lines) if not place or line.part is not Part.MORE]
    return [lines[start:end] for start, end in pairwise([*starts, None])]


def _runs(blocks: Sequence[Block]) -> Iterator[str]:
    """Items that follow one another are one list as long as their numbers do, too."""
    for (part, _offset), group in groupby(enumerate(blocks), key=lambda found: _run(found[1][0], place=found[0])):
        run = [block for _place, block in group]
        bodies = ["<br>".join(map(_inline, block)) for block in run]
        if part is Part.BULLET:
            yield f"<ul>{_items(bodies)}</ul>"
        elif part is Part.NUMBER:
            yield f'<ol start="{run[0][0].number}">{_items(bodies)}</ol>'
        else:
            bodies = [_NARROW.sub("\u00a0", body) for body in bodies] if part is Part.QUOTE else bodies
            yield from (f"<{_TAGS[part]}>{body}</{_TAGS[part]}>" for body in bodies)


def _run(first: Line, *, place: int) -> tuple[Part, int]:
    return first.part, place - first.number if first.number is not None else 0


def _items(bodies: Sequence[str]) -> str:
    return "".join(f"<li>{body}</li>" for body in bodies)


def _inline(line: Line) -> str:
    text = as_html(_said(line.text))
    if line.link is None or not line.link.startswith(("https://", "http://")):
        return text
    return f'<a href="{html.escape(_one_line(line.link))}">{text}</a>'


def _said(text: str) -> str:
    """The text as one line, its `@room` broken up, so that nobody can notify a room through us, even in old clients."""
    line = _one_line(text)
    return _WHOLE_ROOM.sub("@ ", line) if "@" in line else line


def _one_line(text: str) -> str:
    return _UNSPEAKABLE.sub(lambda found: " " if found[1] else "", text)
