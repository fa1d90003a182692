"""The structure tree of a PDF: one tag for each element of the page, however many lines, columns or pages it goes over.

WeasyPrint 70 makes a tag of every box (its ``pdf/tags.py``, issue #2903): a table over three pages is three tables with three
headers, a paragraph over two pages is two. Here boxes of the same element share one tag; a header that is repeated, and what
stands in the margins, is an artifact. Words stand in the order of the page, also after a nested list, and keep their language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.logger import LOGGER

from . import forms

SVG = "{http://www.w3.org/2000/svg}"
KINDS = {
    **{tag: tag.upper() for tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "th", "td")},
    "div": "Div", "section": "Sect", "article": "Art", "main": "Part", "blockquote": "BlockQuote", "q": "Quote",
    "code": "Code", "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "LI", "dd": "LI", "table": "Table", "thead": "THead",
    "tbody": "TBody", "tfoot": "TFoot", "caption": "Caption", "figcaption": "Caption", "img": "Figure", f"{SVG}svg": "Figure",
}  # fmt: skip
# Tags that hold other tags and no words of their own.
HOLDERS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR"}
CELLS = ("TH", "TD")
KEPT = {"Table", "TR", "TH", "TD"}  # stay even when nothing is in them: a row without its empty cells is no row
NUMBERING = {"decimal": "Decimal", "disc": "Disc", "circle": "Circle", "square": "Square"}
COLUMN_LIKE = ("row", "rowgroup")


@dataclass(frozen=True)
class Words:
    """Marked content: on which page, from 0, and under which number there."""

    page: int
    number: int


@dataclass(frozen=True)
class Annotation:
    """A link or a field: on which page, from 0, and what it is."""

    page: int
    dictionary: Any


@dataclass(eq=False)
class Tag:
    """One structure element while it grows. ``more`` are further entries of it, as PDF objects."""

    kind: str
    kids: list[Tag | Words | Annotation] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
    cell: Cell | None = None

    @property
    def empty(self) -> bool:
        """Whether a reader would find nothing in it."""
        return self.kind not in KEPT and all(isinstance(kid, Tag) and kid.empty for kid in self.kids)

    def added(self, kind: str, **more: Any) -> Tag:
        """Return a new tag at the end of this one."""
        kid = Tag(kind, more=more)
        self.kids.append(kid)
        return kid


@dataclass(frozen=True)
class Cell:
    """Where a table cell stands, and whom it heads: ``scope`` is Row, Column, or nothing for a cell of data."""

    column: int
    columns: int
    rows: int
    scope: str


def mend() -> None:
    """Let WeasyPrint tag its pages through :func:`add_tags`; doing so twice changes nothing."""
    weasyprint.pdf.add_tags = add_tags


def add_tags(pdf: Any, document: Any, version: Any, streams: list[Any]) -> None:
    """Give a PDF its structure tree and its fields, in the place of WeasyPrint's function of that name."""
    if "Lang" not in pdf.catalog:
        LOGGER.error('Missing required "lang" attribute at the root of the document')
        pdf.catalog["Lang"] = pydyf.String()
    tree = _Tree(pdf, document)
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        tree.read(page, number, stream)
    tree.finish()
    _Writer(pdf).write(tree.root, len(document.pages))
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


# ------------------------------------------------------------------------------------------------ reading pages


class _Tree:
    """Grows page by page. ``known`` are the tags that elements have got; ``spent`` the table headers already read."""

    def __init__(self, pdf: Any, document: Any) -> None:
        self.root = Tag("Document")
        self._pdf, self._document = pdf, document
        self._known: dict[Any, Tag] = {}
        self._spent: dict[Any, int] = {}
        self._tables: list[Tag] = []
        self._places: dict[tuple[Any, int], tuple[Tag, forms.Place]] = {}
        self._page, self._number = None, 0
        self._marks: dict[Any, Any] = {}
        self._artifacts: set[int] = set()

    def read(self, page: Any, number: int, stream: Any) -> None:
        """Add what is on a page; what is repeated there for the eye only becomes an artifact."""
        self._page, self._number, self._marks, self._artifacts = page, number, stream._tags, set()
        self._visit(page._page_box, self.root)
        if (notes := forms.on_blank(page, number)) is not None:
            self._places[page, number] = self.root.added("Div").added("Form"), notes
        for mark in sorted(mark["mcid"] for mark in self._marks.values()):
            self._read(self.root, mark)  # a box that nobody has led to: its words must not be lost
        _set_aside(stream, self._artifacts)

    def finish(self) -> None:
        """Add what can be said only at the end: which headers a cell has, and the fields."""
        for number, table in enumerate(self._tables):
            _head(table, number)
        widgets = forms.widgets([place for _, place in self._places.values()], self._pdf, self._document)
        for (tag, place), widget in zip(self._places.values(), widgets, strict=True):
            if widget is not None:
                tag.kids.append(Annotation(place.page, widget))

    def _visit(self, box: Any, parent: Tag, link: Any = None) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox) or self._repeated(box):
            self._put_aside(box)
            return
        tag = self._tag(box, parent)
        link = self._link(box, tag, link)
        field = self._field(box, tag)
        for child in box.children:
            if isinstance(child, boxes.TextBox):
                self._mark(child, tag)
            else:
                self._visit(child, tag, link)
        if isinstance(box, boxes.ReplacedBox):
            self._mark(box, tag)
        if field is not None:
            tag.kids.append(field)

    def _repeated(self, box: Any) -> bool:
        """Whether a table's header or footer has been on an earlier page."""
        if not (getattr(box, "is_header", False) or getattr(box, "is_footer", False)):
            return False
        return self._spent.setdefault(box.element, self._number) != self._number

    def _put_aside(self, box: Any) -> None:
        """Make artifacts of all words in a box; a link there still leads on."""
        link = None
        for each in box.descendants():
            if each in self._marks:
                self._artifacts.add(self._marks.pop(each)["mcid"])
            link = self._link(each, self._known.get(each.element, self.root), link)

    def _mark(self, box: Any, tag: Tag) -> None:
        if (mark := self._marks.pop(box, None)) is not None:
            self._read(tag, mark["mcid"])

    def _read(self, tag: Tag, number: int) -> None:
        """Add words to a tag; one that only holds other tags gets one for them."""
        if tag.kind in HOLDERS:
            last = tag.kids[-1] if tag.kids else None
            tag = last if isinstance(last, Tag) and last.kind == "Span" and not last.more else tag.added("Span")
        tag.kids.append(Words(self._number, number))

    def _link(self, box: Any, tag: Tag, outer: Any) -> Any:
        """Add the box's link, and return it for what is inside: WeasyPrint gives every inline box of a link one of its own."""
        annotation = box.link_annotation
        if not annotation:
            return outer
        if outer is not None and _within(annotation["Rect"], outer["Rect"]):
            self._page_object["Annots"].remove(annotation.reference)
            return outer
        if tag.kind != "Link":
            tag = tag.added("Link")
        if words := _told(box.element):
            annotation["Contents"] = pydyf.String(words)
        tag.kids.append(Annotation(self._number, annotation))
        return annotation

    @property
    def _page_object(self) -> Any:
        return self._pdf.objects[self._pdf.pages["Kids"][3 * self._number]]

    def _field(self, box: Any, tag: Tag) -> Tag | None:
        """Return a tag for the field that is to stand here, the first time an element asks for it on a page."""
        element = box.element
        if element is None or forms.MARK not in element.attrib or (element, self._number) in self._places:
            return None
        form = Tag("Form")
        self._places[element, self._number] = form, forms.place(box, self._number, self._page)
        return form

    # -------------------------------------------------------------------------------------------- tags of boxes

    def _tag(self, box: Any, parent: Tag) -> Tag:
        """Return the tag that takes what is in a box: its element's, or its parent's where the element says nothing."""
        element, name = box.element, box.element_tag
        if element is None or name in ("html", "body"):
            return parent
        if name == "li::marker":
            return self._known.get((element, "marker"), parent)
        if element not in self._known and name == element.tag and (kind := _kind(element)):
            self._known[element] = self._made(kind, box, parent)
        return self._known.get(element, parent) if name.partition("::")[0] == element.tag else parent

    def _made(self, kind: str, box: Any, parent: Tag) -> Tag:
        tag = parent.added(kind)
        if language := box.element.get("lang"):
            tag.more["Lang"] = pydyf.String(language)
        match kind:
            case "LI":
                self._known[box.element, "marker"] = tag.added("Lbl")
                return tag.added("LBody")
            case "L":
                _number(tag, box)
            case "Figure":
                self._describe(tag, box)
            case "Table":
                self._tables.append(tag)
            case "TH" | "TD":
                tag.cell = _cell(kind, box)
        return tag

    def _describe(self, tag: Tag, box: Any) -> None:
        """Give a figure its words, and its frame in points from the foot of the page."""
        x, y = box.content_box_x(), box.content_box_y()
        corners = (x, self._page.height - y - box.height, x + box.width, self._page.height - y)  # type: ignore[attr-defined]
        frame = pydyf.Array([round(corner * 0.75, 2) for corner in corners])
        tag.more["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": frame})
        if words := _alternative(box.element):
            tag.more["Alt"] = pydyf.String(words)


def _kind(element: Any) -> str:
    """Return the tag of an element; "" for one that only changes how its words look."""
    if element.tag == "a":
        return "Link" if element.get("href") else ""
    return KINDS.get(element.tag, "") or ("Span" if element.get("lang") else "")


def _alternative(element: Any) -> str:
    if element.tag == f"{SVG}svg":
        return element.findtext(f"{SVG}title") or ""
    words: str = element.get("alt") or ""
    if not words:
        LOGGER.error('Image "%s" has no required alt description', element.get("src", "unknown"))
    return words


def _number(tag: Tag, box: Any) -> None:
    """Say how a list is numbered, as PDF/UA-1 (7.6) wants it where its items have labels."""
    numbering = NUMBERING.get(str(box.style["list_style_type"]), "None")
    tag.more["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})


def _told(link: Any) -> str:
    """Return the words of a link, or those of the picture that is one."""
    if link is None:
        return ""
    return " ".join("".join(link.itertext()).split()) or next((image.get("alt", "") for image in link.iter("img")), "")


def _within(inner: Any, outer: Any) -> bool:
    (left, one, right, other), (x1, y1, x2, y2) = inner, outer
    low, high, bottom, top = min(one, other), max(one, other), min(y1, y2), max(y1, y2)
    return bool(x1 - 1 <= left and right <= x2 + 1 and bottom - 1 <= low and high <= top + 1)


def _set_aside(stream: Any, numbers: set[int]) -> None:
    """Turn marked content of a page into artifacts: no reader is to meet it."""
    for at, item in enumerate(stream.stream if numbers else ()):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in numbers:
            stream.stream[at - 1 : at + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


# ------------------------------------------------------------------------------------------------------- tables


def _cell(kind: str, box: Any) -> Cell:
    scope = "" if kind == "TD" else "Row" if box.element.get("scope") in COLUMN_LIKE else "Column"
    return Cell(getattr(box, "grid_x", 0), getattr(box, "colspan", 1), getattr(box, "rowspan", 1), scope)


def _head(table: Tag, number: int) -> None:
    """Say of every cell of data which headers it has: those of its row, and those above it in its group and in the head.

    A footer, which stands at the foot of the first page already, moves to the end.
    """
    table.kids.sort(key=lambda kid: isinstance(kid, Tag) and kid.kind == "TFoot")
    groups = [kid for kid in table.kids if isinstance(kid, Tag) and kid.kind in ("THead", "TBody", "TFoot")]
    above: dict[int, list[Any]] = {}
    count = 0
    for group in groups or [table]:
        columns = above if group.kind == "THead" else {column: list(heads) for column, heads in above.items()}
        rows = [kid for kid in group.kids if isinstance(kid, Tag) and kid.kind == "TR"]
        for row, heads in zip(rows, _row_heads(rows, f"{number}-{count}"), strict=True):
            _head_row(row, heads, columns)
        count += len(rows)


def _row_heads(rows: list[Tag], name: str) -> list[list[Any]]:
    """Name the header cells of all rows, and return for each row the names of those that head it."""
    heads: list[list[Any]] = [[] for _ in rows]
    for at, row in enumerate(rows):
        for tag, cell in _cells(row):
            if cell.scope:
                tag.more["ID"] = pydyf.String(f"{name}-{at}-{cell.column}")
            if cell.scope == "Row":
                for below in heads[at : at + cell.rows]:
                    below.append(tag.more["ID"])
    return heads


def _head_row(row: Tag, heads: list[Any], columns: dict[int, list[Any]]) -> None:
    for tag, cell in _cells(row):
        attributes = pydyf.Dictionary({"O": "/Table"})
        attributes.update({name: span for name, span in (("ColSpan", cell.columns), ("RowSpan", cell.rows)) if span != 1})
        span = range(cell.column, cell.column + cell.columns)
        if cell.scope:
            attributes["Scope"] = f"/{cell.scope}"
        else:
            over = [head for column in span for head in columns.get(column, ())]
            attributes["Headers"] = pydyf.Array(dict.fromkeys((*heads, *over)))
        if cell.scope == "Column":
            for column in span:
                columns.setdefault(column, []).append(tag.more["ID"])
        tag.more["A"] = attributes


def _cells(row: Tag) -> Iterator[tuple[Tag, Cell]]:
    for kid in row.kids:
        if isinstance(kid, Tag) and kid.cell is not None:
            yield kid, kid.cell


# ------------------------------------------------------------------------------------------------------ writing


class _Writer:
    """Turns tags into PDF objects, and keeps the way back: from marked content and annotations to their tags."""

    def __init__(self, pdf: Any) -> None:
        self._pdf, self._pages = pdf, pdf.page_references
        self._content: list[dict[int, Any]] = [{} for _ in self._pages]
        self._annotations: list[tuple[Any, Any]] = []

    def write(self, root: Tag, pages: int) -> None:
        back = pydyf.Dictionary()
        self._pdf.add_object(back)
        top = pydyf.Dictionary({"Type": "/StructTreeRoot", "ParentTree": back.reference})
        self._pdf.add_object(top)
        top["K"] = pydyf.Array([self._element(root, top.reference)])
        back["Nums"] = pydyf.Array(self._numbers(pages))
        top["ParentTreeNextKey"] = pages + len(self._annotations)
        self._pdf.catalog["StructTreeRoot"] = top.reference

    def _numbers(self, pages: int) -> Iterator[Any]:
        for page, found in enumerate(self._content):
            yield page
            yield pydyf.Array([found.get(number, b"null") for number in range(max(found, default=-1) + 1)])
        for key, (reference, annotation) in enumerate(self._annotations, pages):
            annotation["StructParent"] = key
            yield key
            yield reference

    def _element(self, tag: Tag, parent: Any) -> Any:
        """Return the reference of a tag's object, written with all below it."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{tag.kind}", "P": parent, **tag.more})
        self._pdf.add_object(element)
        home = next((kid.page for kid in tag.kids if isinstance(kid, Words)), None)
        if home is not None:
            element["Pg"] = self._pages[home]
        element["K"] = pydyf.Array([self._kid(kid, home, element.reference) for kid in tag.kids if not _nothing(kid)])
        return element.reference

    def _kid(self, kid: Tag | Words | Annotation, home: int | None, element: Any) -> Any:
        if isinstance(kid, Tag):
            return self._element(kid, element)
        if isinstance(kid, Annotation):
            self._annotations.append((element, kid.dictionary))
            page = self._pages[kid.page]
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.dictionary.reference, "Pg": page})
        self._content[kid.page][kid.number] = element
        if kid.page == home:
            return kid.number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self._pages[kid.page], "MCID": kid.number})


def _nothing(kid: Tag | Words | Annotation) -> bool:
    return isinstance(kid, Tag) and kid.empty
