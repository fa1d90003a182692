"""Table styles: which fill and which text a cell gets from its style, by where it stands (ECMA-376 part 1, 20.1.4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from .archive import A, Archive
from .inherit import TRUE, Level
from .shapes import emu

MEDIUM_2 = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"  # PowerPoint's own default; files need not bring it along
BARE = ("{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5940675A-B579-460E-94D1-54222C63F5DA}")  # no fills, built in too
CELL = {"marL": 91_440, "marT": 45_720, "marR": 91_440, "marB": 45_720}  # EMU; ECMA-376 part 1, 21.1.3.17


BODY, PROPERTIES = A + "txBody", A + "tcPr"


class Look(NamedTuple):
    """What the style gives a cell. ``known`` is False when nobody here knows the style."""

    fill: _Element | None = None
    text: _Element | None = None
    bold: bool | None = None
    known: bool = True


class Cell(NamedTuple):
    """A cell in its column and row; ``width`` in EMU, with the columns it spans."""

    element: _Element
    body: _Element | None
    properties: _Element | None
    row: int
    column: int
    width: float


@dataclass(eq=False)
class Style:
    """A table's style. Not frozen: it remembers the look of each kind of cell."""

    root: _Element | None
    known: bool
    _looks: dict[tuple[str, ...], Look] = field(default_factory=dict)

    def look(self, parts: tuple[str, ...]) -> Look:
        """Return what the parts give together, the first that says something winning."""
        if parts not in self._looks:
            self._looks[parts] = self._merged(parts)
        return self._looks[parts]

    def _merged(self, parts: tuple[str, ...]) -> Look:
        if self.root is None:
            return Look(known=self.known)
        found = [each for part in parts if (each := self.root.find(A + part)) is not None]
        texts = [text for each in found if (text := each.find(A + "tcTxStyle")) is not None]
        return Look(
            fill=next((fill for each in found if (fill := _fill(each)) is not None), None),
            text=next((text for text in texts if any(child.tag.endswith("Clr") for child in text)), None),
            bold=next((text.get("b") in TRUE for text in texts if text.get("b") not in (None, "def")), None),
        )


def _fill(part: _Element) -> _Element | None:
    style = part.find(A + "tcStyle")
    if style is None:
        return None
    own = style.find(A + "fill")
    return own[0] if own is not None and len(own) else style.find(A + "fillRef")


def styles(archive: Archive) -> Mapping[str, Style]:
    """Return the deck's table styles by id."""
    name = archive.related(archive.presentation, "tableStyles")
    root = archive.root(name) if name else None
    own = {each.get("styleId", ""): Style(each, True) for each in root if isinstance(each.tag, str)} if root is not None else {}
    return {MEDIUM_2: Style(_medium_2(), True), **{each: Style(None, True) for each in (*BARE, "")}, **own}


def style_of(table: _Element, known: Mapping[str, Style]) -> Style:
    """Return the style of a table."""
    return known.get((table.findtext(f"{A}tblPr/{A}tableStyleId") or "").strip(), Style(None, False))


def cells(table: _Element) -> Iterator[Cell]:
    """Yield the cells that are seen: not those that another one covers."""
    widths = [emu(each.get("w")) for each in table.iterfind(f"{A}tblGrid/{A}gridCol")]
    for number, row in enumerate(table.iterfind(A + "tr")):
        for column, cell in enumerate(row.iterfind(A + "tc")):
            if cell.get("hMerge") not in TRUE and cell.get("vMerge") not in TRUE:
                span = int(cell.get("gridSpan", "1"))
                parts = {each.tag: each for each in cell}
                yield Cell(cell, parts.get(BODY), parts.get(PROPERTIES), number, column, sum(widths[column : column + span]))


def parts_of_cell(flags: _Element | None, row: int, column: int, size: tuple[int, int]) -> tuple[str, ...]:
    """Return the parts of the style that rule a cell, the strongest first. ``size`` is rows and columns."""

    def on(name: str) -> bool:
        return flags is not None and flags.get(name) in TRUE

    parts = []
    if on("firstRow") and row == 0:
        parts.append("firstRow")
    if on("lastRow") and row == size[0] - 1:
        parts.append("lastRow")
    if on("firstCol") and column == 0:
        parts.append("firstCol")
    if on("lastCol") and column == size[1] - 1:
        parts.append("lastCol")
    if on("bandRow") and "firstRow" not in parts:
        parts.append("band1H" if (row - on("firstRow")) % 2 == 0 else "band2H")
    if on("bandCol") and "firstCol" not in parts:
        parts.append("band1V" if (column - on("firstCol")) % 2 == 0 else "band2V")
    return (*parts, "wholeTbl")


def dressed(level: Level, look: Look) -> Level:
    """Return the level of text as the style sets it."""
    if look.bold is not None:
        level = level._replace(letters=level.letters._replace(bold=look.bold))
    return level if look.text is None else level._replace(fill=look.text)


@cache
def _medium_2() -> _Element:
    """Medium Style 2 – Accent 1 as PowerPoint paints it."""
    body = '<a:tcTxStyle><a:schemeClr val="dk1"/></a:tcTxStyle>'
    head = '<a:tcTxStyle b="on"><a:schemeClr val="lt1"/></a:tcTxStyle>' + _solid("")
    light, band = _solid('<a:tint val="20000"/>'), _solid('<a:tint val="40000"/>')
    strong = ("firstRow", "lastRow", "firstCol", "lastCol")
    return etree.fromstring(
        f'<a:tblStyle xmlns:a="{A[1:-1]}"><a:wholeTbl>{body}{light}</a:wholeTbl>'
        f"<a:band1H>{band}</a:band1H><a:band1V>{band}</a:band1V>"
        + "".join(f"<a:{part}>{head}</a:{part}>" for part in strong)
        + "</a:tblStyle>"
    )


def _solid(change: str) -> str:
    return f'<a:tcStyle><a:fill><a:solidFill><a:schemeClr val="accent1">{change}</a:schemeClr></a:solidFill></a:fill></a:tcStyle>'
