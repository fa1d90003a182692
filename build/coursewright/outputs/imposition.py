"""Finished pages, laid on sheets to be folded: two on a side, in the order of a booklet that is stapled in its fold.

A page is drawn as it is, as vectors, only smaller; what it loses are its links and tags. A sheet for folding is for paper and
is read in no order: each of its sides is one figure, which says what it shows and where to read instead.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import pikepdf
from lxml import html
from pikepdf import Array, Dictionary, Name

from coursewright.problems import Problem, Severity

from . import Made

THICK = 80  # pages: twenty sheets of 80 g fold and staple; more spring open, and their outer edges creep apart
EDGE = 8.0  # millimetres round the words of a page that printers leave white
LINE = 9.0  # millimetres from line to line on a page that is left for notes
HAIR = 0.3  # points: how thick such a line is
MARKS = {"BDC", "BMC", "EMC", "DP", "MP"}  # operators that tag content
MM = 72 / 25.4  # points


@dataclass(frozen=True)
class Box:
    """A rectangle in points, its foot at ``bottom``."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.top - self.bottom

    def around(self, other: Box) -> Box:
        """Return the smallest box around both."""
        left, bottom = min(self.left, other.left), min(self.bottom, other.bottom)
        return Box(left, bottom, max(self.right, other.right), max(self.top, other.top))


Side = tuple[int, int]  # the pages on the left and on the right half of a side, from 1; 0 is an empty one


def booklet(pages: int) -> tuple[Side, ...]:
    """Return what stands on each side of the sheets of a booklet, front and back in turn; they are flipped on the short edge.

    Sheets lie in each other, so the first page shares its side with the last. Empty ones fill up to a multiple of four.
    """
    padded = -(-pages // 4) * 4
    sides: list[Side] = []
    for first in range(1, padded // 2, 2):
        last = padded + 1 - first
        sides += [(last, first), (first + 1, last - 1)]
    return tuple((_kept(left, pages), _kept(right, pages)) for left, right in sides)


def _kept(page: int, pages: int) -> int:
    return page if page <= pages else 0


def write(page: str, source: Path, name: str = "") -> Made:
    """Return a booklet of the pages of a finished PDF, on sheets of their own size.

    ``page`` is HTML: its title and language are the booklet's; its text is what a side says to those who cannot see it, with
    ``{pages}`` for the numbers of its pages.
    """
    root = html.document_fromstring(page)
    told = " ".join(root.find("body").text_content().split())
    with pikepdf.open(source) as made:
        sides = booklet(len(made.pages))
        sheets = _Sheets(made, source)
        for side in sides:
            sheets.add(side, told.replace("{pages}", " and ".join(_numbers(side))))
        content = sheets.finished(root.findtext(".//title") or name, root.get("lang") or "en")
        return Made(content, tuple(_doubts(len(made.pages), name)), count=len(sides))


def _numbers(side: Side) -> list[str]:
    return [str(page) for page in side if page] or ["–"]


def _doubts(pages: int, name: str) -> Iterator[Problem]:
    if pages > THICK:
        message = f"{pages} pages are {-(-pages // 4)} sheets: too thick to be folded and stapled"
        yield Problem(message, name, "have the document bound as it is, or divide the session", Severity.INFO)


class _Sheets:
    """A PDF that grows by a side at a time."""

    def __init__(self, source: pikepdf.Pdf, path: Path) -> None:
        self._source, self._pdf = source, pikepdf.new()
        left, bottom, right, top = (float(each) for each in source.pages[0].mediabox)
        self._half = Box(0, 0, (top - bottom) / 2, right - left)  # of a sheet that is turned: as wide as a page is high
        self._looks = _Looks(path, Box(left, bottom, right, top))
        self._forms: dict[int, Any] = {}
        self._figures: list[Any] = []
        self._sides: list[Side] = []

    def add(self, side: Side, told: str) -> None:
        """Add a side, which says what it shows."""
        places = [(number, half * self._half.width) for half, number in enumerate(side)]
        drawn = b"\n".join(self._drawn(number, left) for number, left in places)
        forms = {f"/P{number}": self._form(number) for number in side if number}
        size = (2 * self._half.width, self._half.height)
        self._pdf.add_blank_page(page_size=size)
        page = self._pdf.pages[-1].obj
        page.Resources = Dictionary(XObject=Dictionary(forms))
        page.Contents = self._pdf.make_stream(b"/Figure <</MCID 0>> BDC\n" + drawn + b"\nEMC")
        page.StructParents = len(self._figures)
        box = Dictionary(O=Name.Layout, BBox=Array([0, 0, *size]), Placement=Name.Block)
        figure = Dictionary(Type=Name.StructElem, S=Name.Figure, Pg=page, K=0, A=box)
        figure.Alt = pikepdf.String(told)
        self._figures.append(self._pdf.make_indirect(figure))
        self._sides.append(side)

    def _form(self, number: int) -> Any:
        """A page as something to be drawn, without its tags."""
        if number not in self._forms:
            page = self._source.pages[number - 1]
            form = self._pdf.copy_foreign(page.as_form_xobject())
            operations = pikepdf.parse_content_stream(page)
            form.write(pikepdf.unparse_content_stream([each for each in operations if str(each.operator) not in MARKS]))
            self._forms[number] = form
        return self._forms[number]

    def _drawn(self, number: int, left: float) -> bytes:
        if not number:
            return _ruled(left, self._half)
        scale, across, up = self._looks.placed(number, self._half)
        clip = f"{left:.3f} 0 {self._half.width:.3f} {self._half.height:.3f} re W n"
        return f"q {clip} {scale:.5f} 0 0 {scale:.5f} {left + across:.3f} {up:.3f} cm /P{number} Do Q".encode()

    def finished(self, title: str, language: str) -> bytes:
        """Return the bytes of the file."""
        pdf = self._pdf
        document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array(self._figures)))
        for figure in self._figures:
            figure.P = document
        numbered = [each for number, figure in enumerate(self._figures) for each in (number, Array([figure]))]
        tree = Dictionary(Type=Name.StructTreeRoot, K=document, ParentTree=Dictionary(Nums=Array(numbered)))
        pdf.Root.StructTreeRoot = pdf.make_indirect(tree)
        document.P = pdf.Root.StructTreeRoot
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = pikepdf.String(language)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None"))
        with pdf.open_outline() as outline:
            outline.root += [pikepdf.OutlineItem(", ".join(_numbers(side)), page) for page, side in enumerate(self._sides)]
        _describe(pdf, self._source, title)
        packed = io.BytesIO()
        pdf.save(packed, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return packed.getvalue()


class _Looks:
    """Where the words of pages stand, so that a booklet's pages become no smaller than they must.

    Left and right pages have margins of their own for a binding that a booklet does not have: their words, not their edges,
    are set into the middle of a half. A page with something up to its edges, such as a cover, goes along with its side's.
    """

    def __init__(self, source: Path, page: Box) -> None:
        self._page = page
        found = list(_bounds(source))
        inner = [box for box in found if _is_inside(box, page)]
        self._boxes = tuple(_union([box for box in found[side::2] if box in inner], page) for side in (0, 1))

    def placed(self, number: int, half: Box) -> tuple[float, float, float]:
        """Return the scale of a page, and where its left lower corner comes to stand in a half."""
        box = self._boxes[(number - 1) % 2]
        scale = self._scale(half)
        across = half.width / 2 - scale * ((box.left + box.right) / 2 - self._page.left)
        up = half.height / 2 - scale * ((box.bottom + box.top) / 2 - self._page.bottom)
        return scale, across, up

    def _scale(self, half: Box) -> float:
        """Return the largest scale, the same for all pages: at least the one that keeps whole pages in."""
        free = 2 * EDGE * MM
        width, height = max(box.width for box in self._boxes), max(box.height for box in self._boxes)
        whole = min(half.width / self._page.width, half.height / self._page.height)
        return max(whole, min((half.width - free) / width, (half.height - free) / height, 1.0))


def _bounds(source: Path) -> Iterator[Box]:
    """Yield the box around all that is drawn on each page; an empty page's is empty."""
    import pypdfium2

    with pypdfium2.PdfDocument(source) as document:
        for page in document:
            boxes = [Box(*each.get_bounds()) for each in page.get_objects(max_depth=1)]
            yield _union([box for box in boxes if box.width or box.height], Box(0, 0, 0, 0))
            page.close()


def _union(boxes: Iterable[Box], otherwise: Box) -> Box:
    every = list(boxes)
    return reduce(Box.around, every) if every else otherwise


def _is_inside(box: Box, page: Box) -> bool:
    """Whether something stands on the page, and nothing at its edges."""
    free = EDGE * MM
    within = box.left > page.left + free and box.right < page.right - free
    return box.width > 0 and within and box.bottom > page.bottom + free and box.top < page.top - free


def _ruled(left: float, half: Box) -> bytes:
    """Lines to write on, for a half that would be empty."""
    margin, step = 14 * MM, LINE * MM
    many = int((half.height - 2 * margin) / step)
    heights = (half.height - margin - step * each for each in range(1, many + 1))
    lines = (f"{left + margin:.3f} {height:.3f} {half.width - 2 * margin:.3f} {HAIR} re" for height in heights)
    return "\n".join(["q 0.36 0.40 0.46 rg", *lines, "f Q"]).encode()


def _describe(pdf: pikepdf.Pdf, source: pikepdf.Pdf, title: str) -> None:
    """Take over what the finished pages say of themselves; the title is the booklet's."""
    pdf.docinfo = pdf.make_indirect(Dictionary({key: value for key, value in source.docinfo.items() if key != "/Title"}))
    pdf.docinfo.Title = pikepdf.String(title)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata.load_from_docinfo(pdf.docinfo)
        metadata["pdfuaid:part"] = "1"
