"""Text as it stands on a slide: its lines broken with the faces that draw them, each word at its place.

Lengths are points. A line is 1.2 times its size whatever the face, as ``measure`` says; its letters stand on a base line where
their own face has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from .. import breaking, fonts, measure
from ..verify.inherit import Frame, Letters, Level
from ..verify.shapes import EMU

PITCH, ASIAN_PITCH = 1.2, measure.ASIAN_LINE
RAISED = 0.66  # of the size: letters above or below the line
SLACK = 0.05  # points: rounding
GUESS = 0.6  # of the size a letter: where the machine has no font at all
ENDLESS = 1e9
EMOJI = 1.25  # ems: the emoji faces that print falls back on


class Look(NamedTuple):
    """How a stretch of text is drawn. ``size`` is that of the line, before letters are raised and made smaller."""

    style: measure.Style
    size: float
    spacing: float = 0.0
    fill: str = "#000000"
    underline: bool = False
    strike: bool = False
    raised: float = 0.0  # of the size; below 0 for lowered letters

    @property
    def drawn(self) -> float:
        """Return the size of its letters."""
        return self.size * RAISED if self.raised else self.size


class Stretch(NamedTuple):
    """Text of one look and one face, ``width`` wide. ``family`` names the face that measured it, after the wanted one."""

    text: str
    look: Look
    family: str
    width: float


class Word(NamedTuple):
    """What stands between two places to break: its width, that without the spaces behind it, and its stretches."""

    full: float
    bare: float
    parts: tuple[Stretch, ...]


class Placed(NamedTuple):
    """A stretch at its place: from the left edge of the text, on the base line from its top."""

    x: float
    y: float
    stretch: Stretch


@dataclass
class Line:
    """Words side by side. Not frozen: it is filled. ``words`` stand at their own places, as tabs may part them."""

    start: float
    words: list[tuple[float, Word]] = field(default_factory=list)
    last: bool = False  # of its paragraph, or before a line break

    @property
    def end(self) -> float:
        return self.words[-1][0] + self.words[-1][1].bare if self.words else self.start

    def parts(self) -> Iterator[Stretch]:
        for _, word in self.words:
            yield from word.parts


class Block(NamedTuple):
    """A paragraph in lines. ``bullet`` is its mark and where that stands, ``above`` the space before it."""

    level: Level
    lines: tuple[Line, ...]
    pitches: tuple[float, ...]
    bases: tuple[float, ...]
    bullet: tuple[float, Stretch] | None
    before: float
    after: float

    @property
    def height(self) -> float:
        return sum(self.pitches)


@dataclass(frozen=True)
class Text:
    """A paragraph to be set: its runs with their looks, its bullet's look and words, what an empty one is as tall as."""

    level: Level
    runs: tuple[tuple[str, Look], ...]
    bullet: tuple[str, Look] | None
    empty: float

    @property
    def words(self) -> str:
        return "".join(text for text, _ in self.runs)


def look_of(letters: Letters, scale: float, families: tuple[str, str]) -> tuple[measure.Style, float]:
    """Return the style of some letters and their size. ``families`` are those of Latin and of East Asian text."""
    style = measure.Style(families[0], families[1], "", letters.bold, letters.italic, letters.caps)
    return style, letters.size * scale


def blocks(texts: Sequence[Text], room: float, frame: Frame) -> list[Block]:
    """Return paragraphs broken into lines of a width."""
    return [_block(text, room if frame.wraps else ENDLESS, frame, text is texts[0]) for text in texts]


def height(found: Sequence[Block]) -> float:
    """Return how tall paragraphs are below each other."""
    return sum(each.before + each.height for each in found) + sum(each.after for each in found[:-1])


def placed(found: Sequence[Block], room: tuple[float, float], frame: Frame) -> Iterator[Placed]:
    """Yield every stretch at its place in a room of a width and height, anchored as the frame says."""
    gap = frame.gap / EMU
    wide = (room[0] - gap * (frame.columns - 1)) / frame.columns
    spare = room[1] - height(found)
    top = {"ctr": spare / 2, "b": spare}.get(frame.anchor, 0.0) if frame.columns == 1 else 0.0
    column, y = 0, top
    for block in found:
        y += block.before
        for number, (line, pitch, base) in enumerate(zip(block.lines, block.pitches, block.bases, strict=True)):
            if y + pitch > room[1] + SLACK and column < frame.columns - 1:
                column, y = column + 1, 0.0
            x = column * (wide + gap)
            shift, air = _aligned(line, block.level, wide)
            if block.bullet and not number:
                yield Placed(x + shift + block.bullet[0], y + base, block.bullet[1])
            yield from _line(line, x + shift, y + base, air, block.level)
            y += pitch
        y += block.after


def _line(line: Line, x: float, y: float, air: float, level: Level) -> Iterator[Placed]:
    """Yield the stretches of a line; those that follow each other in one look are one."""
    words = line.words
    from_right = breaking.runs_from_right("".join(part.text for part in line.parts()))
    if from_right and len({part.look for part in line.parts()}) > 1:
        words = _mirrored(line)
    run: Placed | None = None
    for number, (at, word) in enumerate(words):
        start = x + at + air * number
        for part in word.parts:
            joined = run is not None and not air and not from_right and _follows(run, part, start)
            if run is not None and joined:
                run = Placed(
                    run.x, run.y, run.stretch._replace(text=run.stretch.text + part.text, width=run.stretch.width + part.width)
                )
            else:
                if run is not None:
                    yield run
                run = Placed(start, y - part.look.raised * part.look.size, part)
            start += part.width
    if run is not None:
        yield run


def _follows(run: Placed, part: Stretch, start: float) -> bool:
    same = run.stretch.look == part.look and run.stretch.family == part.family
    return same and abs(run.x + run.stretch.width - start) < SLACK


def _mirrored(line: Line) -> list[tuple[float, Word]]:
    """Return the words of a line that runs from the right, the first at its right end."""
    left, right = line.start, max(at + word.full for at, word in line.words)
    return [(left + right - at - word.full, word) for at, word in line.words]


def _aligned(line: Line, level: Level, wide: float) -> tuple[float, float]:
    """Return how far a line is moved to the right, and what is added between its words."""
    spare = wide - level.right / EMU - line.end
    if level.align in ("just", "dist") and not line.last and len(line.words) > 1 and spare > 0:
        return 0.0, spare / (len(line.words) - 1)
    return {"ctr": spare / 2, "r": spare}.get(level.align, 0.0), 0.0


# ------------------------------------------------------------------------------------------------------- breaking


def _block(text: Text, room: float, frame: Frame, first: bool) -> Block:
    level = text.level
    left, hung = level.left / EMU, (level.left + level.indent) / EMU
    bullet = None
    start = max(0.0, hung)
    if text.bullet:
        mark = _stretches(*text.bullet)
        stretch = mark[0] if mark else None
        bullet = (start, stretch._replace(width=sum(each.width for each in mark))) if stretch else None
        end = start + (bullet[1].width if bullet else 0.0)
        start = left if end <= left + SLACK else end + text.bullet[1].size * 0.3
    filler = _Filler(level, room, max(start, 0.0) if text.bullet else start)
    for word in _words(text.runs):
        filler.add(word)
    lines = filler.done()
    measured = [_measured(line, text, frame) for line in lines]
    size = level.letters.size * frame.scale
    before = 0.0 if first else level.before.points + level.before.share * size * PITCH
    after = level.after.points + level.after.share * size * PITCH
    return Block(level, lines, tuple(pitch for pitch, _ in measured), tuple(base for _, base in measured), bullet, before, after)


def _measured(line: Line, text: Text, frame: Frame) -> tuple[float, float]:
    """Return how tall a line is, and where its base line stands below its top."""
    parts = list(line.parts())
    pitch = max((_pitch(part) for part in parts), default=text.empty * PITCH)
    below = max((_below(part) for part in parts), default=0.0)
    level = text.level
    whole = level.line.points or pitch * max(0.1, level.line.share - frame.tighter)
    return whole, whole - below


def _pitch(part: Stretch) -> float:
    asian = any(kind == "ea" for _, kind in breaking.items(part.text))
    return (ASIAN_PITCH if asian else PITCH) * part.look.size


def _below(part: Stretch) -> float:
    return _pitch(part) * _share_below(part.family, part.look.style.bold, part.look.style.italic)


@cache
def _share_below(family: str, bold: bool, italic: bool) -> float:
    """Return how much of a line stands below the base line in the last of some families."""
    face = fonts.face(family.rsplit(",", maxsplit=1)[-1].strip("'"), bold, italic)
    return 1 - fonts.rise(face) if face else 0.2


def _words(runs: Sequence[tuple[str, Look]]) -> Iterator[Word]:
    """Yield the runs between their places to break; a word may go through several runs."""
    ends = list(accumulate(len(text) for text, _ in runs))
    position = number = 0
    for piece in breaking.pieces("".join(text for text, _ in runs)):
        parts: list[Stretch] = []
        end = position + len(piece)
        while position < end:
            while ends[number] <= position:
                number += 1
            stop, (text, look) = min(end, ends[number]), runs[number]
            start = ends[number] - len(text)
            parts.extend(_stretches(text[position - start : stop - start], look))
            position = stop
        yield _word(parts)


def _word(parts: Sequence[Stretch]) -> Word:
    full = sum(part.width for part in parts)
    bare = full
    for part in reversed(parts):
        kept = part.text.rstrip(breaking.SPACES)
        bare -= part.width
        if kept:
            bare += part.width if kept == part.text else _wide(kept, part)
            break
    return Word(full, bare, tuple(parts))


def _wide(text: str, like: Stretch) -> float:
    return sum(part.width for part in _stretches(text, like.look))


@lru_cache(maxsize=8192)
def _stretches(text: str, look: Look) -> list[Stretch]:
    """Return a text in stretches that one face draws."""
    if text in ("\t", "\v"):
        return [Stretch(text, look, "", 0.0)]
    shown = text.replace("\xad", "")
    return [
        Stretch(part, look, _named(look.style.family, face), _width(part, face, look))
        for part, face in measure.stretches(shown, look.style)
    ]


def _named(wanted: str, face: fonts.Face | None) -> str:
    """Return the families to draw with: the wanted one where it is measured by itself or its twin, else what stands in."""
    if face is None or not face.measured:
        return f"'{wanted}'"
    if face.how == "twin":
        return f"'{face.family}','{_titled(face.measured)}'"
    return f"'{_titled(face.measured)}'" if face.how == "estimate" else f"'{wanted}'"


def _titled(family: str) -> str:
    return family.title()


def _width(text: str, face: fonts.Face | None, look: Look) -> float:
    """Return how wide a stretch is as it is drawn: an estimate is wider, to be on the safe side, than its face is."""
    if breaking.emoji(text):
        ems = EMOJI * len(breaking.clusters(text))
    else:
        ems = fonts.width(text, face) / face.widen if face else GUESS * len(text)
    return ems * look.drawn + look.spacing * len(text)


class _Filler:
    """Fills lines with words, greedily. Positions are points from the left edge of the text."""

    def __init__(self, level: Level, room: float, start: float) -> None:
        self.level = level
        self.left = level.left / EMU
        self.limit = room - level.right / EMU + SLACK
        self.used = start
        self.lines = [Line(start)]

    def add(self, word: Word) -> None:
        text = word.parts[0].text if word.parts else ""
        if text == "\v":
            self.lines[-1].last = True
            self.end()
        elif text == "\t":
            self.used = self._stop()
        elif self.used + word.bare <= self.limit:
            self.put(word)
        else:
            self.wrap(word)

    def put(self, word: Word) -> None:
        self.lines[-1].words.append((self.used, word))
        self.used += word.full

    def wrap(self, word: Word) -> None:
        """Put a word on the next line; one that is wider than a line breaks between any two characters."""
        if self.lines[-1].words:
            self.end()
        if self.used + word.bare <= self.limit:
            self.put(word)
            return
        for letter in (_word(_stretches(each, part.look)) for part in word.parts for each in breaking.clusters(part.text)):
            if self.lines[-1].words and self.used + letter.bare > self.limit:
                self.end()
            self.put(letter)

    def end(self) -> None:
        self.used = self.left
        self.lines.append(Line(self.left))

    def done(self) -> tuple[Line, ...]:
        self.lines[-1].last = True
        return tuple(self.lines)

    def _stop(self) -> float:
        stops: Iterable[float] = (each / EMU for each in (*self.level.stops, self.level.left))
        wide = max(1.0, self.level.tab / EMU)
        return next((stop for stop in sorted(stops) if stop > self.used + SLACK), (self.used // wide + 1) * wide)
