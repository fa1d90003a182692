"""Slides on paper: the slides of a finished deck as vectors, drawn from its own bytes.

What a trainer changed by hand is drawn as well. Pure: the same deck gives the same pictures on a machine with the same fonts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element
from markupsafe import escape

from ....problems import Problem, warning
from .. import thumbs
from ..outlines import plain
from ..svg import Box
from ..verify import tables
from ..verify.archive import A, Archive, P, R, parts_of
from ..verify.inherit import Layout, layout
from ..verify.paint import Palette
from ..verify.shapes import EMU, Shape, on_slide
from .paints import SHARP
from .slide import Canvas, Sheet, drawn

COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
NUMBER = "slidenum"
HINT = "on this page it is a box with its name; put a picture in its place in the deck if people need to see it on paper"


@dataclass(frozen=True)
class Portrait:
    """A slide: ``svg`` shows it in a view box of points. ``words`` is all its text in reading order, the title first.

    ``number`` counts from 1 as the deck does; PowerPoint does not show a hidden one.
    """

    number: int
    title: str
    words: str
    hidden: bool
    svg: str
    ratio: float  # height in widths
    lost: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Return the picture as a data address: a page with many reads them faster so than inside its own markup."""
        return thumbs.address(self.svg.encode())

    @property
    def alt(self) -> str:
        """Return what the picture says, for those who hear it."""
        return " ".join(f"Slide {self.number}: {self.words}".split())


def portraits(content: bytes, mark: str = "s", sharp: int = SHARP) -> tuple[Portrait, ...]:
    """Return every slide of a deck. ``mark`` begins all ids in the pictures, so that several may stand on one page.

    ``sharp`` is how many pixels a picture on a slide has at most, across or down.
    """
    archive = Archive(parts_of(content))
    return tuple(_portraits(archive, mark, sharp))


def problems(found: tuple[Portrait, ...], where: str) -> tuple[Problem, ...]:
    """Return a warning for everything that could not be drawn as it is; hidden slides are on no page."""
    return tuple(
        warning(f"slide {each.number} “{each.title}”: {words}" if each.title else f"slide {each.number}: {words}", where, HINT)
        for each in found
        if not each.hidden
        for words in each.lost
    )


def _portraits(archive: Archive, mark: str, sharp: int) -> Iterator[Portrait]:
    presentation = archive.root(archive.presentation)
    listing = presentation.find(P + "sldIdLst") if presentation is not None else None
    relations = archive.relations(archive.presentation)
    styles = tables.styles(archive)
    size = _size(presentation)
    first = int(presentation.get("firstSlideNum", "1")) if presentation is not None else 1
    for number, entry in enumerate(listing if listing is not None else (), 1):
        target = relations.get(entry.get(R + "id", ""))
        root = archive.read(target.target) if target is not None else None
        if target is None or root is None:
            continue
        _prepare(root, number - 1 + first)
        canvas = Canvas(archive, _layout(archive, target.target), styles, size, f"{mark}{number}", _language(root), sharp)
        yield _portrait(canvas, target.target, root, number)


def _portrait(canvas: Canvas, name: str, root: _Element, number: int) -> Portrait:
    own = canvas.layout
    override = root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
    palette = own.palette if override is None else Palette(own.palette.colours, dict(override.items()))
    shapes = on_slide(root, own.family)
    sheets = [Sheet(name, root, shapes, palette)]
    if own.root is not None:
        shows = root.get("showMasterSp") not in ("0", "false")
        sheets.append(Sheet(own.name, own.root, _furnishing(own.shapes) if shows else (), own.palette))
        if own.master is not None:
            master = canvas.archive.related(own.name, "slideMaster")
            sheets.append(Sheet(master, own.master, _furnishing(own.master_shapes) if shows else (), own.palette))
    inside = "".join(drawn(canvas, sheets))
    title, words = _title(shapes), _words(shapes)
    box = f"0 0 {plain(canvas.size.width)} {plain(canvas.size.height)}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img"><title>{escape(title or f"Slide {number}")}</title>'
    )
    hidden = root.get("show") in ("0", "false")
    ratio = canvas.size.height / (canvas.size.width or 1)
    return Portrait(number, title, words, hidden, f"{head}{inside}</svg>", ratio, tuple(dict.fromkeys(canvas.lost)))


def _layout(archive: Archive, name: str) -> Layout:
    """Return a slide's layout, of whose alternatives those are left that every program knows."""
    found = archive.related(name, "slideLayout")

    def made() -> Layout:
        for each in (found, archive.related(found, "slideMaster")):
            root = archive.root(each)
            if root is not None:
                _flatten(root)
        return layout(archive, found)

    return archive.shared(f"paper:{found}", made)


def _prepare(root: _Element, number: int) -> None:
    """Leave of alternatives what every program knows, and write the slide's number where it is counted."""
    _flatten(root)
    for each in root.iter(A + "fld"):
        text = each.find(A + "t")
        if each.get("type") == NUMBER and text is not None:
            text.text = str(number)


def _flatten(root: _Element) -> None:
    for each in [*root.iter(f"{COMPATIBLE}AlternateContent")]:
        parent, chosen = each.getparent(), each.find(f"{COMPATIBLE}Fallback")
        if parent is None:
            continue
        chosen = chosen if chosen is not None and len(chosen) else each.find(f"{COMPATIBLE}Choice")
        at = parent.index(each)
        parent.remove(each)
        for child in reversed(chosen if chosen is not None else ()):
            parent.insert(at, child)


def _furnishing(shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
    """Return what a layout or master shows by itself: all but its placeholders."""
    return tuple(each for each in shapes if each.mark is None)


def _size(presentation: _Element | None) -> Box:
    size = presentation.find(P + "sldSz") if presentation is not None else None
    wide, tall = (int(size.get(key, "0")) for key in ("cx", "cy")) if size is not None else (0, 0)
    return Box(0, 0, (wide or 12_192_000) / EMU, (tall or 6_858_000) / EMU)


def _language(root: _Element) -> str:
    return next((found for each in root.iter(A + "rPr") if (found := each.get("lang"))), "en")


def _title(shapes: list[Shape]) -> str:
    return next((_text(each) for each in shapes if each.is_title and _text(each)), "")


def _words(shapes: list[Shape]) -> str:
    """Return the words of a slide as they are read, without its footer; what shows no words by its description."""
    found = [_text(each) or (each.alt if each.kind in ("picture", "frame", "group") else "") for each in shapes if _is_read(each)]
    return "\n".join(words for words in found if words)


def _is_read(shape: Shape) -> bool:
    return not (shape.is_furniture or shape.hidden or shape.decorative)


def _text(shape: Shape) -> str:
    """Return the words of a shape, a space between its paragraphs."""
    paragraphs = shape.element.iter(A + "p") if shape.kind in ("shape", "frame") else ()
    return " ".join(" ".join("".join(_pieces(each)).split()) for each in paragraphs if each.find(f".//{A}t") is not None)


def _pieces(paragraph: _Element) -> Iterator[str]:
    for each in paragraph.iter(A + "t", A + "br"):
        yield each.text or "" if each.tag == A + "t" else " "
