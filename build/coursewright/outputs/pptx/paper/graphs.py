"""Native charts as SVG, from the data their part keeps: the drawing is that of print, in the colours the chart has.

Kinds that print does not know (areas, bubbles, stocks, maps) are not drawn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml import etree
from lxml.etree import _Element
from markupsafe import escape

from .... import charting
from ....charting import BARS, ROUND, Chart, Series
from ..outlines import plain
from ..svg import Box
from ..verify.archive import A, C, R
from ..verify.inherit import Layout
from ..verify.paint import Palette
from .paints import Brush, shown

TYPES = {
    "barChart": "column", "bar3DChart": "column", "lineChart": "line", "line3DChart": "line", "scatterChart": "scatter",
    "radarChart": "radar", "pieChart": "pie", "pie3DChart": "pie", "doughnutChart": "doughnut",
}  # fmt: skip
LABEL = 14.0 / 9.5  # PowerPoint’s usual size of names in a chart, in that of print
TITLE = 18.0  # points
ACCENTS = tuple(f"accent{number}" for number in range(1, 7))
NAMES = re.compile(r"\[[^\]]*\]|;.*")  # colours and conditions of a number format, which print leaves away


def drawn(data: _Element, brush: Brush, box: Box, language: str) -> str:
    """Return the chart that a graphic's data names, "" for one that cannot be drawn."""
    found = data.find(C + "chart")
    blob = brush.part(found.get(R + "id", "")) if found is not None else b""
    try:
        root = etree.fromstring(blob) if blob else None
        chart = read(root) if root is not None else None
    except (etree.XMLSyntaxError, ValueError):
        return ""
    if root is None or chart is None or [*charting.faults(chart)]:
        return ""
    colours = _colours(root, chart, brush)
    chart = replace(chart, highlight={name: f"mark-{number}" for number, name in enumerate(chart.marks)})
    title = "".join(root.find(f"{C}chart/{C}title").itertext(A + "t")) if root.find(f"{C}chart/{C}title") is not None else ""
    return _placed(chart, box, {**_tokens(brush.palette, brush.layout), **colours}, (language, title, brush))


def _placed(chart: Chart, box: Box, tokens: Mapping[str, str], more: tuple[str, str, Brush]) -> str:
    """Return the chart in its box, below its title."""
    from ...plots import svg  # here, because it takes half a second to import

    language, title, brush = more
    above = TITLE * 1.6 if title else 0.0
    room = box.width / LABEL, (box.height - above) / LABEL
    root = etree.fromstring(svg(chart, tokens, language, f"{brush.mark}p{next(brush.numbers)}-", room))
    inside = "".join(etree.tostring(each, encoding="unicode") for each in root if not str(each.tag).endswith("title"))
    _, _, wide, tall = (float(each) for each in root.get("viewBox", "0 0 1 1").split())
    scale = min(box.width / wide, (box.height - above) / tall)
    place = f"translate({plain(box.x)} {plain(box.y + above)}) scale({scale:.4f})"
    family = escape(root.get("font-family", "sans-serif"))
    words = (
        f'<text x="{plain(box.x)}" y="{plain(box.y + TITLE)}" font-size="{TITLE:g}" fill="{tokens["ink"]}">{escape(title)}</text>'
    )
    head = words if title else ""
    return f'<g font-family="{family}" stroke-linejoin="round">{head}<g transform="{place}">{inside}</g></g>'


# ------------------------------------------------------------------------------------------------------- reading


def read(root: _Element) -> Chart | None:
    """Return what the first plot of a chart part shows; None for a kind that print does not know."""
    area = root.find(f"{C}chart/{C}plotArea")
    plots = [each for each in area if _name(each).endswith("Chart")] if area is not None else []
    if len(plots) != 1 or _name(plots[0]) not in TYPES:
        return None
    plot = plots[0]
    kind = TYPES[_name(plot)]
    grouping = _value(plot, "grouping")
    if kind == "column":
        kind = "stacked" if "tacked" in grouping else "bar" if _value(plot, "barDir") == "bar" else "column"
    elements = plot.findall(C + "ser")
    categories = () if kind == "scatter" else _categories(elements)
    series = tuple(_series(each, kind, len(categories)) for each in elements)
    return Chart(
        kind,
        series,
        categories,
        *_titles(area, kind),
        format=_format(plot),
        labels=_labelled(plot),
        percent=grouping == "percentStacked",
    )


def _series(element: _Element, kind: str, count: int) -> Series:
    name = "".join(_cached(element.find(C + "tx"), 1)) or f"{int(_value(element, 'order') or 0) + 1}"
    if kind != "scatter":
        return Series(name, tuple(None if each == "" else float(each) for each in _cached(element.find(C + "val"), count)))
    across, up = (_cached(element.find(C + tag), 0) for tag in ("xVal", "yVal"))
    points = zip(across or [str(number) for number in range(1, len(up) + 1)], up, strict=False)
    return Series(name, points=tuple((float(x), float(y)) for x, y in points if x and y))


def _categories(elements: Sequence[_Element]) -> tuple[str, ...]:
    count = max((len(_cached(each.find(C + "val"), 0)) for each in elements), default=0)
    found = _cached(elements[0].find(C + "cat"), count) if elements else []
    return tuple(words or str(number) for number, words in enumerate(found, 1))


def _cached(holder: _Element | None, least: int) -> list[str]:
    """Return the cached values of a reference, gaps as ""; of names on several levels the innermost."""
    if holder is None:
        return [""] * least
    level = holder.find(f".//{C}lvl")
    points = [*(level if level is not None else holder).iter(C + "pt")]
    told = next((int(each.get("val", "0")) for each in holder.iter(C + "ptCount")), 0)
    found = [""] * max(least, told, *(int(each.get("idx", "0")) + 1 for each in points), 0)
    for each in points:
        found[int(each.get("idx", "0"))] = each.findtext(C + "v") or ""
    if not points and holder.find(C + "v") is not None:
        return [holder.findtext(C + "v") or ""]
    return found


def _titles(area: _Element, kind: str) -> tuple[str, str]:
    """Return the titles below and at the side."""
    axes = [each for each in area if _name(each) in ("catAx", "dateAx", "valAx", "serAx")]
    found = {
        _value(each, "axPos")[:1]: " ".join("".join(each.find(C + "title").itertext(A + "t")).split())
        for each in axes
        if each.find(C + "title") is not None
    }
    below = found.get("b", "") or found.get("t", "")
    return ("", "") if kind in ROUND else (below, found.get("l", "") or found.get("r", ""))


def _format(plot: _Element) -> str:
    """Return the number format of labels or values, if print understands it."""
    codes = [each.get("formatCode", "") for each in plot.iter(C + "numFmt")]
    codes.extend(each.text or "" for each in plot.iter(C + "formatCode"))
    for code in (NAMES.sub("", each).replace("\\", "") for each in codes):
        if code and code != "General" and charting.FORMAT.fullmatch(code):
            return code
    return ""


def _labelled(plot: _Element) -> bool:
    return any(each.get("val", "1") in ("1", "true") for each in plot.iter(C + "showVal", C + "showPercent"))


# ------------------------------------------------------------------------------------------------------- colours


def _colours(root: _Element, chart: Chart, brush: Brush) -> dict[str, str]:
    """Return the colour of each mark as the chart has it, else the theme's accents in their order."""
    elements = [*root.iter(C + "ser")]
    if not chart.by_category:
        own = [_fill(each) for each in elements]
    else:
        points = {_value(each, "idx"): _fill(each) for each in elements[0].iterfind(C + "dPt")}
        whole = _fill(elements[0]) if chart.type in BARS else None
        own = [points.get(str(number), whole) for number in range(len(chart.categories))]
    found = {}
    for number, fill in enumerate(own):
        alike = chart.by_category and chart.type in BARS
        usual = shown(brush.named(ACCENTS[0 if alike else number % len(ACCENTS)]))
        colour = brush.palette.colour(fill) if fill is not None else None
        found[f"mark-{number}"] = colour.hex if colour is not None else usual
    return found


def _fill(element: _Element) -> _Element | None:
    """Return what colours a series or a point: its marks' fill, its own, its line."""
    paths = (f"{C}marker/{C}spPr/{A}solidFill", f"{C}spPr/{A}solidFill", f"{C}spPr/{A}ln/{A}solidFill")
    return next((found for each in paths if (found := element.find(each)) is not None), None)


def _tokens(palette: Palette, layout: Layout) -> dict[str, str]:
    """Return print's names for colours and fonts, as this slide has them."""
    ink, paper = (palette.colours[palette.names.get(name, name)] for name in ("tx1", "bg1"))
    mixed = {name: ink._replace(alpha=share).over(paper).hex for name, share in (("muted", 0.65), ("line", 0.2))}
    family = layout.typeface("+mn-lt") or "Calibri"
    from ..fonts import face

    found = face(family)
    stand_in = f", '{found.measured.title()}'" if found is not None and found.measured != family.lower() else ""
    return {"ink": ink.hex, "paper": paper.hex, "lead": ink.hex, "manage": ink.hex, **mixed, "sans": f"'{family}'{stand_in}"}


def _value(holder: _Element, name: str) -> str:
    return next((each.get("val", "") for each in holder.iterfind(C + name)), "")


def _name(element: _Element) -> str:
    return str(element.tag).removeprefix(C)
