"""What a screen reader meets in a PDF: its structure tree with the words of every page, read by pikepdf and PDFium."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass
class Element:
    """A structure element: its kind, its own entries, and what is in it, words among it, in order."""

    kind: str
    entries: Any
    kids: list[Element | str] = field(default_factory=list)

    def all(self, *kinds: str) -> list[Element]:
        """Return the elements of these kinds in it and below, in reading order."""
        return [each for each in self.walk() if each.kind in kinds]

    def walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def said(self, *without: str) -> str:
        """Return all its words without spaces; not those of elements of some kinds."""
        parts = (kid if isinstance(kid, str) else kid.said(*without) for kid in self.kids)
        return "" if self.kind in without else "".join("".join(parts).split())


def structure(content: bytes) -> Element:
    """Return the document element of a finished PDF. A field says ``[its name]``."""
    words = _words(content)
    with pikepdf.open(BytesIO(content)) as opened:
        pages = {page.objgen: number for number, page in enumerate(opened.pages)}
        (document,) = opened.Root.StructTreeRoot.K
        return _element(document, pages, words)


def orphans(content: bytes) -> list[str]:
    """Return the words that are tagged on a page but stand nowhere in the structure tree."""
    found: set[tuple[int, int]] = set()
    words = _words(content, found)
    structure_words = _Noted(words)
    with pikepdf.open(BytesIO(content)) as opened:
        pages = {page.objgen: number for number, page in enumerate(opened.pages)}
        _element(opened.Root.StructTreeRoot.K[0], pages, structure_words)
    return [words[key] for key in sorted(found - structure_words.asked) if words[key].strip()]


class _Noted(dict[tuple[int, int], str]):
    def __init__(self, words: dict[tuple[int, int], str]) -> None:
        super().__init__(words)
        self.asked: set[tuple[int, int]] = set()

    def get(self, key: Any, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def _element(node: Any, pages: dict[Any, int], words: dict[tuple[int, int], str]) -> Element:
    element = Element(str(node.S)[1:], dict(node.items()))
    home = pages[node.Pg.objgen] if "/Pg" in node else -1
    for kid in node.get("/K", []):
        if isinstance(kid, int):
            element.kids.append(words.get((home, kid), ""))
        elif kid.get("/Type") == "/MCR":
            element.kids.append(words.get((pages[kid.Pg.objgen], int(kid.MCID)), ""))
        elif kid.get("/Type") == "/OBJR":
            field = kid.Obj if "/T" in kid.Obj else kid.Obj.get("/Parent", {})
            element.kids.append(f"[{field.T}]" if "/T" in field else "")
        else:
            element.kids.append(_element(kid, pages, words))
    return element


def _words(content: bytes, found: set[tuple[int, int]] | None = None) -> dict[tuple[int, int], str]:
    """Return the words of all marked content by page and number."""
    words: dict[tuple[int, int], str] = defaultdict(str)
    document = pypdfium2.PdfDocument(content)
    for number, page in enumerate(document):
        text = page.get_textpage()
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            mark = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
            if mark >= 0:
                words[number, mark] += _text(item.raw, text.raw)
                if found is not None:
                    found.add((number, mark))
    return dict(words)


def _text(item: Any, page: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(item, page, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(item, page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le")
