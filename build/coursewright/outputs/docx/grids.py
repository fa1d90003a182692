"""The rows and columns of a table in HTML: what its cells cover, how wide its columns are, which rows stay together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from .cascade import length
from .page import Page

PADDING = 4.0  # millimetres that a cell takes from its words
LEAST = 4.0  # millimetres of the narrowest column
MOST = 60  # columns that Word can show


@dataclass(frozen=True)
class Spot:
    """A cell in its place: the column it begins in, from 0, and what it covers."""

    element: _Element
    column: int
    across: int
    down: int


@dataclass(frozen=True)
class Line:
    """A row: its cells, how high it is at least, and whether it repeats on each page or stays with the next row."""

    cells: tuple[Spot, ...]
    element: _Element
    height: float
    is_head: bool
    is_kept: bool


@dataclass(frozen=True)
class Grid:
    """A table. ``has_names`` is whether the first cell of a row says what the row is about."""

    rows: tuple[Line, ...]
    widths: tuple[float, ...]
    has_names: bool

    def width(self, cell: Spot) -> float:
        """Return the room for words in a cell."""
        return max(LEAST, sum(self.widths[cell.column : cell.column + cell.across]) - PADDING)


def grid(table: _Element, page: Page, room: float) -> Grid:
    """Return a table as a grid whose columns fill some millimetres."""
    written = list(_rows(table))
    head = [row for row in written if row.getparent().tag == "thead"]
    if not head and len(written) > 1 and written[0].getparent().tag != "tfoot" and _is_head(written[0]):
        head = written[:1]
    placed = list(_placed(written))
    count = max((spot.column + spot.across for spots in placed for spot in spots), default=0)
    rows = tuple(
        Line(tuple(spots), row, _height(row, page), row in head, page.look(row)["break-after"].startswith("avoid"))
        for row, spots in zip(written, placed, strict=True)
        if count
    )
    has_names = any(row.cells[0].element.tag == "th" for row in rows if row.cells and not row.is_head)
    return Grid(rows, _widths(table, rows, count, page, room), has_names)


def _rows(table: _Element) -> Iterator[_Element]:
    """Yield the rows of a table, its head first and its foot last, whatever their order."""
    parts = {"thead": 0, "tfoot": 2}
    for part in sorted(table.iterchildren("thead", "tbody", "tfoot", "tr"), key=lambda each: parts.get(each.tag, 1)):
        yield from (part,) if part.tag == "tr" else part.iterchildren("tr")


def _is_head(row: _Element) -> bool:
    cells = list(row.iterchildren("td", "th"))
    return bool(cells) and all(cell.tag == "th" and cell.get("scope") != "row" for cell in cells)


def _placed(rows: Sequence[_Element]) -> Iterator[list[Spot]]:
    """Yield the cells of each row in their columns, past those that reach down from above."""
    taken: dict[tuple[int, int], bool] = {}
    for number, row in enumerate(rows):
        spots: list[Spot] = []
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (number, column) in taken:
                column += 1
            across = min(_number(cell, "colspan"), MOST - column)
            down = min(_number(cell, "rowspan"), len(rows) - number)
            if across < 1:
                break
            taken |= {(number + below, column + beside): True for below in range(down) for beside in range(across)}
            spots.append(Spot(cell, column, across, down))
            column += across
        yield spots


def _number(cell: _Element, name: str) -> int:
    value = cell.get(name, "1")
    return max(1, int(value)) if value.isdigit() else 1


def _height(row: _Element, page: Page) -> float:
    looks = [page.look(each) for each in (row, *row.iterchildren("td", "th"))]
    return max((found for look in looks if (found := length(look["height"])) is not None), default=0.0)


def _widths(table: _Element, rows: Sequence[Line], count: int, page: Page, room: float) -> tuple[float, ...]:
    """Return widths that fill the room: those that are given, and equal shares of the rest."""
    given: list[float | None] = []
    for column in table.iter("col"):
        given += [length(page.look(column)["width"], room)] * _number(column, "span")
    if not given:
        for spot in rows[0].cells if rows else ():
            width = length(page.look(spot.element)["width"], room)
            given += [None if width is None else width / spot.across] * spot.across
    given = (given + [None] * count)[:count]
    known = sum(each for each in given if each is not None)
    open_ = given.count(None)
    share = max(LEAST, (room - known) / open_) if open_ else 0.0
    widths = [share if each is None else max(each, LEAST) for each in given]
    scale = room / sum(widths) if widths else 1.0
    return tuple(width * scale for width in widths)
