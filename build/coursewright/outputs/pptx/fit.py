"""Does it fit? Text measured with the real face before the file is written.

Policy: full size; smaller in steps down to 90 % and never under 18 points (text that is smaller by design keeps its
size); then a further slide. Sizes are points, lengths EMU.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from . import fonts
from .brand import Level, Rect, Slot
from .page import Cell, Grid, Paragraph, Run

EMU = 12_700  # a point
LINE = 1.2  # single spacing of Latin faces, times the font size
SMALLEST = 18.0
TABLE_SIZES = (22.0, 20.0, 19.0, 18.0)  # points; the largest that fits
SCALES = (1.0, 0.975, 0.95, 0.925, 0.9)
TITLE_SCALES = (1.0, 0.95, 0.9, 0.875, 0.85, 0.8, 0.75, 0.7)  # a title is read from afar even at 24 points
MARGIN = 0.965  # of the width is used: renderers differ in kerning and rounding
SMALL_HEAD = {"label", "caption"}  # classes of cells that only name their column
LABEL = 12.0  # points: heads of tables that only name a column
HANG = 342_900  # EMU: the usual hanging indent of a numbered paragraph
CELL_X, CELL_Y = 91_440, 50_800  # insets of a table cell, each side: 0.1 in, 4 points
BREAKS = re.compile(r"(?<=[ \-–—/])")


@dataclass(frozen=True)
class Look:
    """What decides how wide a piece of text is."""

    family: str
    bold: bool
    italic: bool
    size: float
    caps: bool = False
    spacing: float = 0.0


def height(paragraphs: Sequence[Paragraph], slot: Slot, scale: float, families: tuple[str, str], *, width: int = 0) -> float:
    """Return how tall the paragraphs are in a slot, in EMU, insets included. ``families``: heading and text typeface."""
    left, top, right, bottom = slot.insets
    room = (width or slot.rect.width) - left - right
    total = 0.0
    for index, paragraph in enumerate(paragraphs):
        level = slot.levels[min(paragraph.level, len(slot.levels) - 1)]
        size = level.size * scale
        lines = line_count(paragraph, level, scale, room, families)
        biggest = max([run_size(run, level) * scale for run in paragraph.runs] or [size])
        total += lines * LINE * biggest * level.line
        total += (level.before + level.before_share * size) if index else 0
        total += level.after + level.after_share * size
    return total * EMU + top + bottom


def line_count(paragraph: Paragraph, level: Level, scale: float, room: int, families: tuple[str, str]) -> int:
    """Return in how many lines the paragraph breaks, greedily, as every renderer does."""
    indent, first = _indents(paragraph, level)
    wide = room * MARGIN / EMU - indent / EMU
    lines, used = 1, max(0.0, (first - indent) / EMU)
    for piece, look in _pieces(paragraph, level, scale, families):
        if piece == "\v":
            lines, used = lines + 1, 0.0
        elif piece == "\t":
            used = 0.0
        else:
            long, bare = _width(piece, look), _width(piece.rstrip(" "), look)
            if used and used + bare > wide:
                lines, used = lines + 1, 0.0
            extra = int(bare // wide) if wide > 0 and bare > wide else 0
            lines += extra
            used += long - extra * wide
    return lines


def fits(paragraphs: Sequence[Paragraph], slot: Slot, room: Rect, families: tuple[str, str]) -> float | None:
    """Return the largest scale at which the paragraphs fit the rectangle, or None."""
    scales = TITLE_SCALES if slot.is_title else SCALES
    for scale in scales:
        smallest = min((slot.levels[min(p.level, 4)].size for p in paragraphs), default=SMALLEST)
        if scale < 1 and smallest * scale < min(SMALLEST, smallest):
            return None
        if height(paragraphs, slot, scale, families, width=room.width) <= room.height:
            return scale
    return None


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
    """Return the characters that the face of this text has no glyph for."""
    missing: set[str] = set()
    for paragraph in paragraphs:
        for run in paragraph.runs:
            look = _look(run, level, 1.0, families)
            if measured := fonts.face(look.family, look.bold, look.italic):
                missing |= fonts.lacking(run.text, measured)
    return frozenset(missing)


def _indents(paragraph: Paragraph, level: Level) -> tuple[int, int]:
    """Left margin of further lines and of the first. A plain paragraph without a tab does not hang."""
    if paragraph.kind == "plain" and "\t" not in paragraph.text:
        return (0, 0) if level.indent else (level.margin, level.margin)
    return (level.margin, level.margin + level.indent) if level.margin else (HANG, 0)


def _pieces(paragraph: Paragraph, level: Level, scale: float, families: tuple[str, str]) -> Iterator[tuple[str, Look]]:
    for run in paragraph.runs:
        look = _look(run, level, scale, families)
        for part in re.split(r"([\t\v])", run.text):
            if part in ("\t", "\v"):
                yield part, look
            else:
                for word in BREAKS.split(part):
                    yield from ((piece, look) for piece in _characters(word))


def _characters(word: str) -> Sequence[str]:
    """Where a line may break inside a word: nowhere, but between the characters of Chinese, Japanese and Korean."""
    if not word:
        return ()
    return list(word) if any(unicodedata.east_asian_width(each) in "WF" for each in word) else (word,)


def _look(run: Run, level: Level, scale: float, families: tuple[str, str]) -> Look:
    serif = {"number", "serif", "letter"} & set(run.classes)
    return Look(
        family=families[0] if serif else level.typeface,
        bold=run.bold or level.bold or bool({"number", "letter"} & set(run.classes)),
        italic=run.italic or level.italic,
        size=run_size(run, level) * scale,
        caps=level.caps,
        spacing=level.spacing,
    )


def run_size(run: Run, level: Level) -> float:
    """Return the size of a run at full scale, points: small runs are a tenth smaller, but never too small to read."""
    return max(SMALLEST, level.size * 0.9) if "small" in run.classes and level.size >= SMALLEST else level.size


@cache
def _width(text: str, look: Look) -> float:
    """Width in points. Without any font: six tenths of the size a character, wider than most."""
    shown = text.upper() if look.caps else text
    measured = fonts.face(look.family, look.bold, look.italic)
    ems = fonts.width(shown, measured) if measured else 0.6 * len(shown)
    return ems * look.size + look.spacing * len(shown)


# ---------------------------------------------------------------------------------------------------- tables


@dataclass(frozen=True)
class TablePlan:
    """Column widths and row heights, EMU, with text of ``size`` points.

    ``lines`` is how many lines its rows take in all, ``air`` what stands above the text besides the cell's inset, EMU.
    """

    widths: tuple[int, ...]
    heights: tuple[int, ...]
    size: float
    lines: int
    air: int = 0


def table_level(size: float, family: str, bold: bool = False) -> Level:
    """Return how a table cell is set: no indents, single spacing."""
    return Level(size, bold, False, family, 0, 0, False, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0)


def best_table(
    grid: Grid, room: tuple[int, int], sizes: Sequence[float], families: tuple[str, str], least: int
) -> TablePlan | None:
    """Return the largest table that fits a room (width, height) and wraps no more than the smallest would; else any that fits."""
    plans = [plan_table(grid, room[0], size, families, least) for size in sizes]
    fitting = [plan for plan in plans if sum(plan.heights) <= room[1]]
    return next((plan for plan in fitting if plan.lines == plans[-1].lines), fitting[0] if fitting else None)


def plan_table(grid: Grid, width: int, size: float, families: tuple[str, str], least: int) -> TablePlan:
    """Return the table's measures in a width. ``least`` is the least height of a row, EMU."""
    widths = _widths(grid, width, size, families)
    lines = [max(_cell_lines(cell, w, size, families) for cell, w in zip(row, widths, strict=True)) for row in grid.rows]
    sizes = [LABEL if all(SMALL_HEAD & set(cell.classes) for cell in row) else size for row in grid.rows]
    heights = (round(count * LINE * of * EMU) + 2 * CELL_Y for count, of in zip(lines, sizes, strict=True))
    return TablePlan(widths, tuple(max(least, height) for height in heights), size, sum(lines))


def aired(plan: TablePlan, room: int, head: bool) -> TablePlan:
    """Return the plan with rows that share the height which is left, up to half as much again: a slide is no spreadsheet."""
    first = 1 if head else 0
    rows = plan.heights[first:]
    spare = min(room - sum(plan.heights), sum(rows) // 2)
    if spare <= 0 or not rows:
        return plan
    more = spare // len(rows)
    return replace(plan, heights=(*plan.heights[:first], *(height + more for height in rows)), air=more // 2)


def _cell_lines(cell: Cell, width: int, size: float, families: tuple[str, str]) -> int:
    level = table_level(LABEL if SMALL_HEAD & set(cell.classes) else size, families[1], cell.header)
    return sum(line_count(paragraph, level, 1.0, width - 2 * CELL_X, families) for paragraph in cell.paragraphs)


def _widths(grid: Grid, width: int, size: float, families: tuple[str, str]) -> tuple[int, ...]:
    """The author's shares, or shares by content; each column at least as wide as its longest word, as long as there is room."""
    columns = list(zip(*grid.rows, strict=True))
    least = [_longest_word(column, size, families) for column in columns]
    own = len(grid.widths) == len(columns)
    shares = list(grid.widths) if own else [max(word, _amount(c, size, families)) for word, c in zip(least, columns, strict=True)]
    narrow = {i for i, share in enumerate(shares) if width * share / sum(shares) < least[i]}
    if sum(least) > width or len(narrow) == len(columns):
        narrow = set()
    room = width - sum(least[i] for i in narrow)
    wide = sum(share for i, share in enumerate(shares) if i not in narrow) or 1
    exact = [int(least[i]) if i in narrow else int(room * share / wide) for i, share in enumerate(shares)]
    exact[-1] += width - sum(exact)
    return tuple(exact)


def _longest_word(column: Sequence[Cell], size: float, families: tuple[str, str]) -> float:
    """EMU, with the cell's insets."""
    widest = max(
        (_width(piece.rstrip(" "), look) for cell in column for piece, look in _cell_pieces(cell, size, families)), default=0.0
    )
    return widest * EMU / MARGIN + 2 * CELL_X


def _amount(column: Sequence[Cell], size: float, families: tuple[str, str]) -> float:
    """How much room a column's longest cell asks for, EMU: less than in proportion, because it may wrap."""
    longest = max(
        (sum(_width(piece, look) for piece, look in _cell_pieces(cell, size, families)) for cell in column), default=0.0
    )
    return float(longest**0.6 * 4 * EMU + 2 * CELL_X)


def _cell_pieces(cell: Cell, size: float, families: tuple[str, str]) -> Iterator[tuple[str, Look]]:
    level = table_level(LABEL if SMALL_HEAD & set(cell.classes) else size, families[1], cell.header)
    for paragraph in cell.paragraphs:
        yield from ((piece, look) for piece, look in _pieces(paragraph, level, 1.0, families) if piece not in ("\t", "\v"))
