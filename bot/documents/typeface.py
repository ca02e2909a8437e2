"""A typeface for prints, of which only the signs that are used go into the file. Runs in the printing process."""

import importlib.util
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydyf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

_SYMBOLIC = 4
"""Its glyphs are meant by their own numbers (ISO 32000-1, table 123)."""
_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_A_BLOCK = 100
"""Lines that a block of it may have (ISO 32000-1, 9.7.5.4)."""


def shipped(name: str) -> Path:
    """A font of those that matplotlib brings (DejaVu, free to embed): a system may have others, or none."""
    found = importlib.util.find_spec("matplotlib")
    [folder] = (found and found.submodule_search_locations) or [""]
    return Path(folder, "mpl-data", "fonts", "ttf", f"{name}.ttf")


class Typeface:
    """Measures texts, writes them as the numbers of their glyphs, and remembers which were used."""

    def __init__(self, name: str) -> None:
        self._name = f"/RELAIS+{name}"  # six letters say that the file has a part of it
        self._font = TTFont(shipped(name))
        self._glyphs: dict[int, str] = self._font.getBestCmap()
        self._metrics: dict[str, tuple[int, int]] = self._font["hmtx"].metrics
        self._units: int = self._font["head"].unitsPerEm
        self._used: dict[int, str] = {}

    def can_print(self, sign: str) -> bool:
        return ord(sign) in self._glyphs

    def width(self, text: str, size: float) -> float:
        """In points."""
        return sum(self._metrics[self._glyphs[ord(sign)]][0] for sign in text) * size / self._units

    def written(self, text: str) -> bytes:
        """The text as a string in a page."""
        numbers = [self._font.getGlyphID(self._glyphs[ord(sign)]) for sign in text]
        self._used.update(zip(numbers, text, strict=True))
        return f"<{''.join(f'{number:04x}' for number in numbers)}>".encode()

    def embedded(self, pdf: pydyf.PDF) -> Any:
        """Put it into the file with the signs used so far; returns what pages name it by."""
        descriptor = _added(pdf, pydyf.Dictionary(self._descriptor() | {"FontFile2": _added(pdf, self._program())}))
        glyphs = _added(pdf, pydyf.Dictionary(self._as_glyphs() | {"FontDescriptor": descriptor}))
        names = {"Type": "/Font", "Subtype": "/Type0", "BaseFont": self._name, "Encoding": "/Identity-H"}
        meaning = _added(pdf, pydyf.Stream([self._to_unicode()], compress=True))
        return _added(pdf, pydyf.Dictionary(names | {"DescendantFonts": pydyf.Array([glyphs]), "ToUnicode": meaning}))

    def _descriptor(self) -> dict[str, Any]:
        head, across = self._font["head"], self._font["hhea"]
        return {
            "Type": "/FontDescriptor",
            "FontName": self._name,
            "Flags": _SYMBOLIC,
            "FontBBox": pydyf.Array(map(self._scaled, (head.xMin, head.yMin, head.xMax, head.yMax))),
            "ItalicAngle": 0,
            "Ascent": self._scaled(across.ascent),
            "Descent": self._scaled(across.descent),
            "CapHeight": self._scaled(self._font["glyf"][self._glyphs[ord("H")]].yMax),
            "StemV": 80,
        }

    def _as_glyphs(self) -> dict[str, Any]:
        system = {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
        return {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": self._name,
            "CIDSystemInfo": pydyf.Dictionary(system),
            "CIDToGIDMap": "/Identity",
            "W": pydyf.Array(part for number in sorted(self._used) for part in (number, f"[{self._advance(number)}]")),
        }

    def _advance(self, number: int) -> int:
        return self._scaled(self._metrics[self._glyphs[ord(self._used[number])]][0])

    def _scaled(self, length: int) -> int:
        return round(length * 1000 / self._units)

    def _program(self) -> pydyf.Stream:
        """The font with the glyphs used, which keep their numbers."""
        options = Options(retain_gids=True, notdef_outline=True, hinting=False, layout_features=[])
        options.drop_tables += ["FFTM"]  # dates of the font's making
        subsetter = Subsetter(options)
        subsetter.populate(text="".join(self._used.values()))
        part, font = io.BytesIO(), TTFont(self._font.reader.file.name)
        subsetter.subset(font)
        font.save(part)
        return pydyf.Stream([part.getvalue()], {"Length1": len(part.getvalue())}, compress=True)

    def _to_unicode(self) -> str:
        """Which character each glyph stands for, so that it can be read aloud, copied and searched."""
        return _TO_UNICODE.format(blocks="\n".join(self._blocks()))

    def _blocks(self) -> Iterator[str]:
        lines = [f"<{number:04x}> <{sign.encode('utf-16-be').hex()}>" for number, sign in sorted(self._used.items())]
        for start in range(0, len(lines), _A_BLOCK):
            some = lines[start : start + _A_BLOCK]
            yield "\n".join([f"{len(some)} beginbfchar", *some, "endbfchar"])


def _added(pdf: pydyf.PDF, part: Any) -> Any:
    pdf.add_object(part)
    return part.reference
