"""The outline of a DrawingML shape as an SVG element: freeforms point by point, the presets that templates use by name.

A preset that is not known here becomes its rectangle. ECMA-376 part 1: 20.1.9.15 (paths), 20.1.10.56 (presets).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

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
}


def _preset(name: str, adjusted: int | None, box: Box) -> str:
    if name == "ellipse":
        x, y = box.middle
        return f'<ellipse cx="{plain(x)}" cy="{plain(y)}" rx="{plain(box.width / 2)}" ry="{plain(box.height / 2)}"'
    if name in CORNERS and box.width and box.height:
        slant = (SLANT if adjusted is None else adjusted) / 100_000 * min(box.width, box.height) / box.width
        points = (f"{plain(box.x + x * box.width)},{plain(box.y + y * box.height)}" for x, y in CORNERS[name](slant))
        return f'<polygon points="{" ".join(points)}"'
    corner = (ROUND if adjusted is None else adjusted) / 100_000 * min(box.width, box.height) if name == "roundRect" else 0
    rounded = f' rx="{plain(corner)}"' if corner else ""
    return f'<rect x="{plain(box.x)}" y="{plain(box.y)}" width="{plain(box.width)}" height="{plain(box.height)}"{rounded}'


def _adjusted(preset: _Element | None) -> int | None:
    guide = preset.find(f"{A}avLst/{A}gd") if preset is not None else None
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
