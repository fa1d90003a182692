"""One slide of the finished file, read once for every check: its shapes, its texts as set, its tables as tall as they get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml.etree import _Element

from ....problems import Problem, warning
from . import tables
from .archive import A, Archive, P, R, Relation
from .inherit import Layout, layout
from .measure import Laid, Rows, lay, rows
from .paint import Palette
from .shapes import Box, Shape, on_slide

FEW = 32  # characters of a text that a message shows


@dataclass(eq=False)
class Slide:
    """A slide as it stands in the file. ``number`` counts from 1; ``where`` points to its place in the course."""

    number: int
    name: str
    where: str
    root: _Element
    layout: Layout
    relations: Mapping[str, Relation]
    shapes: list[Shape]
    texts: list[Laid]
    tables: list[Rows]
    canvas: Box

    @cached_property
    def title(self) -> str:
        """The text of the title placeholder, "" where there is none."""
        return next((" ".join(laid.text.split()) for laid in self.texts if laid.shape.is_title), "")

    @property
    def label(self) -> str:
        return f"slide {self.number}" + (f" “{shortened(self.title)}”" if self.title else "")

    @cached_property
    def palette(self) -> Palette:
        """The colours by name: the layout's, unless the slide has a map of its own."""
        own = self.root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
        base = self.layout.palette
        return base if own is None else Palette(base.colours, dict(own.items()))

    def error(self, message: str, hint: str = "") -> Problem:
        return Problem(f"{self.label}: {message}", self.where, hint)

    def warning(self, message: str, hint: str = "") -> Problem:
        return warning(f"{self.label}: {message}", self.where, hint)


def shortened(text: str) -> str:
    """Return the beginning of a text, enough to find it."""
    words = " ".join(text.split())
    return words if len(words) <= FEW else words[:FEW].rstrip() + "…"


def slides(archive: Archive, where: Sequence[str]) -> Iterator[Slide]:
    """Yield the slides in their order, one at a time, so that a long deck takes no more memory than a short one."""
    presentation = archive.root(archive.presentation)
    listing = presentation.find(P + "sldIdLst") if presentation is not None else None
    size = presentation.find(P + "sldSz") if presentation is not None else None
    canvas = Box(0, 0, int(size.get("cx", "0")), int(size.get("cy", "0"))) if size is not None else Box(0, 0, 0, 0)
    relations = archive.relations(archive.presentation)
    styles = tables.styles(archive)
    for number, entry in enumerate(listing if listing is not None else (), 1):
        target = relations.get(entry.get(R + "id", ""))
        root = archive.read(target.target) if target is not None else None
        if target is not None and root is not None:
            place = where[number - 1] if number <= len(where) else ""
            yield _slide(archive, target.target, root, styles, (number, place, canvas))


def _slide(archive: Archive, name: str, root: _Element, styles: Mapping[str, tables.Style], at: tuple[int, str, Box]) -> Slide:
    number, place, canvas = at
    layout_name = archive.related(name, "slideLayout")
    own = archive.shared(f"layout:{layout_name}", lambda: layout(archive, layout_name))
    found = on_slide(root, own.family)
    texts = [laid for shape in found if shape.body is not None and (laid := lay(shape, own))]
    grids = [grid for shape in found if shape.kind == "frame" and (grid := rows(shape, own, styles))]
    return Slide(number, name, place, root, own, archive.relations(name), found, texts, grids, canvas)
