"""HTML to a Word document. Import this module only where one is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docx.section import Section

from .. import Made, anchors, charts
from . import furniture, lists, styles
from .base import empty, saved
from .blocks import Block, Division, Paragraph, Series, paragraphs
from .body import Body
from .brand import brand
from .cascade import Sheet
from .fields import Bookmarks
from .figures import Gallery
from .looks import LOOKS
from .nodes import node
from .page import Page
from .reading import Reader

USUAL = "en"


def write(html: str, folders: tuple[Path, ...] = (), name: str = "") -> Made:
    """Return the Word document of a page, and what could not be done. Pictures come from below ``folders``, as for PDF.

    On which page anything stands only Word knows, so there are no places.
    """
    html, lost = anchors.settled(html, name)
    html, unfit = charts.drawn(html, name)
    page = Page(html)
    gallery = Gallery(page, folders, page.styles.sheet().tall, name)
    reader = Reader(page, gallery.paint, gallery.icon, name)
    blocks = reader.read()
    return Made(_document(page, blocks), (*lost, *unfit, *reader.problems, *dict.fromkeys(gallery.problems)))


def _document(page: Page, blocks: tuple[Block, ...]) -> bytes:
    own = brand(page.styles)
    every = list(paragraphs(blocks))
    sheet = page.styles.sheet()
    document = empty(own, page.language or USUAL, is_mirrored=sheet.is_mirrored)
    named = tuple(dict.fromkeys(each.style for each in every if each.style not in LOOKS))
    styles.fill(document.styles.element, own, page.look(page.body).size, named)
    lists.fill(document.part.numbering_part.element, dict.fromkeys(_series(every)))
    furniture.describe(document, page)
    body = Body(document, own, Bookmarks(name for each in every for name in each.anchors))
    body.write(blocks, _Parts(document, page))
    return saved(document)


def _series(every: Sequence[Paragraph]) -> Iterator[Series]:
    yield from (each.series for each in every if each.series)


class _Parts:
    """Ends the parts of a document, each with its paper, its margins and its running feet."""

    def __init__(self, document: Any, page: Page) -> None:
        self._document, self._page = document, page
        self._last: Sheet | None = None  # whose feet the next part has if nothing is said

    def __call__(self, division: Division, last: Any) -> None:
        """Say on the last paragraph of a part, or at the end of the document, what its pages are like."""
        body = self._document.element.body
        properties = body.sectPr if last is None else node("w:sectPr")
        if last is not None:
            last.set_sectPr(properties)
        section = Section(properties, self._document.part)
        furniture.set_up(section, division)
        self._feet(section, division.sheet)
        self._last = division.sheet

    def _feet(self, section: Section, sheet: Sheet) -> None:
        has = self._last is not None and self._last.has_footer
        if sheet.has_footer and (not has or self._last is None or self._last.room != sheet.room):
            furniture.run_feet(section, sheet, self._page)
        elif has and not sheet.has_footer:
            furniture.bare(section, is_mirrored=sheet.is_mirrored)
