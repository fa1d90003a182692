"""What stands on a slide, flattened: every shape with its place on the slide, groups and inheritance resolved.

Lengths are EMU (12,700 a point).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lxml.etree import _Element

from .archive import A, P

EMU = 12_700  # a point
KINDS = {P + "sp": "shape", P + "pic": "picture", P + "graphicFrame": "frame", P + "cxnSp": "line", P + "grpSp": "group"}
FURNITURE = ("dt", "ftr", "sldNum", "hdr")
TITLES = ("title", "ctrTitle")
TURNED = 5_400_000  # a quarter turn, in sixty thousandths of a degree
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


class Box(NamedTuple):
    """A rectangle; EMU."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def overlap(self, other: Box) -> tuple[float, float]:
        """Return how far the two reach into each other, across and down; negative where they do not."""
        across = min(self.right, other.right) - max(self.x, other.x)
        return across, min(self.bottom, other.bottom) - max(self.y, other.y)

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        """Return whether the other lies within this one."""
        return (
            self.x - slack <= other.x
            and self.y - slack <= other.y
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


class Place(NamedTuple):
    """How a group maps the coordinates of its children: scale, then shift."""

    across: float = 1.0
    down: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def box(self, inner: Box) -> Box:
        return Box(
            inner.x * self.across + self.x, inner.y * self.down + self.y, inner.width * self.across, inner.height * self.down
        )


class Mark(NamedTuple):
    """What a placeholder is known by."""

    kind: str
    idx: str


@dataclass(slots=True, eq=False)
class Shape:
    """One shape. ``box`` is its frame before turning, ``parents`` the placeholders it inherits from, nearest first."""

    element: _Element
    kind: str
    named: _Element | None = None
    properties: _Element | None = None
    body: _Element | None = None
    style: _Element | None = None
    mark: Mark | None = None
    place: _Element | None = None
    depth: int = 0
    box: Box | None = None
    own_place: bool = False
    parents: tuple[Shape, ...] = ()
    order: int = -1  # of painting, among the shapes of its slide; -1 for those of a layout or master

    @property
    def name(self) -> str:
        return str(self.named.get("name", "")) if self.named is not None else ""

    @property
    def alt(self) -> str:
        return str(self.named.get("descr", "")).strip() if self.named is not None else ""

    @property
    def decorative(self) -> bool:
        found = self.named.find(f".//{DECORATIVE}") if self.named is not None and len(self.named) else None
        return found is not None and found.get("val") in ("1", "true")

    @property
    def hidden(self) -> bool:
        return self.named is not None and self.named.get("hidden") in ("1", "true")

    @property
    def table(self) -> _Element | None:
        return self.element.find(f"{A}graphic/{A}graphicData/{A}tbl") if self.kind == "frame" else None

    @property
    def is_furniture(self) -> bool:
        return self.mark is not None and self.mark.kind in FURNITURE

    @property
    def is_title(self) -> bool:
        return self.mark is not None and self.mark.kind in TITLES

    @property
    def turned_box(self) -> Box | None:
        """The box as it is seen: sides swapped where the shape stands upright."""
        turn = int(self.place.get("rot", "0")) % (2 * TURNED) if self.place is not None else 0
        if self.box is None or not TURNED // 2 < turn < TURNED * 3 // 2:
            return self.box
        x, y, width, height = self.box
        return Box(x + (width - height) / 2, y + (height - width) / 2, height, width)


class Family:
    """The placeholders that slides inherit from: a layout's, and behind them the master's."""

    def __init__(self, of_layout: Iterable[Shape], of_master: Mapping[str, Shape]) -> None:
        self._master = of_master
        self._by_idx: dict[str, Shape] = {}
        self._by_kind: dict[str, Shape] = {}
        for shape in of_layout:
            if shape.mark is not None:
                self._by_idx.setdefault(shape.mark.idx, shape)
                self._by_kind.setdefault(family(shape.mark.kind), shape)

    def parents(self, mark: Mark) -> tuple[Shape, ...]:
        """Return the layout's placeholder and the master's. Titles and furniture are found by kind, the rest by number."""
        kind = family(mark.kind)
        layout = self._by_idx.get(mark.idx) if kind == "body" else self._by_kind.get(kind)
        return () if layout is None else (layout, *layout.parents)


def placeholders(of_master: Iterable[Shape]) -> dict[str, Shape]:
    """Return a master's placeholders by kind."""
    return {family(shape.mark.kind): shape for shape in of_master if shape.mark is not None}


def family(kind: str) -> str:
    """Return the kind that a master knows: title, body, or one of its furniture."""
    return "title" if kind in TITLES else kind if kind in FURNITURE else "body"


def shapes(root: _Element) -> list[Shape]:
    """Return every shape of a slide, layout or master in reading order, a group before what is in it."""
    found: list[Shape] = []
    tree = root.find(f"{P}cSld/{P}spTree")
    if tree is not None:
        _collect(tree, None, 0, found)
    return found


def on_slide(root: _Element, inherited: Family) -> list[Shape]:
    """Return the shapes of a slide with what they inherit from its layout."""
    found = shapes(root)
    for number, shape in enumerate(found):
        shape.order = number
        if shape.mark is not None:
            _inherit(shape, inherited.parents(shape.mark))
    return found


def on_layout(root: _Element, of_master: Mapping[str, Shape]) -> list[Shape]:
    """Return the shapes of a layout with what they inherit from its master."""
    found = shapes(root)
    for shape in found:
        if shape.mark is not None and (parent := of_master.get(family(shape.mark.kind))) is not None:
            _inherit(shape, (parent,))
    return found


def _inherit(shape: Shape, parents: tuple[Shape, ...]) -> None:
    shape.parents = parents
    if shape.box is None:
        shape.box = next((each.box for each in parents if each.box is not None), None)


def _collect(tree: _Element, place: Place | None, depth: int, found: list[Shape]) -> None:
    for element in tree:
        kind = KINDS.get(element.tag)
        if kind is None:
            continue
        shape = _read(element, kind)
        shape.depth = depth
        if place is not None and shape.box is not None:
            shape.box = place.box(shape.box)
        found.append(shape)
        if kind == "group":
            _collect(element, _inside(shape, place), depth + 1, found)


def _read(element: _Element, kind: str) -> Shape:
    """Return a shape as its own element says, without what it inherits."""
    shape = Shape(element, kind)
    for child in element:
        tag = child.tag
        if tag in HEADS:
            shape.named, shape.mark = _head(child)
        elif tag in PROPERTIES:
            shape.properties = child
            shape.place = next((each for each in child if each.tag == XFRM), None)
        elif tag == BODY:
            shape.body = child
        elif tag == FRAME_PLACE:
            shape.place = child
        elif tag == STYLE:
            shape.style = child
    shape.box = _box(shape.place)
    shape.own_place = shape.box is not None
    return shape


HEADS = frozenset(P + name for name in ("nvSpPr", "nvPicPr", "nvGraphicFramePr", "nvCxnSpPr", "nvGrpSpPr"))
PROPERTIES = frozenset((P + "spPr", P + "grpSpPr"))
XFRM, FRAME_PLACE, BODY, STYLE, PH = A + "xfrm", P + "xfrm", P + "txBody", P + "style", P + "ph"
NAMED, MARKED = P + "cNvPr", P + "nvPr"


def _head(head: _Element) -> tuple[_Element | None, Mark | None]:
    named, mark = None, None
    for child in head:
        if child.tag == NAMED:
            named = child
        elif child.tag == MARKED and len(child) and child[0].tag == PH:
            mark = Mark(child[0].get("type", "obj"), child[0].get("idx", "0"))
    return named, mark


def _box(place: _Element | None) -> Box | None:
    if place is None:
        return None
    off = ext = None
    for child in place:
        if child.tag == OFF:
            off = child
        elif child.tag == EXT:
            ext = child
    if off is None or ext is None:
        return None
    return Box(emu(off.get("x")), emu(off.get("y")), emu(ext.get("cx")), emu(ext.get("cy")))


OFF, EXT = A + "off", A + "ext"


def emu(value: str | None, default: float = 0) -> float:
    """Return a length, given in EMU or with a unit (ST_UniversalMeasure); NaN for what is none."""
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        factor = UNITS.get(value[-2:])
        return float(value[:-2]) * factor if factor and MEASURE.fullmatch(value[:-2]) else math.nan


UNITS = {"mm": 36_000, "cm": 360_000, "in": 914_400, "pt": 12_700, "pc": 152_400, "pi": 152_400}
MEASURE = re.compile(r"-?\d+(\.\d+)?")


def _inside(group: Shape, place: Place | None) -> Place | None:
    """Return how the children of a group are placed: ``group.box`` is on the slide already."""
    corner = group.place.find(A + "chOff") if group.place is not None else None
    size = group.place.find(A + "chExt") if group.place is not None else None
    if group.box is None or corner is None or size is None:
        return place
    wide, tall = emu(size.get("cx")), emu(size.get("cy"))
    if not wide or not tall:
        return place
    across, down = group.box.width / wide, group.box.height / tall
    x, y = group.box.x - emu(corner.get("x")) * across, group.box.y - emu(corner.get("y")) * down
    return None if (across, down, x, y) == (1.0, 1.0, 0.0, 0.0) else Place(across, down, x, y)
