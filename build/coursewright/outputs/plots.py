"""The same chart for print, as an inline ``<svg>``: vectors and real text in the page's own colours and fonts.

Import this module only where a chart is drawn: matplotlib takes half a second. Lengths are points; a chart is as wide as the
workbook's drawings, so its type sizes are those on paper. In black and white, series differ by lightness, dashes and
marks, and names stand beside what they name.
"""

from __future__ import annotations

import io
import math
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import matplotlib as mpl
from lxml import etree
from lxml.etree import _Element
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Wedge
from matplotlib.ticker import MaxNLocator

from coursewright.charting import BARS, ROUND, Chart, is_thin, written
from coursewright.wrapping import lines, measured

WIDTH = 425.0  # 150 mm
TALL: Mapping[str, float] = {"pie": 215, "doughnut": 215, "radar": 230}
HEIGHT = 200.0  # of all others, without title lines and legend; bar charts as their bars ask
ROW = 24.0  # from one bar to the next, each series more
TEXT, SMALL = 9.5, 8.5  # names and numbers; scales, titles
PITCH = 1.25
RISE = 0.34  # of the size, from a line's base to the middle of its figures
BAR = 0.62  # of the room of a category
HAIR, FIRM = 0.4, 0.75
LINE = 1.75
HOLE = 0.6  # of a doughnut's radius
TOKENS: Mapping[str, str] = {  # where a page has no tokens of its own
    "ink": "#1B2430", "muted": "#5B6675", "line": "#D3D9E0", "paper": "#FFFFFF", "lead": "#0F5C63", "manage": "#A8480F",
    "sans": "sans-serif",
}  # fmt: skip
# Series colour → token, how much of the paper is mixed in, hatching. Four lightnesses; whoever needs more gets a pattern.
SERIES = (
    ("lead", 0.0, ""), ("manage", 0.35, ""), ("muted", 0.7, ""),
    ("ink", 0.0, ""), ("lead", 0.45, "//"), ("manage", 0.75, ".."),
)  # fmt: skip
STROKES: tuple[Any, ...] = ("solid", (0, (5, 1.5)), (0, (1, 1.2)), (0, (6, 1.5, 1, 1.5)), (0, (3, 1)), (0, (8, 2)))
MARKERS = "osD^vP"
MARKED = 16  # points of a line above which marks would hide it
SETTINGS: Any = {
    "svg.fonttype": "none", "svg.hashsalt": "coursewright", "text.parse_math": False, "hatch.linewidth": 0.8,
    "font.family": ["DejaVu Sans"],  # places the little that is not anchored: matplotlib's own, so the same on any machine
}  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
REFERENCE = re.compile(r"url\(#([^)]+)\)")


def svg(
    chart: Chart, tokens: Mapping[str, str], language: str = "", prefix: str = "", room: tuple[float, float] = (WIDTH, 0.0)
) -> str:
    """Return a faultless chart as ``<svg>`` markup. ``tokens`` are the page's colours and fonts, ``prefix`` begins its ids.

    ``room`` is its width and its height; without a height it is as tall as its kind asks.
    """
    with mpl.rc_context(SETTINGS), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about characters the measuring font lacks: the page's own fonts are asked later
        sheet = _Sheet(chart, {**TOKENS, **tokens}, language, *room)
        DRAW[chart.type](sheet)
        stream = io.StringIO()
        sheet.figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None})
    return _bare(stream.getvalue(), chart.alt, sheet.tokens["sans"], prefix)


@dataclass(frozen=True)
class _Sheet:
    """What a chart is drawn on: its figure and axes, whose place is settled before anything is drawn."""

    chart: Chart
    tokens: Mapping[str, str]
    language: str
    wide: float = WIDTH
    tall: float = 0.0  # where it has to fill a height

    @cached_property
    def height(self) -> float:
        return self.top + self.body + self.bottom

    @cached_property
    def body(self) -> float:
        """Return the height of the drawing itself."""
        chart = self.chart
        if self.tall:
            return max(TEXT, self.tall - self.top - self.bottom)
        if chart.type == "bar":
            return len(chart.categories) * (ROW + (len(chart.series) - 1) * ROW / 2)
        return TALL.get(chart.type, HEIGHT)

    @cached_property
    def top(self) -> float:
        """Return the room above: for the legend, a title, the number on the tallest column."""
        legend = self.legend_rows * TEXT * 1.8
        title = SMALL * 2 if self.chart.y_title else 0.0
        return legend + title + (SMALL * 1.6 if self.chart.type not in ("bar", *ROUND) else 2.0)

    @cached_property
    def bottom(self) -> float:
        """Return the room below: for names or figures, and a title."""
        chart = self.chart
        title = SMALL * 2 if chart.x_title else 0.0
        if chart.type in (*ROUND, "radar"):
            return 2.0
        if chart.type == "bar":
            return title + (2.0 if chart.labelled else SMALL * 2)
        rows = max((len(self.below(name)) for name in chart.categories), default=1)
        return rows * TEXT * PITCH + 6 + title

    @cached_property
    def left(self) -> float:
        """Return the room at the left: for names of bars, or the figures of a scale."""
        chart = self.chart
        if chart.type == "bar":
            return max(measured(line, TEXT) for name in chart.categories for line in self.beside(name)) + 8
        if chart.labelled or chart.type in (*ROUND, "radar"):
            return 0.0
        return max(measured(self.figures(value), SMALL) for value in self.scale) + 6

    @cached_property
    def right(self) -> float:
        """Return the room at the right: for numbers on bars, or the names of lines."""
        chart = self.chart
        if chart.named_at_end:
            return max(measured(series.name, TEXT) for series in chart.series) + 10
        if chart.type == "bar" and chart.labelled:
            return max(measured(self.number(value), TEXT) for value in chart.numbers) + 6
        return 8.0

    @cached_property
    def scale(self) -> tuple[float, ...]:
        """Return the numbers of the value scale, which enclose all values."""
        low, high = (0.0, 1.0) if self.chart.percent else self.chart.span
        return _steps(low, high)

    @cached_property
    def figure(self) -> Figure:
        made = Figure(figsize=(self.wide / 72, self.height / 72))
        FigureCanvasSVG(made)
        return made

    @cached_property
    def axes(self) -> Axes:
        """Return the axes at their place, without frame, ticks and figures."""
        across = (self.wide - self.left - self.right) / self.wide
        axes = self.figure.add_axes((self.left / self.wide, self.bottom / self.height, across, self.body / self.height))
        axes.set_axis_off()
        return axes

    @cached_property
    def legend_rows(self) -> int:
        if len(self.chart.series) < 2 or self.chart.named_at_end:
            return 0
        return math.ceil(len(self.chart.series) / self.legend_columns)

    @cached_property
    def legend_columns(self) -> int:
        widest = max(measured(series.name, TEXT) for series in self.chart.series) + 30
        return max(1, min(len(self.chart.series), int(self.wide / widest)))

    @property
    def column(self) -> float:
        """Return the room of one category, from left to right."""
        return (self.wide - self.left - self.right) / max(1, len(self.chart.categories))

    def below(self, name: str) -> tuple[str, ...]:
        """Return a category's name as the lines that stand below its column; in a line chart it has one."""
        return (name,) if self.chart.type == "line" else lines(name, self.column * 0.95, TEXT)

    def beside(self, name: str) -> tuple[str, ...]:
        """Return a category's name as the lines that stand beside its bar."""
        return lines(name, self.wide * 0.36, TEXT)

    def number(self, value: float) -> str:
        return written(value, self.chart.format, self.language)

    def figures(self, tick: float) -> str:
        """Return a number of the value scale: shares of equally tall columns in per cent."""
        return written(tick, "0 %" if self.chart.percent else self.chart.format, self.language)

    def mixed(self, token: str, paper: float) -> str:
        """Return a token's colour with a share of the paper's."""
        one, other = (mpl.colors.to_rgb(self.tokens[name]) for name in (token, "paper"))
        red, green, blue = (a * (1 - paper) + b * paper for a, b in zip(one, other, strict=True))
        return str(mpl.colors.to_hex((red, green, blue)))

    def colour(self, mark: int, *, thin: bool = False) -> str:
        """Return a mark's colour; ``thin`` is for lines and letters, which need more of it."""
        tone = self.chart.tones[mark]
        if tone == "quiet":
            return self.tokens["muted"] if thin else self.mixed("line", 0.0)
        if isinstance(tone, str):
            return self.tokens[tone]
        token, paper, _ = SERIES[tone]
        return self.mixed(token, 0.0 if thin else paper)

    def hatch(self, mark: int) -> str:
        tone = self.chart.tones[mark]
        return SERIES[tone][2] if isinstance(tone, int) else ""

    def look(self, mark: int) -> dict[str, Any]:
        """Return how a surface is filled."""
        edge = {"edgecolor": self.tokens["paper"], "linewidth": FIRM}
        return {"facecolor": self.colour(mark), "hatch": self.hatch(mark) or None, **edge}

    def say(self, words: str, spot: tuple[float, float], step: tuple[float, float] = (0, 0), **how: Any) -> None:
        """Write one line at a spot of the data, moved by points; its base line stands there, ``middle`` its middle."""
        size, tone = how.get("size", TEXT), how.get("tone", "ink")
        down = RISE * size if how.get("middle") else 0.0
        behind = {"facecolor": how["ground"], "edgecolor": "none", "pad": 1.2} if how.get("ground") else None
        self.axes.annotate(
            words, spot, (step[0], step[1] - down), textcoords="offset points", annotation_clip=False, fontsize=size,
            ha=how.get("ha", "center"), va="baseline", color=self.tokens.get(tone, tone), bbox=behind,
            fontweight="bold" if how.get("bold") else "normal",
        )  # fmt: skip

    def note(self, words: str, x: float, y: float) -> None:
        """Write a title in small, muted letters; x and y from the figure's lower left corner."""
        self.figure.text(
            x / self.wide, y / self.height, words, fontsize=SMALL, color=self.tokens["muted"], ha="left", va="baseline"
        )

    def titles(self) -> None:
        """Write the titles of the axes: at the side's above it, where it is read first; the other below."""
        if self.chart.y_title:
            self.note(self.chart.y_title, 0, self.bottom + self.body + SMALL * 1.4)
        if self.chart.x_title:
            self.note(self.chart.x_title, self.left, 2.5)

    def legend(self) -> None:
        """Write what the series are called, above them, where they cannot be named where they are."""
        if self.legend_rows:
            marks = [self._sample(number) for number in range(len(self.chart.series))]
            self.figure.legend(
                marks, [series.name for series in self.chart.series], loc="upper left", bbox_to_anchor=(0, 1),
                ncols=self.legend_columns, frameon=False, fontsize=TEXT, labelcolor=self.tokens["ink"], borderpad=0,
                borderaxespad=0.1, handlelength=1.8, handletextpad=0.5, columnspacing=1.4,
            )  # fmt: skip

    def _sample(self, number: int) -> Patch | Line2D:
        if self.chart.type in BARS:
            return Patch(**self.look(number))
        return Line2D([], [], **self.stroke(number))

    def stroke(self, number: int) -> dict[str, Any]:
        """Return how a line and its marks look; a scatter chart has the marks only."""
        colour = self.colour(number, thin=True)
        few = self.chart.type != "line" or len(self.chart.categories) <= MARKED or None in self.chart.series[number].values
        return {
            "color": colour, "linewidth": LINE, "linestyle": "none" if self.chart.type == "scatter" else STROKES[number],
            "marker": MARKERS[number] if few else "", "markersize": 5, "markeredgewidth": 0, "clip_on": False,
        }  # fmt: skip


def _steps(low: float, high: float) -> tuple[float, ...]:
    """Return round numbers from at or below ``low`` to at or above ``high``, at least two."""
    high = high if high > low else low + (abs(low) or 1.0)
    ticks = [float(tick) for tick in MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]
    step = ticks[1] - ticks[0]
    return tuple(tick for tick in ticks if low - step < tick < high + step)


# ------------------------------------------------------------------------------------------------ columns and bars


def _columns(sheet: _Sheet) -> None:
    """Draw columns side by side or on top of each other."""
    chart, axes = sheet.chart, sheet.axes
    axes.set_xlim(-0.5, len(chart.categories) - 0.5)
    axes.set_ylim(sheet.scale[0], sheet.scale[-1])
    _scale(sheet)
    for at, low, value, mark, series in _blocks(chart):
        width = BAR if chart.type == "stacked" else BAR / len(chart.series)
        axes.bar(at, value, width, low, **sheet.look(mark))
        if chart.labelled and not (chart.type == "stacked" and is_thin(chart, chart.series[series], round(at))):
            _column_label(sheet, at, low, value, mark)
    axes.axhline(max(0.0, sheet.scale[0]), color=sheet.tokens["ink"], linewidth=FIRM, clip_on=False)
    _names_below(sheet, range(len(chart.categories)))
    sheet.titles()
    sheet.legend()


def _blocks(chart: Chart) -> Iterator[tuple[float, float, float, int, int]]:
    """Yield each bar: its place among the categories, where it begins, its length, its mark and its series."""
    sums = chart.totals
    for index in range(len(chart.categories)):
        low = 0.0
        for number, series in enumerate(chart.series):
            value = series.values[index]
            if value is None:
                continue
            mark = index if chart.by_category else number
            if chart.type == "stacked":
                share = value / (sums[index] or 1.0) if chart.percent else value
                yield index, low, share, mark, number
                low += share
            else:
                yield index + ((number + 0.5) / len(chart.series) - 0.5) * BAR, 0.0, value, mark, number


def _column_label(sheet: _Sheet, at: float, low: float, value: float, mark: int) -> None:
    chart = sheet.chart
    if chart.type != "stacked":
        sheet.say(sheet.number(value), (at, value), (0, 3 if value >= 0 else -TEXT), bold=True)
        return
    shown = value * chart.totals[round(at)] if chart.percent else value
    fill = sheet.colour(mark)
    tone = "paper" if _luminance(fill) < 0.4 else "ink"
    sheet.say(sheet.number(shown), (at, low + value / 2), middle=True, bold=True, tone=tone, ground=fill)


def _luminance(colour: str) -> float:
    red, green, blue = mpl.colors.to_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _bars(sheet: _Sheet) -> None:
    """Draw bars from left to right, the first at the top, names before them and numbers behind."""
    chart, axes = sheet.chart, sheet.axes
    axes.set_ylim(len(chart.categories) - 0.5, -0.5)
    low, high = chart.span if chart.labelled and any(chart.numbers) else (sheet.scale[0], sheet.scale[-1])
    axes.set_xlim(low, high)
    if not chart.labelled:
        for tick in sheet.scale:
            axes.axvline(tick, color=sheet.tokens["line"], linewidth=HAIR, zorder=0)
            sheet.say(sheet.figures(tick), (tick, len(chart.categories) - 0.5), (0, -SMALL * 1.3), size=SMALL, tone="muted")
    for at, _, value, mark, _ in _blocks(chart):
        axes.barh(at, value, BAR / len(chart.series), **sheet.look(mark))
        if chart.labelled:
            sheet.say(sheet.number(value), (max(value, 0.0), at), (4, 0), ha="left", middle=True, bold=True)
    for index, name in enumerate(chart.categories):
        rows = sheet.beside(name)
        for number, words in enumerate(rows):
            up = ((len(rows) - 1) / 2 - number) * TEXT * 1.15
            sheet.say(words, (axes.get_xlim()[0], index), (-sheet.left, up), ha="left", middle=True)
    sheet.titles()
    sheet.legend()


def _scale(sheet: _Sheet) -> None:
    """Draw the value scale, unless the marks carry their numbers: thin lines across, figures at the left."""
    if sheet.chart.labelled and sheet.chart.type != "scatter":
        return
    for tick in sheet.scale:
        sheet.axes.axhline(tick, color=sheet.tokens["line"], linewidth=HAIR, zorder=0)
        at = sheet.axes.get_xlim()[0]
        sheet.say(sheet.figures(tick), (at, tick), (-sheet.left, 0), ha="left", middle=True, size=SMALL, tone="muted")


def _names_below(sheet: _Sheet, shown: Sequence[int]) -> None:
    low = sheet.axes.get_ylim()[0]
    for index in shown:
        for row, words in enumerate(sheet.below(sheet.chart.categories[index])):
            sheet.say(words, (index, low), (0, -(row + 1) * TEXT * PITCH))


# ------------------------------------------------------------------------------------------------ lines and points


def _lines(sheet: _Sheet) -> None:
    """Draw lines, broken at gaps, each with its name at its end where there is room."""
    chart, axes = sheet.chart, sheet.axes
    last = len(chart.categories) - 1
    axes.set_xlim(-0.3, last + (0.05 if chart.named_at_end else 0.3))
    axes.set_ylim(sheet.scale[0], sheet.scale[-1])
    _scale(sheet)
    axes.axhline(sheet.scale[0], color=sheet.tokens["ink"], linewidth=FIRM, clip_on=False)
    for number, series in enumerate(chart.series):
        heights = [math.nan if value is None else value for value in series.values]
        axes.plot(range(last + 1), heights, **sheet.stroke(number))
        if chart.named_at_end:
            spot = (last, heights[last])
            sheet.say(series.name, spot, (7, 0), ha="left", middle=True, bold=True, tone=sheet.colour(number, thin=True))
        if chart.labelled:
            for index, value in enumerate(series.values):
                if value is not None:
                    sheet.say(sheet.number(value), (index, value), (0, 6), bold=True)
    widest = max(measured(name, TEXT) for name in chart.categories) + 6
    _names_below(sheet, range(0, last + 1, max(1, math.ceil(widest / sheet.column))))
    sheet.titles()
    sheet.legend()


def _scatter(sheet: _Sheet) -> None:
    """Draw points, each series with a mark of its own, between two scales."""
    chart, axes = sheet.chart, sheet.axes
    across = [point[0] for series in chart.series for point in series.points]
    ticks = _steps(min(across), max(across))
    axes.set_xlim(ticks[0], ticks[-1])
    axes.set_ylim(sheet.scale[0], sheet.scale[-1])
    _scale(sheet)
    axes.axhline(sheet.scale[0], color=sheet.tokens["ink"], linewidth=FIRM, clip_on=False)
    for tick in ticks:
        words = written(tick, "", sheet.language)
        sheet.say(words, (tick, sheet.scale[0]), (0, -TEXT * PITCH), size=SMALL, tone="muted")
    for number, series in enumerate(chart.series):
        xs, ys = zip(*series.points, strict=True)
        axes.plot(xs, ys, **sheet.stroke(number))
        if chart.labelled:
            for x, y in series.points:
                sheet.say(sheet.number(y), (x, y), (0, 6), bold=True)
    sheet.titles()
    sheet.legend()


# ------------------------------------------------------------------------------------------------ round ones


def _round(sheet: _Sheet) -> None:
    """Draw slices clockwise from the top, names and numbers outside."""
    chart, axes = sheet.chart, sheet.axes
    radius = 0.72
    axes.set_ylim(-1, 1)
    axes.set_xlim(-sheet.wide / sheet.body, (sheet.wide - 2 * sheet.right) / sheet.body)
    whole, passed = math.fsum(chart.numbers), 0.0
    for number, (name, value) in enumerate(zip(chart.categories, chart.numbers, strict=True)):
        start, end = (90 - 360 * part / whole for part in (passed, passed + value))
        width = {"width": radius * (1 - HOLE)} if chart.type == "doughnut" else {}
        axes.add_patch(Wedge((0, 0), radius, end, start, **width, **{**sheet.look(number), "linewidth": 2 * FIRM}))
        _slice_name(sheet, name, value, (start + end) / 2, radius)
        passed += value


def _slice_name(sheet: _Sheet, name: str, value: float, angle: float, radius: float) -> None:
    across, up = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    side = "left" if across > 0.25 else "right" if across < -0.25 else "center"
    spot = (across * radius, up * radius)
    rows = 2 if sheet.chart.labelled else 1
    base = up * (5 + rows * TEXT * PITCH / 2) - RISE * TEXT + (TEXT * PITCH / 2 if rows == 2 else 0.0)
    sheet.say(name, spot, (across * 8, base), ha=side)
    if sheet.chart.labelled:
        sheet.say(sheet.number(value), spot, (across * 8, base - TEXT * PITCH), ha=side, bold=True)


def _radar(sheet: _Sheet) -> None:
    """Draw rings, spokes and one closed line a series."""
    chart, axes = sheet.chart, sheet.axes
    scale = _steps(min(0.0, *chart.numbers), max(chart.numbers))
    low, high = scale[0], scale[-1]
    count, radius = len(chart.categories), 0.76
    turns = [math.tau * index / count for index in range(count)]
    axes.set_ylim(-1, 1)
    axes.set_xlim(-sheet.wide / sheet.body, (sheet.wide - 2 * sheet.right) / sheet.body)

    def spots(values: Sequence[float]) -> tuple[list[float], list[float]]:
        shares = [(value - low) / (high - low) * radius for value in values]
        points = [(share * math.sin(turn), share * math.cos(turn)) for share, turn in zip(shares, turns, strict=True)]
        closed = [*points, points[0]]
        return [x for x, _ in closed], [y for _, y in closed]

    for tick in scale[1:]:
        axes.plot(*spots([tick] * count), color=sheet.tokens["line"], linewidth=HAIR, zorder=0)
        sheet.say(sheet.number(tick), (0, (tick - low) / (high - low) * radius), (3, -SMALL), ha="left", size=SMALL, tone="muted")
    for turn, name in zip(turns, chart.categories, strict=True):
        across, up = math.sin(turn), math.cos(turn)
        axes.plot([0, across * radius], [0, up * radius], color=sheet.tokens["line"], linewidth=HAIR, zorder=0)
        side = "left" if across > 0.1 else "right" if across < -0.1 else "center"
        sheet.say(name, (across * radius, up * radius), (across * 8, up * 12), ha=side, middle=True)
    for number, series in enumerate(chart.series):
        axes.plot(*spots([value or 0.0 for value in series.values]), **sheet.stroke(number))
    sheet.legend()


DRAW: Mapping[str, Callable[[_Sheet], None]] = {
    "column": _columns, "stacked": _columns, "bar": _bars, "line": _lines, "scatter": _scatter, "radar": _radar,
    "pie": _round, "doughnut": _round,
}  # fmt: skip


# ------------------------------------------------------------------------------------------------ the markup


def _bare(markup: str, alt: str, sans: str, prefix: str) -> str:
    """Return the drawing as it may stand in a page: titled for screen readers, in the page's font, its ids its own.

    Looks become attributes: WeasyPrint takes a style of a drawing for a style of the page, and complains.
    """
    root = etree.fromstring(markup.encode(), etree.XMLParser(remove_blank_text=True))
    for unwanted in (*root.findall(f"{SVG}metadata"), *(each.getparent() for each in root.iter(f"{SVG}style"))):
        unwanted.getparent().remove(unwanted)
    _own_ids(root, prefix)
    for each in root.iter():
        for name, _, value in (part.partition(":") for part in each.attrib.pop("style", "").split(";") if part.strip()):
            if name.strip() != "font-family":
                each.set(name.strip(), value.strip())
        if each.get("transform", "").startswith("rotate(-0 "):
            del each.attrib["transform"]
    box = root.get("viewBox", "")
    root.attrib.clear()
    # WeasyPrint takes blanks after commas for a part of the font's name.
    root.attrib.update({
        "viewBox": box, "role": "img", "font-family": sans.replace(", ", ",").replace('"', "'"), "stroke-linejoin": "round",
    })  # fmt: skip
    title = etree.Element(f"{SVG}title")
    title.text = alt
    root.insert(0, title)
    return str(etree.tostring(root, encoding="unicode"))


def _own_ids(root: _Element, prefix: str) -> None:
    """Keep the ids that something refers to, with the prefix; drop all others."""
    referred = {name for each in root.iter() for value in each.attrib.values() for name in REFERENCE.findall(value)}
    referred |= {each.get(XLINK, "#")[1:] for each in root.iter()}
    for each in root.iter():
        if each.get("id") in referred:
            each.set("id", prefix + each.get("id"))
        elif "id" in each.attrib:
            del each.attrib["id"]
        if each.get(XLINK):
            each.set(XLINK, f"#{prefix}{each.get(XLINK)[1:]}")
        for key, value in each.attrib.items():
            if "url(#" in value:
                each.set(key, REFERENCE.sub(rf"url(#{prefix}\1)", value))
