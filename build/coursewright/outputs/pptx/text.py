"""Paragraphs and tables as DrawingML. Colours are always the theme's, so that a brand change recolours everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree
from lxml.etree import SubElement, _Element
from pptx.oxml.ns import nsdecls

from . import breaking, fit, measure
from .colours import LIGHT, Ground
from .fit import TablePlan
from .page import Cell, Grid, Paragraph, Run
from .theme import A
from .theme import R as RELATION
from .values import Level, Rect

# class → colour
TONES = {"ink": "ink", "lead": "lead", "manage": "manage", "number": "lead", "letter": "lead", "muted": "muted", "label": "muted"}
RULED = "{4B7C2D90-58E1-4F36-A2C7-91D0E3B5F864}"  # the default brand's table style: no fills, so heads may have colours
SERIF = {"number", "letter", "serif"}
BOLD = {"number", "letter"}
THEMED = {"latin": "+mj-lt", "ea": "+mj-ea", "cs": "+mj-cs"}  # the theme's heading typefaces, for each kind of script

# Qualified names, written once: looking them up takes longer than making the element.
P, R, BR, T = f"{A}p", f"{A}r", f"{A}br", f"{A}t"
PPR, RPR, END = f"{A}pPr", f"{A}rPr", f"{A}endParaRPr"
BU_FONT, BU_NUMBER, BU_NONE = f"{A}buFont", f"{A}buAutoNum", f"{A}buNone"
CLICK = f"{A}hlinkClick"
ID = f"{RELATION}id"

Link = Callable[[str], "tuple[str, str] | None"]  # href → relationship id and action; None when it leads nowhere


@dataclass(frozen=True)
class Setting:
    """What all text of a slide shares: its language, where its links lead, the ground it stands on."""

    language: str
    link: Link
    ground: Ground = LIGHT


def with_sizes(element: _Element, size: float) -> _Element:
    """Write a size on every run that has none: text outside placeholders inherits it from nowhere in particular."""
    for properties in element.iter(RPR, END):
        if properties.get("sz") is None:
            properties.set("sz", _hundredths(size))
    return element


def paragraphs(body: _Element, items: Sequence[Paragraph], levels: Sequence[Level], scale: float, setting: Setting) -> None:
    """Replace the paragraphs of a text body. A size is written out whenever it is not the one the layout gives."""
    for old in body.findall(P):
        body.remove(old)
    shown = items or (Paragraph(()),)
    for item, start in zip(shown, _starts(shown), strict=True):
        _paragraph(body, item, levels[min(item.level, len(levels) - 1)], scale, setting, start)


def _starts(items: Sequence[Paragraph]) -> Iterator[int]:
    """For each numbered paragraph, the number its list starts with here: a list goes on counting on the next slide."""
    open_lists: dict[int, tuple[int, int]] = {}  # level → first number, next number
    for item in items:
        for level in [level for level in open_lists if level > item.level or (level == item.level and item.kind != "number")]:
            del open_lists[level]
        if item.kind != "number":
            yield 0
            continue
        first, following = open_lists.get(item.level, (item.number or 1, item.number or 1))
        number = item.number or following
        first = first if number == following else number
        open_lists[item.level] = (first, number + 1)
        yield first


def _paragraph(parent: _Element, item: Paragraph, level: Level, scale: float, setting: Setting, start: int = 0) -> _Element:
    """Append one ``a:p``."""
    element = SubElement(parent, P)
    _paragraph_properties(element, item, level, start)
    for run in item.runs:
        _run(element, run, level, scale, setting)
    if not item.runs:
        SubElement(element, END, {"lang": setting.language, **_size(level.size, level, scale)})
    return element


def _paragraph_properties(element: _Element, item: Paragraph, level: Level, start: int) -> None:
    place, words = measure.hanging(item, level), item.text
    settings = {"marL": str(place.margin), "indent": str(place.indent)} if place.own else {}
    if item.level:
        settings["lvl"] = str(item.level)
    if breaking.runs_from_right(words):
        settings["rtl"] = "1"
        if level.align == "l":
            settings["algn"] = "r"
    unbulleted = item.kind not in ("bullet", "number") and (place.own or bool(level.bullet) or "\t" in words)
    if not (settings or unbulleted or item.kind == "number"):
        return
    properties = SubElement(element, PPR, settings)
    if item.kind == "number":
        SubElement(properties, BU_FONT, {"typeface": "+mj-lt"})
        SubElement(properties, BU_NUMBER, {"type": "arabicPeriod", **({"startAt": str(start)} if start > 1 else {})})
    elif unbulleted:
        SubElement(properties, BU_NONE)


def _run(parent: _Element, run: Run, level: Level, scale: float, setting: Setting) -> None:
    """Append a run; a line break in it has the run's look, or its line would be as tall as the layout's text."""
    attributes = _run_attributes(run, level, scale, setting)
    for index, part in enumerate(run.text.split("\v")):
        if index:
            SubElement(SubElement(parent, BR), RPR, attributes)
        if part:
            element = SubElement(parent, R)
            _run_children(SubElement(element, RPR, attributes), run, part, setting)
            SubElement(element, T).text = part


def _run_attributes(run: Run, level: Level, scale: float, setting: Setting) -> dict[str, str]:
    attributes = {"lang": run.language or setting.language, **_size(measure.run_size(run, level), level, scale)}
    if run.bold or not BOLD.isdisjoint(run.classes):
        attributes["b"] = "1"
    if run.italic:
        attributes["i"] = "1"
    if "label" in run.classes:
        attributes |= {"cap": "all", "spc": _hundredths(measure.LABEL_SPACING)}
    return attributes


def _run_children(properties: _Element, run: Run, text: str, setting: Setting) -> None:
    tone = next((name for name in run.classes if name in TONES), None)
    if tone:
        properties.append(setting.ground.solid(TONES[tone]))
    if run.code:
        for tag in ("latin", "cs"):
            SubElement(properties, A + tag, {"typeface": measure.MONOSPACE})
    elif not SERIF.isdisjoint(run.classes):
        kinds = {"latin", *(kind for _, kind in breaking.items(text))}
        for kind in (kind for kind in THEMED if kind in kinds):
            SubElement(properties, A + kind, {"typeface": THEMED[kind]})
    if run.href and (target := setting.link(run.href)):
        SubElement(properties, CLICK, {ID: target[0], **({"action": target[1]} if target[1] else {})})


def _size(size: float, level: Level, scale: float) -> dict[str, str]:
    written = measure.points(size, scale)
    return {"sz": _hundredths(written)} if written != level.size else {}


def _hundredths(size: float) -> str:
    return str(int(size * 100 + 1e-6))


# ---------------------------------------------------------------------------------------------------- tables


def table(grid: Grid, plan: TablePlan, rect: Rect, level: Level, style: str, id_: int, setting: Setting) -> _Element:
    """Return a graphic frame with a native table: header row flagged, rows as tall as measured."""
    frame = etree.fromstring(
        f'<p:graphicFrame {nsdecls("p", "a", "r")}><p:nvGraphicFramePr><p:cNvPr id="{id_}" name="table"/>'
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="{rect.x}" y="{rect.y}"/><a:ext cx="{sum(plan.widths)}" cy="{sum(plan.heights)}"/></p:xfrm>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl/>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )
    frame[0][0].set("descr", grid.title)
    element = frame[-1][0][0]
    settings = {"rtl": _runs_from_right(grid), "firstRow": grid.has_head}
    properties = SubElement(element, f"{A}tblPr", {name: "1" for name, there in settings.items() if there})
    SubElement(properties, f"{A}tableStyleId").text = style
    columns = SubElement(element, f"{A}tblGrid")
    for width in plan.widths:
        SubElement(columns, f"{A}gridCol", w=str(width))
    for number, (cells, tall) in enumerate(zip(grid.rows, plan.heights, strict=True)):
        row = SubElement(element, f"{A}tr", h=str(tall))
        air = 0 if grid.has_head and not number else plan.air
        for cell in cells:
            _cell(row, cell if style == RULED else _plain(cell), level, (plan.inset + air, plan.inset), setting)
    return frame


def _runs_from_right(grid: Grid) -> bool:
    """Columns run the way the table's first words do."""
    texts = (paragraph.text for row in grid.rows for cell in row for paragraph in cell.paragraphs)
    return breaking.runs_from_right(next((text for text in texts if text.strip()), ""))


def _plain(cell: Cell) -> Cell:
    """A cell for a table style with fills: its text keeps clear of the edge, its head has no colours of ours."""
    left_out = ("flush", "lead", "manage", "muted") if cell.header else ("flush",)
    names = ("caption" if cell.header and name == "label" else name for name in cell.classes if name not in left_out)
    return replace(cell, classes=tuple(names))


def _cell(row: _Element, cell: Cell, level: Level, insets: tuple[int, int], setting: Setting) -> None:
    element = SubElement(row, f"{A}tc")
    body = SubElement(element, f"{A}txBody")
    SubElement(body, f"{A}bodyPr")
    SubElement(body, f"{A}lstStyle")
    items = fit.dressed(cell)
    size = level.size if fit.SMALL_HEAD.isdisjoint(cell.classes) else fit.LABEL
    for item, start in zip(items, _starts(items), strict=True):
        drawn = with_sizes(_paragraph(body, item, level, 1.0, setting, start), size)
        if "end" in cell.classes:
            _properties_of(drawn).set("algn", "l" if breaking.runs_from_right(item.text) else "r")
    _cell_properties(element, cell, insets, setting)


def _cell_properties(element: _Element, cell: Cell, insets: tuple[int, int], setting: Setting) -> None:
    above, below = insets
    properties = SubElement(element, f"{A}tcPr", marT=str(above), marB=str(below))
    properties.set("anchor", "b" if cell.header else "ctr" if "middle" in cell.classes else "t")
    if "flush" in cell.classes:
        properties.set("marL", "0")
    tone = next((name for name in cell.classes if name in ("lead", "manage")), None)
    if cell.header and tone:
        SubElement(properties, f"{A}lnB", w="19050").append(setting.ground.solid(TONES[tone]))
    if "here" in cell.classes:
        properties.append(setting.ground.solid("lead-tint"))


def _properties_of(drawn: _Element) -> _Element:
    properties = drawn.find(PPR)
    if properties is None:
        properties = etree.Element(PPR)
        drawn.insert(0, properties)
    return properties
