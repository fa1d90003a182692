"""The letters that a reader of a form types with: one face of the page, cut down to some 200 letters of its language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pydyf
import uharfbuzz as hb
from fontTools.agl import UV2AGL

FIRST, LAST = 32, 255
# Code pages by language; what is not named here writes with the letters of Western Europe, WinAnsi.
PAGES = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), "cp1250"),
    **dict.fromkeys(("be", "bg", "mk", "ru", "sr", "uk"), "cp1251"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    "el": "cp1253",
    "tr": "cp1254",
}
NONSYMBOLIC = 1 << 5
NEEDED = ("glyf", "loca", "CFF ", "head", "hhea", "hmtx", "maxp", "cmap", "post", "OS/2", "name", "cvt ", "fpgm", "prep")
REGULAR = 400
COUNTS = (
    "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions",
    "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours", "maxComponentDepth",
)  # fmt: skip


@dataclass(frozen=True)
class _Letter:
    """A letter at its code, "" where the code page has none, and its width in thousandths of the type size."""

    code: int
    letter: str
    width: int


class Letters:
    """A form's font. ``fonts`` are those of the page, in WeasyPrint's own form."""

    def __init__(self, fonts: Iterable[Any], language: str) -> None:
        self._page = PAGES.get(language.partition("-")[0].lower(), "cp1252")
        self._letters = dict(_letters(self._page))
        chosen = _chosen(list(fonts))
        self._name = f"/WRITER+{chosen.family.replace(' ', '')}"
        self._file = _subset(chosen, set(self._letters.values()))
        self._font = hb.Font(hb.Face(self._file))

    def add(self, pdf: Any) -> Any:
        """Return the reference of the font, added to a PDF."""
        found = list(self._measured())
        return _added(
            pdf,
            {
                "Type": "/Font",
                "Subtype": "/TrueType",
                "BaseFont": self._name,
                "FirstChar": FIRST,
                "LastChar": LAST,
                "Widths": pydyf.Array(letter.width for letter in found),
                "Encoding": self._encoding(),
                "FontDescriptor": self._descriptor(pdf, found),
                "ToUnicode": _unicode(pdf, found),
            },
        )

    def _measured(self) -> Iterator[_Letter]:
        for code in range(FIRST, LAST + 1):
            letter = self._letters.get(code, "")
            glyph = (self._font.get_nominal_glyph(ord(letter)) if letter else 0) or 0
            yield _Letter(code, letter, self._scaled(self._font.get_glyph_h_advance(glyph)))

    def _scaled(self, units: float) -> int:
        scaled: int = round(units * 1000 / self._font.face.upem)
        return scaled

    def _encoding(self) -> Any:
        """WinAnsi, or its differences in the code page of another alphabet."""
        if self._page == "cp1252":
            return "/WinAnsiEncoding"
        west = dict(_letters("cp1252"))
        differences: list[Any] = []
        for code, letter in self._letters.items():
            if west.get(code) != letter:
                differences += [code, f"/{UV2AGL.get(ord(letter), 'space')}"]
        return pydyf.Dictionary(
            {"Type": "/Encoding", "BaseEncoding": "/WinAnsiEncoding", "Differences": pydyf.Array(differences)}
        )

    def _descriptor(self, pdf: Any, letters: list[_Letter]) -> Any:
        extents = self._font.get_font_extents("ltr")
        up, down = self._scaled(extents.ascender), self._scaled(extents.descender)
        file = pydyf.Stream([self._file], {"Length1": len(self._file)}, compress=True)
        pdf.add_object(file)
        widest = max(letter.width for letter in letters)
        return _added(
            pdf,
            {
                "Type": "/FontDescriptor",
                "FontName": self._name,
                "Flags": NONSYMBOLIC,
                "FontBBox": pydyf.Array((0, down, widest, up)),
                "ItalicAngle": 0,
                "Ascent": up,
                "Descent": down,
                "CapHeight": up,
                "StemV": 80,
                "FontFile2": file.reference,
            },
        )


def _letters(page: str) -> Iterator[tuple[int, str]]:
    """Yield the codes of a code page with their letters."""
    for code in range(FIRST, LAST + 1):
        letter = bytes([code]).decode(page, "ignore")
        if letter and unicodedata.category(letter) != "Cc":
            yield code, letter


def _chosen(fonts: list[Any]) -> Any:
    """Return the upright regular face that says most on the page."""

    def rank(font: Any) -> tuple[Any, ...]:
        return (
            font.bitmap,
            bool(font.style),
            font.weight != REGULAR,
            -len(font.to_unicode),
            font.name,
        )

    return min(fonts, key=rank)


def _subset(font: Any, letters: set[str]) -> bytes:
    """Return the face with these letters alone, at its default place on all axes, and without instructions for a raster."""
    from weasyprint.text.fonts import get_hb_object_data

    face = hb.Face(get_hb_object_data(font.hb_face), font.index)
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, letters))
    wanted.layout_feature_tag_set.clear()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in face.table_tags if tag not in NEEDED)
    wanted.pin_all_axes_to_default(face)
    data = bytes(hb.subset(face, wanted).blob.data)
    return _true_type(data) if data[:4] == b"OTTO" else data


def _true_type(data: bytes) -> bytes:
    """Return a face with PostScript outlines as a TrueType one: the only kind that every viewer types forms with."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable

    font = TTFont(BytesIO(data), recalcTimestamp=False)
    names, shapes, drawn = font.getGlyphOrder(), font.getGlyphSet(), {}
    for name in names:
        pen = TTGlyphPen(None)
        shapes[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = names, drawn
    font["maxp"].tableVersion = 0x00010000
    vars(font["maxp"]).update(dict.fromkeys(COUNTS, 0), maxZones=1)
    font["post"].formatType = 3.0
    del font["CFF "]
    font.sfntVersion = "\0\1\0\0"
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def _unicode(pdf: Any, letters: list[_Letter]) -> Any:
    """Return the reference of the map from codes back to letters, which PDF/UA-1 (7.21.7) asks for."""
    pairs = [f"<{letter.code:02x}> <{letter.letter.encode('utf-16-be').hex()}>" for letter in letters if letter.letter]
    batches = (pairs[start : start + 100] for start in range(0, len(pairs), 100))
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <00> <ff> endcodespacerange",
        *(line for batch in batches for line in (f"{len(batch)} beginbfchar", *batch, "endbfchar")),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
    stream = pydyf.Stream(lines, compress=True)
    pdf.add_object(stream)
    return stream.reference


def _added(pdf: Any, entries: dict[str, Any]) -> Any:
    item = pydyf.Dictionary(entries)
    pdf.add_object(item)
    return item.reference
