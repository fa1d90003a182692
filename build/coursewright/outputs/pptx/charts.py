"""A chart as PowerPoint's own: its data in a workbook anybody can edit, its colours and fonts the theme's.

The data's XML and the workbook's layout are python-pptx's; what it draws around them is not used, because the Open XML SDK
refuses it (negative axis ids, smooth lines in radar charts) and because it is made for nobody in particular. Element order
is that of ECMA-376 part 1, 21.2. Lengths are EMU, sizes points.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.etree import _Element
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from xlsxwriter import Workbook

from ...charting import BARS, ROUND, Chart, Series, is_thin, written
from ...wrapping import measured
from .colours import Ground
from .nodes import C, node, qualified
from .sheet import Sheet
from .theme import A, R
from .values import Rect

DECLARED = {"c": C[1:-1], "a": A[1:-1], "r": R[1:-1]}  # at the root of a chart

POINT = 12_700
AXIS, NAME, LABEL = 12.0, 14.0, 14.0  # points: scales and titles, names of categories, numbers on marks
PITCH = 1.2  # of the size, from one line to the next
BETWEEN = 60  # per cent of a bar: the gap between categories
SPLIT = 6  # per cent of a bar: the gap between bars of one category
LINE, HAIR = 28_575, 9_525  # EMU: 2.25 and 0.75 points
MARKER = 7  # points
MARKED = 16  # points of a line above which markers would hide it
SYMBOLS = ("circle", "square", "diamond", "triangle", "circle", "square")
HOLE = 60  # per cent of a doughnut
LINES = 0.85  # of the frame's width: what scale and names beside them leave to lines
CIRCLE = 0.7  # of the frame's height: leaves room for two lines above and below
LEVEL, FREE = "0", "-60000000"  # rotation of text: none, or as the program sees fit
AXES = ("111111111", "222222222")  # ids of the two axes; any positive numbers will do
SWITCHES = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (a workbook's property has no zone)
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Settings = tuple[tuple[str, str | int], ...]
ONE_COLOUR: Settings = (("varyColors", 0),)
SIDE_BY_SIDE: Settings = (("gapWidth", BETWEEN), ("overlap", -SPLIT))
ON_TOP: Settings = (("gapWidth", BETWEEN), ("overlap", 100))
# Kind → its element, what it says before its series and what after.
PLOTS: Mapping[str, tuple[str, Settings, Settings]] = {
    "column": ("barChart", (("barDir", "col"), ("grouping", "clustered"), *ONE_COLOUR), SIDE_BY_SIDE),
    "bar": ("barChart", (("barDir", "bar"), ("grouping", "clustered"), *ONE_COLOUR), SIDE_BY_SIDE),
    "stacked": ("barChart", (("barDir", "col"), ("grouping", "stacked"), *ONE_COLOUR), ON_TOP),
    "percent": ("barChart", (("barDir", "col"), ("grouping", "percentStacked"), *ONE_COLOUR), ON_TOP),
    "line": ("lineChart", (("grouping", "standard"), *ONE_COLOUR), (("marker", 1),)),
    "scatter": ("scatterChart", (("scatterStyle", "lineMarker"), *ONE_COLOUR), ()),
    "radar": ("radarChart", (("radarStyle", "marker"), *ONE_COLOUR), ()),
    "pie": ("pieChart", (("varyColors", 1),), (("firstSliceAng", 0),)),
    "doughnut": ("doughnutChart", (("varyColors", 1),), (("firstSliceAng", 0), ("holeSize", HOLE))),
}

_XML: Any = ChartXmlWriter  # python-pptx is untyped there
Box = tuple[float, float, float, float]  # left, top, width, height as shares of the frame


def frame(chart: Chart, rect: Rect, sheet: Sheet, ground: Ground, unit: float = 1.0) -> _Element:
    """Return the ``p:graphicFrame`` of a chart that has no faults. ``unit`` multiplies its type sizes, for smaller slides."""
    part = sheet.book.part("/ppt/charts/chart%d.xml", CT.DML_CHART, b"")
    data = _data(chart)
    book = sheet.book.part("/ppt/embeddings/Microsoft_Excel_Sheet%d.xlsx", CT.SML_SHEET, _workbook(data))
    pen = _Pen(chart, rect, ground, unit, sheet.language)
    space = _space(pen, _data_of_series(data, chart), part.relate_to(book, RT.PACKAGE))
    part.blob = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return _frame(chart, rect, next(sheet.ids), sheet.part.relate_to(part, RT.CHART))


def _frame(chart: Chart, rect: Rect, number: int, relation: str) -> _Element:
    named = node("p:cNvPr", id=str(number), name="chart", descr=chart.alt)
    locked = node("p:cNvGraphicFramePr", node("a:graphicFrameLocks", noGrp="1"))
    place = (node("a:off", x=str(rect.x), y=str(rect.y)), node("a:ext", cx=str(rect.width), cy=str(rect.height)))
    shown = etree.Element(qualified("c:chart"), {f"{R}id": relation}, {"c": C[1:-1], "r": R[1:-1]})
    return node(
        "p:graphicFrame",
        node("p:nvGraphicFramePr", named, locked, node("p:nvPr")),
        node("p:xfrm", *place),
        node("a:graphic", node("a:graphicData", shown, uri=C[1:-1])),
    )


# ------------------------------------------------------------------------------------------------------ data


def _data(chart: Chart) -> Any:
    """Return python-pptx's chart data."""
    kind: Any = XyChartData if chart.type == "scatter" else CategoryChartData
    data = kind(number_format=chart.format or "General")
    if chart.type != "scatter":
        data.categories = chart.categories
    for series in chart.series:
        if chart.type == "scatter":
            points = data.add_series(series.name)
            for x, y in series.points:
                points.add_data_point(_short(x), _short(y))
        else:
            data.add_series(series.name, [None if value is None else _short(value) for value in series.values])
    return data


def _short(value: float) -> float:
    """Return whole numbers as such: 59 and not 59.0."""
    return int(value) if value.is_integer() else value


def _workbook(data: Any) -> bytes:
    """Return the workbook behind the chart: names and numbers as they are, never read as formulas or links; fixed dates."""
    stream = io.BytesIO()
    book = Workbook(stream, PLAIN)
    book.set_properties({"created": CREATED})
    data._workbook_writer._populate_worksheet(book, book.add_worksheet())
    book.close()
    return stream.getvalue()


def _data_of_series(data: Any, chart: Chart) -> list[Mapping[str, _Element]]:
    """Return each series' data elements by name: idx, order, tx, cat and val, or xVal and yVal."""
    kind = XL_CHART_TYPE.XY_SCATTER if chart.type == "scatter" else XL_CHART_TYPE.COLUMN_CLUSTERED
    parser = etree.XMLParser(remove_blank_text=True)
    root = etree.fromstring(_XML(kind, data).xml.encode(), parser)
    return [{etree.QName(each).localname: each for each in series} for series in root.iter(f"{C}ser")]


# ------------------------------------------------------------------------------------------------------ looks


@dataclass(frozen=True)
class _Pen:
    """What every part of a chart is drawn with."""

    chart: Chart
    rect: Rect
    ground: Ground
    unit: float
    language: str

    @property
    def width(self) -> float:
        return self.rect.width / POINT

    @property
    def height(self) -> float:
        return self.rect.height / POINT

    def fill(self, mark: int) -> _Element:
        """Return the colour of a mark, by its number."""
        tone = self.chart.tones[mark]
        if tone == "quiet":
            return self.ground.solid("muted") if self.chart.type == "line" else self.ground.solid("line", ("lumMod", 90_000))
        return self.ground.solid(tone) if isinstance(tone, str) else self.ground.series(tone + 1)[tone]

    def on_fill(self, mark: int) -> str:
        """Return the name of the colour of text on a mark."""
        return "ink" if self.chart.tones[mark] == "quiet" else "paper"

    def type(self, size: float, fill: _Element, *, bold: bool = False) -> _Element:
        """Return the properties of text in the theme's text font."""
        faces = (node(f"a:{script}", typeface=f"+mn-{key}") for script, key in (("latin", "lt"), ("ea", "ea"), ("cs", "cs")))
        return node("a:defRPr", fill, *faces, sz=str(round(size * self.unit) * 100), b=str(int(bold)))

    def text(self, size: float, tone: str | _Element, *, bold: bool = False, turn: str = LEVEL) -> _Element:
        """Return ``c:txPr``; level, because rotated names are hard to read."""
        fill = self.ground.solid(tone) if isinstance(tone, str) else tone
        paragraph = node("a:p", node("a:pPr", self.type(size, fill, bold=bold)), node("a:endParaRPr", lang=self.language))
        return node("c:txPr", node("a:bodyPr", rot=turn, vert="horz"), node("a:lstStyle"), paragraph)

    def title(self, words: str, *, upright: bool = False) -> Iterator[_Element]:
        """Yield an axis title, if it has words; ``upright`` stands at the side and is read upwards."""
        if not words:
            return
        run = node("a:r", node("a:rPr", lang=self.language), _text("a:t", words))
        paragraph = node("a:p", node("a:pPr", self.type(AXIS, self.ground.solid("muted"))), run)
        turned = node("a:bodyPr", rot="-5400000" if upright else "0", vert="horz")
        yield node("c:title", node("c:tx", node("c:rich", turned, node("a:lstStyle"), paragraph)), _val("c:overlay", 0))

    def wide(self, words: str, size: float) -> float:
        """Return about how wide words run, points."""
        return measured(words, size * self.unit)


def _line(fill: _Element, width: int, *, dashed: bool = False) -> _Element:
    ends = [node("a:prstDash", val="sysDash")] if dashed else []
    return node("a:ln", fill, *ends, node("a:round"), w=str(width), cap="rnd")


def _none() -> _Element:
    return node("a:ln", node("a:noFill"))


# ------------------------------------------------------------------------------------------------------ the whole


def _space(pen: _Pen, data: Sequence[Mapping[str, _Element]], relation: str) -> _Element:
    chart = pen.chart
    plot = [_plot(pen, [_series(pen, number, own) for number, own in enumerate(data)])]
    area = node("c:plotArea", *_layout(pen), *plot, *_axes(pen), node("c:spPr", node("a:noFill"), _none()))
    outside = node("c:externalData", _val("c:autoUpdate", 0))
    outside.set(f"{R}id", relation)
    space = etree.Element(qualified("c:chartSpace"), None, DECLARED)
    space.extend((
        _val("c:date1904", 0),
        _val("c:lang", pen.language),
        _val("c:roundedCorners", 0),
        node(
            "c:chart",
            _val("c:autoTitleDeleted", 1),
            area,
            *_legend(pen),
            _val("c:plotVisOnly", 1),
            _val("c:dispBlanksAs", "gap"),
        ),
        node("c:spPr", node("a:noFill"), _none()),
        pen.text(NAME if chart.type in ROUND else AXIS, "ink"),
        outside,
    ))  # fmt: skip
    return space


def _plot(pen: _Pen, series: Sequence[_Element]) -> _Element:
    """Return the element of the kind with its series."""
    tag, before, after = PLOTS["percent" if pen.chart.percent else pen.chart.type]
    axes = () if pen.chart.type in ROUND else tuple(("axId", axis) for axis in AXES)
    head, tail = ([_val(f"c:{name}", value) for name, value in values] for values in (before, (*after, *axes)))
    return node(f"c:{tag}", *head, *series, *tail)


def _series(pen: _Pen, number: int, data: Mapping[str, _Element]) -> _Element:
    """Return a series: whose it is, how it looks, its labels, its data; in the order the schema wants for every kind."""
    kind = pen.chart.type
    return node(
        "c:ser",
        *(data[name] for name in ("idx", "order", "tx")),
        _look(pen, number),
        *([_val("c:invertIfNegative", 0)] if kind in BARS else []),
        *_marker(pen, number),
        *_points(pen),
        *_labels(pen, number),
        *(data[name] for name in ("cat", "val", "xVal", "yVal") if name in data),
        *([_val("c:smooth", 0)] if kind in ("line", "scatter") else []),
    )


def _look(pen: _Pen, number: int) -> _Element:
    match pen.chart.type:
        case "line" | "radar":
            return node("c:spPr", _line(pen.fill(number), LINE, dashed=pen.chart.type == "radar" and number % 2 == 1))
        case "scatter":
            return node("c:spPr", _none())
        case "stacked":
            return node("c:spPr", pen.fill(number), _line(pen.ground.solid("paper"), HAIR))
        case _:
            return node("c:spPr", pen.fill(_loudest(pen.chart) if pen.chart.by_category else number), _none())


def _loudest(chart: Chart) -> int:
    """Return the first mark that is not quiet: LibreOffice lends the series' transparency to its points, so it has none."""
    return next((number for number, tone in enumerate(chart.tones) if tone != "quiet"), 0)


def _marker(pen: _Pen, number: int) -> Iterator[_Element]:
    """Yield a marker: of a line where its points are few, or a gap would hide one that stands alone."""
    chart = pen.chart
    if chart.type not in ("line", "scatter", "radar"):
        return
    if chart.type == "line" and len(chart.categories) > MARKED and None not in chart.series[number].values:
        yield node("c:marker", _val("c:symbol", "none"))
        return
    look = node("c:spPr", pen.fill(number), _none())
    symbol = _val("c:symbol", SYMBOLS[number])
    yield node("c:marker", symbol, _val("c:size", MARKER + (2 if chart.type == "scatter" else 0)), look)


def _points(pen: _Pen) -> Iterator[_Element]:
    """Yield the colour of each category, where they differ; slices are parted by the ground's colour."""
    chart = pen.chart
    if not chart.by_category or len(set(chart.tones)) == 1:
        return
    edge = _line(pen.ground.solid("paper"), 2 * HAIR) if chart.type in ROUND else _none()
    for number in range(len(chart.categories)):
        look = node("c:spPr", pen.fill(number), deepcopy(edge))
        still = [_val("c:invertIfNegative", 0)] if chart.type in BARS else []
        yield node("c:dPt", _val("c:idx", number), *still, _val("c:bubble3D", 0), look)


# ------------------------------------------------------------------------------------------------------ labels


def _labels(pen: _Pen, number: int) -> Iterator[_Element]:
    """Yield the labels of a series: numbers on its marks, names of slices, the line's own name at its end."""
    chart = pen.chart
    if chart.type in ROUND:
        yield _slice_labels(pen)
        return
    if not chart.labelled and not chart.named_at_end:
        return
    special = [*_left_out(pen, chart.series[number])]
    if chart.named_at_end:
        special = [_end_label(pen, number)]
    general = _switched("showVal") if chart.labelled else _switched()
    place = {"column": "outEnd", "bar": "outEnd", "stacked": "ctr", "line": "t", "scatter": "t"}.get(chart.type)
    where = [_val("c:dLblPos", place)] if place else []
    tone = pen.on_fill(number) if chart.type == "stacked" else "ink"
    yield node("c:dLbls", *special, *_number_format(chart), *_bare(), pen.text(LABEL, tone, bold=True), *where, *general)


def _left_out(pen: _Pen, series: Series) -> Iterator[_Element]:
    """Yield the labels of a stack's thin parts, which are not shown (a caution says so)."""
    if pen.chart.type == "stacked":
        thin = (index for index in range(len(series.values)) if is_thin(pen.chart, series, index))
        yield from (node("c:dLbl", _val("c:idx", index), _val("c:delete", 1)) for index in thin)


def _end_label(pen: _Pen, number: int) -> _Element:
    """Return the label of a line's last point: its name, in its colour, after its number if the others have theirs."""
    chart = pen.chart
    shown = _switched("showSerName", *(["showVal"] if chart.labelled else []))
    look = [*_number_format(chart), *_bare(), pen.text(LABEL, pen.fill(number), bold=True), _val("c:dLblPos", "r")]
    return node("c:dLbl", _val("c:idx", len(chart.categories) - 1), *look, *shown, _text("c:separator", "  "))


def _slice_labels(pen: _Pen) -> _Element:
    """Return names and numbers outside the circle. A doughnut has no such place: there each is moved out of the ring."""
    chart = pen.chart
    shown = _switched("showCatName", *(["showVal"] if chart.labelled else []))
    look = [*_number_format(chart), *_bare(), pen.text(LABEL, "ink")]
    tail = [*shown, _text("c:separator", "\n"), _val("c:showLeaderLines", 0)]
    if chart.type == "pie":
        return node("c:dLbls", *look, _val("c:dLblPos", "outEnd"), *tail)
    moved = [
        node("c:dLbl", _val("c:idx", number), _manual(step), *map(deepcopy, (*look, *tail[:-1])))
        for number, step in enumerate(_outwards(pen))
    ]
    return node("c:dLbls", *moved, *look, *tail)


def _outwards(pen: _Pen) -> Iterator[Box]:
    """Yield how far each label of a doughnut is moved from the middle of its ring: shares of the frame's width and height."""
    chart = pen.chart
    numbers = [value or 0.0 for value in chart.series[0].values]
    whole, passed = math.fsum(numbers), 0.0
    radius = CIRCLE * min(pen.height, pen.width) / 2
    middle = radius * (1 + HOLE / 100) / 2
    for name, value in zip(chart.categories, numbers, strict=True):
        angle = (passed + value / 2) / whole * math.tau
        across, down = math.sin(angle), -math.cos(angle)
        half = max(pen.wide(name, LABEL), pen.wide(written(value, chart.format), LABEL)) / 2
        tall = LABEL * pen.unit * PITCH * (2 if chart.labelled else 1) / 2
        away = radius - middle + LABEL * 0.6
        yield across * (away + half) / pen.width, down * (away + tall) / pen.height, 0.0, 0.0
        passed += value


def _switched(*on: str) -> list[_Element]:
    return [_val(f"c:{name}", int(name in on)) for name in SWITCHES]


def _number_format(chart: Chart) -> list[_Element]:
    return [node("c:numFmt", formatCode=chart.format or "General", sourceLinked="0")]


def _bare() -> list[_Element]:
    return [node("c:spPr", node("a:noFill"), _none())]


# ------------------------------------------------------------------------------------------------------ axes


def _axes(pen: _Pen) -> Iterator[_Element]:
    """Yield the axes of the kinds that have any."""
    chart = pen.chart
    if chart.type in ROUND:
        return
    if chart.type == "scatter":
        yield _value_axis(pen, AXES, "b", chart.x_title, crosses="min")
        yield _value_axis(pen, AXES[::-1], "l", chart.y_title, crosses="min")
        return
    lying = chart.type == "bar"
    yield _category_axis(pen, chart.y_title if lying else chart.x_title)
    yield _value_axis(pen, AXES[::-1], "b" if lying else "l", chart.x_title if lying else chart.y_title)


def _category_axis(pen: _Pen, title: str) -> _Element:
    """Return the axis of names; the first of a bar chart stands at the top."""
    lying = pen.chart.type == "bar"
    edge = _none() if lying else _line(pen.ground.solid("line" if pen.chart.type == "radar" else "muted"), HAIR)
    gridlines = [_gridlines(pen)] if pen.chart.type == "radar" else []
    return node(
        "c:catAx",
        _val("c:axId", AXES[0]),
        node("c:scaling", _val("c:orientation", "maxMin" if lying else "minMax")),
        _val("c:delete", 0),
        _val("c:axPos", "l" if lying else "b"),
        *gridlines,
        *pen.title(title, upright=lying),
        node("c:numFmt", formatCode="General", sourceLinked="0"),
        *_ticks("low"),
        node("c:spPr", edge),
        pen.text(_name_size(pen), "ink", turn=FREE if _step(pen) > 1 else LEVEL),
        _val("c:crossAx", AXES[1]),
        _val("c:crosses", "autoZero"),
        _val("c:auto", 0),
        _val("c:lblAlgn", "ctr"),
        _val("c:lblOffset", 100),
        *([_val("c:tickLblSkip", _step(pen))] if _step(pen) > 1 else []),
        _val("c:noMultiLvlLbl", 1),
    )


def _name_size(pen: _Pen) -> float:
    """Return the size of category names: smaller where a word would be wider than its column."""
    chart = pen.chart
    if chart.type in ("bar", "radar"):
        return NAME
    room = pen.width / len(chart.categories) * 0.9
    words = (word for name in chart.categories for word in name.split())
    return NAME if max((pen.wide(word, NAME) for word in words), default=0.0) <= room else AXIS


def _step(pen: _Pen) -> int:
    """Return how many categories of a long line share one name, so that names have room side by side.

    LibreOffice does not know such steps: it leaves out what overlaps, unless text is told to be level.
    """
    chart = pen.chart
    if chart.type != "line" or len(chart.categories) <= MARKED:
        return 1
    widest = max(pen.wide(name, AXIS) for name in chart.categories) + AXIS
    return math.ceil(widest * len(chart.categories) / (pen.width * LINES))


def _value_axis(pen: _Pen, ids: Sequence[str], side: str, title: str, crosses: str = "") -> _Element:
    """Return the axis of numbers. Where the marks carry theirs, it has neither figures nor gridlines."""
    chart = pen.chart
    quiet = chart.labelled and chart.type != "scatter"
    form = "General" if chart.type == "scatter" and side == "b" else "0 %" if chart.percent else chart.format or "General"
    least = [_val("c:min", 0)] if chart.type in (*BARS, "radar") and chart.span[0] == 0 else []
    return node(
        "c:valAx",
        _val("c:axId", ids[0] if chart.type == "scatter" else AXES[1]),
        node("c:scaling", _val("c:orientation", "minMax"), *least),
        _val("c:delete", 0),
        _val("c:axPos", side),
        *([] if quiet or (side == "b" and chart.type == "scatter") else [_gridlines(pen)]),
        *pen.title(title, upright=side == "l"),
        node("c:numFmt", formatCode=form, sourceLinked="0"),
        *_ticks("none" if quiet else "low" if chart.type == "scatter" else "nextTo"),
        node("c:spPr", _none()),
        pen.text(AXIS, "muted"),
        _val("c:crossAx", ids[1] if chart.type == "scatter" else AXES[0]),
        _val("c:crosses", crosses or ("max" if chart.type == "bar" else "autoZero")),
        _val("c:crossBetween", "midCat" if chart.type == "scatter" else "between"),
        *([_val("c:majorUnit", 0.25)] if chart.percent else []),
    )


def _gridlines(pen: _Pen) -> _Element:
    return node("c:majorGridlines", node("c:spPr", _line(pen.ground.solid("line"), HAIR)))


def _ticks(labels: str) -> list[_Element]:
    return [_val("c:majorTickMark", "none"), _val("c:minorTickMark", "none"), _val("c:tickLblPos", labels)]


# ------------------------------------------------------------------------------------------- legend and layout


def _legend(pen: _Pen) -> Iterator[_Element]:
    """Yield a legend where several series cannot be named where they are."""
    if len(pen.chart.series) > 1 and not pen.chart.named_at_end:
        yield node("c:legend", _val("c:legendPos", "b"), _val("c:overlay", 0), pen.text(NAME, "ink"))


def _layout(pen: _Pen) -> Iterator[_Element]:
    """Yield where the drawing itself stands, where labels need room that PowerPoint would not leave them."""
    chart = pen.chart
    if chart.type in ROUND:
        side = CIRCLE * min(pen.height, pen.width)
        across, down = side / pen.width, side / pen.height
        yield _manual(((1 - across) / 2, (1 - down) / 2, across, down), inner=True)
    elif chart.named_at_end:
        yield _manual(_beside_names(pen), inner=True)


def _beside_names(pen: _Pen) -> Box:
    """Return the place of lines that have figures on their left, names on their right, categories below."""
    chart = pen.chart
    figures = max(pen.wide(written(value, chart.format), AXIS) for value in (*chart.span, *chart.numbers))
    numbers = max(pen.wide(written(value, chart.format), LABEL) for value in chart.numbers) if chart.labelled else 0.0
    names = max(pen.wide(series.name, LABEL) for series in chart.series)
    line = AXIS * pen.unit * PITCH
    left = (8.0 if chart.labelled else figures + 10) + (line + 8 if chart.y_title else 0)
    right = names + numbers + 18
    top = LABEL * pen.unit
    below = NAME * pen.unit * PITCH * 2 + 6 + (line + 6 if chart.x_title else 0)
    return left / pen.width, top / pen.height, 1 - (left + right) / pen.width, 1 - (top + below) / pen.height


def _manual(box: Box, *, inner: bool = False) -> _Element:
    """Return ``c:layout``: a place on the frame (``inner``: of the drawing without its scales), or a step from where it was."""
    x, y, width, height = (f"{share:.5f}" for share in box)
    if not inner:
        return node("c:layout", node("c:manualLayout", _val("c:x", x), _val("c:y", y)))
    place = [_val("c:layoutTarget", "inner"), _val("c:xMode", "edge"), _val("c:yMode", "edge")]
    sides = [_val("c:x", x), _val("c:y", y), _val("c:w", width), _val("c:h", height)]
    return node("c:layout", node("c:manualLayout", *place, *sides))


# ------------------------------------------------------------------------------------------------------ nodes


def _val(tag: str, value: str | float) -> _Element:
    return node(tag, val=str(value))


def _text(tag: str, words: str) -> _Element:
    element = node(tag)
    element.text = words
    return element
