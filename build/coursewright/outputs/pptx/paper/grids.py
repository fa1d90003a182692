"""Tables as SVG: rows as tall as their words make them, fills, lines and words as the table's style says. Lengths are points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from ..outlines import plain
from ..svg import Box
from ..verify import tables
from ..verify.archive import A
from ..verify.inherit import Frame, Level, Levels
from ..verify.shapes import EMU, emu
from ..verify.tables import Cell, Look, Style
from .paints import FILLS, place
from .words import Writer

SIDES = {"L": ("left", "insideV"), "R": ("right", "insideV"), "T": ("top", "insideH"), "B": ("bottom", "insideH")}
WHITE_LINES = etree.fromstring(  # between the cells of Medium Style 2, which files need not bring along
    f'<a:tcBdr xmlns:a="{A[1:-1]}">'
    + "".join(
        f'<a:{side}><a:ln w="12700"><a:solidFill><a:schemeClr val="lt1"/></a:solidFill></a:ln></a:{side}>'
        for side in ("left", "right", "top", "bottom", "insideH", "insideV")
    )
    + "</a:tcBdr>"
)


class Spot(NamedTuple):
    """A cell with what its style gives it, the parts of the style that rule it, and how many rows it goes through."""

    cell: Cell
    look: Look
    parts: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Grid:
    """A table at its place on the slide."""

    table: _Element
    box: Box
    writer: Writer
    styles: Mapping[str, Style]

    def drawn(self) -> Iterator[str]:
        """Yield fills first, then lines, then words: a line is not hidden by the fill of the next cell."""
        boxes = [self._box(spot) for spot in self.spots]
        for spot, box in zip(self.spots, boxes, strict=True):
            definition, paint = self._fill(spot)
            if paint != "none":
                yield f'{definition}<rect {place(box)} fill="{paint}"/>'
        for attributes, sides in self._ruled(boxes).items():
            yield f'<path d="{" ".join(sides)}"{attributes}/>'
        for spot, box in zip(self.spots, boxes, strict=True):
            if spot.cell.body is not None:
                yield from self.writer.body(spot.cell.body, self._levels(spot), _frame(spot.cell), box, self._sources)

    @cached_property
    def widths(self) -> tuple[float, ...]:
        return tuple(emu(each.get("w")) / EMU for each in self.table.iterfind(f"{A}tblGrid/{A}gridCol"))

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        rows = self.table.findall(A + "tr")
        style, flags = tables.style_of(self.table, self.styles), self.table.find(A + "tblPr")
        found = []
        for cell in tables.cells(self.table):
            parts = tables.parts_of_cell(flags, cell.row, cell.column, (len(rows), len(self.widths)))
            found.append(Spot(cell, style.look(parts), parts, int(cell.element.get("rowSpan", "1"))))
        return tuple(found)

    @cached_property
    def heights(self) -> tuple[float, ...]:
        """Return the rows' heights: what the file says is the least (ECMA-376 part 1, 21.1.3.18)."""
        found = [emu(row.get("h")) / EMU for row in self.table.iterfind(A + "tr")]
        for spot in self.spots:
            if spot.rows == 1 and spot.cell.body is not None:
                frame = _frame(spot.cell)
                tall = self.writer.height(spot.cell.body, self._levels(spot), frame, spot.cell.width / EMU, self._sources)
                found[spot.cell.row] = max(found[spot.cell.row], tall)
        return tuple(found)

    @cached_property
    def _rooted(self) -> _Element | None:
        return tables.style_of(self.table, self.styles).root

    def _box(self, spot: Spot) -> Box:
        row, column, mirrored = spot.cell.row, spot.cell.column, self._from_right
        wide = spot.cell.width / EMU
        before = sum(self.widths[:column])
        x = self.box.x + (sum(self.widths) - before - wide if mirrored else before)
        y = self.box.y + sum(self.heights[:row])
        return Box(x, y, wide, sum(self.heights[row : row + spot.rows]))

    @property
    def _from_right(self) -> bool:
        flags = self.table.find(A + "tblPr")
        return flags is not None and flags.get("rtl") in ("1", "true")

    def _levels(self, spot: Spot) -> Levels:
        layout = self.writer.brush.layout

        def levels(number: int) -> Level:
            return layout.cached((spot.look, number), lambda: tables.dressed(layout.plain(number), spot.look))

        return levels

    def _sources(self, level: int, own: _Element | None) -> list[_Element]:
        defaults = self.writer.brush.layout.defaults
        found = defaults.find(f"{A}lvl{level + 1}pPr") if defaults is not None else None
        return [each for each in (own, found) if each is not None]

    def _fill(self, spot: Spot) -> tuple[str, str]:
        properties = spot.cell.properties
        own = next((each for each in properties if each.tag in FILLS), None) if properties is not None else None
        fill = own if own is not None else spot.look.fill
        return self.writer.brush.paint(fill)

    def _ruled(self, boxes: Sequence[Box]) -> dict[str, dict[str, None]]:
        """Return the lines around the cells, by how they look: two cells share most of them."""
        found: dict[str, dict[str, None]] = {}
        for spot, box in zip(self.spots, boxes, strict=True):
            for side in SIDES:
                lines = [each for each in (self._own(spot, side), self._styled(spot, side)) if each is not None]
                stroke = self.writer.brush.stroke(lines) if lines else None
                if stroke is not None:
                    found.setdefault(stroke.attributes, {})[_side(side, box)] = None
        return found

    def _own(self, spot: Spot, side: str) -> _Element | None:
        properties = spot.cell.properties
        return properties.find(f"{A}ln{side}") if properties is not None else None

    def _styled(self, spot: Spot, side: str) -> _Element | None:
        """Return the line that the style gives to a side: the table's edge, or between cells."""
        if self._rooted is None:
            return None
        outer, inner = SIDES[side]
        for part in spot.parts:
            root = self._rooted.find(A + part)
            edges = root.find(f"{A}tcStyle/{A}tcBdr") if root is not None else None
            edges = WHITE_LINES if edges is None and self._rooted.get("styleId") is None and part == "wholeTbl" else edges
            name = outer if part != "wholeTbl" or self._is_edge(spot, side) else inner
            found = edges.find(A + name) if edges is not None else None
            if found is not None and len(found):
                return _line_of(found)
        return None

    def _is_edge(self, spot: Spot, side: str) -> bool:
        cell = spot.cell
        last = cell.column + int(cell.element.get("gridSpan", "1")), cell.row + spot.rows
        ends = {"L": cell.column == 0, "T": cell.row == 0, "R": last[0] == len(self.widths), "B": last[1] == len(self.heights)}
        return ends[side]


def _side(side: str, box: Box) -> str:
    """Return a side of a box as a step of a path."""
    left, top, right, bottom = (plain(each) for each in (box.x, box.y, box.x + box.width, box.y + box.height))
    ends = {"L": (left, top, left, bottom), "R": (right, top, right, bottom), "T": (left, top, right, top)}
    x1, y1, x2, y2 = ends.get(side, (left, bottom, right, bottom))
    return f"M{x1} {y1}L{x2} {y2}"


def _line_of(border: _Element) -> _Element | None:
    line = border.find(A + "ln")
    return line if line is not None else None


def _frame(cell: Cell) -> Frame:
    get = cell.properties.get if cell.properties is not None else {}.get
    left, top, right, bottom = (emu(get(name), usual) for name, usual in tables.CELL.items())
    return Frame(insets=(left, top, right, bottom), anchor=get("anchor", "t"))
