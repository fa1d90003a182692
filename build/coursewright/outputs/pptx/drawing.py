"""A drawing as native shapes: what ``svg`` read becomes one group that anybody can edit in PowerPoint.

Colours are the theme's and fonts are the theme's, so a drawing follows the brand. Lengths are EMU (914,400 an inch,
12,700 a point) wherever nothing else is said; the drawing's own are user units. A line that ends on a shape is
connected to it, and a word in the middle of a shape is that shape's own text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from lxml.etree import _Element

from ...problems import Broken, Problem, warning
from . import lettering, svg
from .colours import Ground
from .curves import Point
from .lettering import Hand
from .nodes import node
from .svg import Box, Line, Mark, Picture, Shape, Text
from .values import Rect

LEAST_TEXT, LEAST_LABEL = 18.0, 12.0  # points, as the look has them
TOUCH = 0.8  # user units: an end of a line this near to a connection site is meant to touch it
HEADS = {"w1": "lg", "w2": "med", "w3": "sm"}  # of an arrow, by its width: print draws it nine units long
SIN_45 = 0.70711


class Drawn(NamedTuple):
    """A group for the slide's shape tree, and what could not be drawn as the template meant it."""

    shape: _Element
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Canvas:
    """Where user units land on the slide, and how text is set there."""

    scale: float  # EMU a user unit
    x: float  # of the user units' origin
    y: float
    hand: Hand

    def length(self, units: float) -> int:
        return round(units * self.scale)

    def box(self, box: Box) -> Rect:
        return Rect(
            round(self.x + box.x * self.scale),
            round(self.y + box.y * self.scale),
            self.length(box.width),
            self.length(box.height),
        )


@dataclass(frozen=True)
class Piece:
    """A mark with its shape id and its name; ``label`` is a text that stands in the middle of it."""

    mark: Mark
    number: int
    name: str
    label: Text | None = None


def draw(
    element: _Element,
    rect: Rect,
    ids: Iterator[int],
    name: str,
    language: str,
    ground: Ground,
    families: tuple[str, str],
) -> Drawn:
    """Return the drawing as one ``p:grpSp``, fitted into ``rect`` at its left edge, half way down, never stretched.

    ``ids`` gives shape ids that are free on the slide; ``name`` is the group's where the drawing has none of its own;
    ``language`` goes on every run; ``families`` are the typefaces of headings and of text, which the words are measured
    with: if one is wider than its room, all text of the drawing gets smaller. The ``<title>`` is the alternative text.
    Raises :class:`Broken` when the drawing has no usable viewBox.
    """
    picture = svg.read(element)
    name = picture.name or name
    if picture.view is None:
        raise Broken([Problem(f'drawing "{name}" has no viewBox', hint='such as viewBox="0 0 800 450"')])
    scale = min(rect.width / picture.view.width, rect.height / picture.view.height)
    fitted = _fitted(rect, round(picture.view.width * scale), round(picture.view.height * scale))
    shrink = lettering.shrink(picture, families)
    hand = Hand(ground, language, families, scale / lettering.POINT, shrink)
    canvas = Canvas(scale, fitted.x - picture.view.x * scale, fitted.y - picture.view.y * scale, hand)
    group = _group(fitted, next(ids), name, picture.title)
    pieces = tuple(_pieces(picture.marks, ids))
    group.extend(_shape(piece, pieces, canvas, picture.view) for piece in pieces)
    faults = (Problem(f'drawing "{name}" {fault}') for fault in picture.faults)
    return Drawn(group, (*faults, *_small(picture, name, hand)))


def _fitted(rect: Rect, width: int, height: int) -> Rect:
    """The left edge is that of the title and the text; what is left over stands above and below alike."""
    return Rect(rect.x, rect.y + (rect.height - height) // 2, width, height)


def _small(picture: Picture, name: str, hand: Hand) -> Iterator[Problem]:
    """Yield one warning when text lands below the look's least size."""
    texts = [mark for mark in picture.marks if isinstance(mark, Text)]
    small = [(hand.points(text.look.size), text) for text in texts if hand.points(text.look.size) < _least(text)]
    if small:
        size, text = min(small, key=lambda pair: pair[0])
        tight = f"; in the brand’s font “{lettering.tightest(picture, hand.families)}” is too wide" if hand.shrink < 1 else ""
        hint = f"fewer or shorter words, or a larger place for it: text is at least {LEAST_TEXT:g} pt, labels {LEAST_LABEL:g} pt"
        yield warning(f'drawing "{name}" has text of {size:g} pt (“{text.words[:40]}”){tight}', hint=hint)


def _least(text: Text) -> float:
    return LEAST_LABEL if "t-label" in text.look.classes else LEAST_TEXT


# ------------------------------------------------------------------------------------------------- pieces


def _pieces(marks: Iterable[Mark], ids: Iterator[int]) -> Iterator[Piece]:
    """Yield the marks with ids and names that mean something in PowerPoint's selection pane."""
    counts: Counter[str] = Counter()
    for mark, label in _labelled(tuple(marks)):
        kind = "text" if isinstance(mark, Text) else mark.kind if isinstance(mark, Shape) else "line"
        counts[kind] += 1
        yield Piece(mark, next(ids), _name(mark, label) or f"{kind} {counts[kind]}", label)


def _labelled(marks: tuple[Mark, ...]) -> Iterator[tuple[Mark, Text | None]]:
    """Yield marks, each shape with the word that stands in its middle, which then is no mark of its own."""
    inside = {index + 1 for index, (mark, text) in enumerate(pairwise(marks)) if _stands_in(mark, text)}
    for index, mark in enumerate(marks):
        following = marks[index + 1] if index + 1 in inside else None
        if index not in inside:
            yield mark, following if isinstance(following, Text) else None


def _stands_in(mark: Mark, text: Mark) -> bool:
    if not isinstance(mark, Shape) or not isinstance(text, Text) or mark.kind == "freeform" or len(text.lines) > 1:
        return False
    across, down = mark.box.middle
    share = 1 if mark.kind == "rectangle" else SIN_45  # of a circle, text has the square in it
    return (
        text.look.anchor == "middle"
        and abs(text.x - across) < TOUCH
        and abs(text.base - down - text.look.size * 0.33) < TOUCH
        and lettering.likely_width(text) <= mark.box.width * share
        and text.pitch <= mark.box.height * share
    )


def _name(mark: Mark, label: Text | None) -> str:
    if isinstance(mark, Text):
        return _first_words(mark.words)
    if mark.name or label is None:
        return mark.name
    return f"{mark.kind} {_first_words(label.words)}" if isinstance(mark, Shape) else ""


def _first_words(text: str) -> str:
    return text if len(text) <= 32 else f"{text[:32].rsplit(' ', 1)[0]}…"


# ------------------------------------------------------------------------------------------------- shapes


def _shape(piece: Piece, pieces: tuple[Piece, ...], canvas: Canvas, view: Box) -> _Element:
    match piece.mark:
        case Line() as line:
            return _line(piece, line, pieces, canvas)
        case Text() as text:
            box = canvas.box(lettering.box(text, canvas.hand, view))
            properties = node("p:spPr", _place(box), _preset("rect"), node("a:noFill"))
            return node("p:sp", _named(piece, txBox="1"), properties, lettering.body(text, canvas.hand))
        case Shape() as shape:
            return _solid(piece, shape, canvas)


def _solid(piece: Piece, shape: Shape, canvas: Canvas) -> _Element:
    box = canvas.box(shape.box)
    fill = canvas.hand.fill(shape.look.colour("fill"), half="half" in shape.look.classes)
    properties = node("p:spPr", _place(box), _geometry(shape, box, canvas), fill, _stroke(shape, canvas))
    words = [] if piece.label is None else [lettering.inside(piece.label, canvas.hand)]
    return node("p:sp", _named(piece), properties, *words)


def _geometry(shape: Shape, box: Rect, canvas: Canvas) -> _Element:
    if shape.kind == "freeform":
        return _custom(shape, box, canvas)
    if shape.kind != "rectangle":
        return _preset("ellipse")
    radius = min(shape.radius, shape.box.width / 2, shape.box.height / 2)
    if not radius:
        return _preset("rect")
    share = radius / min(shape.box.width, shape.box.height)
    return _preset("roundRect", node("a:gd", name="adj", fmla=f"val {round(share * 100_000)}"))


def _custom(shape: Shape, box: Rect, canvas: Canvas) -> _Element:
    names = {"M": "a:moveTo", "L": "a:lnTo", "C": "a:cubicBezTo", "Q": "a:quadBezTo", "Z": "a:close"}
    path = node("a:path", w=str(box.width), h=str(box.height))
    for command, points in shape.steps:
        spots = ((canvas.length(x - shape.box.x), canvas.length(y - shape.box.y)) for x, y in points)
        path.append(node(names[command], *(node("a:pt", x=str(x), y=str(y)) for x, y in spots)))
    lists = (node(f"a:{name}") for name in ("avLst", "gdLst", "ahLst", "cxnLst"))
    return node("a:custGeom", *lists, node("a:rect", l="0", t="0", r="r", b="b"), node("a:pathLst", path))


def _stroke(mark: Shape | Line, canvas: Canvas) -> _Element:
    colour = mark.look.colour("stroke")
    if colour == "none":
        return node("a:ln", node("a:noFill"))
    dashes = [node("a:prstDash", val="dash")] if "dashed" in mark.look.classes else []
    size = next((HEADS[name] for name in reversed(mark.look.classes) if name in HEADS), "med")
    heads = [node("a:tailEnd", type="triangle", w=size, len=size)] if "arrow" in mark.look.classes else []
    return node("a:ln", canvas.hand.fill(colour), *dashes, *heads, w=str(canvas.length(mark.look.width())))


def _named(piece: Piece, **more: str) -> _Element:
    own = node("p:cNvPr", id=str(piece.number), name=piece.name)
    return node("p:nvSpPr", own, node("p:cNvSpPr", **more), node("p:nvPr"))


def _group(box: Rect, number: int, name: str, alt: str) -> _Element:
    named = node("p:cNvPr", id=str(number), name=name, descr=alt)
    place = _place(box)
    place.extend([node("a:chOff", x=str(box.x), y=str(box.y)), node("a:chExt", cx=str(box.width), cy=str(box.height))])
    return node("p:grpSp", node("p:nvGrpSpPr", named, node("p:cNvGrpSpPr"), node("p:nvPr")), node("p:grpSpPr", place))


def _place(box: Rect) -> _Element:
    return node("a:xfrm", node("a:off", x=str(box.x), y=str(box.y)), node("a:ext", cx=str(box.width), cy=str(box.height)))


def _preset(kind: str, *guides: _Element) -> _Element:
    return node("a:prstGeom", node("a:avLst", *guides), prst=kind)


# -------------------------------------------------------------------------------------------------- lines


def _line(piece: Piece, line: Line, pieces: tuple[Piece, ...], canvas: Canvas) -> _Element:
    (x1, y1), (x2, y2) = line.start, line.end
    place = _place(canvas.box(Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))))
    for key, flipped in (("flipH", x2 < x1), ("flipV", y2 < y1)):
        if flipped:
            place.set(key, "1")
    ends = [*_joined("a:stCxn", line.start, pieces), *_joined("a:endCxn", line.end, pieces)]
    own = node("p:cNvPr", id=str(piece.number), name=piece.name)
    properties = node("p:spPr", place, _preset("straightConnector1" if ends else "line"), _stroke(line, canvas))
    return node("p:cxnSp", node("p:nvCxnSpPr", own, node("p:cNvCxnSpPr", *ends), node("p:nvPr")), properties)


def _joined(tag: str, end: Point, pieces: tuple[Piece, ...]) -> list[_Element]:
    """Return the connection of an end of a line: to the last painted shape that has a site there, if there is one."""
    for piece in reversed(pieces):
        for number, site in enumerate(_sites(piece.mark)):
            if abs(site[0] - end[0]) < TOUCH and abs(site[1] - end[1]) < TOUCH:
                return [node(tag, id=str(piece.number), idx=str(number))]
    return []


def _sites(mark: Mark) -> tuple[Point, ...]:
    """Return the connection sites of a shape in PowerPoint's order (ECMA-376 part 1, presetShapeDefinitions.xml)."""
    if not isinstance(mark, Shape) or mark.kind == "freeform":
        return ()
    (across, down), half, tall = mark.box.middle, mark.box.width / 2, mark.box.height / 2
    turns: tuple[Point, ...] = ((0, -1), (-1, 0), (0, 1), (1, 0))
    if mark.kind != "rectangle":
        turns = ((0, -1), (-SIN_45, -SIN_45), (-1, 0), (-SIN_45, SIN_45), (0, 1), (SIN_45, SIN_45), (1, 0), (SIN_45, -SIN_45))
    return tuple((across + x * half, down + y * tall) for x, y in turns)
