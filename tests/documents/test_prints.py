"""Promises of prints: what is written is read in its order, by eye and aloud, on as few pages as can be read."""

import json
import os
import re
import sys
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from bot.documents import markdown, process
from bot.documents.document import NO_SIGN, Document, Part, bullets, facts, heading, paragraphs
from bot.documents.file_names import LONGEST, file_name
from bot.documents.layout import FOOTER, MARGIN, WIDTH, Faces, laid
from bot.documents.pdf import pdf
from bot.documents.typeface import Typeface
from bot.process.apart import NotMade
from tests.documents.reading import Pdf, Read

HOSTILE = "(\\) endobj <</S /P>> \u202etourné\u202c\x07 " + "x" * 300
SENTENCE = "Une heure gagnée par entrée, sans rien saisir deux fois. "


def document(*parts: Part, title: str = "Cœur de l'été", language: str = "fr") -> Document:
    return Document(
        title=title,
        language=language,
        parts=parts,
        footer="F-12, Numérique en santé",
        page="page {page} sur {pages}",
        unprintable="remplace un signe.",
    )


def read(made: Document) -> Pdf:
    return Pdf(pdf(json.loads(json.dumps(made.kept()))))


def test_everything_is_read_aloud_in_its_order_and_language() -> None:
    made = read(
        document(
            heading("Le besoin"),
            *paragraphs(f"Première ligne.\n\n{HOSTILE}", language="en"),
            bullets("un", "deux"),
            facts([("Licence\u00a0:", "CC BY 4.0"), ("Contact\u00a0:", " ")]),
        )
    )
    assert [Read(one.tag, one.words.strip(), one.language) for one in made.read()] == [
        Read("H1", "Cœur de l'été"),
        Read("H2", "Le besoin"),
        Read("P", "Première ligne.", "en"),
        Read("P", HOSTILE.replace("\u202e", "").replace("\u202c", "").replace("\x07", ""), "en"),
        *[Read("Lbl", "•"), Read("LBody", "un"), Read("Lbl", "•"), Read("LBody", "deux")],
        *[Read("Lbl", "Licence\u00a0:"), Read("LBody", "CC BY 4.0")],
    ]


def test_the_file_says_what_it_is_and_brings_its_letters() -> None:
    made = read(document(heading("a"), title="Cœur (de) l'été"))
    for needed in (b"/Lang (fr)", b"/MarkInfo <</Marked true>>", b"/DisplayDocTitle true", b'pdfuaid:part="1"'):
        assert needed in made.data, needed
    title = re.search(rb"/Info (\d+) 0 R", made.data)
    assert title is not None
    assert (
        bytes.fromhex(made.objects[int(title[1])].split(b"<")[3].partition(b">")[0].decode()).decode("utf-16")
        == "Cœur (de) l'été"
    )
    assert made.data.count(b"/FontFile2") == made.data.count(b"/FontDescriptor/FontName") == 2
    long = read(replace(document(heading("a")), footer="long " * 100)).footer()
    assert long.endswith("…, page 1 sur 1")
    assert Typeface("DejaVuSans").width(long, FOOTER) <= WIDTH - 2 * MARGIN
    assert all(b"Tj" not in made.unmarked(page) and b"TJ" not in made.unmarked(page) for page in made.pages)


BELOW = {"Document": {"H1", "H2", "P", "L"}, "L": {"LI"}, "LI": {"Lbl", "LBody"}}
"""Which elements stand in which, of those that we write; in all others there are words."""


def test_the_structure_and_the_pages_agree_both_ways() -> None:
    """What PDF/UA asks of a file without pictures, links and forms, as far as it can be read from its bytes."""
    facts_too = (bullets("un", "deux"), facts([("Licence\u00a0:", "CC BY 4.0")]))
    made = read(
        document(heading("Le besoin"), *paragraphs(SENTENCE * 150), *facts_too, *paragraphs("Fin.", language="en"))
    )
    nodes, owners = made.nodes(), made.owners()
    assert [node.tag for node in nodes.values() if node.above == made.root] == ["Document"]
    wrong = [
        (node.tag, nodes[child].tag)
        for number, node in nodes.items()
        for child in node.below
        if nodes[child].above != number or nodes[child].tag not in BELOW.get(node.tag, ())
    ]
    assert wrong == []
    held = [(mark, number) for number, node in nodes.items() for mark in node.marks]
    assert len(held) == len(dict(held)), "a mark belongs to one element"
    assert dict(held) == owners
    assert set(owners) == {(page, mark) for page in made.pages for mark in made.marks(page)}
    assert [node.tag for node in nodes.values() if not (node.below or node.marks)] == []
    assert [page for page in made.pages if made.unmarked(page).strip()] == [], "nothing is drawn outside of a mark"
    for name in (b"/Annots", b"/AcroForm", b"/JavaScript", b"/Encrypt", b"/Figure", b"/XObject"):
        assert name not in made.data, name


def test_each_letter_is_as_wide_in_the_file_as_in_its_typeface_and_none_is_missing() -> None:
    made = read(document(heading("Le besoin"), *paragraphs(SENTENCE), *paragraphs("日本")))
    for number, file in made.font_files().items():
        font = TTFont(BytesIO(file))
        scale, order = 1000 / font["head"].unitsPerEm, font.getGlyphOrder()
        assert made.widths(number) == {
            glyph: round(font["hmtx"][order[glyph]][0] * scale) for glyph in made.widths(number)
        }
        assert 0 not in made.widths(number), "the sign for a missing glyph is never shown"
        assert b"/CIDToGIDMap /Identity" in made.objects[number]


@pytest.mark.parametrize(("sentences", "pages"), [(10, 1), (70, 1), (90, 2), (300, 5)])
def test_one_page_where_it_can_be_read_and_never_smaller_letters(sentences: int, pages: int) -> None:
    made = read(document(*paragraphs(SENTENCE * sentences)))
    sizes = [
        float(size)
        for page in made.pages
        for size in re.findall(rb"F0 ([\d.]+) Tf", made.stream(made._reference(page, b"Contents")))
    ]
    assert len(made.pages) == pages
    assert min(size for size in sizes if size != 8.5) >= 10
    assert "".join(one.words for one in made.read() if one.tag == "P").split() == (SENTENCE * sentences).split()
    for number, page in enumerate(made.pages):
        assert rb"/StructParents %d" % number in made.objects[page]


def test_a_heading_is_never_the_last_line_of_a_page() -> None:
    faces = Faces(Typeface("DejaVuSans"), Typeface("DejaVuSans-Bold"))
    for lines in range(30, 60):
        text = document(*paragraphs("ligne\n" * lines), heading("Seul"), *paragraphs("Dessous.\nEncore.\n" * 30))
        assert "H2" not in [page[-1].runs[0].of.tag for page in laid(text, faces).pages], lines


def test_a_sign_that_the_typeface_lacks_is_shown_as_missing_and_explained() -> None:
    words = [one.words.strip() for one in read(document(*paragraphs("Bravo 👏🏽 à 日本"))).read()]
    assert words[1:] == [f"Bravo {NO_SIGN} à {NO_SIGN}{NO_SIGN}", f"{NO_SIGN} remplace un signe."]
    assert "👏 à 日本" in markdown.written(document(*paragraphs("Bravo 👏🏽 à 日本")))


def test_in_markdown_nothing_that_people_wrote_is_a_mark() -> None:
    wrong = {
        text: written
        for text, expected in {
            "# titre": "\\# titre",
            "1. un": "1\\. un",
            "- un": "\\- un",
            "<script>": "\\<script\\>",
            "a_b __c__": "a_b \\_\\_c\\_\\_",
            "[a](https://x)": "\\[a\\](https://x)",
            "===": "\\===",
        }.items()
        if (written := markdown.written(document(*paragraphs(text))).split("\n\n")[1]) != expected
    }
    assert wrong == {}


def test_every_system_takes_the_name_of_the_file() -> None:
    assert file_name("F-12", "Œuvre : « l'été » / 2?", ending="pdf") == "F-12-OEuvre-l-ete-2.pdf"
    assert file_name("F-12", "..\\..\u202e日本", ending="md") == "F-12.md"
    long = file_name("F-12", "mot " * 100, ending="pdf")
    assert len(long) <= LONGEST + 4
    assert not long.endswith("-.pdf")


async def test_it_is_printed_apart_where_nothing_can_be_written_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("HOME", "/nonexistent")
    made = await process.printed(document(heading("a")).kept())
    assert [one.words.strip() for one in Pdf(made).read()] == ["Cœur de l'été", "a"]
    assert os.listdir(tmp_path) == []


async def test_a_print_that_fails_says_so_and_ends(caplog: pytest.LogCaptureFixture) -> None:
    command = (sys.executable, "-I", "-c", "raise MemoryError('none left')")
    with pytest.raises(NotMade):
        await process.printed(document().kept(), command=command)
    assert "none left" in caplog.text
