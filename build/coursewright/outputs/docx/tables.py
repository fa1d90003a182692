"""Tables: a regular grid with fixed widths, a head that repeats on each page, rows that no page's end cuts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from .blocks import Block, Cell, Paragraph, Row, Table
from .nodes import node, twips

Write = Callable[[Block], Any]
EMPTY = Cell((Paragraph("Table Text"),))
PLAIN, HEAD, NAMES = 0x0600, 0x0020, 0x0080  # ECMA-376 part 1, 17.4.55: no bands; a head row; names in the first column


def table(block: Table, write: Write) -> Any:
    """Return a table; ``write`` makes what is in its cells."""
    widths = [max(1, twips(width)) for width in block.widths]
    properties = node(
        "w:tblPr",
        node("w:tblStyle", val=block.style),
        node("w:tblW", w=sum(widths), type="dxa"),
        node("w:tblInd", w=twips(block.indent), type="dxa"),
        node("w:tblLayout", type="fixed"),
        _look(block),
    )
    grid = node("w:tblGrid", *(node("w:gridCol", w=width) for width in widths))
    rows = [_row(row, cells, widths, write) for row, cells in zip(block.rows, _laid(block.rows, len(widths)), strict=True)]
    return node("w:tbl", properties, grid, *rows)


def _look(block: Table) -> Any:
    head, names = block.rows[0].is_head, block.has_names
    value = PLAIN | (HEAD if head else 0) | (NAMES if names else 0)
    flags = {"firstRow": head, "lastRow": False, "firstColumn": names, "lastColumn": False, "noHBand": True, "noVBand": True}
    return node("w:tblLook", val=f"{value:04X}", **{name: int(flag) for name, flag in flags.items()})


def space() -> Any:
    """Return the little paragraph that must stand between two tables, and after one that ends a part or a cell."""
    return node("w:p", node("w:pPr", node("w:pStyle", val="TableSpace")))


@dataclass(frozen=True)
class _Spot:
    """A place in the grid: the cell there, how many columns it takes, and whether it goes on from the row above."""

    cell: Cell
    across: int
    goes_on: bool


def _laid(rows: Sequence[Row], count: int) -> Iterator[list[_Spot]]:
    """Yield each row's cells so that they fill all columns, with those that reach down from above."""
    above: dict[int, tuple[Cell, int, int]] = {}  # column → cell, how many columns it takes, how many rows are left of it
    for row in rows:
        below: dict[int, tuple[Cell, int, int]] = {}
        spots: list[_Spot] = []
        waiting = iter(row.cells)
        column = 0
        while column < count:
            goes_on = column in above
            cell, across, left = above[column] if goes_on else _next(waiting, column, above, count)
            spots.append(_Spot(cell, across, goes_on))
            if left > 1:
                below[column] = (cell, across, left - 1)
            column += across
        above = below
        yield spots


def _next(waiting: Iterator[Cell], column: int, above: Mapping[int, object], count: int) -> tuple[Cell, int, int]:
    """Return the next cell of a row, how many columns there are for it, and its rows; an empty one where the row ends early."""
    cell = next(waiting, EMPTY)
    limit = min((each for each in above if each > column), default=count)
    return cell, max(1, min(cell.across, limit - column)), cell.down


def _row(row: Row, spots: Sequence[_Spot], widths: Sequence[int], write: Write) -> Any:
    height = node("w:trHeight", val=twips(row.height), hRule="atLeast") if row.height else None
    element = node("w:tr", node("w:trPr", node("w:cantSplit"), height, node("w:tblHeader") if row.is_head else None))
    column = 0
    for spot in spots:
        element.append(_cell(spot, sum(widths[column : column + spot.across]), write, is_kept=row.is_kept))
        column += spot.across
    return element


def _apart(block: Block | None, after: Block | None, write: Write) -> Iterator[Any]:
    """Yield a block of a cell; one that is no paragraph has a small one before the next, and at the end of the cell."""
    assert block is not None
    yield write(block)
    if not isinstance(block, Paragraph) and not isinstance(after, Paragraph):
        yield space()


def _cell(spot: _Spot, width: int, write: Write, *, is_kept: bool) -> Any:
    merged = node("w:vMerge", val=None if spot.goes_on else "restart") if spot.goes_on or spot.cell.down > 1 else None
    span = node("w:gridSpan", val=spot.across) if spot.across > 1 else None
    blocks = EMPTY.blocks if spot.goes_on else spot.cell.blocks
    kept = (replace(block, is_kept=True) if is_kept and isinstance(block, Paragraph) else block for block in blocks)
    inside = [element for block, after in pairwise((*kept, None)) for element in _apart(block, after, write)]
    return node("w:tc", node("w:tcPr", node("w:tcW", w=width, type="dxa"), span, merged), *inside)
