"""The SVG subset of the drawing templates, read into frozen values: shapes, lines and blocks of text, in user units.

Positions are absolute: translations are already applied. What the subset does not know is a fault, never a silent gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from ...problems import did_you_mean
from .colours import COLOURS
from .curves import NUMBER, TOKEN, Point, Step, commands, path_steps, point_steps, well_formed

PITCH = 1.2  # of the font size, from one line to the next (single spacing)
WIDTHS = {"w1": 1.5, "w2": 3.0, "w3": 6.0}  # user units, as in templates/diagrams/style.css.j2


class Type(NamedTuple):
    """How a text class is set; spacing is a share of the font size."""

    serif: bool = False
    bold: bool = False
    italic: bool = False
    spacing: float = 0.0


TYPES = {
    "t-title": Type(serif=True, bold=True),
    "t-number": Type(serif=True, bold=True),
    "t-hand": Type(serif=True, italic=True),
    "t-text": Type(),
    "t-label": Type(bold=True, spacing=0.08),
}
HEAD = "head"  # an arrow's head as print draws it: in the deck it belongs to the line itself
CLASSES = frozenset({
    *(f"{use}-{colour}" for use in ("fill", "stroke") for colour in (*COLOURS, "none")),
    *WIDTHS, *TYPES, "t-bold", "dashed", "half", "arrow", HEAD,
})  # fmt: skip
COMMON = frozenset({"class", "data-name"})
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "svg": frozenset({"xmlns", "viewBox", "viewbox", "role", "width", "height", "lang", "id"}),
    "g": frozenset({"transform", "font-size", "text-anchor"}),
    "rect": frozenset({"x", "y", "width", "height", "rx"}),
    "circle": frozenset({"cx", "cy", "r"}),
    "ellipse": frozenset({"cx", "cy", "rx", "ry"}),
    "line": frozenset({"x1", "y1", "x2", "y2"}),
    "polyline": frozenset({"points"}),
    "polygon": frozenset({"points"}),
    "path": frozenset({"d"}),
    "text": frozenset({"x", "y", "font-size", "text-anchor", "data-room"}),
    "tspan": frozenset({"x", "dy"}),
}
SILENT = frozenset({"title", "desc", "style"})
WORDS = frozenset({"class", "transform", "points", "d", "text-anchor", "data-name"})  # attributes that are no plain number
ANCHORS = ("start", "middle", "end")

_TRANSLATE = re.compile(rf"\s*translate\(\s*({NUMBER.pattern})(?:[\s,]+({NUMBER.pattern}))?\s*\)\s*")


@dataclass(frozen=True)
class Look:
    """What a child has from its parents: classes (the last of a kind wins), font size in user units, text anchor."""

    classes: tuple[str, ...] = ()
    size: float = 16.0
    anchor: str = "start"

    def of(self, element: _Element) -> Look:
        """Return the look of a child."""
        return replace(
            self,
            classes=(*self.classes, *_classes(element)),
            size=_number(element, "font-size", self.size),
            anchor=element.get("text-anchor", self.anchor),
        )

    def colour(self, use: str) -> str:
        """Return the colour class for ``fill`` or ``stroke``, or "none"."""
        named = [name.removeprefix(f"{use}-") for name in self.classes if name.startswith(f"{use}-")]
        return named[-1] if named else {"fill": "ink"}.get(use, "none")

    def width(self) -> float:
        """Return the stroke's width in user units."""
        return next((WIDTHS[name] for name in reversed(self.classes) if name in WIDTHS), 1.0)

    def type(self) -> Type:
        """Return how text is set."""
        found = next((TYPES[name] for name in reversed(self.classes) if name in TYPES), Type())
        return found._replace(bold=found.bold or "t-bold" in self.classes)


class Run(NamedTuple):
    """Words of one look within a line."""

    text: str
    look: Look


class Box(NamedTuple):
    """A place in user units, from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """The point in its middle."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Shape:
    """A rectangle, circle, ellipse or freeform. ``radius`` is that of a rectangle's corners, ``steps`` a freeform's outline."""

    kind: str
    box: Box
    look: Look
    name: str = ""
    radius: float = 0.0
    steps: tuple[Step, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Line:
    """A straight line, with an arrow's head at its end if its look says so."""

    start: Point
    end: Point
    look: Look
    name: str = ""


@dataclass(frozen=True)
class Text:
    """A block of lines that never break: ``x`` is their anchor, ``base`` the first one's base line, ``pitch`` their distance.

    ``room`` is how wide a line may get, 0 if the template does not say.
    """

    x: float
    base: float
    pitch: float
    room: float
    lines: tuple[tuple[Run, ...], ...]
    look: Look

    @property
    def words(self) -> str:
        """All it says, on one line."""
        return " ".join("".join(run.text for run in line) for line in self.lines)


Mark = Shape | Line | Text


@dataclass(frozen=True)
class Picture:
    """A drawing as read. ``view`` is its viewBox, None where there is none that can be used."""

    view: Box | None
    name: str
    title: str
    marks: tuple[Mark, ...]
    faults: tuple[str, ...]


def read(svg: _Element) -> Picture:
    """Return what a drawing holds, in the order it is painted, and what of it will not be drawn as a browser does."""
    title = next((_said(child) for child in _children(svg) if _tag(child) == "title"), "")
    faults = (*_faults(svg), *(() if title else ("has no <title>, so nobody who cannot see it knows what it tells",)))
    return Picture(_viewbox(svg), svg.get("data-name", ""), title, tuple(_marks(svg, Look().of(svg), (0.0, 0.0))), faults)


def _viewbox(svg: _Element) -> Box | None:
    numbers = tuple(map(float, NUMBER.findall(svg.get("viewBox") or svg.get("viewbox") or "")))
    return Box(*numbers) if len(numbers) == 4 and min(numbers[2:]) > 0 else None


# ------------------------------------------------------------------------------------------------------- marks


def _marks(parent: _Element, inherited: Look, at: Point) -> Iterator[Mark]:
    for element in _children(parent):
        look = inherited.of(element)
        if HEAD in look.classes:
            continue
        match _tag(element):
            case "g":
                yield from _marks(element, look, _moved(at, element))
            case "rect" | "circle" | "ellipse":
                yield _solid(element, look, at)
            case "line":
                yield _line(element, look, at)
            case "polyline" | "polygon" | "path":
                yield from _free(element, look, at)
            case "text":
                yield from _text(element, look, at)


def _moved(at: Point, element: _Element) -> Point:
    found = _TRANSLATE.fullmatch(element.get("transform", ""))
    return (at[0] + float(found[1]), at[1] + float(found[2] or 0)) if found else at


def _solid(element: _Element, look: Look, at: Point) -> Shape:
    name = element.get("data-name", "")
    if _tag(element) == "rect":
        x, y, width, height = (_number(element, key) for key in ("x", "y", "width", "height"))
        return Shape("rectangle", Box(at[0] + x, at[1] + y, width, height), look, name, _number(element, "rx"))
    radius = _number(element, "r")
    across, down = _number(element, "rx", radius), _number(element, "ry", radius)
    left, top = at[0] + _number(element, "cx") - across, at[1] + _number(element, "cy") - down
    return Shape("circle" if across == down else "ellipse", Box(left, top, across * 2, down * 2), look, name)


def _line(element: _Element, look: Look, at: Point) -> Line:
    x1, y1, x2, y2 = (_number(element, key) for key in ("x1", "y1", "x2", "y2"))
    end = _tip(element, at) or (at[0] + x2, at[1] + y2)
    return Line((at[0] + x1, at[1] + y1), end, look, element.get("data-name", ""))


def _tip(element: _Element, at: Point) -> Point | None:
    """Return the tip of the head that follows a line, None if it has none: a head is a path that begins at its tip."""
    head = next(element.itersiblings("*"), None)
    if head is None or HEAD not in _classes(head):
        return None
    return next((points[0] for _, points in _steps(head, at)), None)


def _steps(element: _Element, at: Point) -> Iterator[Step]:
    tag = _tag(element)
    own = path_steps(element.get("d", "")) if tag == "path" else point_steps(element.get("points", ""), tag == "polygon")
    yield from ((kind, tuple((at[0] + x, at[1] + y) for x, y in points)) for kind, points in own)


def _free(element: _Element, look: Look, at: Point) -> Iterator[Shape]:
    """Yield the freeform of a path, or nothing when it has no two points."""
    steps = tuple(_steps(element, at))
    tip = _tip(element, at)
    if tip is not None and steps and steps[-1][1]:
        steps = (*steps[:-1], (steps[-1][0], (*steps[-1][1][:-1], tip)))
    points = [point for _, step in steps for point in step]
    if len(points) > 1:
        left, top = (min(axis) for axis in zip(*points, strict=True))
        right, bottom = (max(axis) for axis in zip(*points, strict=True))
        yield Shape("freeform", Box(left, top, right - left, bottom - top), look, element.get("data-name", ""), steps=steps)


def _text(element: _Element, look: Look, at: Point) -> Iterator[Text]:
    """Yield a block of text, nothing for no words."""
    lines = tuple(map(tuple, _lines(element, look)))
    if lines:
        pitch = next((step for span in _spans(element)[1:] if (step := _number(span, "dy"))), look.size * PITCH)
        base = _number(element, "y") + next((_number(span, "dy") for span in _spans(element)[:1]), 0.0)
        yield Text(at[0] + _number(element, "x"), at[1] + base, pitch, _number(element, "data-room"), lines, look)


def _lines(element: _Element, look: Look) -> list[list[Run]]:
    """Return the runs of each line. A tspan with a ``dy`` begins a line, one without goes on in it."""
    lines = [[Run(element.text or "", look)]]
    for span in _spans(element):
        if _number(span, "dy") and any(run.text.strip() for run in lines[-1]):
            lines.append([])
        lines[-1] += [Run("".join(map(str, span.itertext())), look.of(span)), Run(span.tail or "", look)]
    return [line for line in map(_trimmed, lines) if line]


def _trimmed(runs: list[Run]) -> list[Run]:
    """Return a line's runs with white space collapsed, none at either end, and neighbours of one look joined."""
    joined = (Run("".join(run.text for run in same), look) for look, same in groupby(runs, key=lambda run: run.look))
    kept = [run._replace(text=re.sub(r"[ \t\r\n]+", " ", run.text)) for run in joined if run.text]
    while kept and not kept[0].text.strip():
        kept = kept[1:]
    while kept and not kept[-1].text.strip():
        kept = kept[:-1]
    if kept:
        kept[0] = kept[0]._replace(text=kept[0].text.lstrip(" "))
        kept[-1] = kept[-1]._replace(text=kept[-1].text.rstrip(" "))
    return kept


# ------------------------------------------------------------------------------------------------ what is amiss


def _faults(element: _Element) -> Iterator[str]:
    """Yield what this reader would not draw as a browser does, for an element and all below it."""
    tag = _tag(element)
    if tag not in ATTRIBUTES:
        if tag not in SILENT:
            yield f"holds <{tag}>, which is not drawn ({did_you_mean(tag, ATTRIBUTES)})"
        return
    yield from (f'has {key}="{value}" at <{tag}>, which is not drawn' for key, value in _strange(tag, element))
    unknown = [name for name in _classes(element) if tag != "svg" and name not in CLASSES]
    yield from (f'has class "{name}", which means nothing ({did_you_mean(name, CLASSES)})' for name in unknown)
    if tag == "text":
        yield from _text_faults(element)
    for child in _children(element):
        yield from _faults(child)


def _strange(tag: str, element: _Element) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        if str(key) not in ATTRIBUTES[tag] | COMMON or (tag != "svg" and not _readable(str(key), str(value))):
            yield str(key), str(value)


def _readable(key: str, value: str) -> bool:
    match key:
        case "transform":
            return _TRANSLATE.fullmatch(value) is not None
        case "d":
            return _only(TOKEN, value) and all(well_formed(command, numbers) for command, numbers in commands(value))
        case "points":
            return _only(NUMBER, value) and len(NUMBER.findall(value)) % 2 == 0
        case "text-anchor":
            return value in ANCHORS
    return key in WORDS or NUMBER.fullmatch(value) is not None


def _only(pattern: re.Pattern[str], value: str) -> bool:
    return not pattern.sub("", value).strip(" ,\t\r\n")


def _text_faults(text: _Element) -> Iterator[str]:
    """Yield what is no block of lines that begin at one x and follow at one distance."""
    spans, words = _spans(text), _said(text)
    if any(_number(span, "x", _number(text, "x")) != _number(text, "x") for span in spans):
        yield f'has a text whose lines begin at different x ("{words}"): they are drawn below one another'
    if len({distance for span in spans[1:] if (distance := _number(span, "dy"))}) > 1:
        yield f'has a text whose lines stand at different distances ("{words}"): they are drawn at the first one'


# -------------------------------------------------------------------------------------------------- elements


def _children(element: _Element) -> list[_Element]:
    return list(element.iterchildren("*"))  # no comments, no processing instructions


def _spans(text: _Element) -> list[_Element]:
    return [child for child in _children(text) if _tag(child) == "tspan"]


def _tag(element: _Element) -> str:
    return str(etree.QName(element).localname)


def _said(element: _Element) -> str:
    """Return all text of an element, white space collapsed."""
    return " ".join("".join(map(str, element.itertext())).split())


def _classes(element: _Element) -> list[str]:
    return str(element.get("class", "")).split()


def _number(element: _Element, key: str, default: float = 0.0) -> float:
    value = element.get(key, "")
    return float(value) if NUMBER.fullmatch(value) else default
