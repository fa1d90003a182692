"""One slide as SVG: background, what master and layout show, then the slide's own shapes, from back to front.

Lengths in the file are EMU, in the picture points, so that its type sizes are those of PowerPoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import NamedTuple

from lxml.etree import _Element
from markupsafe import escape

from .. import thumbs
from ..outlines import TURN, is_known, outline, plain
from ..svg import Box
from ..verify import shapes
from ..verify.archive import A, Archive, P
from ..verify.inherit import Layout
from ..verify.paint import Palette
from ..verify.shapes import EMU, Shape
from ..verify.tables import Style
from . import graphs
from .grids import Grid
from .paints import SHARP, Brush, Stroke, heads, place, shortened
from .words import Writer

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
KINDS = {  # what a frame may hold besides tables and charts, in the words of a trainer
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "SmartArt",
    "http://schemas.openxmlformats.org/presentationml/2006/ole": "embedded object",
}
MEDIA = {
    A + "videoFile": "video",
    A + "audioFile": "sound",
    A + "quickTimeFile": "video",
    A + "audioCd": "sound",
    A + "wavAudioFile": "sound",
}
GREY, INK, FACE = "#808080", "#1B2430", "'Calibri','Carlito'"
LABEL = 14.0  # points
WHOLE_TURN = 360 * TURN


class Sheet(NamedTuple):
    """A part whose shapes are drawn: the slide itself, its layout or its master."""

    name: str
    root: _Element
    shapes: Iterable[Shape]
    palette: Palette


@dataclass
class Canvas:
    """What one slide is drawn on. Not frozen: it counts ids and collects what could not be drawn, in words."""

    archive: Archive
    layout: Layout
    styles: Mapping[str, Style]
    size: Box  # points
    mark: str
    language: str = ""
    sharp: int = SHARP
    numbers: count[int] = field(default_factory=count)
    lost: list[str] = field(default_factory=list)

    def brush(self, sheet: Sheet) -> Brush:
        relations = self.archive.relations(sheet.name)
        return Brush(self.archive, self.layout, sheet.palette, relations, self.mark, self.numbers, self.sharp)


def drawn(canvas: Canvas, sheets: Iterable[Sheet]) -> Iterator[str]:
    """Yield what is seen of a slide: the background of the first sheet that has one, then each sheet's shapes, the last first."""
    listed = list(sheets)
    yield from _background(canvas, listed)
    for sheet in reversed(listed):
        yield from _Painter(canvas, sheet, Writer(canvas.brush(sheet))).shapes()


def _background(canvas: Canvas, sheets: list[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        found = sheet.root.find(f"{P}cSld/{P}bg")
        if found is None or not len(found):
            continue
        brush = canvas.brush(sheet)
        if found[0].tag == P + "bgRef":
            fill = canvas.layout.theme.fill(int(found[0].get("idx", "0")))
            colour = sheet.palette.colour(found[0])
            if fill is not None and fill.tag == A + "blipFill":
                brush = replace(brush, relations=canvas.layout.theme.relations)
        else:
            fill, colour = next(iter(found[0]), None), None
        if fill is not None and fill.tag == A + "blipFill":
            yield f'<rect {place(canvas.size)} fill="#FFFFFF"/>'  # below what is clear
            yield brush.image(fill.find(A + "blip"), canvas.size, thumbs.cut_of(fill))
            return
        definition, paint = brush.paint(fill, colour)
        yield f'{definition}<rect {place(canvas.size)} fill="{paint if paint != "none" else "#FFFFFF"}"/>'
        return
    yield f'<rect {place(canvas.size)} fill="#FFFFFF"/>'


@dataclass(frozen=True)
class _Painter:
    """Draws the shapes of one sheet."""

    canvas: Canvas
    sheet: Sheet
    writer: Writer

    @property
    def brush(self) -> Brush:
        return self.writer.brush

    def shapes(self) -> Iterator[str]:
        """Yield the shapes, those of a turned group inside its turn."""
        open_groups: list[tuple[int, bool, bool]] = []  # depth, whether turned, whether hidden
        for shape in self.sheet.shapes:
            while open_groups and shape.depth <= open_groups[-1][0]:
                if open_groups.pop()[1]:
                    yield "</g>"
            hidden = shape.hidden or any(each[2] for each in open_groups)
            if shape.kind == "group":
                turn = _turn(shape, flips=True) if shape.box is not None else ""
                open_groups.append((shape.depth, bool(turn), hidden))
                if turn:
                    yield f'<g transform="{turn}">'
            elif not hidden and shape.box is not None:
                yield from self.shape(shape, _points(shape.box))
        yield from ("</g>" for each in open_groups if each[1])

    def shape(self, shape: Shape, box: Box) -> Iterator[str]:
        """Yield one shape: its surface turned and flipped as it is, its words only turned."""
        turn, flipped = _turn(shape), _turn(shape, flips=True)
        if turn:
            yield f'<g transform="{turn}">'
        match shape.kind:
            case "picture":
                yield from self.picture(shape, box)
            case "frame":
                yield from self.frame(shape, box)
            case _:
                surface = "".join(self.surface(shape, box))
                if surface and flipped != turn:
                    surface = f'<g transform="{_flip(shape, box)}">{surface}</g>'
                yield surface
                yield from self.writer.shape(shape, box)
        if turn:
            yield "</g>"

    def surface(self, shape: Shape, box: Box) -> Iterator[str]:
        fill, colour = self.brush.fill_of(shape)
        stroke = self.brush.stroke_of(shape)
        geometry = _geometry(shape)
        if not is_known(geometry) and (fill is not None or stroke is not None):
            name = geometry.find(f"{A}prstGeom").get("prst")  # type: ignore[union-attr]  # an unknown one has a name
            self.canvas.lost.append(f"the shape “{shape.name}” ({name}) is drawn as a rectangle")
        if fill is not None and fill.tag == A + "blipFill":
            yield self.brush.image(fill.find(A + "blip"), box, thumbs.cut_of(fill))
            fill = None
        shape_of = outline(geometry, box)
        is_gradient = fill is not None and fill.tag == A + "gradFill"
        if is_gradient and shape_of.startswith("<rect") and (bands := self.brush.bands(fill, box, colour)):
            yield from bands
            fill = None
        definition, paint = self.brush.paint(fill, colour)
        if paint != "none" or stroke is not None:
            yield from _outlined(definition, shape_of, paint, stroke)

    def picture(self, shape: Shape, box: Box) -> Iterator[str]:
        fill = shape.element.find(P + "blipFill")
        blip = fill.find(A + "blip") if fill is not None else None
        cut = thumbs.cut_of(fill) if fill is not None else thumbs.WHOLE
        clip, clipped = self._clip(shape, box)
        drawing = self.brush.drawing(blip)
        if drawing and cut == thumbs.WHOLE:
            seen = f'<image {place(box)} preserveAspectRatio="none"{clipped} href="{thumbs.address(drawing)}"/>'
        else:
            seen = self.brush.image(blip, box, cut, clipped)
        media = _media(shape)
        if not seen or media:
            kind = media or "picture"
            self.canvas.lost.append(f"the {kind} “{shape.name}” cannot be printed; a labelled box stands for it")
            yield from _labelled(box, f"{kind.capitalize()}: {shape.name}", below=seen)
            return
        yield clip + seen
        stroke = self.brush.stroke_of(shape)
        if stroke is not None:
            yield f'{outline(_geometry(shape), box)} fill="none"{stroke.attributes}/>'

    def _clip(self, shape: Shape, box: Box) -> tuple[str, str]:
        """Return what a picture in another shape than a rectangle needs defined, and its attribute."""
        geometry = _geometry(shape)
        preset = geometry.find(f"{A}prstGeom") if geometry is not None else None
        if geometry is None or (preset is not None and preset.get("prst", "rect") == "rect"):
            return "", ""
        name = f"{self.canvas.mark}c{next(self.canvas.numbers)}"
        return f'<clipPath id="{name}">{outline(geometry, box)}/></clipPath>', f' clip-path="url(#{name})"'

    def frame(self, shape: Shape, box: Box) -> Iterator[str]:
        data = shape.element.find(f"{A}graphic/{A}graphicData")
        kind = data.get("uri", "") if data is not None else ""
        if kind == TABLE and shape.table is not None:
            yield from Grid(shape.table, box, self.writer, self.canvas.styles).drawn()
            return
        if kind == CHART and data is not None:
            seen = graphs.drawn(data, self.brush, box, self.canvas.language)
            if seen:
                yield seen
                return
        words = "chart" if kind == CHART else KINDS.get(kind, "object")
        held = shape.element.find(f".//{P}pic")
        seen = self.brush.image(held.find(f"{P}blipFill/{A}blip"), box, thumbs.WHOLE) if held is not None else ""
        if seen:
            yield seen  # PowerPoint’s own picture of an object
            return
        self.canvas.lost.append(f"the {words} “{shape.name}” cannot be printed; a labelled box stands for it")
        yield from _labelled(box, f"{words[:1].upper()}{words[1:]}: {shape.name}")


# ------------------------------------------------------------------------------------------------------- shapes


def _outlined(definition: str, shape_of: str, paint: str, stroke: Stroke | None) -> Iterator[str]:
    if stroke is None:
        yield f'{definition}{shape_of} fill="{paint}"/>'
        return
    arrows = heads(shape_of, stroke)
    yield f'{definition}{shortened(shape_of, stroke)} fill="{paint}"{stroke.attributes}/>{arrows}'


def _labelled(box: Box, words: str, below: str = "") -> Iterator[str]:
    """Yield a box that says what is not shown, on the picture of it if there is one."""
    yield below or f'<rect {place(box)} fill="#F2F4F6" stroke="{GREY}" stroke-width="1"/>'
    size = min(LABEL, max(4.0, box.height * 0.5))
    most = max(1, int(box.width / (size * 0.55)))
    shown = words if len(words) <= most else words[: most - 1].rstrip() + "…"
    y = box.y + box.height / 2
    if below:
        yield f'<rect {place(Box(box.x, y - size, box.width, size * 2))} fill="#FFFFFF"/>'
    place_ = f'x="{plain(box.x + size * 0.5)}" y="{plain(y + size * 0.35)}"'
    yield f'<text {place_} font-family="{FACE}" font-size="{plain(size)}" fill="{INK}">{escape(shown)}</text>'


def _geometry(shape: Shape) -> _Element | None:
    """Return the properties that say what outline a shape has, its own or inherited."""
    owners = [each.properties for each in (shape, *shape.parents) if each.properties is not None]
    found = (each for each in owners if each.find(A + "prstGeom") is not None or each.find(A + "custGeom") is not None)
    return next(found, None)


def _points(box: shapes.Box) -> Box:
    return Box(box.x / EMU, box.y / EMU, box.width / EMU, box.height / EMU)


def _turn(shape: Shape, *, flips: bool = False) -> str:
    """Return the transformation that turns a shape, and flips it if asked; "" for none."""
    place_ = _placed(shape)
    if place_ is None or shape.box is None:
        return ""
    box = _points(shape.box)
    angle = float(place_.get("rot", "0")) % WHOLE_TURN / TURN
    x, y = box.x + box.width / 2, box.y + box.height / 2
    turn = f"rotate({angle:g} {plain(x)} {plain(y)})" if angle else ""
    return f"{turn} {_flip(shape, box)}".strip() if flips else turn


def _flip(shape: Shape, box: Box) -> str:
    place_ = _placed(shape)
    across, down = (-1 if place_ is not None and place_.get(key) in ("1", "true") else 1 for key in ("flipH", "flipV"))
    if (across, down) == (1, 1):
        return ""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return f"translate({x:.2f} {y:.2f}) scale({across} {down}) translate({-x:.2f} {-y:.2f})"


def _placed(shape: Shape) -> _Element | None:
    """Return the element that places a shape; a placeholder without one is turned as its layout’s."""
    owners = (shape, *shape.parents)
    return next((each.place for each in owners if each.place is not None), None)


def _media(shape: Shape) -> str:
    marked = shape.element.find(f"{P}nvPicPr/{P}nvPr")
    return next((MEDIA[each.tag] for each in marked if each.tag in MEDIA), "") if marked is not None else ""
