"""Reads a PDF as a screen reader does: along its structure, by what each glyph stands for."""

import re
import zlib
from dataclasses import dataclass

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\n(.*)\nendstream", re.DOTALL)
_MARK = re.compile(rb"/(\w+)\s*<</MCID (\d+)>>\s*BDC(.*?)EMC", re.DOTALL)
_SHOWN = re.compile(rb"/(F\d) [\d.]+ Tf|<([0-9a-f]*)>\] TJ")
_MEANS = re.compile(rb"^<([0-9a-f]{4})> <([0-9a-f]+)>$", re.MULTILINE)


@dataclass(frozen=True)
class Read:
    """One element of the structure that has words: its tag, its words, its language if it names one."""

    tag: str
    words: str
    language: str = ""


@dataclass(frozen=True)
class Node:
    """One element of the structure: its tag, the object above it, those below it, the marks on pages that it holds."""

    tag: str
    above: int
    below: tuple[int, ...]
    marks: tuple[tuple[int, int], ...]


class Pdf:
    """A file of ours, which writes its objects one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.objects = {int(found[1]): found[2] for found in _OBJECT.finditer(data)}

    @property
    def pages(self) -> list[int]:
        """The object numbers of the pages, in their order."""
        kids = re.search(rb"/Type /Pages/Kids \[([^\]]*)\]", self.data)
        return [int(kid) for kid in re.findall(rb"(\d+) 0 R", kids[1])] if kids else []

    def stream(self, number: int) -> bytes:
        found = _STREAM.search(self.objects[number])
        assert found is not None
        packed = b"/FlateDecode" in self.objects[number]
        return zlib.decompress(found[1]) if packed else found[1]

    def marks(self, page: int) -> dict[int, tuple[str, str]]:
        """What stands within each mark of a page: its tag and its words."""
        content, fonts = self.stream(self._reference(page, b"Contents")), self._meanings(page)
        return {int(number): (tag.decode(), _words(inside, fonts)) for tag, number, inside in _MARK.findall(content)}

    def footer(self) -> str:
        """What stands below the first page, and is not read aloud."""
        page = self.pages[0]
        found = re.search(rb"/Artifact\s*BMC(.*?)EMC", self.stream(self._reference(page, b"Contents")), re.DOTALL)
        return _words(found[1], self._meanings(page)) if found else ""

    def unmarked(self, page: int) -> bytes:
        """What a page shows outside of any mark."""
        return re.sub(
            rb"/\w+\s*(?:<<[^>]*>>\s*BDC|BMC).*?EMC",
            b"",
            self.stream(self._reference(page, b"Contents")),
            flags=re.DOTALL,
        )

    def read(self) -> list[Read]:
        """All words, in the order of the structure."""
        root = re.search(rb"/Type /StructTreeRoot/K (\d+) 0 R", self.data)
        assert root is not None
        marks = {page: self.marks(page) for page in self.pages}
        return list(self._below(int(root[1]), marks))

    def nodes(self) -> dict[int, Node]:
        """Every element of the structure by its object number; that of the tree itself is `root`."""
        found = {number: body for number, body in self.objects.items() if b"/Type /StructElem" in body}
        return {number: self._node(body) for number, body in found.items()}

    @property
    def root(self) -> int:
        """The object number of the tree that holds the structure."""
        return next(number for number, body in self.objects.items() if b"/Type /StructTreeRoot" in body)

    def owners(self) -> dict[tuple[int, int], int]:
        """The element to which the file says that each mark of each page belongs."""
        numbers = self.objects[self._reference(self.root, b"ParentTree")]
        rows = re.findall(rb"(\d+) (\d+) 0 R", numbers)
        page_of = {int(self._value(page, b"StructParents")): page for page in self.pages}
        return {
            (page_of[int(place)], mark): int(owner)
            for place, row in rows
            for mark, owner in enumerate(re.findall(rb"(\d+) 0 R", self.objects[int(row)]))
        }

    def font_files(self) -> dict[int, bytes]:
        """The typefaces in the file, each by the object that says how wide its glyphs are."""
        widths = {number: body for number, body in self.objects.items() if b"/CIDFontType2" in body}
        return {
            number: self.stream(self._reference(self._reference(number, b"FontDescriptor"), b"FontFile2"))
            for number in widths
        }

    def widths(self, number: int) -> dict[int, int]:
        """How wide a reader takes each glyph to be."""
        found = re.search(rb"/W \[(.*)\]", self.objects[number], re.DOTALL)
        assert found is not None
        return {int(glyph): int(width) for glyph, width in re.findall(rb"(\d+) \[(\d+)\]", found[1])}

    def _value(self, number: int, name: bytes) -> bytes:
        found = re.search(rb"/%s (\d+)" % name, self.objects[number])
        assert found is not None, (number, name)
        return found[1]

    def _node(self, body: bytes) -> Node:
        inside = body.partition(b"/K [")[2]
        tag, above = re.search(rb"/S /(\w+)", body), re.search(rb"/P (\d+) 0 R", body)
        assert tag is not None
        assert above is not None
        marks = re.findall(rb"/Pg (\d+) 0 R/MCID (\d+)", inside)
        below = re.findall(rb"(\d+) 0 R", re.sub(rb"<<[^>]*>>", b"", inside))
        return Node(
            tag[1].decode(),
            int(above[1]),
            tuple(map(int, below)),
            tuple((int(page), int(mark)) for page, mark in marks),
        )

    def _below(self, number: int, marks: dict[int, dict[int, tuple[str, str]]]) -> list[Read]:
        body = self.objects[number]
        tag = re.search(rb"/S /(\w+)", body)
        inside = body.partition(b"/K [")[2]
        own = [marks[int(page)][int(mark)] for page, mark in re.findall(rb"/Pg (\d+) 0 R/MCID (\d+)", inside)]
        assert tag is not None
        assert {one for one, _words in own} <= {tag[1].decode()}
        language = re.search(rb"/Lang \((\w+)\)", body)
        words = "".join(text for _tag, text in own)
        here = [Read(tag[1].decode(), words, language[1].decode() if language else "")] if own else []
        plain = re.sub(rb"<<[^>]*>>", b"", inside)
        return [*here, *(read for kid in re.findall(rb"(\d+) 0 R", plain) for read in self._below(int(kid), marks))]

    def _meanings(self, page: int) -> dict[bytes, dict[str, str]]:
        fonts = re.findall(rb"/(F\d) (\d+) 0 R", self.objects[page])
        return {name: self._meaning(self._reference(int(number), b"ToUnicode")) for name, number in fonts}

    def _meaning(self, number: int) -> dict[str, str]:
        return {
            glyph.decode(): bytes.fromhex(sign.decode()).decode("utf-16-be")
            for glyph, sign in _MEANS.findall(self.stream(number))
        }

    def _reference(self, number: int, name: bytes) -> int:
        found = re.search(rb"/%s (\d+) 0 R" % name, self.objects[number])
        assert found is not None, (number, name)
        return int(found[1])


def _words(inside: bytes, fonts: dict[bytes, dict[str, str]]) -> str:
    words, font = "", b""
    for name, glyphs in _SHOWN.findall(inside):
        font = name or font
        numbers = glyphs.decode()
        words += "".join(fonts[font][numbers[at : at + 4]] for at in range(0, len(numbers), 4))
    return words
