"""A document as lines on pages: what stands where, in which letters, as part of what. Runs in the printing process."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby

from bot.documents.document import NO_SIGN, Document, Kind, Part, plain
from bot.documents.typeface import Typeface

WIDTH, HEIGHT, MARGIN, FOOT = 595.28, 841.89, 56.7, 70.0
"""A4, in points. The footer stands in the lower margin."""
SIZES = (11.0, 10.5, 10.0)
"""Letters of the text: smaller where that saves a page, never smaller than the last: rather another page."""
HEADING, TITLE, FOOTER = 1.15, 1.6, 8.5
"""The size of headings and of the title, as multiples of the text's; of the footer, in points."""
LEADING = 1.4
"""From line to line, as a multiple of the size."""


@dataclass(eq=False)
class Element:
    """A node of the structure that a screen reader follows: a tag of PDF, and what is in it."""

    tag: str
    language: str = ""
    children: list["Element"] = field(default_factory=list)

    def add(self, tag: str, language: str = "") -> "Element":
        child = Element(tag, language)
        self.children.append(child)
        return child


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one element in one typeface."""

    text: str
    face: Typeface
    of: Element


@dataclass(frozen=True, slots=True)
class Line:
    """Runs beside one another. `above` is the space before it, `kept` how many lines must follow on its page."""

    runs: tuple[Run, ...]
    size: float
    indent: float
    above: float
    kept: int = 0

    @property
    def height(self) -> float:
        return self.size * LEADING


@dataclass(frozen=True)
class Faces:
    """The two typefaces of a document."""

    usual: Typeface
    bold: Typeface


@dataclass(frozen=True)
class Laid:
    """The pages of a document, and the structure of what stands on them. `lacks`: it had signs that are not shown."""

    pages: Sequence[Sequence[Line]]
    root: Element


def laid(document: Document, faces: Faces) -> Laid:
    """Everything on one page if letters that can be read allow it; else the usual ones, on as many as it takes."""
    every = [_laid(document, faces, size) for size in SIZES]
    return next((one for one in every if len(one.pages) == 1), every[0])


def _laid(document: Document, faces: Faces, size: float) -> Laid:
    setting = _Setting(faces, size)
    lines = list(chain(setting.title(document.title), *map(setting.part, document.parts)))
    if setting.lacks and document.unprintable:
        lines += setting.part(Part(Kind.PARAGRAPH, (("", f"{NO_SIGN} {document.unprintable}"),)))
    return Laid(_pages(lines), setting.root)


class _Setting:
    """Sets the parts of one document in letters of one size."""

    def __init__(self, faces: Faces, size: float) -> None:
        self._faces, self._size = faces, size
        self.root = Element("Document")
        self.lacks = False

    def title(self, text: str) -> list[Line]:
        run = self._run(text, self.root.add("H1"), self._faces.bold)
        return _wrapped([run], size=self._size * TITLE, above=0, kept=1)

    def part(self, part: Part) -> list[Line]:
        """The lines of a part, which becomes part of the structure too."""
        if part.kind is Kind.HEADING:
            run = self._run(part.rows[0][1], self.root.add("H2", part.language), self._faces.bold)
            return _wrapped([run], size=self._size * HEADING, above=self._size, kept=2)
        if part.kind is Kind.PARAGRAPH:
            run = self._run(part.rows[0][1], self.root.add("P", part.language), self._faces.usual)
            return _wrapped([run], size=self._size, above=self._size * 0.4)
        whole = self.root.add("L")
        return [line for name, text in part.rows for line in self._item(whole, part, name, text)]

    def _item(self, whole: Element, part: Part, name: str, text: str) -> list[Line]:
        item, marked = whole.add("LI"), part.kind is Kind.BULLETS
        label = self._run("•" if marked else name, item.add("Lbl"), self._faces.usual if marked else self._faces.bold)
        body = self._run(text, item.add("LBody", part.language), self._faces.usual)
        return _wrapped([label, body], size=self._size, above=self._size * 0.3, hanging=self._size)

    def _run(self, text: str, of: Element, face: Typeface) -> Run:
        signs = [sign if face.can_print(sign) else NO_SIGN for sign in plain(text)]
        self.lacks = self.lacks or NO_SIGN in signs
        return Run("".join(signs), face, of)


# ── lines ─────────────────────────────────────────────────────────────────────────────────────────────────


def _wrapped(runs: Sequence[Run], *, size: float, above: float, kept: int = 0, hanging: float = 0) -> list[Line]:
    """Runs as lines that end behind a word; all but the first stand `hanging` points further in."""
    lines: list[list[Run]] = [[]]
    left = room = WIDTH - 2 * MARGIN
    for word in _words(runs, size, room - hanging):
        if word.face.width(word.text.rstrip(" "), size) > left and lines[-1]:
            lines.append([])
            left = room - hanging
        lines[-1].append(word)
        left -= word.face.width(word.text, size)
    return [
        Line(_joined(words), size, hanging if place else 0, 0 if place else above, kept)
        for place, words in enumerate(lines)
    ]


def _words(runs: Sequence[Run], size: float, room: float) -> Iterator[Run]:
    """Each word with the space behind it, which also tells a screen reader where it ends."""
    for run in runs:
        for word in run.text.split(" "):
            yield from (Run(piece, run.face, run.of) for piece in _pieces(f"{word} ", run.face, size, room))


def _pieces(word: str, face: Typeface, size: float, room: float) -> Iterator[str]:
    """The word; one that is longer than a line, an address for instance, in pieces that are not."""
    start, left = 0, room
    for place, sign in enumerate(word):
        width = face.width(sign, size)
        if width > left and sign != " ":
            yield word[start:place]
            start, left = place, room
        left -= width
    yield word[start:]


def _joined(words: Iterable[Run]) -> tuple[Run, ...]:
    """Words of the same element as one run."""
    grouped = groupby(words, key=lambda run: (id(run.of), run.face, run.of))
    return tuple(Run("".join(word.text for word in some), face, of) for (_same, face, of), some in grouped)


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines from the top of each page; a heading is never the last of one."""
    pages: list[list[Line]] = [[]]
    left = HEIGHT - MARGIN - FOOT
    for place, line in enumerate(lines):
        needed = sum(one.above + one.height for one in lines[place : place + line.kept + 1])
        if needed > left and pages[-1]:
            pages.append([])
            left = HEIGHT - MARGIN - FOOT
        pages[-1].append(line)
        left -= line.above + line.height
    return pages
