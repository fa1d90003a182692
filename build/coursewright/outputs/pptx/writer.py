"""A page of the deck vocabulary becomes an editable PowerPoint deck in a brand's own layouts."""

from __future__ import annotations

import copy
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from lxml.etree import _Element
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from ...charting import Chart
from ...problems import Problem, warning
from .. import Made
from ..packing import packed
from . import edits, fit, package, page, shapes, text, verify
from .brand import Brand
from .colours import LIGHT, Ground, filled
from .drawing import draw
from .furniture import Furniture, Notes
from .nodes import node, parsed
from .page import Drawing, Grid, Image, Text
from .pictures import picture
from .sheet import Book, Sheet, joined
from .slides import Placed, Planned, plan, retitled
from .theme import A, P, R
from .values import Layout, Level

BOX_LINE = 19_050  # EMU: 1.5 points
SLIDE = (
    '<p:sld><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
)
SAFE = ("https://", "http://", "mailto:", "tel:")
FADE = '<p:transition spd="med"><p:fade/></p:transition>'


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Python's search for circular garbage rest: it takes a tenth of the time, and a deck leaves next to none behind."""
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()


@_undisturbed()
def write(markup: str, brand: Brand, *folders: Path) -> Made:
    """Return the deck of a page in a brand, which it uses up.

    Pictures lie below one of the ``folders``; their paths begin at the first one.
    """
    deck = page.read(markup)
    problems = [*deck.problems, *brand.problems]
    planned: list[Planned] = []
    sources: list[tuple[str, str, int]] = []  # of each slide: segment, kind of layout, which part of a continued one
    for slide in deck.slides:
        pages, found = plan(slide, brand)
        planned.extend(pages)
        sources.extend((slide.segment, slide.layouts[0], part) for part in range(len(pages)))
        problems.extend(found)
    planned, renamed = _with_own_titles(planned)
    problems.extend(renamed)
    writer = _Writer(brand, deck, folders)
    for each in planned:
        writer.add(each)
    writer.link()
    problems.extend(dict.fromkeys(writer.problems))
    package.finish(brand.presentation, deck, [each.section for each in planned])
    edits.stamp(writer.book, writer.roots, edits.identities(sources))
    parts = package.parts(brand.presentation)
    problems.extend(verify.examine(parts, [each.at for each in planned]))
    return Made(packed(parts), tuple(problems), _places(planned), len(planned))


def _with_own_titles(slides: Sequence[Planned]) -> tuple[list[Planned], list[Problem]]:
    """Slides with titles of their own: the second “Card sort” becomes “Card sort (2)”, and its author hears of it."""
    seen: dict[str, int] = {}
    own: list[Planned] = []
    problems: list[Problem] = []
    for slide in slides:
        title, named = slide.heading, slide
        seen[title] = seen.get(title, 0) + 1
        if title and seen[title] > 1:
            new = f" ({seen[title]})"
            problems.append(
                warning(f"a slide before is called “{title}”, too; this one says “{title}{new}”", slide.at, OWN_TITLE)
            )
            named = retitled(slide, new)
        own.append(named)
    return own, problems


OWN_TITLE = "give each a title of its own: screen readers and links tell slides apart by it"


def _places(slides: Sequence[Planned]) -> dict[str, tuple[int, ...]]:
    places: dict[str, tuple[int, ...]] = {}
    for number, slide in enumerate(slides, 1):
        if slide.segment:
            places[slide.segment] = (*places.get(slide.segment, ()), number)
    return places


class _Writer:
    """Adds slides to the brand's presentation. Links between slides wait until all slides are there."""

    def __init__(self, brand: Brand, deck: page.Deck, folders: tuple[Path, ...]) -> None:
        self.brand = brand
        self.deck = deck
        self.folders = folders
        self.book = Book(brand.presentation.part.package)
        self.starts: dict[str, Sheet] = {}
        self.roots: list[tuple[Any, _Element]] = []
        self.waiting: list[tuple[Sheet, list[_Element], str]] = []
        self.problems: list[Problem] = []
        self.table_style = package.table_style(brand.presentation, brand.theme, brand.find(("content",)).ground)
        self.notes = Notes(brand.presentation)
        self.slides = package.Slides(brand.presentation)
        self._blank = parsed(SLIDE)
        self._furniture: dict[int, Furniture] = {}

    def add(self, planned: Planned) -> None:
        """Write one slide."""
        root = copy.deepcopy(self._blank)
        sheet = self._sheet(root, planned.layout)
        if planned.segment:
            self.starts.setdefault(planned.segment, sheet)
        sheet.tree.extend(self._shapes(planned, sheet))
        sheet.tree.extend(self._of(planned.layout).on(sheet, len(self.slides.parts)))
        if self.deck.meta.get("transition") == "fade":
            root.append(parsed(FADE))
        if planned.notes:
            self.notes.add(sheet, planned.notes, self._linked)
        self.roots.append((sheet.part, root))
        if clicks := [click for click in root.iter(f"{A}hlinkClick") if click.get("action", "").startswith("#")]:
            self.waiting.append((sheet, clicks, planned.at))

    def link(self) -> None:
        """Give links to segments and modules their slides."""
        for sheet, clicks, at in self.waiting:
            for click in clicks:
                target = click.get("action")[1:]
                goal = self.starts.get(target)
                if goal is None:
                    message = f"a link leads to “#{target}”, which is on no slide"
                    self.problems.append(warning(message, at, "its words stay, as plain text"))
                    click.getparent().remove(click)
                else:
                    click.set(f"{R}id", sheet.part.relate_to(goal.part, RT.SLIDE))
                    click.set("action", "ppaction://hlinksldjump")

    def _sheet(self, root: _Element, layout: Layout) -> Sheet:
        part = self.book.part("/ppt/slides/slide%d.xml", CT.PML_SLIDE, b"")
        joined(part, RT.SLIDE_LAYOUT, layout.layout.part)
        self.slides.add(part)
        return Sheet(self.book, part, root.find(f"{P}cSld/{P}spTree"), count(2), self.deck.language)

    def _shapes(self, planned: Planned, sheet: Sheet) -> Iterator[_Element]:
        """Yield a slide's shapes in reading order: title, panels, then content as on the page."""
        yield self._title(planned, sheet)
        for art in planned.layout.art:
            yield shapes.panel(art, next(sheet.ids), planned.layout.ground)
        for item in planned.placed:
            yield from self._item(planned, item, sheet)

    def _setting(self, sheet: Sheet, ground: Ground) -> text.Setting:
        return text.Setting(self.deck.language, partial(self._linked, sheet.part), ground)

    def _linked(self, part: Any, href: str) -> tuple[str, str] | None:
        """Relationship and action of a link; a link to a slide waits for it, one that no deck should have is none."""
        if href.startswith("#"):
            return "", href
        if not href.lower().startswith(SAFE):
            hint = f"links of a deck begin with {', '.join(SAFE)} or #"
            self.problems.append(Problem(f"a link leads to “{href}”, which is not let through", hint=hint))
            return None
        return part.relate_to(href, RT.HYPERLINK, is_external=True), ""

    def _title(self, planned: Planned, sheet: Sheet) -> _Element:
        slot = planned.layout.title
        assert slot is not None  # Brand.find gives no layout without
        shape = shapes.holder(slot, slot.rect if slot.placed else None, next(sheet.ids), planned.layout.ground)
        if slot.placed and not slot.drawn:
            shapes.anchored(shape, slot)
        setting = self._setting(sheet, planned.layout.ground)
        text.paragraphs(shape.find(f"{P}txBody"), [page.Paragraph(planned.title)], slot.levels, planned.title_scale, setting)
        if slot.placed and not slot.drawn:
            text.with_sizes(shape, slot.levels[0].size * planned.title_scale)
            shapes.aligned(shape, slot.levels[0].align)
        return shape

    def _item(self, planned: Planned, item: Placed, sheet: Sheet) -> Iterator[_Element]:
        layout = planned.layout
        match item.block:
            case Text():
                yield from self._text(item, layout, sheet)
            case Grid():
                assert item.table is not None
                level = fit.table_level(item.table.size, layout.families[1], scripts=layout.scripts)
                grid = item.block if item.block.title else replace(item.block, title=planned.heading)
                yield self._seated(item, self._table(grid, item, level, sheet))
            case Drawing():
                element, found = draw(
                    item.block.svg, item.rect, sheet.ids, "drawing", self.deck.language, layout.ground, layout.families
                )
                self._note(planned, found)
                yield element
            case Chart():
                from . import charts  # with all that writes a workbook

                yield self._seated(item, charts.frame(item.block, item.rect, sheet, layout.ground, layout.unit))
            case Image():
                element, found = picture(item.block, item.rect, sheet, *self.folders)
                self._note(planned, found)
                if element is not None:
                    yield self._seated(item, element)

    def _table(self, grid: Grid, item: Placed, level: Level, sheet: Sheet) -> _Element:
        assert item.table is not None
        style = self.table_style
        if style.ground is None:  # cells of a colour we do not know: their text keeps the style's own
            grid = _toneless(grid)
        setting = self._setting(sheet, style.ground or LIGHT)
        element = text.table(grid, item.table, item.rect, level, style.id, next(sheet.ids), setting)
        if style.head and grid.has_head:
            _inked(element.find(f".//{A}tr"), style.head)
        return element

    def _text(self, item: Placed, layout: Layout, sheet: Sheet) -> Iterator[_Element]:
        slot = item.slot
        assert slot is not None
        line = shapes.rule(slot, item.rect, next(sheet.ids), layout.ground)
        if line is not None:
            yield line
        shape = shapes.holder(slot, item.rect if item.moved or slot.placed else None, next(sheet.ids), layout.ground)
        assert isinstance(item.block, Text)
        text.paragraphs(
            shape.find(f"{P}txBody"), item.block.paragraphs, slot.levels, item.scale, self._setting(sheet, layout.ground)
        )
        if "right" in item.block.classes:
            _framed(shape, layout)
        yield shape

    def _seated(self, item: Placed, element: _Element) -> _Element:
        return element if item.slot is None else shapes.seated(element, item.slot)

    def _note(self, planned: Planned, found: Sequence[Problem]) -> None:
        self.problems.extend(replace(problem, where=problem.where or planned.at) for problem in found)

    def _of(self, layout: Layout) -> Furniture:
        """Footer and slide number of a layout; the footer's words as far as they stand on one line."""
        key = id(layout.layout)
        if key not in self._furniture:
            slot, footer = layout.footer, self.deck.footer
            shown = fit.footer(footer, slot, layout.families) if slot and footer else ""
            if slot and shown != footer:
                self.problems.append(warning(f"the brand's footer is too short for “{footer}”; it says “{shown}”"))
            self._furniture[key] = Furniture(layout, shown, self.deck.language)
            self.brand.settle(layout)
        return self._furniture[key]


def _toneless(grid: Grid) -> Grid:
    """A table without colours of ours in its text."""

    def plain(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in text.TONES)

    def cell(each: page.Cell) -> page.Cell:
        paragraphs = tuple(
            replace(item, runs=tuple(run._replace(classes=plain(run.classes)) for run in item.runs)) for item in each.paragraphs
        )
        return replace(each, paragraphs=paragraphs, classes=plain(each.classes))

    return replace(grid, rows=tuple(tuple(map(cell, row)) for row in grid.rows))


def _inked(row: _Element, scheme: str) -> None:
    """Set a row's text in a theme colour."""
    for properties in row.iter(f"{A}rPr"):
        for old in properties.findall(f"{A}solidFill"):
            properties.remove(old)
        properties.insert(0, filled(scheme, ()))


def _framed(shape: _Element, layout: Layout) -> None:
    """The right answer's frame: a tint and a line in the leading colour."""
    properties = shape.find(f"{P}spPr")
    for old in (*properties.findall(f"{A}noFill"), *properties.findall(f"{A}ln")):
        properties.remove(old)
    properties.append(layout.ground.solid("lead-tint"))
    properties.append(node("a:ln", layout.ground.solid("lead"), w=str(BOX_LINE)))
