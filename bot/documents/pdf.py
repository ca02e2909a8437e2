"""Prints one document and ends: reads it from its input as JSON, writes a PDF.

The file can be read aloud, searched and copied (PDF 1.7 with tags, as PDF/UA-1 asks for): its structure, its language
and its title are in it, and every letter it shows. The tests hold what can be read from the bytes; no validator and no
screen reader has judged it. `process` runs this, so that the bot carries neither the libraries
nor their memory.
"""

import io
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import pydyf

from bot.documents.document import Document, plain
from bot.documents.layout import FOOT, FOOTER, HEIGHT, MARGIN, WIDTH, Element, Faces, Laid, Line, Run, laid
from bot.documents.typeface import Typeface

LONGEST = 60
"""Seconds after which this process ends, whatever becomes of the one that waits for it."""
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def main() -> None:
    signal.alarm(LONGEST)
    sys.stdout.buffer.write(pdf(json.load(sys.stdin)))


def pdf(kept: Mapping[str, Any]) -> bytes:
    """The PDF of a document (`Document.kept`): A4, one page where that can be read."""
    document = Document.of_kept(dict(kept))
    faces = Faces(Typeface("DejaVuSans"), Typeface("DejaVuSans-Bold"))
    return _File(document, faces).written(laid(document, faces))


class _File:
    """Puts the pages and the structure of one document into a file."""

    def __init__(self, document: Document, faces: Faces) -> None:
        self._document, self._faces = document, faces
        self._pdf = pydyf.PDF()
        self._marks: list[list[Element]] = []
        """For each page the elements whose words stand there, in the order of their numbers."""
        self._pages: list[Any] = []

    def written(self, found: Laid) -> bytes:
        contents = [self._contents(lines, place, len(found.pages)) for place, lines in enumerate(found.pages)]
        fonts = {"F0": self._faces.usual.embedded(self._pdf), "F1": self._faces.bold.embedded(self._pdf)}
        for place, content in enumerate(contents):
            self._page(content, fonts, place)
        self._catalog(found.root)
        file = io.BytesIO()
        self._pdf.write(file)
        return file.getvalue()

    # ── pages ─────────────────────────────────────────────────────────────────────────────────────────────

    def _contents(self, lines: Sequence[Line], place: int, count: int) -> pydyf.Stream:
        """What is drawn on a page: the words of each element within marks that name it."""
        content = pydyf.Stream(compress=True)
        self._marks.append([])
        base = HEIGHT - MARGIN
        for line in lines:
            base -= line.above + line.height
            self._line(content, line, base + line.size * 0.3)
        self._end_mark(content)
        self._footer(content, plain(self._document.page.format(page=place + 1, pages=count)))
        return content

    def _line(self, content: pydyf.Stream, line: Line, base: float) -> None:
        across = MARGIN + line.indent
        for run in line.runs:
            self._mark(content, run.of)
            self._text(content, run, line.size, across, base)
            across += run.face.width(run.text, line.size)

    def _mark(self, content: pydyf.Stream, of: Element) -> None:
        """Begin the words of an element, unless they go on."""
        here = self._marks[-1]
        if here and here[-1] is of:
            return
        self._end_mark(content)
        properties = pydyf.Dictionary({"MCID": len(here)})
        content.begin_marked_content(of.tag, properties.data)
        here.append(of)

    def _end_mark(self, content: pydyf.Stream) -> None:
        if self._marks[-1]:
            content.end_marked_content()

    def _text(self, content: pydyf.Stream, run: Run, size: float, across: float, base: float) -> None:
        content.begin_text()
        content.set_font_size("F1" if run.face is self._faces.bold else "F0", size)
        content.set_text_matrix(1, 0, 0, 1, round(across, 2), round(base, 2))
        content.show_text(run.face.written(run.text))
        content.end_text()

    def _footer(self, content: pydyf.Stream, page: str) -> None:
        """On every page, and nothing of the text: a screen reader leaves it out."""
        face = self._faces.usual
        words = "".join(sign for sign in plain(self._document.footer) if face.can_print(sign))
        while face.width(f"{words}, {page}", FOOTER) > WIDTH - 2 * MARGIN:
            words = f"{words[:-2]}…"
        run = Run(f"{words}, {page}", face, Element("Artifact"))
        content.begin_marked_content("Artifact")
        content.set_line_width(0.5)
        content.move_to(MARGIN, FOOT - 18)
        content.line_to(WIDTH - MARGIN, FOOT - 18)
        content.stroke()
        self._text(content, run, FOOTER, MARGIN, FOOT - 32)
        content.end_marked_content()

    def _page(self, content: pydyf.Stream, fonts: Mapping[str, Any], place: int) -> None:
        self._pdf.add_object(content)
        page = pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": self._pdf.pages.reference,
                "MediaBox": pydyf.Array([0, 0, WIDTH, HEIGHT]),
                "Contents": content.reference,
                "Resources": pydyf.Dictionary({"Font": pydyf.Dictionary(fonts)}),
                "StructParents": place,
                "Tabs": "/S",
            }
        )
        self._pdf.add_page(page)
        self._pages.append(page)

    # ── structure ─────────────────────────────────────────────────────────────────────────────────────────

    def _catalog(self, root: Element) -> None:
        title = plain(self._document.title)
        words = _XMP.format(title=escape(title), language=self._document.language)
        about = self._added(pydyf.Stream([words.encode()], {"Type": "/Metadata", "Subtype": "/XML"}))
        self._pdf.info["Title"] = pydyf.String(title)
        self._pdf.catalog |= {
            "Lang": pydyf.String(self._document.language),
            "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
            "Metadata": about.reference,
            "StructTreeRoot": self._structure(root).reference,
            "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": "true"}),
        }

    def _structure(self, root: Element) -> Any:
        """The tree of elements, and by page whose words each mark holds."""
        tree = self._added(pydyf.Dictionary({"Type": "/StructTreeRoot"}))
        made: dict[int, Any] = {}
        tree["K"] = self._element(root, tree, made).reference
        numbers = pydyf.Array()
        for place, elements in enumerate(self._marks):
            marks = self._added(pydyf.Array(made[id(element)].reference for element in elements))
            numbers += [place, marks.reference]
        tree["ParentTree"] = self._added(pydyf.Dictionary({"Nums": numbers})).reference
        return tree

    def _element(self, element: Element, parent: Any, made: dict[int, Any]) -> Any:
        fields = {"Type": "/StructElem", "S": f"/{element.tag}", "P": parent.reference}
        node = made[id(element)] = self._added(pydyf.Dictionary(fields))
        if element.language:
            node["Lang"] = pydyf.String(element.language)
        below = [self._element(child, node, made).reference for child in element.children]
        node["K"] = pydyf.Array([*below, *self._marks_of(element)])
        return node

    def _marks_of(self, element: Element) -> list[Any]:
        return [
            pydyf.Dictionary({"Type": "/MCR", "Pg": page.reference, "MCID": number})
            for page, elements in zip(self._pages, self._marks, strict=True)
            for number, one in enumerate(elements)
            if one is element
        ]

    def _added(self, part: Any) -> Any:
        self._pdf.add_object(part)
        return part
