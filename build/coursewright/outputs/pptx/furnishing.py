"""What a layout shows by itself, as SVG: its background, its shapes, pictures and words, as near as a small picture needs.

Lengths in the template are EMU, in the picture user units, of which the slide is ``WIDE`` wide.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from lxml.etree import _Element
from markupsafe import escape

from ...wrapping import lines
from . import theme as themes
from .outlines import TURN, outline, plain
from .reading import FILLS, Facts, Place
from .svg import Box
from .theme import A, P, Theme, hexed
from .thumbs import SHARP, cut_of, linked, thumb

WIDE = 1000.0  # user units across a slide
THIN = 0.75  # user units: the thinnest line that a page still shows
HAIR = 12_700  # EMU: the line of a shape whose theme says how wide
USUAL_SIZE = 18.0  # points: text of a shape that says no size (ECMA-376 part 1, 21.1.2.3.9)
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SURFACES = FILLS | {f"{A}noFill"}
ANCHORS = {"l": "start", "ctr": "middle", "r": "end", "just": "start", "dist": "start"}
VERTICAL = {"vert": 90, "vert270": -90, "eaVert": 90}


class Fit(NamedTuple):
    """How EMU become user units: a factor and a shift in each direction. Groups have their own."""

    across: float
    down: float
    left: float = 0.0
    top: float = 0.0

    def box(self, frame: _Element) -> Box | None:
        """Return where an ``a:xfrm`` stands, None where it does not say."""
        offset, extent = frame.find(f"{A}off"), frame.find(f"{A}ext")
        if offset is None or extent is None:
            return None
        x, y = _numbers(offset, "x", "y")
        width, height = _numbers(extent, "cx", "cy")
        return Box(self.left + x * self.across, self.top + y * self.down, width * self.across, height * self.down)

    def inside(self, frame: _Element, box: Box) -> Fit:
        """Return how the children of a group become user units: they count in the group's own lengths."""
        offset, extent = frame.find(f"{A}chOff"), frame.find(f"{A}chExt")
        if offset is None or extent is None:
            return self
        (x, y), (width, height) = _numbers(offset, "x", "y"), _numbers(extent, "cx", "cy")
        across, down = box.width / (width or 1), box.height / (height or 1)
        return Fit(across, down, box.x - x * across, box.y - y * down)


@dataclass(frozen=True)
class Painter:
    """Draws shapes of one part. ``mark`` keeps the ids of gradients apart on a page, ``sharp`` is pixels of a picture."""

    theme: Theme
    part: Any
    fit: Fit
    mark: str
    sharp: int = SHARP

    def shapes(self, tree: _Element) -> Iterator[str]:
        """Yield the shapes of a tree from back to front; placeholders and what is hidden show nothing."""
        for number, shape in enumerate(_children(tree)):
            named = shape.find(f"./*/{P}cNvPr")
            hidden = named is not None and named.get("hidden") in ("1", "true")
            if not hidden and shape.find(f"./*/{P}nvPr/{P}ph") is None:
                yield from replace(self, mark=f"{self.mark}-{number}").shape(shape)

    def shape(self, shape: _Element) -> Iterator[str]:
        """Yield one shape, a group with all in it."""
        frame = next((each for path in FRAMES if (each := shape.find(path)) is not None), None)
        box = self.fit.box(frame) if frame is not None else None
        if frame is None or box is None:
            return
        turned = _turned(frame, box)
        if turned:
            yield f'<g transform="{turned}">'
        match str(shape.tag).removeprefix(P):
            case "grpSp":
                yield from replace(self, fit=self.fit.inside(frame, box)).shapes(shape)
            case "pic":
                yield self.picture(shape, box)
            case "sp" | "cxnSp":
                yield from self.drawn(shape, box)
                yield from self.words(shape, box)
            case "graphicFrame":
                yield f'{outline(None, box)} fill="none" stroke="#808080" stroke-width="{THIN}"/>'
        if turned:
            yield "</g>"

    def picture(self, shape: _Element, box: Box) -> str:
        """Return the picture itself, or a grey box with a cross where it is of a kind that no page can show."""
        return self.image(linked(shape, self.part), box, cut_of(shape)) or crossed(box)

    def image(self, blob: bytes, box: Box, cut: tuple[float, float, float, float]) -> str:
        """Return an SVG image that fills its box, "" where its file cannot be read."""
        address = thumb(blob, cut, self.sharp) if blob else ""
        if not address:
            return ""
        place = f'x="{plain(box.x)}" y="{plain(box.y)}" width="{plain(box.width)}" height="{plain(box.height)}"'
        return f'<image {place} preserveAspectRatio="none" href="{address}"/>'

    def drawn(self, shape: _Element, box: Box) -> Iterator[str]:
        """Yield a shape's surface and line, nothing for one that has neither."""
        properties, style = shape.find(f"{P}spPr"), shape.find(f"{P}style")
        fill = fill_of(properties, style)
        if fill is not None and fill.tag == f"{A}blipFill":
            yield self.image(linked(fill, self.part), box, cut_of(fill))
            fill = None
        definition, paint = self.paint(fill)
        stroke = self.stroke(properties, style)
        if paint != "none" or stroke:
            yield f'{definition}{outline(properties, box)} fill="{paint}"{stroke}/>'

    def paint(self, fill: _Element | None) -> tuple[str, str]:
        """Return what a fill needs defined, and the value of ``fill`` for it."""
        if fill is None or fill.tag == f"{A}noFill":
            return "", "none"
        if fill.tag == f"{A}gradFill":
            return self._gradient(fill)
        if fill.tag == f"{A}pattFill":
            return "", _shown(self.theme.colour(fill.find(f"{A}bgClr")), None)
        return "", _shown(self.theme.colour(fill), fill)

    def _gradient(self, fill: _Element) -> tuple[str, str]:
        """A gradient along a line; of any other kind its mean colour."""
        stops = [(_share(stop.get("pos", "0")), self.theme.colour(stop), stop) for stop in fill.iter(f"{A}gs")]
        line = fill.find(f"{A}lin")
        if line is None or not stops:
            return "", _shown(themes.average(colour for _, colour, _ in stops), None)
        angle = math.radians(float(line.get("ang", "0")) / TURN)
        x, y = math.cos(angle) / 2, math.sin(angle) / 2
        ends = f'x1="{0.5 - x:.3f}" y1="{0.5 - y:.3f}" x2="{0.5 + x:.3f}" y2="{0.5 + y:.3f}"'
        listed = sorted(stops, key=lambda stop: stop[0])
        shown = "".join(f'<stop offset="{at:.3f}" stop-color="{_shown(colour, stop)}"/>' for at, colour, stop in listed)
        return f'<linearGradient id="{self.mark}" {ends}>{shown}</linearGradient>', f"url(#{self.mark})"

    def stroke(self, properties: _Element | None, style: _Element | None) -> str:
        """Return the attributes of a shape's line, "" for none."""
        line = properties.find(f"{A}ln") if properties is not None else None
        own = line.find(f"{A}solidFill") if line is not None else None
        reference = style.find(f"{A}lnRef") if style is not None else None
        if own is None and (reference is None or reference.get("idx", "0") == "0" or _has(line, "noFill")):
            return ""
        width = float(line.get("w", HAIR)) if line is not None else HAIR
        colour = self.theme.colour(own if own is not None else reference)
        return f' stroke="{_shown(colour, own)}" stroke-width="{plain(max(THIN, width * self.fit.across))}"'

    def words(self, shape: _Element, box: Box) -> Iterator[str]:
        """Yield the words a shape shows, broken into lines about where PowerPoint breaks them."""
        body = shape.find(f"{P}txBody")
        if body is None or not "".join(body.itertext()).strip():
            return
        settings = body.find(f"{A}bodyPr")
        turn = VERTICAL.get(settings.get("vert", ""), 0) if settings is not None else 0
        if turn:
            x, y = box.middle
            yield f'<g transform="rotate({turn} {plain(x)} {plain(y)})">'
            box = Box(x - box.height / 2, y - box.width / 2, box.height, box.width)
        yield from _Setter(self, body, shape.find(f"{P}style"), box).lines()
        if turn:
            yield "</g>"


FRAMES = (f"{P}spPr/{A}xfrm", f"{P}grpSpPr/{A}xfrm", f"{P}xfrm")


class _Setter:
    """Sets the paragraphs of one shape. Sizes are user units."""

    def __init__(self, painter: Painter, body: _Element, style: _Element | None, box: Box) -> None:
        self.painter, self.body, self.style = painter, body, style
        self.settings = body.find(f"{A}bodyPr")
        across, down = painter.fit.across, painter.fit.down
        left, right = (self._inset(key, 91_440) * across for key in ("lIns", "rIns"))
        top, bottom = (self._inset(key, 45_720) * down for key in ("tIns", "bIns"))
        self.box = Box(box.x + left, box.y + top, max(1.0, box.width - left - right), max(1.0, box.height - top - bottom))

    def _inset(self, key: str, usual: int) -> float:
        return float(self.settings.get(key, usual)) if self.settings is not None else usual

    def lines(self) -> Iterator[str]:
        found = [line for paragraph in self.body.iterfind(f"{A}p") for line in self._paragraph(paragraph)]
        anchor = self.settings.get("anchor", "t") if self.settings is not None else "t"
        spare = self.box.height - sum(size * 1.2 for _, size, _, _ in found)
        y = self.box.y + {"t": 0.0, "ctr": 0.5, "b": 1.0}.get(anchor, 0.0) * spare
        for words, size, place, look in found:
            if words:
                yield f'<text {place} y="{plain(y + size * 0.95)}" font-size="{plain(size)}" {look}>{escape(words)}</text>'
            y += size * 1.2

    def _paragraph(self, paragraph: _Element) -> Iterator[tuple[str, float, str, str]]:
        """Yield each line with its size, where it starts and how it looks."""
        run = next(paragraph.iter(f"{A}rPr"), None)
        given = self.body.find(f"{A}lstStyle/{A}lvl1pPr")
        chain = [each for each in (run, given.find(f"{A}defRPr") if given is not None else None) if each is not None]
        size = float(next((each.get("sz") for each in chain if each.get("sz")), USUAL_SIZE * 100)) / 100
        units = size * HAIR * self.painter.fit.down
        bold = any(each.get("b") in ("1", "true") for each in chain)
        aligned = [each.get("algn") for each in (paragraph.find(f"{A}pPr"), given) if each is not None and each.get("algn")]
        anchor = ANCHORS.get(aligned[0] if aligned else "l", "start")
        x = self.box.x + {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * self.box.width
        place = f'x="{plain(x)}" text-anchor="{anchor}"'
        look = f'fill="{self._ink(chain)}"' + (' font-weight="bold"' if bold else "")
        text = "".join("\n" if each.tag == f"{A}br" else each.text or "" for each in paragraph.iter(f"{A}t", f"{A}br"))
        for part in text.split("\n"):
            for line in lines(part, self.box.width * 1.06, units):  # measured bold, so never too narrow
                yield line, units, place, look

    def _ink(self, chain: list[_Element]) -> str:
        theme = self.painter.theme
        fill = next((found for each in chain if (found := each.find(f"{A}solidFill")) is not None), None)
        own = theme.colour(fill) if fill is not None else None
        styled = theme.colour(self.style.find(f"{A}fontRef")) if self.style is not None else None
        return hexed(own or styled or theme.scheme("tx1"))


# ------------------------------------------------------------------------------------------------ a whole layout


def shown(facts: Facts, mark: str, sharp: int = SHARP) -> str:
    """Return all that a layout shows below its placeholders: background, the master's shapes, its own."""
    scale = WIDE / facts.size[0]
    layout, master = facts.layout, facts.layout.slide_master
    own = Painter(facts.theme, layout.part, Fit(scale, scale), f"{mark}-l", sharp)
    theirs = replace(own, part=master.part, mark=f"{mark}-m")
    found = [_background(own, theirs, layout, master, facts)]
    if layout._element.get("showMasterSp") not in ("0", "false"):
        found.extend(theirs.shapes(master._element.find(f"{P}cSld/{P}spTree")))
    found.extend(own.shapes(layout._element.find(f"{P}cSld/{P}spTree")))
    return "".join(found)


def dress(facts: Facts, place: Place, box: Box, mark: str) -> str:
    """Return the surface and line that a placeholder has of its own, or from its master: a title on a band, say."""
    scale = WIDE / facts.size[0]
    painter = Painter(facts.theme, facts.layout.part, Fit(scale, scale), mark)
    properties = next((each for each in _properties(place) if _dressed(each)), None)
    if properties is None:
        return ""
    definition, paint = painter.paint(fill_of(properties, None))
    stroke = painter.stroke(properties, None)
    return f'{definition}{outline(properties, box)} fill="{paint}"{stroke}/>' if paint != "none" or stroke else ""


def own_fill(facts: Facts, place: Place) -> _Element | None:
    """Return the fill of a placeholder itself, from the layout or else from the master; None where it has none."""
    found = (each for properties in _properties(place) for each in properties if each.tag in SURFACES)
    fill = next(found, None)
    return None if fill is None or fill.tag == f"{A}noFill" else fill


def fill_of(properties: _Element | None, style: _Element | None) -> _Element | None:
    """Return the element that says how a shape is filled, None for one that is not."""
    own = next((each for each in properties if each.tag in SURFACES), None) if properties is not None else None
    if own is not None:
        return own
    reference = style.find(f"{A}fillRef") if style is not None else None
    return None if reference is None or reference.get("idx", "0") == "0" else reference


def crossed(box: Box, colour: str = "#808080") -> str:
    """Return a box with a cross: a picture that is not shown."""
    right, bottom = plain(box.x + box.width), plain(box.y + box.height)
    cross = f"M{plain(box.x)} {plain(box.y)}L{right} {bottom}M{right} {plain(box.y)}L{plain(box.x)} {bottom}"
    stroke = f'stroke="{colour}" stroke-width="{THIN}"'
    return f'{outline(None, box)} fill="none" {stroke}/><path d="{cross}" {stroke}/>'


def _background(own: Painter, theirs: Painter, layout: Any, master: Any, facts: Facts) -> str:
    box = Box(0, 0, WIDE, WIDE * facts.size[1] / facts.size[0])
    white = f'{outline(None, box)} fill="{hexed(facts.theme.scheme("bg1"))}"/>'
    for painter, owner in ((own, layout), (theirs, master)):
        found = owner._element.find(f"{P}cSld/{P}bg")
        if found is None:
            continue
        fill = found.find(f"{P}bgRef")
        if fill is None:
            fill = fill_of(found.find(f"{P}bgPr"), None)
        if fill is not None and fill.tag == f"{A}blipFill":
            return white + painter.image(linked(fill, painter.part), box, cut_of(fill))
        definition, paint = painter.paint(fill)
        return f'{white}{definition}{outline(None, box)} fill="{paint}"/>'
    return white


def _properties(place: Place) -> list[_Element]:
    found = (each.find(f"{P}spPr") for each in (place.element, place.master) if each is not None)
    return [each for each in found if each is not None]


def _dressed(properties: _Element) -> bool:
    return any(each.tag in SURFACES for each in properties) or _has(properties.find(f"{A}ln"), "solidFill")


def _children(tree: _Element | None) -> Iterator[_Element]:
    """The shapes of a tree; of alternatives the one that every program knows."""
    for each in tree if tree is not None else ():
        if each.tag == f"{COMPATIBLE}AlternateContent":
            yield from _children(each.find(f"{COMPATIBLE}Fallback"))
        elif isinstance(each.tag, str) and each.tag.startswith(P):
            yield each


def _turned(frame: _Element, box: Box) -> str:
    x, y = box.middle
    angle = float(frame.get("rot", "0")) / TURN
    flips = [-1 if frame.get(key) in ("1", "true") else 1 for key in ("flipH", "flipV")]
    turned = f"rotate({plain(angle)} {plain(x)} {plain(y)})" if angle else ""
    if flips == [1, 1]:
        return turned
    return f"{turned} translate({plain(x)} {plain(y)}) scale({flips[0]} {flips[1]}) translate({plain(-x)} {plain(-y)})".strip()


def _shown(colour: themes.Rgb | None, fill: _Element | None) -> str:
    """A colour with what shines through it; grey where it cannot be told."""
    red, green, blue = colour or (128, 128, 128)
    clear = next(fill.iter(f"{A}alpha"), None) if fill is not None else None
    if clear is None:
        return hexed((red, green, blue))
    return f"rgba({red},{green},{blue},{_share(clear.get('val', '100000')):.2f})"


def _share(value: str) -> float:
    return float(value.rstrip("%")) / (100 if value.endswith("%") else 100_000)


def _has(element: _Element | None, name: str) -> bool:
    return element is not None and element.find(A + name) is not None


def _numbers(element: _Element, *keys: str) -> tuple[float, float]:
    first, second = (float(element.get(key, "0")) for key in keys)
    return first, second
