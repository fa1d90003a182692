"""Does it fit? Text and tables measured before the file is written.

Policy: full size; smaller in steps down to 90 % and never under 18 points (text that is smaller by design keeps its
size); then a further slide. A title may go down to 24 points, and has two lines at most. Sizes are points, lengths EMU.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from . import breaking, measure
from .measure import EMU, LINE, MARGIN, points
from .page import Cell, Grid, Paragraph, Run
from .values import Level, Rect, Slot

SMALLEST = measure.SMALLEST
TABLE_SIZES = (22.0, 20.0, 19.0, 18.0)  # points; the largest that fits
SCALES = (1.0, 0.975, 0.95, 0.925, 0.9)
TITLE_SCALES = (1.0, 0.95, 0.9, 0.875, 0.85, 0.8, 0.75, 0.7)  # a title is read from afar even at 24 points
TITLE_LINES = 2
SMALLEST_TITLE = 24.0
SMALL_HEAD = {"label", "caption"}  # classes of cells that only name their column
INHERITED = {"lead", "manage", "number", "letter", "muted", "label", "serif"}  # classes that runs take from their cell
LABEL = 12.0  # points: heads of tables that only name a column
CELL_X, CELL_Y = 91_440, 50_800  # insets of a table cell, each side: 0.1 in, 4 points
CLOSE = 25_400  # what of CELL_Y may go, so that a table stays on one slide: 2 points


def height(paragraphs: Sequence[Paragraph], slot: Slot, scale: float, families: tuple[str, str], *, width: int = 0) -> float:
    """Return how tall the paragraphs are in a slot, in EMU, insets included. ``families``: heading and text typeface.

    The space before the first paragraph does not count: neither PowerPoint nor LibreOffice shows it. Space given as a
    share is a share of a line, which is more than the size.
    """
    return _set(paragraphs, slot, scale, families, width or slot.rect.width)[0]


def _set(paragraphs: Sequence[Paragraph], slot: Slot, scale: float, families: tuple[str, str], width: int) -> tuple[float, int]:
    """How tall paragraphs are in a slot of a width, in EMU, and how many lines they take."""
    left, top, right, bottom = slot.insets
    room = width - left - right
    total = spill = 0.0
    count = 0
    for index, paragraph in enumerate(paragraphs):
        level = _level(slot, paragraph)
        line = points(level.size, scale) * LINE
        laid = measure.lines(paragraph, level, scale, room, families)
        count += len(laid.heights)
        total += len(laid.heights) * level.exact or sum(laid.heights) * level.line
        spill = max(spill, laid.spill)
        total += (level.before + level.before_share * line) if index else 0
        total += level.after + level.after_share * line
    return (total + spill) * EMU + top + bottom, count


def line_count(paragraph: Paragraph, level: Level, scale: float, room: int, families: tuple[str, str]) -> int:
    """Return in how many lines the paragraph breaks in a width, EMU."""
    return len(measure.lines(paragraph, level, scale, room, families).heights)


def fits(
    paragraphs: Sequence[Paragraph], slot: Slot, room: Rect, families: tuple[str, str], *, most: int = TITLE_LINES
) -> float | None:
    """Return the largest scale at which the paragraphs fit the rectangle, or None.

    ``most`` is how many lines a title may have; other slots have as many as they hold.
    """
    smallest = min((_level(slot, each).size for each in paragraphs), default=SMALLEST)
    least = min(SMALLEST_TITLE if slot.is_title else SMALLEST, smallest)
    for scale in TITLE_SCALES if slot.is_title else SCALES:
        if scale < 1 and smallest * scale < least:
            return None
        tall, count = _set(paragraphs, slot, scale, families, room.width)
        if tall <= room.height and (count <= most or not slot.is_title):
            return scale
    return None


def _level(slot: Slot, paragraph: Paragraph) -> Level:
    return slot.levels[min(paragraph.level, len(slot.levels) - 1)]


def footer(words: str, slot: Slot, families: tuple[str, str]) -> str:
    """Return the footer, or what of it stands on one line: of its parts (between " · ") the second goes first, then the last."""
    parts = words.split(" · ")
    choices = [parts, [*parts[:1], *parts[2:]], [*parts[:1], *parts[2:-1]], parts[:1]]
    room = slot.rect.width - slot.insets[0] - slot.insets[2]
    for choice in choices:
        shown = " · ".join(choice)
        if line_count(Paragraph((Run(shown),)), slot.levels[0], 1.0, room, families) == 1:
            return shown
    return ""


def lacking(paragraphs: Sequence[Paragraph], level: Level, families: tuple[str, str]) -> frozenset[str]:
    """Return the characters that no font on this machine has: they were measured by guess."""
    return frozenset[str]().union(*(measure.missing(text, style) for text, style in measure.styles(paragraphs, level, families)))


def doubts(paragraphs: Sequence[Paragraph], level: Level, families: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what cannot be known from here about how the text will look, as warnings: message and hint."""
    found: list[tuple[str, str]] = []
    if unknown := sorted(lacking(paragraphs, level, families)):
        named = ", ".join(f"“{char}” (U+{ord(char):04X})" for char in unknown)
        found.append(
            (
                f"no font on this machine has {named}; the text in “{level.typeface}” was measured by guess",
                "look at this slide where the deck will be shown, install a font that has the character, or write it another way",
            )
        )
    pictures = dict.fromkeys(each for paragraph in paragraphs for each in breaking.emoji(paragraph.text))
    if pictures:
        found.append(
            (
                f"emoji look different on each computer: {' '.join(pictures)}",
                "keep them only where a different picture does no harm; a drawing looks the same everywhere",
            )
        )
    return tuple(found)


# ---------------------------------------------------------------------------------------------------- tables


@dataclass(frozen=True)
class TablePlan:
    """Column widths and row heights, EMU, with text of ``size`` points.

    ``lines`` is how many lines its rows take in all, ``inset`` what stands above and below the text of a cell, ``air`` what
    stands above it besides, EMU.
    """

    widths: tuple[int, ...]
    heights: tuple[int, ...]
    size: float
    lines: int
    inset: int = CELL_Y
    air: int = 0


@dataclass(frozen=True)
class _Type:
    """How the text of a table is set, and its heads that only name a column; the typefaces."""

    text: Level
    label: Level
    families: tuple[str, str]

    def level(self, cell: Cell) -> Level:
        return self.text if SMALL_HEAD.isdisjoint(cell.classes) else self.label


@cache
def table_level(size: float, family: str, bold: bool = False, *, scripts: tuple[str, str] = ("", "")) -> Level:
    """Return how a table cell is set: no indents, single spacing. ``scripts``: East Asian and complex typeface."""
    return Level(size, bold, False, family, 0, 0, False, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, ea=scripts[0], cs=scripts[1])


def dressed(cell: Cell) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a cell with the cell's own look on each run."""
    if not (cell.header or cell.classes):
        return cell.paragraphs
    bold, italic = cell.header or "strong" in cell.classes, "hand" in cell.classes
    names = (*(name for name in cell.classes if name in INHERITED), *(["serif"] if italic else []))
    if not (bold or italic or names):
        return cell.paragraphs

    def worn(run: Run) -> Run:
        return run._replace(bold=run.bold or bold, italic=run.italic or italic, classes=(*run.classes, *names))

    return tuple(replace(paragraph, runs=tuple(map(worn, paragraph.runs))) for paragraph in cell.paragraphs)


def best_table(
    grid: Grid,
    room: tuple[int, int],
    sizes: Sequence[float],
    families: tuple[str, str],
    least: int,
    *,
    scripts: tuple[str, str] = ("", ""),
) -> TablePlan | None:
    """Return the largest table that fits a room (width, height) and wraps no more than the smallest would; else any that fits."""
    smallest = plan_table(grid, room[0], sizes[-1], families, least, scripts=scripts)
    largest = None
    for size in sizes[:-1]:
        plan = plan_table(grid, room[0], size, families, least, scripts=scripts)
        if sum(plan.heights) <= room[1]:
            if plan.lines == smallest.lines:
                return plan
            largest = largest or plan
    return largest or (smallest if sum(smallest.heights) <= room[1] else None)


def plan_table(
    grid: Grid, width: int, size: float, families: tuple[str, str], least: int, *, scripts: tuple[str, str] = ("", "")
) -> TablePlan:
    """Return the table's measures in a width. ``least`` is the least height of a row, EMU."""
    text, label = (table_level(each, families[1], scripts=scripts) for each in (size, LABEL))
    type_ = _Type(text, label, families)
    best: TablePlan | None = None
    for widths in _divisions(grid, width, type_):
        plan = _rows(grid, widths, type_, least)
        if best is None or sum(plan.heights) < sum(best.heights):
            best = plan
        if best.lines == len(grid.rows):
            break  # nothing wraps
    assert best is not None  # there is always a division
    return best


def _rows(grid: Grid, widths: tuple[int, ...], type_: _Type, least: int) -> TablePlan:
    rows = [[_cell(cell, wide, type_) for cell, wide in zip(row, widths, strict=True)] for row in grid.rows]
    heights = (round(max(tall for tall, _ in row) * EMU) + 2 * CELL_Y for row in rows)
    count = sum(max(lines for _, lines in row) for row in rows)
    return TablePlan(widths, tuple(max(least, height) for height in heights), type_.text.size, count)


def aired(plan: TablePlan, room: int, head: bool) -> TablePlan:
    """Return the plan with rows that share the height which is left, up to half as much again: a slide is no spreadsheet."""
    first = 1 if head else 0
    rows = plan.heights[first:]
    spare = min(room - sum(plan.heights), sum(rows) // 2)
    if spare <= 0 or not rows:
        return plan
    more = spare // len(rows)
    return replace(plan, heights=(*plan.heights[:first], *(height + more for height in rows)), air=more // 2)


def closer(plan: TablePlan, room: int, least: int, head: bool) -> TablePlan | None:
    """Return the plan with its rows so much closer that it fits; None if they would be too close. ``least``: of a row, EMU."""
    first = 1 if head else 0
    rows = plan.heights[first:]
    over = sum(plan.heights) - room
    less = max(0, -(-over // (2 * len(rows)))) if rows else 0
    heights = (*plan.heights[:first], *(max(least, height - 2 * less) for height in rows))
    fitting = less <= CLOSE and sum(heights) <= room
    return replace(plan, heights=heights, inset=plan.inset - less) if fitting else None


def _cell(cell: Cell, width: int, type_: _Type) -> tuple[float, int]:
    """Height of a cell's text, points, and its number of lines."""
    level, room = type_.level(cell), width - 2 * CELL_X
    laid = [measure.lines(each, level, 1.0, room, type_.families, cell=True) for each in dressed(cell)]
    tall = sum(sum(each.heights) for each in laid) + max(each.spill for each in laid)
    return tall, sum(len(each.heights) for each in laid)


def _divisions(grid: Grid, width: int, type_: _Type) -> Iterator[tuple[int, ...]]:
    """Ways to divide the width among the columns: the author's, or two by content, of which the lower table is taken."""
    columns = [[_cell_words(cell, type_) for cell in column] for column in zip(*grid.rows, strict=True)]
    words = [[bare for cell in column for line in cell for _, bare in line] for column in columns]
    least = [max(each, default=0.0) * EMU / MARGIN + 2 * CELL_X for each in words]
    if len(grid.widths) == len(columns):
        yield _widths(grid.widths, least, width)
        return
    lines = [[sum(full for full, _ in line) for cell in column for line in cell] for column in columns]
    longest = [max(each, default=0.0) for each in lines]
    filled = max((long for long, column in zip(longest, columns, strict=True) if not _is_open(column)), default=0.0)
    longest = [filled if _is_open(column) else long for long, column in zip(longest, columns, strict=True)]
    # less than in proportion, because a long cell may wrap
    modest = _widths(
        [max(word, long**0.6 * 4 * EMU + 2 * CELL_X) for word, long in zip(least, longest, strict=True)], least, width
    )
    whole = _widths(
        [max(word, long * EMU / MARGIN + 2 * CELL_X) for word, long in zip(least, longest, strict=True)], least, width
    )
    yield modest
    yield whole


def _is_open(column: Sequence[list[list[tuple[float, float]]]]) -> bool:
    """Return whether a column has only its head: it is filled in by hand, and needs the room the others have."""
    return len(column) > 1 and not any(line for cell in column[1:] for line in cell)


def _widths(shares: Sequence[float], least: Sequence[float], width: int) -> tuple[int, ...]:
    """The width in these shares; each column at least as wide as its longest word, as long as there is room."""
    narrow: set[int] = set()
    while sum(least) <= width:
        room = width - sum(least[i] for i in narrow)
        whole = sum(share for i, share in enumerate(shares) if i not in narrow) or 1
        more = {i for i, share in enumerate(shares) if i not in narrow and room * share / whole < least[i]}
        if not more:
            break
        narrow |= more
    room = width - sum(least[i] for i in narrow)
    whole = sum(share for i, share in enumerate(shares) if i not in narrow) or 1
    exact = [int(least[i]) if i in narrow else int(room * share / whole) for i, share in enumerate(shares)]
    exact[-1] += width - sum(exact)
    return tuple(exact)


def _cell_words(cell: Cell, type_: _Type) -> list[list[tuple[float, float]]]:
    """Width of each word of each paragraph in a cell, points, with and without the space after it."""
    level = type_.level(cell)
    return [list(measure.word_widths(paragraph, level, type_.families)) for paragraph in dressed(cell)]
