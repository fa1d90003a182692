"""A drawing as native shapes: the SVG subset of the templates becomes one group that anybody can edit in PowerPoint.

Colours are the theme's and fonts are the theme's, so a drawing follows the brand. Lengths are EMU (914,400 an inch,
12,700 a point) wherever nothing else is said; the drawing's own are user units. What the subset does not know is a
problem, never a silent gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from ...problems import Broken, Problem, did_you_mean, warning
from ...wrapping import measured
from .brand import Rect
from .colours import COLOURS, solid

POINT = 12_700
LEAST_TEXT, LEAST_LABEL = 18.0, 12.0  # points, as the look has them
ASCENT = 0.95  # of the font size, from the top of a line to its base: Calibri and Cambria (hhea and OS/2 tables)
PITCH = 1.2  # of the font size, from one line to the next (single spacing)
SPARE = 1.1  # a text's box is that much wider than the text is likely to be, for fonts wider than ours
ROUNDING = 1.05  # and that much higher, as sizes are rounded to half points

Point = tuple[float, float]
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
CLASSES = frozenset({
    *(f"{use}-{colour}" for use in ("fill", "stroke") for colour in (*COLOURS, "none")),
    *WIDTHS, *TYPES, "t-bold", "dashed", "half",
})  # fmt: skip
COMMON = frozenset({"class"})
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
    "text": frozenset({"x", "y", "font-size", "text-anchor"}),
    "tspan": frozenset({"x", "dy"}),
}
SILENT = frozenset({"title", "desc", "style"})
WORDS = frozenset({"class", "transform", "points", "d", "text-anchor"})  # attributes that are no plain number
ALIGNED = {"start": "l", "middle": "ctr", "end": "r"}
ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "Z": 0}

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TOKEN = re.compile(rf"{_NUMBER.pattern}|[A-Za-z]")
_TRANSLATE = re.compile(rf"\s*translate\(\s*({_NUMBER.pattern})(?:[\s,]+({_NUMBER.pattern}))?\s*\)\s*")
_NAMESPACES = {
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


class Drawn(NamedTuple):
    """A group for the slide's shape tree, and what could not be drawn as the template meant it."""

    shape: _Element
    problems: tuple[Problem, ...]


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


@dataclass(frozen=True)
class Canvas:
    """Where user units land on the slide, and what each shape is given."""

    scale: float  # EMU a user unit
    x: float  # of the user units' origin
    y: float
    ids: Iterator[int]
    name: str
    language: str

    def moved(self, step: Point) -> Canvas:
        return replace(self, x=self.x + step[0] * self.scale, y=self.y + step[1] * self.scale)

    def length(self, units: float) -> int:
        return round(units * self.scale)

    def box(self, x: float, y: float, width: float, height: float) -> Rect:
        return Rect(round(self.x + x * self.scale), round(self.y + y * self.scale), self.length(width), self.length(height))

    def points(self, units: float) -> float:
        """Return a font size in points, to the half."""
        return round(units * self.scale / POINT * 2) / 2


class Run(NamedTuple):
    text: str
    look: Look


def draw(svg: _Element, rect: Rect, ids: Iterator[int], name: str, language: str) -> Drawn:
    """Return the drawing as one ``p:grpSp``, fitted into ``rect`` and centred there, never stretched.

    ``ids`` gives shape ids that are free on the slide; ``name`` is the group's, and begins those of its shapes;
    ``language`` goes on every run. The drawing's ``<title>`` is its alternative text.
    Raises :class:`Broken` when the drawing has no usable viewBox.
    """
    left, top, width, height = _viewbox(svg, name)
    scale = min(rect.width / width, rect.height / height)
    fitted = _centred(rect, round(width * scale), round(height * scale))
    canvas = Canvas(scale, fitted.x - left * scale, fitted.y - top * scale, ids, name, language)
    title = _title(svg)
    group = _group(fitted, next(ids), name, title)
    group.extend(_shapes(svg, canvas, Look().of(svg)))
    faults = [*_faults(svg), *([] if title else ["has no <title>, so nobody who cannot see it knows what it tells"])]
    return Drawn(group, (*(Problem(f'drawing "{name}" {fault}') for fault in faults), *_small(svg, canvas)))


def _viewbox(svg: _Element, name: str) -> tuple[float, float, float, float]:
    numbers = tuple(map(float, _NUMBER.findall(svg.get("viewBox") or svg.get("viewbox") or "")))
    if len(numbers) != 4 or min(numbers[2:]) <= 0:
        raise Broken([Problem(f'drawing "{name}" has no viewBox', hint='such as viewBox="0 0 800 450"')])
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _centred(rect: Rect, width: int, height: int) -> Rect:
    return Rect(rect.x + (rect.width - width) // 2, rect.y + (rect.height - height) // 2, width, height)


def _title(svg: _Element) -> str:
    return next((_said(child) for child in _children(svg) if _tag(child) == "title"), "")


# ------------------------------------------------------------------------------------------------ what is amiss


def _faults(element: _Element) -> Iterator[str]:
    """Yield what this converter would not draw as a browser does, for an element and all below it."""
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
            return _only(_TOKEN, value) and all(_well_formed(command, numbers) for command, numbers in _commands(value))
        case "points":
            return _only(_NUMBER, value) and len(_NUMBER.findall(value)) % 2 == 0
        case "text-anchor":
            return value in ALIGNED
    return key in WORDS or _NUMBER.fullmatch(value) is not None


def _only(pattern: re.Pattern[str], value: str) -> bool:
    return not pattern.sub("", value).strip(" ,\t\r\n")


def _well_formed(command: str, numbers: list[float]) -> bool:
    arity = ARITY.get(command.upper())
    return arity is not None and (not numbers if arity == 0 else len(numbers) > 0 and len(numbers) % arity == 0)


def _text_faults(text: _Element) -> Iterator[str]:
    """Yield what is no block of lines that begin at one x and follow at one distance."""
    spans = [child for child in _children(text) if _tag(child) == "tspan"]
    words = _said(text)
    if any(_number(span, "x", _number(text, "x")) != _number(text, "x") for span in spans):
        yield f'has a text whose lines begin at different x ("{words}"): they are drawn below one another'
    if len({distance for span in spans[1:] if (distance := _number(span, "dy"))}) > 1:
        yield f'has a text whose lines stand at different distances ("{words}"): they are drawn at the first one'


def _small(svg: _Element, canvas: Canvas) -> Iterator[Problem]:
    """Yield one warning when text lands below the look's least size."""
    sizes = [(canvas.points(look.size), look) for look in _texts(svg, Look().of(svg))]
    small = [size for size, look in sizes if size < (LEAST_LABEL if "t-label" in look.classes else LEAST_TEXT)]
    if small:
        hint = f"fewer words, or a larger place for it: text is at least {LEAST_TEXT:g} pt, labels {LEAST_LABEL:g} pt"
        yield warning(f'drawing "{canvas.name}" has text of {min(small):g} pt', hint=hint)


def _texts(element: _Element, look: Look) -> Iterator[Look]:
    for child in _children(element):
        if _tag(child) == "text":
            yield look.of(child)
        elif _tag(child) == "g":
            yield from _texts(child, look.of(child))


# ---------------------------------------------------------------------------------------------------- shapes


def _shapes(parent: _Element, canvas: Canvas, inherited: Look) -> Iterator[_Element]:
    for element in _children(parent):
        look = inherited.of(element)
        match _tag(element):
            case "g":
                yield from _shapes(element, canvas.moved(_translation(element)), look)
            case "rect":
                yield _rectangle(element, canvas, look)
            case "circle" | "ellipse":
                yield _ellipse(element, canvas, look)
            case "line":
                yield _line(element, canvas, look)
            case "polyline" | "polygon" | "path":
                yield from _free(element, canvas, look)
            case "text":
                yield from _text(element, canvas, look)


def _translation(element: _Element) -> Point:
    found = _TRANSLATE.fullmatch(element.get("transform", ""))
    return (float(found[1]), float(found[2] or 0)) if found else (0.0, 0.0)


def _rectangle(element: _Element, canvas: Canvas, look: Look) -> _Element:
    x, y, width, height = (_number(element, key) for key in ("x", "y", "width", "height"))
    radius = min(_number(element, "rx"), width / 2, height / 2)
    if not radius:
        return _shape("rectangle", canvas, canvas.box(x, y, width, height), _preset("rect"), look)
    geometry = _preset("roundRect", _node("a:gd", name="adj", fmla=f"val {round(radius / min(width, height) * 100_000)}"))
    return _shape("rectangle", canvas, canvas.box(x, y, width, height), geometry, look)


def _ellipse(element: _Element, canvas: Canvas, look: Look) -> _Element:
    radius = _number(element, "r")
    across, down = _number(element, "rx", radius), _number(element, "ry", radius)
    box = canvas.box(_number(element, "cx") - across, _number(element, "cy") - down, across * 2, down * 2)
    return _shape("circle" if across == down else "ellipse", canvas, box, _preset("ellipse"), look)


def _line(element: _Element, canvas: Canvas, look: Look) -> _Element:
    x1, y1, x2, y2 = (_number(element, key) for key in ("x1", "y1", "x2", "y2"))
    place = _place("a:xfrm", canvas.box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)))
    for key, flipped in (("flipH", x2 < x1), ("flipV", y2 < y1)):
        if flipped:
            place.set(key, "1")
    return _node(
        "p:cxnSp",
        _node("p:nvCxnSpPr", _named(canvas, "line"), _node("p:cNvCxnSpPr"), _node("p:nvPr")),
        _node("p:spPr", place, _preset("line"), _stroke(canvas, look)),
    )


def _free(element: _Element, canvas: Canvas, look: Look) -> Iterator[_Element]:
    """Yield the freeform of a path, or nothing when it has no two points."""
    steps = list(_steps(element))
    points = [point for _, step in steps for point in step]
    if len(points) < 2:
        return
    left, top = (min(axis) for axis in zip(*points, strict=True))
    right, bottom = (max(axis) for axis in zip(*points, strict=True))
    box = canvas.box(left, top, right - left, bottom - top)
    yield _shape("freeform", canvas, box, _custom(steps, (left, top), box, canvas), look)


def _custom(steps: list[tuple[str, tuple[Point, ...]]], origin: Point, box: Rect, canvas: Canvas) -> _Element:
    names = {"M": "a:moveTo", "L": "a:lnTo", "C": "a:cubicBezTo", "Q": "a:quadBezTo", "Z": "a:close"}
    path = _node("a:path", w=str(box.width), h=str(box.height))
    for command, points in steps:
        spots = ((canvas.length(x - origin[0]), canvas.length(y - origin[1])) for x, y in points)
        path.append(_node(names[command], *(_node("a:pt", x=str(x), y=str(y)) for x, y in spots)))
    lists = (_node(f"a:{name}") for name in ("avLst", "gdLst", "ahLst", "cxnLst"))
    return _node("a:custGeom", *lists, _node("a:rect", l="0", t="0", r="r", b="b"), _node("a:pathLst", path))


def _shape(kind: str, canvas: Canvas, box: Rect, geometry: _Element, look: Look) -> _Element:
    fill = _fill(look.colour("fill"), half="half" in look.classes)
    return _node(
        "p:sp",
        _node("p:nvSpPr", _named(canvas, kind), _node("p:cNvSpPr"), _node("p:nvPr")),
        _node("p:spPr", _place("a:xfrm", box), geometry, fill, _stroke(canvas, look)),
    )


def _named(canvas: Canvas, kind: str) -> _Element:
    number = next(canvas.ids)
    return _node("p:cNvPr", id=str(number), name=f"{canvas.name}: {kind} {number}")


def _group(box: Rect, number: int, name: str, alt: str) -> _Element:
    named = _node("p:cNvPr", id=str(number), name=name, descr=alt)
    place = _place("a:xfrm", box)
    place.extend([_node("a:chOff", x=str(box.x), y=str(box.y)), _node("a:chExt", cx=str(box.width), cy=str(box.height))])
    return _node("p:grpSp", _node("p:nvGrpSpPr", named, _node("p:cNvGrpSpPr"), _node("p:nvPr")), _node("p:grpSpPr", place))


def _place(tag: str, box: Rect) -> _Element:
    return _node(tag, _node("a:off", x=str(box.x), y=str(box.y)), _node("a:ext", cx=str(box.width), cy=str(box.height)))


def _preset(kind: str, *guides: _Element) -> _Element:
    return _node("a:prstGeom", _node("a:avLst", *guides), prst=kind)


def _fill(colour: str, *, half: bool = False) -> _Element:
    if colour not in COLOURS:
        return _node("a:noFill")
    return solid(colour, ("alpha", 50_000)) if half else solid(colour)


def _stroke(canvas: Canvas, look: Look) -> _Element:
    fill = _fill(look.colour("stroke"))
    if look.colour("stroke") not in COLOURS:
        return _node("a:ln", fill)
    dashes = [_node("a:prstDash", val="dash")] if "dashed" in look.classes else []
    return _node("a:ln", fill, *dashes, w=str(canvas.length(look.width())))


# ------------------------------------------------------------------------------------------------------ text


def _text(element: _Element, canvas: Canvas, look: Look) -> Iterator[_Element]:
    """Yield a text box that wraps nothing, its first line standing on the drawing's base line; nothing for no words."""
    lines = _lines(element, look)
    if not lines:
        return
    pitch = next((step for span in _spans(element)[1:] if (step := _number(span, "dy"))), look.size * PITCH)
    base = _number(element, "y") + next((_number(span, "dy") for span in _spans(element)[:1]), 0.0)
    width = max(sum(_run_width(run) for run in line) for line in lines) * SPARE
    left = _number(element, "x") - width * {"middle": 0.5, "end": 1.0}.get(look.anchor, 0.0)
    top = base - look.size * (ASCENT - PITCH) - pitch  # wider spacing stands above each line, the first too
    box = canvas.box(left, top, width, pitch * len(lines) * ROUNDING)
    yield _text_box(canvas, box, _paragraph(lines, canvas, look, pitch))


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


def _run_width(run: Run) -> float:
    kind = run.look.type()
    return measured(run.text, run.look.size, serif=kind.serif) + len(run.text) * kind.spacing * run.look.size


def _paragraph(lines: list[list[Run]], canvas: Canvas, look: Look, pitch: float) -> _Element:
    settings = _node("a:pPr", algn=ALIGNED.get(look.anchor, "l"))
    share = round(pitch / (look.size * PITCH) * 100) if look.size else 100
    if share != 100:
        settings.append(_node("a:lnSpc", _node("a:spcPct", val=str(share * 1000))))
    paragraph = _node("a:p", settings)
    for number, line in enumerate(lines):
        if number:
            paragraph.append(_node("a:br", _setting("a:rPr", line[0].look, canvas)))
        paragraph.extend(_node("a:r", _setting("a:rPr", run.look, canvas), _words(run.text)) for run in line)
    return paragraph


def _setting(tag: str, look: Look, canvas: Canvas) -> _Element:
    kind, size = look.type(), canvas.points(look.size)
    spacing = {"spc": str(round(size * kind.spacing * 100))} if kind.spacing else {}
    flags = {"sz": str(round(size * 100)), "b": str(int(kind.bold)), "i": str(int(kind.italic))} | spacing
    family = "mj" if kind.serif else "mn"
    fonts = (_node(f"a:{script}", typeface=f"+{family}-{key}") for script, key in (("latin", "lt"), ("ea", "ea"), ("cs", "cs")))
    return _node(tag, _fill(look.colour("fill")), *fonts, lang=canvas.language, **flags)


def _words(text: str) -> _Element:
    node = _node("a:t")
    node.text = text
    return node


def _text_box(canvas: Canvas, box: Rect, paragraph: _Element) -> _Element:
    insets = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), "0")
    body = _node("a:bodyPr", _node("a:noAutofit"), wrap="none", anchor="t", rtlCol="0", **insets)
    return _node(
        "p:sp",
        _node("p:nvSpPr", _named(canvas, "text"), _node("p:cNvSpPr", txBox="1"), _node("p:nvPr")),
        _node("p:spPr", _place("a:xfrm", box), _preset("rect"), _node("a:noFill")),
        _node("p:txBody", body, _node("a:lstStyle"), paragraph),
    )


# ------------------------------------------------------------------------------------------- reading the SVG


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
    return float(value) if _NUMBER.fullmatch(value) else default


def _steps(element: _Element) -> Iterator[tuple[str, tuple[Point, ...]]]:
    """Yield commands (M L C Q Z) with their points, absolute, in user units."""
    if _tag(element) == "path":
        yield from _path_steps(element.get("d", ""))
        return
    numbers = [float(found) for found in _NUMBER.findall(element.get("points", ""))]
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    yield from (("L" if place else "M", (point,)) for place, point in enumerate(points))
    if _tag(element) == "polygon" and points:
        yield "Z", ()


def _path_steps(path: str) -> Iterator[tuple[str, tuple[Point, ...]]]:
    """Yield a path's steps up to the first command that is not of the subset."""
    here = start = (0.0, 0.0)
    for command, numbers in _commands(path):
        if not _well_formed(command, numbers):
            return
        kind, relative = command.upper(), command.islower()
        if kind == "Z":
            here = start
            yield "Z", ()
        for place, chunk in enumerate(_chunks(numbers, ARITY[kind])):
            points = _absolute(kind, chunk, here, relative)
            here = points[-1]
            start = here if kind == "M" and not place else start
            yield "L" if kind in "HV" or (kind == "M" and place) else kind, points


def _absolute(kind: str, numbers: list[float], here: Point, relative: bool) -> tuple[Point, ...]:
    across, down = here if relative else (0.0, 0.0)
    if kind == "H":
        return ((across + numbers[0], here[1]),)
    if kind == "V":
        return ((here[0], down + numbers[0]),)
    return tuple((across + x, down + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True))


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    command, numbers = "", list[float]()
    for token in _TOKEN.findall(path):
        if token.isalpha():
            if command:
                yield command, numbers
            command, numbers = token, []
        else:
            numbers.append(float(token))
    if command:
        yield command, numbers


def _chunks(numbers: list[float], size: int) -> Iterator[list[float]]:
    yield from (numbers[place : place + size] for place in range(0, len(numbers), size or 1))


def _node(tag: str, *children: _Element, **attributes: str) -> _Element:
    prefix, name = tag.split(":")
    node = etree.Element(f"{{{_NAMESPACES[prefix]}}}{name}", attributes, nsmap=_NAMESPACES)
    node.extend(children)
    return node
