"""What is around the text: the size of pages and their margins, running feet and heads, and the document's properties."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Emu
from docx.text.paragraph import Paragraph

from .blocks import Division
from .cascade import Sheet
from .fields import field, run
from .nodes import EMU, node, twips
from .page import Page

STARTS = {"any": WD_SECTION.NEW_PAGE, "odd": WD_SECTION.ODD_PAGE, "even": WD_SECTION.EVEN_PAGE}
FOOT = 11.0  # millimetres from the foot of the page to the running foot, where its margin allows it
HEAD = 9.0
CREATED = "%Y-%m-%d"


def set_up(section: Any, division: Division) -> None:
    """Give a section of python-docx its paper and its margins."""
    sheet = division.sheet
    section.start_type = STARTS[division.side]
    section.page_width, section.page_height = _emu(sheet.width), _emu(sheet.height)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.width > sheet.height else WD_ORIENT.PORTRAIT
    top, right, bottom, left = sheet.margins
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(_emu, (top, right, bottom, left))
    section.footer_distance, section.header_distance = _emu(min(FOOT, bottom / 2)), _emu(min(HEAD, top / 2))
    section.gutter = Emu(0)


def run_feet(section: Any, sheet: Sheet, page: Page) -> None:
    """Give a section its running feet and heads: the page number stands on the outer side."""
    _foot(_emptied(section.footer), sheet, page.footer, is_left=False)
    _head(_emptied(section.header), is_left=False)
    if sheet.is_mirrored:
        _foot(_emptied(section.even_page_footer), sheet, page.footer, is_left=True)
        _head(_emptied(section.even_page_header), is_left=True)


def bare(section: Any, *, is_mirrored: bool) -> None:
    """Take running feet and heads from a section that would else have those of the one before."""
    for each in (section.footer, section.header, *((section.even_page_footer, section.even_page_header) if is_mirrored else ())):
        _emptied(each)


def describe(document: Any, page: Page) -> None:
    """Give a document its properties. Dates are those of the page: the clock has no say in it."""
    properties = document.core_properties
    properties.title, properties.author = page.title[:255], page.said("author")[:255]
    properties.last_modified_by = page.said("author")[:255]
    properties.subject = page.said("description")[:255]
    properties.language, properties.revision = page.language, 1
    properties.created = _day(page.said("dcterms.created"))
    properties.modified = _day(page.said("dcterms.modified") or page.said("dcterms.created"))


def _emu(millimetres: float) -> Emu:
    return Emu(round(millimetres * EMU))


def _day(text: str) -> datetime:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        day = date(2000, 1, 1)
    return datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)


def _emptied(holder: Any) -> Paragraph:
    """Return the one, empty paragraph of a foot or a head of its own."""
    holder.is_linked_to_previous = False
    found: Paragraph = holder.paragraphs[0]
    return found


def _foot(paragraph: Paragraph, sheet: Sheet, text: str, *, is_left: bool) -> None:
    tabs = node("w:tabs", node("w:tab", val="right", pos=twips(sheet.room)))
    number = field("PAGE", [run("1", "PageNumber")])
    words = [run(text)]
    inside = [*number, node("w:r", node("w:tab")), *words] if is_left else [*words, node("w:r", node("w:tab")), *number]
    _filled(paragraph, "Footer", tabs, inside)


def _head(paragraph: Paragraph, *, is_left: bool) -> None:
    """Name the part that the page belongs to: Word works it out for each page."""
    side = node("w:jc", val="left") if is_left else None
    _filled(paragraph, "Header", side, field('STYLEREF "Heading 1"', []))


def _filled(paragraph: Paragraph, style: str, setting: Any, inside: list[Any]) -> None:
    element = paragraph._p
    for child in list(element):
        element.remove(child)
    for child in (node("w:pPr", node("w:pStyle", val=style), setting), *inside):
        element.append(child)
