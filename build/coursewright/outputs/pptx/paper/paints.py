"""Fills and lines as SVG: the colours of a part, gradients, dashes, heads of arrows. Lengths are points."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count, pairwise
from typing import NamedTuple

from lxml.etree import _Element

from .. import thumbs
from ..outlines import TURN, plain
from ..svg import Box
from ..verify.archive import A, Archive, P, R, Relation
from ..verify.inherit import Layout
from ..verify.paint import BLACK, Colour, Palette
from ..verify.shapes import EMU, Shape, emu

FILLS = frozenset(A + name for name in ("solidFill", "gradFill", "noFill", "pattFill", "blipFill", "grpFill"))
HAIR = 9_525  # EMU: a line that does not say how wide it is (ECMA-376 part 1, 20.1.2.2.24)
THIN = 0.35  # points: the thinnest line that paper shows
DASHES: Mapping[str, tuple[float, ...]] = {  # in widths of the line (20.1.10.49)
    "dash": (4, 3), "dashDot": (4, 3, 1, 3), "dot": (1, 3), "lgDash": (8, 3), "lgDashDot": (8, 3, 1, 3),
    "lgDashDotDot": (8, 3, 1, 3, 1, 3), "sysDash": (3, 1), "sysDashDot": (3, 1, 1, 1), "sysDashDotDot": (3, 1, 1, 1, 1, 1),
    "sysDot": (1, 1),
}  # fmt: skip
HEADS: Mapping[str, float] = {"sm": 2.0, "med": 3.0, "lg": 5.0}  # in widths of the line (20.1.10.50)
LEAST_HEAD = 2.0  # points: thin lines have the heads of lines so wide
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
SHARP = 1100  # pixels: a picture across a slide that is printed 150 mm wide, at 180 dots an inch

Point = tuple[float, float]


class Stroke(NamedTuple):
    """A line: its attributes, width and colour, and the heads at its start and its end, "" for none."""

    attributes: str
    width: float
    colour: str
    head: _Element | None = None
    tail: _Element | None = None


@dataclass(frozen=True)
class Brush:
    """Paints what stands in one part. ``numbers`` keep the ids of one slide's picture apart, ``mark`` those of a page's."""

    archive: Archive
    layout: Layout
    palette: Palette
    relations: Mapping[str, Relation]
    mark: str
    numbers: count[int]
    sharp: int = SHARP

    def colour(self, holder: _Element | None, placeholder: Colour | None = None) -> str:
        """Return a colour as SVG knows it; grey for one that cannot be told."""
        return shown(self.palette.colour(holder, placeholder) or Colour(0.5, 0.5, 0.5))

    def named(self, name: str) -> Colour:
        """Return one of the theme's colours, such as tx1 and hlink."""
        return self.palette.colours.get(self.palette.names.get(name, name), BLACK)

    def paint(self, fill: _Element | None, placeholder: Colour | None = None) -> tuple[str, str]:
        """Return what a fill needs defined, and the value of ``fill`` for it. Pictures are drawn by themselves."""
        match str(fill.tag).removeprefix(A).removeprefix(P) if fill is not None else "":
            case "solidFill":
                return "", self.colour(fill, placeholder)
            case "gradFill":
                return self._gradient(fill, placeholder)
            case "pattFill":
                return "", self.colour(fill.find(A + "bgClr"), placeholder)  # type: ignore[union-attr]
        return "", "none"

    def _gradient(self, fill: _Element, placeholder: Colour | None) -> tuple[str, str]:
        """A gradient along a line; one of another kind from its middle outwards."""
        stops = sorted(
            ((_share(stop.get("pos", "0")), self.colour(stop, placeholder)) for stop in fill.iter(A + "gs")),
            key=lambda stop: stop[0],
        )
        listed = "".join(f'<stop offset="{at:.3f}" stop-color="{colour}"/>' for at, colour in stops)
        name = f"{self.mark}g{next(self.numbers)}"
        line = fill.find(A + "lin")
        if line is None:
            return f'<radialGradient id="{name}" cx="0.5" cy="0.5" r="0.71">{listed}</radialGradient>', f"url(#{name})"
        angle = math.radians(float(line.get("ang", "0")) / TURN)
        x, y = math.cos(angle) / 2, math.sin(angle) / 2
        ends = f'x1="{0.5 - x:.3f}" y1="{0.5 - y:.3f}" x2="{0.5 + x:.3f}" y2="{0.5 + y:.3f}"'
        return f'<linearGradient id="{name}" {ends}>{listed}</linearGradient>', f"url(#{name})"

    def bands(self, fill: _Element, box: Box, placeholder: Colour | None = None) -> list[str]:
        """Return a gradient of hard steps, down or across, as rectangles: rules along an edge are made so. Else nothing."""
        line, stops = fill.find(A + "lin"), [*fill.iter(A + "gs")]
        turn = (float(line.get("ang", "0")) / TURN) % 180 if line is not None else 45.0
        spots = sorted(
            ((_share(each.get("pos", "0")), self.colour(each, placeholder)) for each in stops), key=lambda spot: spot[0]
        )
        pairs = [(one, other) for one, other in pairwise([(0.0, spots[0][1]), *spots, (1.0, spots[-1][1])]) if one[0] < other[0]]
        if turn not in (0.0, 90.0) or any(one[1] != other[1] for one, other in pairs):
            return []
        if line is not None and float(line.get("ang", "0")) / TURN >= 180:
            pairs = [((1 - end, colour), (1 - start, "")) for (start, colour), (end, _) in pairs]
        return [
            f'<rect {place(_part(box, start, end, across=not turn))} fill="{colour}"/>' for (start, colour), (end, _) in pairs
        ]

    def fill_of(self, shape: Shape) -> tuple[_Element | None, Colour | None]:
        """Return what a shape is filled with, its own, inherited or its style's, and what phClr means in it."""
        own = _nearest(shape, FILLS)
        if own is not None:
            return (None if own.tag == A + "noFill" else own), None
        number, colour = self._reference(shape, "fillRef")
        return (self.layout.theme.fill(number), colour) if number else (None, None)

    def stroke_of(self, shape: Shape) -> Stroke | None:
        """Return the line of a shape, None for none."""
        own = _nearest(shape, frozenset((A + "ln",)))
        number, colour = self._reference(shape, "lnRef")
        style = self._line_style(number) if number else None
        lines = [each for each in (own, style) if each is not None]
        return self.stroke(lines, colour) if lines else None

    def stroke(self, lines: list[_Element], placeholder: Colour | None = None) -> Stroke | None:
        """Return the line that ``a:ln`` elements describe together, the nearest first; None for no line."""
        fill = next((child for each in lines for child in each if child.tag in FILLS), None)
        if fill is None or fill.tag == A + "noFill":
            return None
        colour = self.paint(fill, placeholder)[1] if fill.tag == A + "solidFill" else self._mean(fill, placeholder)
        width = max(THIN, emu(next((each.get("w") for each in lines if each.get("w")), None), HAIR) / EMU)
        dash = _first(lines, "prstDash")
        pattern = DASHES.get(dash.get("val", ""), ()) if dash is not None else ()
        more = f' stroke-dasharray="{" ".join(plain(each * width) for each in pattern)}"' if pattern else ""
        round_ = ' stroke-linejoin="round"' if _first(lines, "round") is not None else ""
        attributes = f' stroke="{colour}" stroke-width="{width:.2f}"{more}{round_}'
        return Stroke(attributes, width, colour, _first(lines, "headEnd"), _first(lines, "tailEnd"))

    def _mean(self, fill: _Element, placeholder: Colour | None) -> str:
        stop = next((each for each in fill.iter(A + "gs", A + "fgClr")), None)
        return self.colour(stop, placeholder)

    def _reference(self, shape: Shape, name: str) -> tuple[int, Colour | None]:
        found = shape.style.find(A + name) if shape.style is not None else None
        return (int(found.get("idx", "0")), self.palette.colour(found)) if found is not None else (0, None)

    def _line_style(self, number: int) -> _Element | None:
        root = self.layout.theme.root
        styles = root.find(f".//{A}fmtScheme/{A}lnStyleLst") if root is not None else None
        return styles[number - 1] if styles is not None and 0 < number <= len(styles) else None

    # -------------------------------------------------------------------------------------------- pictures

    def file(self, blip: _Element | None) -> bytes:
        """Return the pixels of a picture; nothing where its file is not inside the deck."""
        return self.part(blip.get(R + "embed", "")) if blip is not None else b""

    def image(self, blip: _Element | None, box: Box, cut: thumbs.Cut, clip: str = "") -> str:
        """Return a picture that fills its box, "" where its file cannot be read."""
        blob = self.file(blip)
        address = thumbs.thumb(blob, cut, self.sharp) if blob else ""
        return f'<image {place(box)} preserveAspectRatio="none"{clip} href="{address}"/>' if address else ""

    def drawing(self, blip: _Element | None) -> bytes:
        """Return the SVG of a picture that has one beside its pixels."""
        found = next(blip.iter(thumbs.SVG_BLIP), None) if blip is not None else None
        return self.part(found.get(R + "embed", "")) if found is not None else b""

    def part(self, relation: str) -> bytes:
        """Return the part behind a relationship, nothing where it has none of that id or leads out of the file."""
        found = self.relations.get(relation)
        return b"" if found is None or found.external else self.archive.parts.get(found.target, b"")


def shown(colour: Colour) -> str:
    """Return a colour as SVG knows it: #RRGGBB, or with what shines through."""
    if colour.alpha >= 1:
        return colour.hex
    red, green, blue = (round(max(0.0, min(1.0, each)) * 255) for each in colour[:3])
    return f"rgba({red},{green},{blue},{max(0.0, colour.alpha):.2f})"


def _part(box: Box, start: float, end: float, *, across: bool) -> Box:
    """Return the part of a box between two shares of its width or height."""
    if across:
        return Box(box.x + start * box.width, box.y, (end - start) * box.width, box.height)
    return Box(box.x, box.y + start * box.height, box.width, (end - start) * box.height)


def place(box: Box) -> str:
    """Return a box as attributes."""
    return f'x="{plain(box.x)}" y="{plain(box.y)}" width="{plain(box.width)}" height="{plain(box.height)}"'


# ------------------------------------------------------------------------------------------------- heads of arrows


def heads(outline: str, stroke: Stroke) -> str:
    """Return the heads at the ends of an open outline, filled triangles for all kinds of arrows."""
    points = ends(outline)
    if len(points) < 2:
        return ""
    found = []
    for head, tip, behind in ((stroke.head, points[0], points[1]), (stroke.tail, points[-1], points[-2])):
        if head is not None and head.get("type", "none") != "none":
            found.append(_head(head, tip, behind, stroke))
    return "".join(found)


def shortened(outline: str, stroke: Stroke) -> str:
    """Return an open outline that ends inside its heads: a thick line is wider than the tip of an arrow."""
    points = ends(outline)
    if len(points) < 2:
        return outline
    for head, tip, behind, is_end in ((stroke.tail, points[-1], points[-2], True), (stroke.head, points[0], points[1], False)):
        if head is None or head.get("type", "none") in ("none", "oval"):
            continue
        long = HEADS.get(head.get("len", "med"), 3.0) * max(stroke.width, LEAST_HEAD) * 0.8
        whole = math.dist(tip, behind) or 1.0
        share = min(1.0, long / whole)
        at = tip[0] + (behind[0] - tip[0]) * share, tip[1] + (behind[1] - tip[1]) * share
        outline = _moved(outline, at, is_end=is_end)
    return outline


def _moved(outline: str, at: Point, *, is_end: bool) -> str:
    """Return an outline whose first or last point is another one."""
    x, y = plain(at[0]), plain(at[1])
    if 'd="' not in outline:
        number = 2 if is_end else 1
        return re.sub(rf'x{number}="[^"]*" y{number}="[^"]*"', f'x{number}="{x}" y{number}="{y}"', outline)
    pair = r"-?\d+(?:\.\d+)? -?\d+(?:\.\d+)?"
    return re.sub(rf'{pair}(?="$)', f"{x} {y}", outline) if is_end else re.sub(rf'(?<=d="M){pair}', f"{x} {y}", outline)


def ends(outline: str) -> list[Point]:
    """Return the points of a path or line in their order; arcs by their ends."""
    if 'd="' in outline:
        steps = outline.split('d="', 1)[1].split('"', 1)[0]
        steps = re.sub(r"A\S+ \S+ \S+ \S+ \S+ ", "L", steps)
        numbers = [float(each) for each in NUMBER.findall(steps)]
    else:
        numbers = [float(each) for each in re.findall(r'[xy][12]="([^"]+)"', outline)]
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    return [point for index, point in enumerate(points) if not index or point != points[index - 1]]


def _head(head: _Element, tip: Point, behind: Point, stroke: Stroke) -> str:
    unit = max(stroke.width, LEAST_HEAD)
    long, wide = (HEADS.get(head.get(key, "med"), 3.0) * unit for key in ("len", "w"))
    if head.get("type") == "oval":
        return f'<circle cx="{plain(tip[0])}" cy="{plain(tip[1])}" r="{plain(wide / 2)}" fill="{stroke.colour}"/>'
    angle = math.atan2(tip[1] - behind[1], tip[0] - behind[0])
    across, down = math.cos(angle), math.sin(angle)
    back = tip[0] - across * long, tip[1] - down * long
    corners = (
        tip,
        (back[0] - down * wide / 2, back[1] + across * wide / 2),
        (back[0] + down * wide / 2, back[1] - across * wide / 2),
    )
    listed = " ".join(f"{plain(x)},{plain(y)}" for x, y in corners)
    return f'<polygon points="{listed}" fill="{stroke.colour}"/>'


def _nearest(shape: Shape, tags: frozenset[str]) -> _Element | None:
    owners = (each.properties for each in (shape, *shape.parents) if each.properties is not None)
    return next((child for each in owners for child in each if child.tag in tags), None)


def _first(lines: list[_Element], name: str) -> _Element | None:
    return next((found for each in lines if (found := each.find(A + name)) is not None), None)


def _share(value: str) -> float:
    return float(value.rstrip("%")) / (100 if value.endswith("%") else 100_000)
