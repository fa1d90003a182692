"""How much room text takes as it stands in the file: lines broken and counted a second time, independent of the writer.

Sizes, widths and heights in points; frames in EMU.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml.etree import _Element

from . import faces
from .archive import A
from .inherit import Frame, Layout, Letters, Level, Paragraph, paragraphs
from .shapes import EMU, Box, Shape, emu
from .tables import CELL, Cell, Look, Style, cells, dressed, parts_of_cell, style_of

CLOSING = "、。，．・：；？！」』】〕》〉）］｝”’ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…‥%％"  # begin no line (JIS X 4051)
OPENING = "「『【〔《〈（［｛“‘"  # end no line
ASIAN = (  # Hangul, kana, ideographs and their punctuation, full-width forms
    "\u1100-\u11ff\u2e80-\u303f\u3040-\u312f\u3130-\u318f\u31c0-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
# A piece ends where a line may end: after spaces, after a hyphen or dash, around each ideograph.
PIECES = re.compile(
    rf"[{OPENING}]*[{ASIAN}][{CLOSING}]*[ \u200b]*|[^{ASIAN} \u200b\t\v\n\-–—]*[\-–—\u00ad]*[ \u200b]+"
    rf"|[^{ASIAN} \u200b\t\v\n\-–—]*[\-–—]+|[^{ASIAN} \u200b\t\v\n\-–—]+|[\t\v\n]"
)
IS_ASIAN = re.compile(f"[{ASIAN}]")
CONTROL = re.compile(f"[\t\v\n{ASIAN}]")  # what makes a text more than words on a line
BLANKS, ENDS = " \u200b", " \u200b-–—"
LONG = 160  # characters: no single line has more, so adding up their widths is no short cut
IN_CELL = Frame(cell=True)
ENDLESS = 1e9  # points: the line of a text that does not wrap
SLACK = 0.05  # points: rounding


# A piece of text that no line break parts: its width without and with the spaces behind it, points from line to line,
# and what it is to its neighbours (one of the kinds below).
Unit = tuple[str, float, float, float]
OPEN, ENDED, ASIAN_PIECE, SIGN = range(4)  # goes on in the next; a line may end behind it; ideograph; tab or line break


class Type:
    """What a stretch of text is measured with; remembers its words. ``pitch`` is points from line to line."""

    __slots__ = ("_advance", "_caps", "_pieces", "_size", "_spacing", "asian_pitch", "pitch")

    def __init__(self, letters: Letters, scale: float, families: tuple[str, str], *, cell: bool) -> None:
        face = faces.face(families[0], letters.bold, letters.italic)
        asian = faces.face(families[1], letters.bold, letters.italic) if families[1] else None
        size = letters.size * scale
        self._advance = face.advances.__getitem__
        self._size, self._caps, self._spacing = size, letters.caps, letters.spacing
        self._pieces: dict[str, tuple[float, float, float, int]] = {}
        own = asian.pitch if asian is not None and asian.known else faces.ASIAN_OWN_PITCH
        # In a frame all Latin faces have one pitch; in a table's cell LibreOffice uses the face's own.
        self.pitch = (max(faces.PITCH, face.pitch) if cell else faces.PITCH) * size
        self.asian_pitch = (max(faces.ASIAN_PITCH, own) if cell else faces.ASIAN_PITCH) * size

    def width(self, text: str) -> float:
        """Return the width in points."""
        shown = text.upper() if self._caps else text
        return sum(map(self._advance, shown)) * self._size + self._spacing * len(shown)

    def pieces(self, text: str) -> Iterator[tuple[str, tuple[float, float, float, int]]]:
        """Yield what a text can be parted into, each with its width without and with blanks, its pitch and its kind."""
        known = self._pieces
        for piece in PIECES.findall(text):
            measured = known.get(piece)
            if measured is None:
                measured = known[piece] = self._measured(piece)
            yield piece, measured

    def _measured(self, piece: str) -> tuple[float, float, float, int]:
        if piece in "\t\v\n":
            return 0.0, 0.0, self.pitch, SIGN
        bare, full = self.width(piece.rstrip(BLANKS)), self.width(piece.replace("\u200b", ""))
        if IS_ASIAN.search(piece):
            return bare, full, self.asian_pitch, ASIAN_PIECE
        return bare, full, self.pitch, ENDED if piece[-1] in ENDS else OPEN


class Extent(NamedTuple):
    """What a text takes: ``width`` is its longest line; ``broken`` the first word wider than its line, "" for none."""

    lines: int
    height: float
    width: float
    broken: str = ""


class Laid(NamedTuple):
    """A text in its frame. ``room`` is width and height for the text in points, ``content`` where it stands, EMU."""

    shape: Shape
    frame: Frame
    paragraphs: tuple[Paragraph, ...]
    extent: Extent
    room: tuple[float, float]
    content: Box

    @property
    def text(self) -> str:
        return " ".join("".join(run.text for run in each.runs) for each in self.paragraphs)


class LaidCell(NamedTuple):
    """A table's cell with what its style gives it. ``row`` and ``column`` count from 0."""

    cell: Cell
    look: Look
    paragraphs: tuple[Paragraph, ...]
    extent: Extent


class Rows(NamedTuple):
    """A table as it is seen. ``heights`` are the rows' in EMU, as far as their text makes them grow by ``grown``."""

    shape: Shape
    box: Box
    heights: tuple[float, ...]
    grown: float
    cells: tuple[LaidCell, ...]


def lay(shape: Shape, layout: Layout) -> Laid | None:
    """Return the text of a shape in its frame; None where there is no text or no frame."""
    if shape.body is None or shape.box is None:
        return None
    texts = paragraphs(shape.body, layout.levels(shape))
    if not any(run.text for each in texts for run in each.runs):
        return None
    frame = layout.frame(shape)
    left, top, right, bottom = frame.insets
    wide, tall = (shape.box.height, shape.box.width) if frame.upright else (shape.box.width, shape.box.height)
    room = ((wide - left - right) / EMU, (tall - top - bottom) / EMU)
    column = (room[0] - (frame.columns - 1) * frame.gap / EMU) / frame.columns
    extent = extent_of(texts, column if frame.wraps else ENDLESS, frame, layout)
    if frame.columns > 1:
        extent = extent._replace(height=extent.height / frame.columns, width=room[0])
    return Laid(shape, frame, texts, extent, room, _content(shape.box, texts, frame, extent, room))


def rows(shape: Shape, layout: Layout, styles: Mapping[str, Style]) -> Rows | None:
    """Return a table as tall as its cells make it; None where the shape is no table."""
    table = shape.table
    if table is None or shape.box is None:
        return None
    lines = table.findall(A + "tr")
    told = [emu(row.get("h")) for row in lines]
    heights = list(told)
    style, flags = style_of(table, styles), table.find(A + "tblPr")
    size = (len(lines), len(table.findall(f"{A}tblGrid/{A}gridCol")))
    laid: list[LaidCell] = []
    for cell in cells(table):
        look = style.look(parts_of_cell(flags, cell.row, cell.column, size))
        each, insets = _lay_cell(cell, look, layout)
        laid.append(each)
        if cell.element.get("rowSpan", "1") == "1":
            heights[cell.row] = max(heights[cell.row], each.extent.height * EMU + insets)
    x, y, width, _ = shape.box
    return Rows(shape, Box(x, y, width, sum(heights)), tuple(heights), sum(heights) - sum(told), tuple(laid))


def _lay_cell(cell: Cell, look: Look, layout: Layout) -> tuple[LaidCell, float]:
    """Return a cell with its text, and its insets above and below together, EMU."""
    left, top, right, bottom = CELL.values() if cell.properties is None else (_inset(cell.properties, name) for name in CELL)
    if cell.body is None:
        return LaidCell(cell, look, (), Extent(0, 0.0, 0.0)), 0
    texts = paragraphs(cell.body, lambda number: layout.cached((look, number), lambda: dressed(layout.plain(number), look)))
    return LaidCell(cell, look, texts, extent_of(texts, (cell.width - left - right) / EMU, IN_CELL, layout)), top + bottom


def _inset(properties: _Element, name: str) -> float:
    return emu(properties.get(name), CELL[name])


def _content(box: Box, texts: Sequence[Paragraph], frame: Frame, extent: Extent, room: tuple[float, float]) -> Box:
    """Return the rectangle that the text itself covers: its frame less what stays empty."""
    if frame.upright:
        return box
    left, top, _, _ = frame.insets
    aligned = {each.level.align for each in texts}
    wide, tall = extent.width * EMU, extent.height * EMU
    spare = room[0] * EMU - wide
    shift = spare / 2 if aligned == {"ctr"} else spare if aligned == {"r"} else 0.0
    if len(aligned) > 1 or "dist" in aligned or "just" in aligned:
        shift, wide = min(0.0, spare), max(wide, room[0] * EMU)
    rise = {"ctr": 0.5, "b": 1.0}.get(frame.anchor, 0.0)
    return Box(box.x + left + shift, box.y + top + (room[1] * EMU - tall) * rise, wide, tall)


# ---------------------------------------------------------------------------------------------------- paragraphs


def extent_of(texts: Sequence[Paragraph], room: float, frame: Frame, layout: Layout) -> Extent:
    """Return what paragraphs take in a width in points."""
    lines, height, width, broken = 0, 0.0, 0.0, ""
    after = 0.0
    for number, paragraph in enumerate(texts):
        level = paragraph.level
        line = level.letters.size * frame.scale * faces.PITCH
        pitches, wide, word = _lines(paragraph, room, frame, layout)
        if number:
            height += after + level.before.points + level.before.share * line
        after = level.after.points + level.after.share * line
        height += _height(pitches, level, frame.tighter)
        lines, width, broken = lines + len(pitches), max(width, wide), broken or word
    return Extent(lines, height, width, broken)


def _height(pitches: Sequence[float], level: Level, tighter: float) -> float:
    if level.line.points:
        return level.line.points * len(pitches)
    return sum(pitches) * max(0.1, level.line.share - tighter)


def _lines(paragraph: Paragraph, room: float, frame: Frame, layout: Layout) -> tuple[list[float], float, str]:
    """Return the pitch of each line, the widest line, and the first word that no line holds."""
    breaker = _Breaker(paragraph.level, room)
    stretches = [(run.text, type_of(run.letters, frame, layout)) for run in paragraph.runs]
    if len(stretches) == 1 and breaker.takes(*stretches[0]):
        return breaker.pitches, breaker.widest, ""
    for unit in _units(stretches):
        breaker.add(unit)
    if not breaker.started:
        breaker.pitches[-1] = type_of(paragraph.end, frame, layout).pitch
    return breaker.pitches, breaker.widest, breaker.broken


class _Breaker:
    """Fills lines greedily, as every program that shows slides does. Positions are points from the left inset."""

    def __init__(self, level: Level, room: float) -> None:
        self.level = level
        self.left = level.left / EMU
        self.limit = room - level.right / EMU + SLACK
        self.pitches = [0.0]
        self.widest = 0.0
        self.broken = ""
        self.started = False
        hung = self.left + level.indent / EMU
        self.used = max(self.left, hung) if level.bullet else max(0.0, hung)
        self.fresh = True

    def takes(self, text: str, setting: Type) -> bool:
        """Put a text that is plainly one line on it; False where it has to be looked at word by word."""
        if len(text) > LONG or CONTROL.search(text):
            return False
        end = self.used + setting.width(text)
        if end > self.limit:
            return False
        self.widest, self.pitches[-1] = end, setting.pitch
        return bool(text)

    def add(self, unit: Unit) -> None:
        text, bare, full, pitch = unit
        self.started = True
        if not self.fresh and self.used + bare > self.limit:
            self._next(pitch)
        if self.used + bare > self.limit and bare:
            self._put(unit)
        elif text == "\t":
            self.used = self._stop()
        elif text in ("\v", "\n"):
            self._next(pitch)
        else:
            end = self.used + bare
            self.used += full
            self.fresh = False
            self.widest = max(self.widest, end)
        self.pitches[-1] = max(self.pitches[-1], pitch)

    def _put(self, unit: Unit) -> None:
        """Put a word that no line holds: it is broken between letters."""
        text, bare, full, pitch = unit
        self.broken = self.broken or text.strip()
        self.pitches[-1] = max(self.pitches[-1], pitch)
        end = self.used + bare
        room = max(1.0, self.limit - self.left)
        while end > self.limit:
            end -= room
            self.pitches.append(pitch)
        self.widest = max(self.widest, self.limit)
        self.used = end + full - bare
        self.fresh = False

    def _next(self, pitch: float) -> None:
        self.pitches[-1] = self.pitches[-1] or pitch
        self.pitches.append(0.0)
        self.used = self.left
        self.fresh = True

    def _stop(self) -> float:
        stops = (each / EMU for each in (*self.level.stops, self.level.left))
        wide = max(1.0, self.level.tab / EMU)
        return next((stop for stop in sorted(stops) if stop > self.used + SLACK), (self.used // wide + 1) * wide)


def _units(stretches: Sequence[tuple[str, Type]]) -> Iterator[Unit]:
    """Yield what no line break parts. A word may go through several runs."""
    text, bare, full, pitch = "", 0.0, 0.0, 0.0
    for stretch, setting in stretches:
        for piece, (own_bare, own_full, own_pitch, kind) in setting.pieces(stretch):
            if kind == ENDED and not text:
                yield piece, own_bare, own_full, own_pitch
                continue
            if text and kind >= ASIAN_PIECE:
                yield text, bare, full, pitch
                text, bare, full, pitch = "", 0.0, 0.0, 0.0
            bare = full + own_bare if piece.strip(BLANKS) else bare
            text, full, pitch = text + piece, full + own_full, max(pitch, own_pitch)
            if kind != OPEN:
                yield text, bare, full, pitch
                text, bare, full, pitch = "", 0.0, 0.0, 0.0
    if text:
        yield text, bare, full, pitch


def type_of(letters: Letters, frame: Frame, layout: Layout) -> Type:
    """Return what text set like this is measured with."""
    key = (letters, frame.scale, frame.cell)
    known = layout.types.get(key)
    if known is None:
        families = (layout.typeface(letters.latin), layout.typeface(letters.asian))
        known = layout.types[key] = Type(letters, frame.scale, families, cell=frame.cell)
    return known
