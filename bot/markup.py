"""Marks inside a sentence: what one types is `code`, what matters is **strong**.

The catalogue writes them as Markdown does. `marked` turns them into characters that no keyboard types and no text may
hold (Unicode, "Noncharacters"), so that what people wrote is never taken for a mark.
"""

import html
import re

_CODE, _END_CODE, _STRONG, _END_STRONG = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_MARKS = re.compile(f"[{_CODE}-{_END_STRONG}]")
_WRITTEN = (
    (re.compile(r"`([^`]+)`"), rf"{_CODE}\1{_END_CODE}"),
    (re.compile(r"\*\*([^*]+)\*\*"), rf"{_STRONG}\1{_END_STRONG}"),
)
_TAGS = (
    (re.compile(f"{_CODE}([^{_CODE}-{_END_STRONG}]*){_END_CODE}"), r"<code>\1</code>"),
    (re.compile(f"{_STRONG}([^{_CODE}-{_END_STRONG}]*){_END_STRONG}"), r"<strong>\1</strong>"),
)


def code(text: str) -> str:
    """The text as what one types."""
    return f"{_CODE}{unmarked(text)}{_END_CODE}"


def strong(text: str) -> str:
    """The text as what matters in its line."""
    return f"{_STRONG}{unmarked(text)}{_END_STRONG}"


def marked(sentence: str) -> str:
    """A sentence of the catalogue, with its marks in place; what is filled in later is not looked at."""
    for pattern, mark in _WRITTEN:
        sentence = pattern.sub(mark, sentence)
    return sentence


def unmarked(text: str) -> str:
    """The text for whoever sees no layout: complete without its marks."""
    return _MARKS.sub("", text)


def as_html(text: str) -> str:
    """The text for HTML: `<code>` and `<strong>`, everything else escaped; a mark without its end is left out."""
    escaped = html.escape(text)
    if _MARKS.search(escaped) is None:
        return escaped
    for pattern, tag in _TAGS:
        escaped = pattern.sub(tag, escaped)
    return unmarked(escaped)
