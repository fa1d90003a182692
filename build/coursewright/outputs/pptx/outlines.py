"""The outline of a DrawingML shape as an SVG element: freeforms point by point, the presets that templates use by name.

A preset that is not known here becomes its rectangle. ECMA-376 part 1: 20.1.9.15 (paths), 20.1.10.56 (presets).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator

from lxml.etree import _Element

from .svg import Box
from .theme import A

TURN = 60_000  # units of an angle, a degree
ROUND = 16_667  # the usual rounding of a corner, in 100,000ths of the shorter side
SLANT = 25_000  # the usual slant of a parallelogram and of an arrow's head, the same


def outline(properties: _Element | None, box: Box) -> str:
    """Return the element of a shape's outline, open at its end for attributes: ``<rect x="…"``."""
    freeform = properties.find(f"{A}custGeom") if properties is not None else None
    if freeform is not None:
        steps = _freeform(freeform, box)
        if steps:
            return f'<path d="{steps}"'
    preset = properties.find(f"{A}prstGeom") if properties is not None else None
    name = preset.get("prst", "rect") if preset is not None else "rect"
    return _preset(name, _adjusted(preset), box)


def plain(value: float) -> str:
    """Return a number as short as a picture of a thousand units needs it."""
    return f"{value:.1f}".removesuffix(".0")


# ----------------------------------------------------------------------------------------------------- presets

CORNERS: dict[str, Callable[[float], tuple[tuple[float, float], ...]]] = {  # shares of width and height, clockwise
    "triangle": lambda _: ((0.5, 0), (1, 1), (0, 1)),
    "rtTriangle": lambda _: ((0, 0), (1, 1), (0, 1)),
    "diamond": lambda _: ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
    "parallelogram": lambda slant: ((slant, 0), (1, 0), (1 - slant, 1), (0, 1)),
    "trapezoid": lambda slant: ((slant, 0), (1 - slant, 0), (1, 1), (0, 1)),
    "homePlate": lambda slant: ((0, 0), (1 - slant, 0), (1, 0.5), (1 - slant, 1), (0, 1)),
    "chevron": lambda slant: ((0, 0), (1 - slant, 0), (1, 0.5), (1 - slant, 1), (0, 1), (slant, 0.5)),
    "hexagon": lambda slant: ((slant, 0), (1 - slant, 0), (1, 0.5), (1 - slant, 1), (slant, 1), (0, 0.5)),
    "flowChartDecision": lambda _: ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
    "flowChartInputOutput": lambda _: ((0.2, 0), (1, 0), (0.8, 1), (0, 1)),
    "pentagon": lambda _: _star(5, 1.0),
    "star5": lambda _: _star(5, 0.382),
}
# An arrow to the right whose shaft is half as high, and how it becomes its sisters.
ARROW = ((0, 0.25), (1, 0.25), (1, 0), (2, 0.5), (1, 1), (1, 0.75), (0, 0.75))
SISTERS: dict[str, Callable[[float, float], tuple[float, float]]] = {
    "rightArrow": lambda x, y: (x, y),
    "leftArrow": lambda x, y: (1 - x, y),
    "downArrow": lambda x, y: (y, x),
    "upArrow": lambda x, y: (y, 1 - x),
}
STRAIGHT = ("line", "straightConnector1")
RECTANGLES = ("rect", "flowChartProcess", "actionButtonBlank")
ROUNDED = ("roundRect", "flowChartAlternateProcess", "flowChartTerminator")
ELLIPSES = ("ellipse", "flowChartConnector")
KNOWN = frozenset((*CORNERS, *SISTERS, *STRAIGHT, *RECTANGLES, *ROUNDED, *ELLIPSES, "bentConnector3", "curvedConnector3"))


def is_known(properties: _Element | None) -> bool:
    """Tell whether a shape is drawn as it is, and not as its rectangle."""
    preset = properties.find(f"{A}prstGeom") if properties is not None else None
    return preset is None or preset.get("prst", "rect") in KNOWN


def _star(count: int, inner: float) -> tuple[tuple[float, float], ...]:
    """The corners of a star in a box of one by one, the first at its top; with ``inner`` 1 those of a polygon."""
    turns = [math.pi * step / count for step in range(2 * count)]
    spots = [(math.sin(turn) * size, -math.cos(turn) * size) for turn, size in zip(turns, (1.0, inner) * count, strict=True)]
    if inner == 1.0:
        spots = spots[::2]
    left, right = min(x for x, _ in spots), max(x for x, _ in spots)
    top, bottom = min(y for _, y in spots), max(y for _, y in spots)
    return tuple(((x - left) / (right - left), (y - top) / (bottom - top)) for x, y in spots)


def _arrow(name: str, adjusted: int | None, box: Box) -> Iterator[tuple[float, float]]:
    """The corners of an arrow; its head is as long as its half height, or as its second number says."""
    long, wide = (box.width, box.height) if name in ("rightArrow", "leftArrow") else (box.height, box.width)
    head = min(1.0, (50_000 if adjusted is None else adjusted) / 100_000 * min(long, wide) / (long or 1))
    for x, y in ARROW:
        yield SISTERS[name]({0: 0.0, 1: 1 - head, 2: 1.0}[x], y)


def _connector(name: str, adjusted: int | None, box: Box) -> str:
    """A line from one corner to the other: straight, in right angles or in a curve."""
    right, bottom = box.x + box.width, box.y + box.height
    if name in STRAIGHT:
        return f'<line x1="{plain(box.x)}" y1="{plain(box.y)}" x2="{plain(right)}" y2="{plain(bottom)}"'
    x, y = box.x + box.width * (50_000 if adjusted is None else adjusted) / 100_000, box.y + box.height / 2
    start, end = f"M{plain(box.x)} {plain(box.y)}", f"{plain(right)} {plain(bottom)}"
    if name == "bentConnector3":
        return f'<path d="{start} L{plain(x)} {plain(box.y)} L{plain(x)} {plain(bottom)} L{end}"'
    middle = f"{plain(x)} {plain(y)}"
    return f'<path d="{start} Q{plain(x)} {plain(box.y)} {middle} Q{plain(x)} {plain(bottom)} {end}"'


def _preset(name: str, adjusted: int | None, box: Box) -> str:
    if name in ELLIPSES:
        x, y = box.middle
        return f'<ellipse cx="{plain(x)}" cy="{plain(y)}" rx="{plain(box.width / 2)}" ry="{plain(box.height / 2)}"'
    if name in STRAIGHT or name.endswith("Connector3"):
        return _connector(name, adjusted, box)
    if name in SISTERS:
        return _polygon(_arrow(name, adjusted, box), box)
    if name in CORNERS and box.width and box.height:
        slant = (SLANT if adjusted is None else adjusted) / 100_000 * min(box.width, box.height) / box.width
        return _polygon(CORNERS[name](slant), box)
    usual = 50_000 if name == "flowChartTerminator" else ROUND
    corner = (usual if adjusted is None else adjusted) / 100_000 * min(box.width, box.height) if name in ROUNDED else 0
    rounded = f' rx="{plain(corner)}"' if corner else ""
    return f'<rect x="{plain(box.x)}" y="{plain(box.y)}" width="{plain(box.width)}" height="{plain(box.height)}"{rounded}'


def _polygon(corners: Iterable[tuple[float, float]], box: Box) -> str:
    points = (f"{plain(box.x + x * box.width)},{plain(box.y + y * box.height)}" for x, y in corners)
    return f'<polygon points="{" ".join(points)}"'


def _adjusted(preset: _Element | None) -> int | None:
    guides = preset.findall(f"{A}avLst/{A}gd") if preset is not None else []
    guide = guides[-1] if guides else None  # of an arrow’s two, the second is its head
    formula = guide.get("fmla", "").split() if guide is not None else []
    return int(formula[1]) if len(formula) == 2 and formula[1].lstrip("-").isdigit() else None


# --------------------------------------------------------------------------------------------------- freeforms


def _freeform(freeform: _Element, box: Box) -> str:
    """The steps of all its paths; none where a point is not a number but a formula."""
    try:
        return " ".join(step for path in freeform.iterfind(f"{A}pathLst/{A}path") for step in _Pen(path, box).steps())
    except ValueError:
        return ""


class _Pen:
    """Draws one path; remembers where it is, because an arc starts there."""

    def __init__(self, path: _Element, box: Box) -> None:
        self.path, self.box = path, box
        self.across = box.width / (float(path.get("w", "0")) or 1)
        self.down = box.height / (float(path.get("h", "0")) or 1)
        self.at = (0.0, 0.0)

    def steps(self) -> Iterator[str]:
        letters = {"moveTo": "M", "lnTo": "L", "cubicBezTo": "C", "quadBezTo": "Q"}
        for each in self.path:
            name = str(each.tag).removeprefix(A)
            if name in letters:
                yield letters[name] + " ".join(self.point(point) for point in each.iterfind(f"{A}pt"))
            elif name == "arcTo":
                yield from self.arc(each)
            elif name == "close":
                yield "Z"

    def point(self, point: _Element) -> str:
        self.at = (float(point.get("x", "")), float(point.get("y", "")))
        return self.placed()

    def placed(self) -> str:
        x, y = self.at
        return f"{plain(self.box.x + x * self.across)} {plain(self.box.y + y * self.down)}"

    def arc(self, arc: _Element) -> Iterator[str]:
        """In two halves, as SVG knows no arc that ends where it starts."""
        wide, tall, start, sweep = (float(arc.get(key, "")) for key in ("wR", "hR", "stAng", "swAng"))
        radii = f"A{plain(wide * self.across)} {plain(tall * self.down)} 0 0 {int(sweep > 0)} "
        angle = math.radians(start / TURN)
        centre = self.at[0] - wide * math.cos(angle), self.at[1] - tall * math.sin(angle)
        for _ in range(2):
            angle += math.radians(sweep / TURN / 2)
            self.at = centre[0] + wide * math.cos(angle), centre[1] + tall * math.sin(angle)
            yield radii + self.placed()
