"""Can the text be read? Its real colour against what really lies behind it, by WCAG 2.2 (1.4.3).

What lies behind is looked up at a few spots of the text: the shapes below it from the top down, then the background.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from lxml.etree import _Element

from ....problems import Problem, warning
from .archive import A, Archive, P, Relation
from .inherit import FILLS, Layout, Paragraph, Run
from .measure import Laid, LaidCell, Rows
from .paint import BLACK, WHITE, Colour, Paints, Palette, at, contrast
from .shapes import Box, Shape
from .slide import Slide, shortened

ENOUGH, ENOUGH_LARGE = 4.5, 3.0  # WCAG 2.2, 1.4.3
LARGE, LARGE_BOLD = 18.0, 14.0  # points, from which on 3:1 is enough
ROUNDING = 0.05  # of a ratio: colours are bytes
SPOTS = ((0.5, 0.5), (0.08, 0.3), (0.92, 0.7))  # of the text: where it is looked at
OWN_LINK_COLOUR = ".//{http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor}hlinkClr"


class Painted(NamedTuple):
    """A filled shape in the order of painting: the brand's first (-1), then the slide's as they stand in it."""

    order: int
    shape: Shape
    box: Box
    fill: _Element
    paints: Paints


class Finding(NamedTuple):
    """A text that is hard to read: what it needs and has, and where it was seen first."""

    colour: Colour
    below: Colour
    ratio: float
    needed: float
    text: str
    slide: int
    title: str
    where: str


class Contrasts:
    """Gathers what is hard to read over all slides, so that one colour of a brand is one problem and not one a slide."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._found: dict[tuple[str, str, float], list[Finding]] = {}
        self.unknown = 0

    def add(self, slide: Slide) -> None:
        """Judge the texts of a slide. Footers are the brand's own affair: ``coursewright brand`` says how they read."""
        own = _painted(slide.shapes, slide.palette, slide.relations, slide.layout, self._archive)
        painted = [*reversed([*self._of_layout(slide), *own])]
        ground = self._ground(slide)
        for laid in slide.texts:
            if not laid.shape.hidden and not laid.shape.is_furniture:
                self._text(slide, laid, painted, ground)
        for table in slide.tables:
            self._table(slide, table, painted, ground)

    def problems(self) -> Iterator[Problem]:
        """Yield one warning for each pair of colours that is hard to read, and one for what could not be judged."""
        for found in self._found.values():
            worst = found[0]
            others = len({each.slide for each in found}) - 1
            more = f", and on {others} more slide{'s' if others > 1 else ''}" if others else ""
            title = f" “{shortened(worst.title)}”" if worst.title else ""
            yield warning(
                f"slide {worst.slide}{title}{more}: “{shortened(worst.text)}” is hard to read, {worst.colour.hex} on "
                f"{worst.below.hex} is a contrast of {worst.ratio:.1f} : 1",
                worst.where,
                f"it should be {worst.needed:g} : 1 at least; use a darker or lighter colour of the brand",
            )
        if self.unknown:
            yield warning(
                f"the contrast of {self.unknown} text{'s' if self.unknown > 1 else ''} could not be judged",
                hint="they stand on a picture or in a style that cannot be read here; look at them yourself",
            )

    def _of_layout(self, slide: Slide) -> list[Painted]:
        if slide.root.get("showMasterSp") in ("0", "false"):
            return []
        return slide.layout.cached("painted", lambda: list(_painted_by_brand(slide.layout, self._archive)))

    def _ground(self, slide: Slide) -> Ground:
        """Return the slide's background; most slides have their layout's."""
        if slide.root.find(f"{P}cSld/{P}bg") is not None or slide.palette is not slide.layout.palette:
            return _background(slide, self._archive)
        return slide.layout.cached("ground", lambda: _background(slide, self._archive))

    def _text(self, slide: Slide, laid: Laid, painted: list[Painted], ground: Ground) -> None:
        behind = _below(laid.shape, laid.content, painted)
        spots = SPOTS if behind or ground.plain is None else SPOTS[:1]
        colours = [_seen(laid.content, spot, behind, ground) for spot in spots]
        self._judge(slide, _runs(laid.paragraphs), laid.frame.scale, colours)

    def _table(self, slide: Slide, table: Rows, painted: list[Painted], ground: Ground) -> None:
        behind = _below(table.shape, table.box, painted)
        under = _seen(table.box, SPOTS[0], behind, ground)
        for cell in table.cells:
            self._judge(slide, _runs(cell.paragraphs), 1.0, [_of_cell(cell, under, slide)])

    def _judge(self, slide: Slide, runs: Iterable[Run], scale: float, below: list[Colour | None]) -> None:
        for run in runs:
            colour = _colour_of(run, slide)
            if colour is None or None in below:
                self.unknown += 1
                return
            known = [each for each in below if each is not None]
            ratio, under = min((contrast(colour, each), each) for each in known)
            size, bold = run.letters.size * scale, run.letters.bold
            needed = ENOUGH_LARGE if size >= LARGE or (bold and size >= LARGE_BOLD) else ENOUGH
            if ratio < needed - ROUNDING:
                key = (colour.hex, under.hex, needed)
                found = Finding(colour, under, ratio, needed, run.text, slide.number, slide.title, slide.where)
                self._found.setdefault(key, []).append(found)


def _runs(paragraphs: Iterable[Paragraph]) -> Iterator[Run]:
    """Yield the runs that can be seen, each look once."""
    looks = set()
    for paragraph in paragraphs:
        for run in paragraph.runs:
            look = (run.letters.size, run.letters.bold, run.fill)
            if run.text.strip() and look not in looks:
                looks.add(look)
                yield run


def _colour_of(run: Run, slide: Slide) -> Colour | None:
    """Return the colour of a run: a link has the theme's, whatever the run says, unless it says that it has its own."""
    if run.properties is not None and len(run.properties):
        click = run.properties.find(A + "hlinkClick")
        if click is not None and click.find(OWN_LINK_COLOUR) is None:
            return slide.palette.colours.get(slide.palette.names.get("hlink", "hlink"))
    if run.fill is None:
        return slide.palette.colours.get(slide.palette.names.get("tx1", "dk1"), BLACK)
    if run.fill.tag in FILLS and run.fill.tag != A + "solidFill":
        return None
    return slide.palette.colour(run.fill)


# -------------------------------------------------------------------------------------------------- what lies behind


class Ground(NamedTuple):
    """The background of a slide. ``plain`` is its colour where it has one alone."""

    plain: Colour | None
    fill: _Element | None
    paints: Paints
    canvas: Box


def _painted_by_brand(layout: Layout, archive: Archive) -> Iterator[Painted]:
    master = archive.related(layout.name, "slideMaster")
    for shapes, name in ((layout.master_shapes, master), (layout.shapes, layout.name)):
        own = (each for each in shapes if each.mark is None)
        yield from _painted(own, layout.palette, archive.relations(name), layout, archive)


def _painted(
    shapes: Iterable[Shape], palette: Palette, relations: Mapping[str, Relation], layout: Layout, archive: Archive
) -> Iterator[Painted]:
    for shape in shapes:
        if shape.box is None or shape.hidden or shape.kind not in ("shape", "picture"):
            continue
        fill, placeholder = _fill(shape, palette, layout)
        if fill is not None:
            box = shape.turned_box or shape.box
            yield Painted(shape.order, shape, box, fill, Paints(palette, placeholder, relations, archive.parts))


def _fill(shape: Shape, palette: Palette, layout: Layout) -> tuple[_Element | None, Colour | None]:
    """Return what a shape is filled with, its own or inherited, and what phClr means in it; None: nothing."""
    if shape.kind == "picture":
        return shape.element.find(P + "blipFill"), None
    for each in (shape, *shape.parents):
        own = next((child for child in each.properties if child.tag in FILLS), None) if each.properties is not None else None
        if own is not None:
            return (None if own.tag == A + "noFill" else own), None
    reference = shape.style.find(A + "fillRef") if shape.style is not None else None
    if reference is None or reference.get("idx", "0") == "0":
        return None, None
    return layout.theme.fill(int(reference.get("idx", "0"))), palette.colour(reference)


def _background(slide: Slide, archive: Archive) -> Ground:
    """Return the slide's own background, or the layout's, or the master's."""
    layout = slide.layout
    master = archive.related(layout.name, "slideMaster")
    own = (slide.root, slide.name, slide.palette)
    for root, name, palette in (own, (layout.root, layout.name, layout.palette), (layout.master, master, layout.palette)):
        found = root.find(f"{P}cSld/{P}bg") if root is not None else None
        if found is not None and len(found):
            fill, placeholder, source = _of_background(found[0], palette, layout, name)
            relations = layout.theme.relations if source == "theme" else archive.relations(name)
            plain = palette.colour(fill, placeholder) if fill is not None and fill.tag == A + "solidFill" else None
            plain = None if plain is None else plain.over(WHITE)
            return Ground(plain, fill, Paints(palette, placeholder, relations, archive.parts), slide.canvas)
    return Ground(WHITE, None, Paints(slide.palette, None, {}, archive.parts), slide.canvas)


def _of_background(found: _Element, palette: Palette, layout: Layout, name: str) -> tuple[_Element | None, Colour | None, str]:
    if found.tag == P + "bgRef":
        return layout.theme.fill(int(found.get("idx", "0"))), palette.colour(found), "theme"
    return next((child for child in found if child.tag in FILLS), None), None, name


def _below(shape: Shape, content: Box, painted: list[Painted]) -> list[Painted]:
    """Return of all that is painted, the topmost first, what lies behind a shape's text: its own fill too."""
    return [
        each
        for each in painted
        if each.order <= shape.order
        and each.box.x < content.right
        and content.x < each.box.right
        and each.box.y < content.bottom
        and content.y < each.box.bottom
    ]


def _seen(content: Box, spot: tuple[float, float], behind: list[Painted], ground: Ground) -> Colour | None:
    """Return the colour that is seen behind a spot of a text; None where it cannot be told."""
    x, y = content.x + content.width * spot[0], content.y + content.height * spot[1]
    layers: list[Colour] = []
    for each in behind:
        inside = ((x - each.box.x) / (each.box.width or 1), (y - each.box.y) / (each.box.height or 1))
        if not (0 <= inside[0] <= 1 and 0 <= inside[1] <= 1 and _covers(each.shape, inside)):
            continue
        colour = at(each.fill, inside, each.paints)
        if colour is None:
            return None
        layers.append(colour)
        if colour.alpha >= 1:
            return _stacked(layers)
    base = ground.plain or _ground_colour(ground, (x / (ground.canvas.width or 1), y / (ground.canvas.height or 1)))
    return None if base is None else _stacked([*layers, base])


def _ground_colour(ground: Ground, spot: tuple[float, float]) -> Colour | None:
    if ground.fill is None:
        return None
    found = at(ground.fill, (min(1.0, max(0.0, spot[0])), min(1.0, max(0.0, spot[1]))), ground.paints)
    return None if found is None else found.over(WHITE)


def _stacked(layers: list[Colour]) -> Colour:
    """Return what is seen through layers, the topmost first."""
    seen = layers[-1]
    for each in reversed(layers[:-1]):
        seen = each.over(seen)
    return seen


def _covers(shape: Shape, spot: tuple[float, float]) -> bool:
    """Return whether a shape's outline holds a spot of its box."""
    geometry = next((each for each in shape.properties if each.tag in GEOMETRY), None) if shape.properties is not None else None
    if geometry is None:
        return True
    if geometry.tag == A + "custGeom":
        return any(_inside(spot, outline) for outline in _outlines(geometry))
    if geometry.get("prst") == "ellipse":
        return (spot[0] - 0.5) ** 2 + (spot[1] - 0.5) ** 2 <= 0.25
    return True


GEOMETRY = (A + "prstGeom", A + "custGeom")


def _outlines(geometry: _Element) -> Iterator[list[tuple[float, float]]]:
    """Yield each closed outline of a freeform as corners from 0 to 1; curves by the points that lead them."""
    for path in geometry.iter(A + "path"):
        wide, tall = float(path.get("w", "0")) or 1.0, float(path.get("h", "0")) or 1.0
        corners: list[tuple[float, float]] = []
        for step in path:
            if step.tag == A + "moveTo" and corners:
                yield corners
                corners = []
            points = [(_number(each.get("x")) / wide, _number(each.get("y")) / tall) for each in step]
            corners.extend(points if step.tag != A + "cubicBezTo" else _curve(corners[-1] if corners else points[0], points))
        if corners:
            yield corners


def _number(value: str | None) -> float:
    try:
        return float(value or 0)
    except ValueError:  # the name of a guide
        return 0.0


def _curve(start: tuple[float, float], points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return five spots along a cubic curve."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = start, *points[:3]
    found = []
    for step in range(1, 6):
        t, u = step / 5, 1 - step / 5
        x = u**3 * ax + 3 * u * u * t * bx + 3 * u * t * t * cx + t**3 * dx
        found.append((x, u**3 * ay + 3 * u * u * t * by + 3 * u * t * t * cy + t**3 * dy))
    return found


def _inside(spot: tuple[float, float], corners: list[tuple[float, float]]) -> bool:
    """Return whether a spot lies inside an outline: a line from it crosses the outline an odd number of times."""
    x, y = spot
    odd = False
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def _of_cell(cell: LaidCell, under: Colour | None, slide: Slide) -> Colour | None:
    """Return what lies behind a cell's text: its own fill, its style's, or what lies behind the table."""
    properties = cell.cell.properties
    own = next((each for each in properties if each.tag in FILLS), None) if properties is not None else None
    if own is None and not cell.look.known:
        return None
    fill = own if own is not None else cell.look.fill
    if fill is None or fill.tag == A + "noFill":
        return under
    colour = slide.palette.colour(fill)
    if colour is None or colour.alpha >= 1:
        return colour
    return None if under is None else colour.over(under)
