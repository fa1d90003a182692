"""Does everything stand in its place? Text in its frame, shapes on the slide, nothing over anything else.

Distances in messages are points; EMU inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from ....problems import Problem
from .archive import A
from .inherit import Layout
from .measure import Laid, Rows
from .shapes import EMU, Box, Shape
from .slide import Slide, shortened

QUARTER = 0.25  # of a line: what lies below the last letters of a text, so nobody sees it beyond the frame
LEAST = 2.0  # points: below that, programs differ among themselves
WIDE = 0.04  # of its width: a text that does not wrap may be so much wider, as kerning is not counted here
TITLE_LINES = 2  # the look's rule: two lines are the most a title should have
TOUCH = 3.0  # points that two things may reach into each other unseen
PANEL = 0.6  # of the slide: a larger shape of the brand is its background, not its furniture
LOGO = 0.25  # of the slide: a smaller picture of the brand is never a ground for text
BAND = 0.85  # of a thing that lies on a shape of the brand: then it is meant to
FILLED = frozenset(A + name for name in ("solidFill", "gradFill", "blipFill", "pattFill"))


class Thing(NamedTuple):
    """Something on the slide that takes room: where it is seen, and the text in it or else what it is."""

    box: Box
    shape: Shape
    laid: Laid | None = None
    kind: str = ""

    @property
    def words(self) -> str:
        """What it is called in a message."""
        return self.kind if self.laid is None else f"the text “{shortened(self.laid.text)}”"


def examine(slide: Slide) -> Iterator[Problem]:
    """Yield what does not fit, leaves the slide, or lies over something else."""
    for laid in slide.texts:
        yield from _overflow(slide, laid)
    for table in slide.tables:
        yield from _broken_cells(slide, table)
    things = list(_things(slide))
    for thing in things:
        yield from _edge(slide, thing)
    yield from _overlaps(slide, things)


# ------------------------------------------------------------------------------------------------------ overflow


def _overflow(slide: Slide, laid: Laid) -> Iterator[Problem]:
    extent, (wide, tall) = laid.extent, laid.room
    pitch = extent.height / max(1, extent.lines)
    if extent.height - tall > max(LEAST, QUARTER * pitch):
        words = f"the text “{shortened(laid.text)}” is {extent.height - tall:.0f} pt higher than its place"
        yield slide.error(words, "shorten it, or split the slide")
    if not laid.frame.wraps and extent.width - wide > max(LEAST, WIDE * wide):
        words = f"the text “{shortened(laid.text)}” is {extent.width - wide:.0f} pt wider than its place"
        yield slide.error(words, "use fewer or shorter words")
    if laid.frame.wraps and extent.broken:
        yield slide.warning(f"“{shortened(extent.broken)}” is wider than its place and breaks between letters", BROKEN)
    if laid.shape.is_title and extent.lines > TITLE_LINES:
        yield slide.warning(f"the title takes {extent.lines} lines", "shorten it: two lines are the most a title should have")


BROKEN = "use a shorter word, or one with a hyphen"


def _broken_cells(slide: Slide, table: Rows) -> Iterator[Problem]:
    broken = next((each.extent.broken for each in table.cells if each.extent.broken), "")
    if broken:
        yield slide.warning(f"“{shortened(broken)}” is wider than its column and breaks between letters", BROKEN)


# --------------------------------------------------------------------------------------------- what takes room


def _things(slide: Slide) -> Iterator[Thing]:
    """Yield what takes room, as it is seen. A drawing is one thing, whatever is in it."""
    texts = {laid.shape: laid for laid in slide.texts}
    tables = {table.shape: table for table in slide.tables}
    for shape in slide.shapes:
        if shape.depth or shape.hidden or (box := shape.turned_box) is None:
            continue
        if shape in texts:
            seen = box if shape.place is not None and shape.place.get("rot") else texts[shape].content
            yield Thing(seen, shape, texts[shape])
        elif shape in tables:
            yield Thing(tables[shape].box, shape, kind="the table")
        elif shape.kind in NAMES:
            yield Thing(box, shape, kind=NAMES[shape.kind])


NAMES = {"picture": "the picture", "frame": "the chart", "group": "the drawing"}


def _edge(slide: Slide, thing: Thing) -> Iterator[Problem]:
    if thing.shape.is_furniture and not thing.shape.own_place:
        return  # where the brand wants it
    across = max(-thing.box.x, thing.box.right - slide.canvas.right)
    down = max(-thing.box.y, thing.box.bottom - slide.canvas.bottom)
    over = max(across, down) / EMU
    if over > LEAST:
        yield slide.error(f"{thing.words} reaches {over:.0f} pt over the edge of the slide", "make it smaller or shorter")


# ------------------------------------------------------------------------------------------------------ overlaps


def _overlaps(slide: Slide, things: list[Thing]) -> Iterator[Problem]:
    for one, other in combinations(things, 2):
        across, down = one.box.overlap(other.box)
        if min(across, down) > TOUCH * EMU and not (one.shape.is_furniture and other.shape.is_furniture):
            yield slide.error(f"{one.words} and {other.words} overlap by {min(across, down) / EMU:.0f} pt", OVERLAP)
    furniture = slide.layout.cached("furniture", lambda: _furniture(slide.layout, slide.canvas))
    if slide.root.get("showMasterSp") in ("0", "false"):
        furniture = ()
    for thing in things:
        if not thing.shape.is_furniture:
            yield from _over_furniture(slide, thing, furniture)


OVERLAP = "one of them has to be shorter, or to stand on a slide of its own"


def _over_furniture(slide: Slide, thing: Thing, furniture: tuple[Shape, ...]) -> Iterator[Problem]:
    """Yield where a thing covers a logo, or crosses a panel, of the brand. What lies on a panel as a whole is meant to."""
    for shape in furniture:
        box = shape.turned_box
        if box is None or min(thing.box.overlap(box)) <= min(TOUCH * EMU, box.width / 2, box.height / 2):
            continue
        logo = _pictured(shape) and box.width * box.height < LOGO * slide.canvas.width * slide.canvas.height
        if logo or _share(thing.box, box) < BAND:
            what = "a picture" if _pictured(shape) else "a shape"
            yield slide.error(f"{thing.words} lies over {what} of the brand, {shape.name!r}", FURNITURE_HINT)
            return


FURNITURE_HINT = "give its content less room: say in the mapping file which part of the layout is free"


def _furniture(layout: Layout, canvas: Box) -> tuple[Shape, ...]:
    """Return the brand's pictures and filled shapes that nothing should cover: not those its own placeholders stand on."""
    places = [each.box for each in layout.shapes if each.mark is not None and not each.is_furniture and each.box is not None]
    found = (each for each in (*layout.master_shapes, *layout.shapes) if each.mark is None and not each.depth)
    return tuple(each for each in found if _keeps_off(each, places, canvas))


def _keeps_off(shape: Shape, places: list[Box], canvas: Box) -> bool:
    """A picture may reach into a placeholder's corner and is still in the way there; a filled shape is a panel then."""
    box = shape.turned_box
    if box is None or box.width * box.height >= PANEL * canvas.width * canvas.height:
        return False
    if _pictured(shape):
        return not any(_share(place, box) >= BAND for place in places)
    return _filled(shape) and not any(min(place.overlap(box)) > TOUCH * EMU for place in places)


def _share(place: Box, box: Box) -> float:
    """Return how much of a place lies on a box."""
    across, down = place.overlap(box)
    return across * down / (place.width * place.height) if min(across, down) > 0 else 0.0


def _pictured(shape: Shape) -> bool:
    """Return whether this is a logo or the like: a picture, a drawing, or a shape filled with a picture."""
    pictured = shape.properties is not None and any(each.tag == A + "blipFill" for each in shape.properties)
    return shape.kind in ("picture", "group") or pictured


def _filled(shape: Shape) -> bool:
    return shape.kind == "shape" and shape.properties is not None and any(each.tag in FILLED for each in shape.properties)
