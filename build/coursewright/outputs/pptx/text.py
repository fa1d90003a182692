"""Paragraphs and tables as DrawingML. Colours are always the theme's, so that a brand change recolours everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lxml import etree
from lxml.etree import _Element
from pptx.oxml.ns import nsdecls, qn

from . import fit
from .brand import Level, Rect
from .colours import solid
from .fit import TablePlan
from .page import Cell, Grid, Paragraph, Run

# class → colour
TONES = {"lead": "lead", "manage": "manage", "number": "lead", "letter": "lead", "muted": "muted", "label": "muted"}
RULED = "{4B7C2D90-58E1-4F36-A2C7-91D0E3B5F864}"  # the default brand's table style: no fills, so heads may have colours
SERIF = {"number", "letter", "serif"}
BOLD = {"number", "letter"}

Link = Callable[[str], "tuple[str, str] | None"]  # href → relationship id and action; None when it leads nowhere


@dataclass(frozen=True)
class Setting:
    """What all text of a slide shares: its language, and where its links lead."""

    language: str
    link: Link


def with_sizes(element: _Element, size: float) -> _Element:
    """Write a size on every run that has none: text outside placeholders inherits it from nowhere in particular."""
    for properties in (*element.iter(qn("a:rPr")), *element.iter(qn("a:endParaRPr"))):
        if properties.get("sz") is None:
            properties.set("sz", _hundredths(size))
    return element


def paragraphs(body: _Element, items: Sequence[Paragraph], levels: Sequence[Level], scale: float, setting: Setting) -> None:
    """Replace the paragraphs of a text body."""
    for old in body.findall(qn("a:p")):
        body.remove(old)
    for item in items or (Paragraph(()),):
        body.append(paragraph(item, levels[min(item.level, len(levels) - 1)], scale, setting))


def paragraph(item: Paragraph, level: Level, scale: float, setting: Setting) -> _Element:
    """Return one ``a:p``. The size is written out whenever it is not the one the layout gives."""
    element = etree.Element(qn("a:p"))
    properties = _paragraph_properties(item, level)
    if properties is not None:
        element.append(properties)
    for run in item.runs:
        for index, part in enumerate(run.text.split("\v")):
            if index:
                etree.SubElement(element, qn("a:br"))
            if part:
                element.append(_run(run, part, level, scale, setting))
    if not item.runs:
        end = etree.SubElement(element, qn("a:endParaRPr"), lang=setting.language)
        if scale != 1.0:
            end.set("sz", _hundredths(level.size * scale))
    return element


def _paragraph_properties(item: Paragraph, level: Level) -> _Element | None:
    properties = etree.Element(qn("a:pPr"))
    if item.level:
        properties.set("lvl", str(item.level))
    if item.kind == "number":
        if not level.margin:
            properties.set("marL", str(fit.HANG))
            properties.set("indent", str(-fit.HANG))
        etree.SubElement(properties, qn("a:buFont"), typeface="+mj-lt")
        etree.SubElement(properties, qn("a:buAutoNum"), type="arabicPeriod")
    elif item.kind != "bullet" and level.margin and level.indent and "\t" not in item.text:
        properties.set("marL", "0")
        properties.set("indent", "0")
        etree.SubElement(properties, qn("a:buNone"))
    elif item.kind == "plain" and "\t" in item.text:
        if not level.margin:
            properties.set("marL", str(fit.HANG))
            properties.set("indent", str(-fit.HANG))
        etree.SubElement(properties, qn("a:buNone"))
    return properties if len(properties) or properties.attrib else None


def _run(run: Run, text: str, level: Level, scale: float, setting: Setting) -> _Element:
    element = etree.Element(qn("a:r"))
    properties = etree.SubElement(element, qn("a:rPr"), lang=run.language or setting.language)
    for name, value in _run_attributes(run, level, scale).items():
        properties.set(name, value)
    tone = next((name for name in run.classes if name in TONES), None)
    if tone:
        properties.append(solid(TONES[tone]))
    if SERIF & set(run.classes) or run.code:
        etree.SubElement(properties, qn("a:latin"), typeface="Courier New" if run.code else "+mj-lt")
    if run.href and (target := setting.link(run.href)):
        click = etree.SubElement(properties, qn("a:hlinkClick"))
        click.set(qn("r:id"), target[0])
        if target[1]:
            click.set("action", target[1])
    etree.SubElement(element, qn("a:t")).text = text
    return element


def _run_attributes(run: Run, level: Level, scale: float) -> dict[str, str]:
    size = fit.run_size(run, level) * scale
    return {
        **({"sz": _hundredths(size)} if size != level.size else {}),
        **({"b": "1"} if run.bold or BOLD & set(run.classes) else {}),
        **({"i": "1"} if run.italic else {}),
        **({"cap": "all", "spc": "100"} if "label" in run.classes else {}),
    }


def _hundredths(size: float) -> str:
    return str(int(size * 10) * 10)


# ---------------------------------------------------------------------------------------------------- tables


def table(grid: Grid, plan: TablePlan, rect: Rect, level: Level, style: str, id_: int, setting: Setting) -> _Element:
    """Return a graphic frame with a native table: header row flagged, rows as tall as measured."""
    frame = etree.fromstring(
        f'<p:graphicFrame {nsdecls("p", "a", "r")}><p:nvGraphicFramePr><p:cNvPr id="{id_}"/>'
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="{rect.x}" y="{rect.y}"/><a:ext cx="{sum(plan.widths)}" cy="{sum(plan.heights)}"/></p:xfrm>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"/></a:graphic></p:graphicFrame>'
    )
    properties = frame.find(f".//{qn('p:cNvPr')}")
    properties.set("name", "table")
    properties.set("descr", grid.title)
    element = etree.SubElement(frame.find(f".//{qn('a:graphicData')}"), qn("a:tbl"))
    flags = etree.SubElement(element, qn("a:tblPr"), **({"firstRow": "1"} if grid.has_head else {}))
    etree.SubElement(flags, qn("a:tableStyleId")).text = style
    columns = etree.SubElement(element, qn("a:tblGrid"))
    for width in plan.widths:
        etree.SubElement(columns, qn("a:gridCol"), w=str(width))
    for number, (cells, tall) in enumerate(zip(grid.rows, plan.heights, strict=True)):
        row = etree.SubElement(element, qn("a:tr"), h=str(tall))
        air = 0 if grid.has_head and not number else plan.air
        for cell in cells:
            row.append(_cell(cell if style == RULED else _plain(cell), level, air, setting))
    return frame


def _plain(cell: Cell) -> Cell:
    """A head without colours of ours: a foreign brand's table style may have filled it with the same."""
    names = ("caption" if name == "label" else name for name in cell.classes if name not in ("lead", "manage", "muted"))
    return replace(cell, classes=tuple(names)) if cell.header else cell


def _cell(cell: Cell, level: Level, air: int, setting: Setting) -> _Element:
    element = etree.Element(qn("a:tc"))
    body = etree.SubElement(element, qn("a:txBody"))
    etree.SubElement(body, qn("a:bodyPr"))
    etree.SubElement(body, qn("a:lstStyle"))
    for item in cell.paragraphs:
        drawn = paragraph(_toned(item, cell), level, 1.0, setting)
        with_sizes(drawn, fit.LABEL if fit.SMALL_HEAD & set(cell.classes) else level.size)
        if "end" in cell.classes:
            _paragraph_of(drawn).set("algn", "r")
        body.append(drawn)
    properties = etree.SubElement(element, qn("a:tcPr"), marT=str(fit.CELL_Y + air), marB=str(fit.CELL_Y))
    properties.set("anchor", "b" if cell.header else "ctr" if "middle" in cell.classes else "t")
    if "flush" in cell.classes:
        properties.set("marL", "0")
    tone = next((name for name in cell.classes if name in ("lead", "manage")), None)
    if cell.header and tone:
        line = etree.SubElement(properties, qn("a:lnB"), w="19050")
        line.append(solid(TONES[tone]))
    if "here" in cell.classes:
        properties.append(solid("lead-tint"))
    return element


def _toned(item: Paragraph, cell: Cell) -> Paragraph:
    """The paragraph with the cell's own look on each run."""
    bold, italic = cell.header or "strong" in cell.classes, "hand" in cell.classes
    names = (*(name for name in cell.classes if name in {*TONES, "serif"}), *(["serif"] if italic else []))

    def toned(run: Run) -> Run:
        return replace(run, bold=run.bold or bold, italic=run.italic or italic, classes=(*run.classes, *names))

    return replace(item, runs=tuple(map(toned, item.runs)))


def _paragraph_of(drawn: _Element) -> _Element:
    properties = drawn.find(qn("a:pPr"))
    if properties is None:
        properties = etree.Element(qn("a:pPr"))
        drawn.insert(0, properties)
    return properties
