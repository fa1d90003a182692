"""How wide words are and how tall lines get: text laid out as renderers do, before the file is written.

Widths come from HarfBuzz, word by word, for each script with its own typeface. Sizes are points, lengths EMU.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, pairwise
from math import floor
from typing import NamedTuple

from . import breaking, fonts
from .page import Paragraph, Run
from .values import Level

EMU = 12_700  # a point
# Single spacing is 1.2 times the size whatever the face: so LibreOffice (FontIndependentLineSpacing) and PowerPoint for the
# Mac. PowerPoint for Windows lets a box of 18 points text grow by 276,999 EMU a line, which is 1.2117 times the size.
LINE = 1.212
ASIAN_LINE = 1.27  # Hangul lines of 1.13 to 1.265 times the size were seen in PowerPoint
MARGIN = 0.965  # of the width is used: renderers differ in kerning and rounding
SMALLEST = 18.0
HANG = 342_900  # EMU: the usual hanging indent of a numbered paragraph
TAB = 914_400  # EMU between the default tab stops
MONOSPACE = "Courier New"
LABEL_SPACING = 1.0  # points between the letters of a label, which is in capitals

GAP = 0.2  # ems that LibreOffice sets between East Asian and other text; PowerPoint sets a little less
NEITHER = (False, False)
EMOJI = 1.36  # ems: Segoe UI Emoji, the widest of the usual ones
GUESSED = {"ea": (1.0, 1.45), "cs": (0.7, 1.52), "latin": (0.7, LINE)}  # ems: width and line of what no font here has
TALL = {"arabic": 2.12, "hebrew": 1.37, "cs": 1.52}  # ems: Noto's faces, which another machine may take; Thai for the rest


class Style(NamedTuple):
    """What decides how wide a piece of text is, but for its size."""

    family: str
    ea: str
    cs: str
    bold: bool
    italic: bool
    caps: bool


class Extent(NamedTuple):
    """A piece in ems: its width, that without the spaces at its end, its letters, its line in a frame and in a table cell.

    ``ink`` is how tall its face is, or may be. ``asian`` says whether its first and its last character are East Asian.
    """

    full: float
    bare: float
    letters: int
    line: float
    cell_line: float
    ink: float
    asian: tuple[bool, bool]


class Word(NamedTuple):
    """What stands between two places to break, in points. ``parts`` are its pieces with style, size and letter spacing.

    ``spill`` is how much taller than its line its face is.
    """

    full: float
    bare: float
    line: float
    spill: float
    asian: tuple[bool, bool]
    parts: tuple[tuple[str, Style, float, float], ...]


class Lines(NamedTuple):
    """The height of each line, points, and how much taller than its line the tallest face is.

    Lines follow each other at the pitch of the size, but the last must hold its letters whole.
    """

    heights: tuple[float, ...]
    spill: float


class Hanging(NamedTuple):
    """Where lines start, EMU from the left edge of the text. ``own`` says that the layout would place them elsewhere."""

    margin: int
    indent: int
    own: bool = False


def points(size: float, scale: float) -> float:
    """Return a scaled size as it is written: tenths of a point, rounded down, so that it is never larger than allowed."""
    return size if scale == 1.0 else floor(size * scale * 10 + 1e-6) / 10


def run_size(run: Run, level: Level) -> float:
    """Return the size of a run at full scale, points: small runs are a tenth smaller, but never too small to read."""
    return max(SMALLEST, level.size * 0.9) if "small" in run.classes and level.size >= SMALLEST else level.size


def hanging(paragraph: Paragraph, level: Level) -> Hanging:
    """Return how a paragraph hangs. A plain one without a tab does not hang, even where the layout's bullets do."""
    hangs = level.margin > 0 > level.indent
    if hangs and paragraph.kind == "bullet":
        return Hanging(level.margin, level.indent)
    tabbed = "\t" in paragraph.text
    if paragraph.kind == "number" or (tabbed and not hangs):
        return Hanging(level.margin, level.indent) if hangs else Hanging(level.margin + HANG, -HANG, own=True)
    if paragraph.kind != "bullet" and not tabbed and level.margin and level.indent:
        return Hanging(0, 0, own=True)
    return Hanging(level.margin, level.indent)


def lines(paragraph: Paragraph, level: Level, scale: float, room: int, families: tuple[str, str], *, cell: bool = False) -> Lines:
    """Return the lines of a paragraph at single spacing. ``room`` is the width, EMU.

    Lines break greedily, as in every renderer. In a table cell LibreOffice uses the face's own line height.
    """
    place = hanging(paragraph, level)
    bulleted = paragraph.kind == "number" or (paragraph.kind == "bullet" and place.indent < 0)
    first = 0.0 if bulleted else place.indent / EMU
    filler = _Filler((room * MARGIN - place.margin) / EMU, first, points(level.size, scale) * LINE, cell)
    filler.fill(_words(paragraph, level, scale, families, cell))
    return filler.done()


class _Filler:
    """Fills lines with words. Positions are points from where further lines start."""

    def __init__(self, wide: float, first: float, least: float, cell: bool) -> None:
        self.wide = wide
        self.used = first
        self.least = least  # height of a line without text
        self.cell = cell
        self.tallest = 0.0
        self.spill = 0.0
        self.empty = True
        self.asian = False
        self.heights: list[float] = []

    def fill(self, words: Iterable[Word]) -> None:
        for word in words:
            if word.asian[0] != self.asian and not self.empty:
                self.used += GAP * word.line
            if not word.line:
                self.control(word.parts[0][0])
            elif self.used + word.bare <= self.wide:
                self.put(word)
            else:
                self.wrap(word)

    def put(self, word: Word) -> None:
        self.used += word.full
        self.asian = word.asian[1]
        self.empty = False
        if word.line > self.tallest or word.spill > self.spill:  # rarely: comparing is faster than calling max twice
            self.tallest, self.spill = max(self.tallest, word.line), max(self.spill, word.spill)

    def wrap(self, word: Word) -> None:
        """Put a word on the next line; one that is wider than a line breaks between any two characters."""
        if not self.empty:
            self.end()
        if self.used + word.bare <= self.wide:
            self.put(word)
            return
        for text, *look in word.parts:
            for letter in (_part(each, *look, self.cell) for each in breaking.clusters(text)):
                if not self.empty and self.used + letter.bare > self.wide:
                    self.end()
                self.put(letter)

    def control(self, char: str) -> None:
        """A line break, or a tab: to the hanging indent, from there to the next of the default stops."""
        if char == "\v":
            self.end()
        else:
            self.used = 0.0 if self.used < 0 else (self.used * EMU // TAB + 1) * TAB / EMU
            self.empty = False

    def end(self) -> None:
        self.heights.append(self.tallest or self.least)
        self.used, self.tallest, self.empty = 0.0, 0.0, True

    def done(self) -> Lines:
        return Lines((*self.heights, self.tallest or self.least), self.spill)


def _words(paragraph: Paragraph, level: Level, scale: float, families: tuple[str, str], cell: bool) -> Iterator[Word]:
    """The paragraph between its places to break; a word may go on from one run to the next."""
    runs = [(run.text, *_look(run, level, scale, families)) for run in paragraph.runs]
    if len(runs) == 1:
        text, *look = runs[0]
        yield from (_part(piece, *look, cell) for piece in breaking.pieces(text))
        return
    ends = list(accumulate(len(run[0]) for run in runs))
    position, number = 0, 0
    for piece in breaking.pieces(paragraph.text):
        parts: list[Word] = []
        end = position + len(piece)
        while position < end:
            stop = min(end, ends[number])
            if stop > position:
                text, *look = runs[number]
                start = ends[number] - len(text)
                parts.append(_part(text[position - start : stop - start], *look, cell))
            position = stop
            number += position == ends[number] and number < len(ends) - 1
        yield parts[0] if len(parts) == 1 else _joined(parts)


def _joined(parts: list[Word]) -> Word:
    full = sum(part.full for part in parts)
    bare = full - parts[-1].full + parts[-1].bare
    asian = (parts[0].asian[0], parts[-1].asian[1])
    line, spill = max(part.line for part in parts), max(part.spill for part in parts)
    return Word(full, bare, line, spill, asian, tuple(each for part in parts for each in part.parts))


@cache
def _part(piece: str, style: Style, size: float, spacing: float, cell: bool) -> Word:
    """A piece in one style. Tabs and line breaks have neither width nor height."""
    if piece in ("\t", "\v"):
        return Word(0.0, 0.0, 0.0, 0.0, NEITHER, ((piece, style, size, spacing),))
    extent = _extent(piece, style)
    more = extent.letters * spacing
    line = extent.cell_line if cell else extent.line
    spill = max(0.0, extent.ink - line) * size
    return Word(
        extent.full * size + more, extent.bare * size + more, line * size, spill, extent.asian, ((piece, style, size, spacing),)
    )


def word_widths(paragraph: Paragraph, level: Level, families: tuple[str, str]) -> Iterator[tuple[float, float]]:
    """Yield the width of each word in points, with and without the spaces after it."""
    for word in _words(paragraph, level, 1.0, families, cell=False):
        if word.line:
            yield word.full, word.bare


def _look(run: Run, level: Level, scale: float, families: tuple[str, str]) -> tuple[Style, float, float]:
    """The style of a run, its size and what is added between letters, points."""
    names = run.classes
    label = "label" in names
    heavy = "number" in names or "letter" in names
    family = MONOSPACE if run.code else families[0] if heavy or "serif" in names else level.typeface
    style = Style(family, level.ea, level.cs, run.bold or level.bold or heavy, run.italic or level.italic, level.caps or label)
    return style, points(run_size(run, level), scale), LABEL_SPACING if label else level.spacing


# ---------------------------------------------------------------------------------------------- one piece of text


@cache
def _extent(piece: str, style: Style) -> Extent:
    """Measure a piece. Small capitals count as capitals, a soft hyphen as the hyphen it may become."""
    shown = (piece.upper() if style.caps else piece).replace("\u00ad", "-")
    kept = shown.rstrip(breaking.SPACES)
    stretches = list(breaking.items(kept))
    measured = [_stretch(text, kind, style) for text, kind in stretches]
    changes = sum((one == "ea") != (other == "ea") for (_, one), (_, other) in pairwise(stretches))
    bare = sum(each[0] for each in measured) + GAP * changes
    spaces = _stretch(shown[len(kept) :], "latin", style)[0] if len(kept) < len(shown) else 0.0
    line = ASIAN_LINE if any(kind == "ea" for _, kind in stretches) else LINE
    ends = (stretches[0][1] == "ea", stretches[-1][1] == "ea")
    cell_line, ink = (max([line, *(each[at] for each in measured)]) for at in (1, 2))
    return Extent(bare + spaces, bare, len(kept), line, cell_line, ink, ends)


def _stretch(text: str, kind: str, style: Style) -> tuple[float, float, float]:
    """Width, line height and height of the face, in ems, of a stretch of one kind."""
    if kind == "emoji":
        return EMOJI, LINE, LINE
    wanted = fonts.face(_family(kind, style), style.bold, style.italic)
    if kind == "ea":
        text = breaking.squared(text)
    parts = [_in_face(part, kind, face) for part, face in _by_face(text, kind, wanted, style)]
    widths, lines, inks = zip(*parts, strict=True)
    return sum(widths), max(lines), max(inks)


def _family(kind: str, style: Style) -> str:
    return {"ea": style.ea, "cs": style.cs}.get(kind, "") or style.family


def _by_face(text: str, kind: str, wanted: fonts.Face | None, style: Style) -> Iterable[tuple[str, fonts.Face | None]]:
    """The text in stretches of one face: the wanted one wherever it has the character, else one that has."""
    if wanted is not None and all(_has(wanted, char) for char in text):
        return [(text, wanted)]
    found: list[tuple[str, fonts.Face | None]] = []
    for cluster in breaking.clusters(text):
        face = _face_for(cluster, wanted, style)
        if found and found[-1][1] == face:
            found[-1] = (found[-1][0] + cluster, face)
        else:
            found.append((cluster, face))
    return found


def _face_for(cluster: str, wanted: fonts.Face | None, style: Style) -> fonts.Face | None:
    """The face that measures a cluster: the wanted one, else any that has its letter; None where none has."""
    if wanted is not None and all(_has(wanted, char) for char in cluster):
        return wanted
    base = next((char for char in cluster if breaking.wants_glyph(char)), cluster[0])
    return fonts.having(base, style.bold, style.italic)


def _has(face: fonts.Face, char: str) -> bool:
    return not breaking.wants_glyph(char) or fonts.covers(face, char)


def _in_face(text: str, kind: str, face: fonts.Face | None) -> tuple[float, float, float]:
    tall = TALL.get(breaking.script(text) if kind == "cs" else kind, LINE)
    if face is None:
        width, line = GUESSED[kind]
        shown = (breaking.wants_glyph(cluster[0]) or cluster[0] == " " for cluster in breaking.clusters(text))
        return width * sum(shown), line, tall
    line = fonts.line(face)
    ideographs = kind == "ea" and face.how == "estimate"  # a full square in any face, never wider
    width = fonts.width(text, face) / (face.widen if ideographs else 1.0)
    return width, line, max(line, tall) if face.how == "estimate" else line


def missing(text: str, style: Style) -> frozenset[str]:
    """Return the characters of a text that no installed font has; emoji are another matter."""
    if text.isascii():
        return frozenset()
    return frozenset(char for char in breaking.EMOJI.sub("", text) if _is_missing(char, style))


@cache
def _is_missing(char: str, style: Style) -> bool:
    return breaking.wants_glyph(char) and _face_for(char, fonts.face(style.family, style.bold, style.italic), style) is None


def stretches(text: str, style: Style) -> Iterator[tuple[str, fonts.Face | None]]:
    """Yield a text in stretches that one face draws, in capitals where the style has them."""
    shown = text.upper() if style.caps else text
    for part, kind in breaking.items(shown):
        yield from _by_face(part, kind, fonts.face(_family(kind, style), style.bold, style.italic), style)


def styles(paragraphs: Iterable[Paragraph], level: Level, families: tuple[str, str]) -> Iterator[tuple[str, Style]]:
    """Yield each run's text with its style."""
    for paragraph in paragraphs:
        yield from ((run.text, _look(run, level, 1.0, families)[0]) for run in paragraph.runs)
