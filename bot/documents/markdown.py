"""A document as Markdown (CommonMark), which any editor opens; what people wrote is no mark-up in it."""

import re
from collections.abc import Iterator

from bot.documents.document import Document, Kind, Part, plain

_MARKS = re.compile(r"([\\`*\[\]<>#|~&]|(?<![^\W_])_|_(?![^\W_]))")
_AT_THE_START = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")
"""What begins a list, or makes a heading of the line above."""


def written(document: Document) -> str:
    """The whole document, which ends with what stands below each page of a print."""
    blocks = [f"# {_text(document.title)}", *_blocks(document), f"---\n\n{_text(document.footer)}"]
    return "\n\n".join(blocks) + "\n"


def _blocks(document: Document) -> Iterator[str]:
    return (block for block in map(_block, document.parts) if block)


def _block(part: Part) -> str:
    return "\n".join(_row(part, name, _text(text)) for name, text in part.rows)


def _row(part: Part, name: str, text: str) -> str:
    if part.kind is Kind.HEADING:
        return f"## {text}"
    if part.kind is Kind.FACTS:
        return f"- **{_text(name)}** {text}"
    return f"- {text}" if part.kind is Kind.BULLETS else text


def _text(text: str) -> str:
    """What somebody wrote, as it is: none of its signs means anything."""
    escaped = _MARKS.sub(r"\\\1", plain(text))
    return _AT_THE_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", escaped)
