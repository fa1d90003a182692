"""Charts as plain values: what they show, what would make them wrong, how their numbers are written. Knows no format.

The same value becomes a native chart in the deck and vectors in print, so what both must agree on is decided here: which
marks stand out, which carry labels, whether a scale is needed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from .wrapping import measured

ROUND = ("pie", "doughnut")
BARS = ("column", "bar", "stacked")
ADDED = ("stacked", *ROUND)  # kinds whose marks add up to a whole
GAPPED = ("column", "bar", "line")  # kinds in which a value may be missing
SORTED = (*BARS, *ROUND)  # kinds whose categories have no order of their own
TONES = ("lead", "manage")
# Kind → least and most categories: more cannot be read from the last row (Few, Show Me the Numbers, 2nd ed., ch. 6 and 10).
CATEGORIES: Mapping[str, tuple[int, int]] = {
    "column": (1, 16), "bar": (1, 12), "stacked": (1, 16), "line": (2, 60), "pie": (2, 6), "doughnut": (2, 6), "radar": (3, 12),
    "scatter": (0, 0),
}  # fmt: skip
MOST_SERIES = 6  # the theme's accents
MOST_BARS = 48  # of all series together
MOST_POINTS = 200  # of one series
MOST_LABELS = 16  # bars or points above which a scale says more than numbers on all of them
LONGEST = 80  # characters of a name
LARGEST = 1e15  # above it, spreadsheets lose digits

ROOM = 565.0  # points: the chart's place in the default brand, two thirds of a slide
SMALL = 12.0  # points: the least size of a name below a column
THIN = 0.04  # of a stack or circle: a part below it is too thin for its label
APART = 0.08  # of the scale: ends of lines closer than that have labels that touch

# Literals, figures, literals: what both spreadsheets and :func:`written` understand. Without < and &, which are XML's.
LITERAL = r'"[^"<&]*"|[ \u00a0\u202f€$£¥+-]'
FORMAT = re.compile(rf"(?P<before>(?:{LITERAL})*)(?P<core>#,##0|0)(?:\.(?P<decimals>0{{1,9}}))?(?P<after>(?:{LITERAL}|%)*)")
HINT = 'such as 0, #,##0, 0.0, 0 %, 0" min" or "€ "#,##0'
NARROW, WIDE = "\u202f", "\u00a0"
SEPARATORS: Mapping[str, tuple[str, str]] = {  # language → decimal mark and thousands mark (Unicode CLDR); others as in English
    **dict.fromkeys(("da", "de", "el", "es", "id", "it", "nl", "pt", "ro", "tr"), (",", ".")),
    **dict.fromkeys(("bg", "cs", "fi", "hu", "nb", "pl", "ru", "sk", "sv", "uk"), (",", WIDE)),
    "fr": (",", NARROW),
}


@dataclass(frozen=True)
class Series:
    """One row of numbers. ``values`` go with the categories, None is a gap; ``points`` (x, y) are a scatter chart's."""

    name: str
    values: tuple[float | None, ...] = ()
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Chart:
    """What a chart shows. ``x_title`` stands below, ``y_title`` at the side; ``format`` is a spreadsheet's number format.

    ``highlight`` names the marks that stand out, each with its tone. ``labels`` is None where the kind decides.
    """

    type: str
    series: tuple[Series, ...]
    categories: tuple[str, ...] = ()
    x_title: str = ""
    y_title: str = ""
    format: str = ""
    labels: bool | None = None
    sort: str = ""
    percent: bool = False
    highlight: Mapping[str, str] = field(default_factory=dict)
    alt: str = ""

    @property
    def by_category(self) -> bool:
        """Return whether each category has a mark and a colour of its own; else each series has."""
        return self.type in ROUND or (len(self.series) == 1 and self.type in BARS)

    @property
    def marks(self) -> tuple[str, ...]:
        """Return the names that can be highlighted."""
        return self.categories if self.by_category else tuple(series.name for series in self.series)

    @property
    def tones(self) -> tuple[str | int, ...]:
        """Return each mark's colour: a tone, ``quiet`` beside what stands out, or the number of a series colour from 0."""
        if self.highlight:
            return tuple(self.highlight.get(name, "quiet") for name in self.marks)
        alike = self.by_category and self.type not in ROUND
        return tuple(0 if alike else number for number in range(len(self.marks)))

    @property
    def labelled(self) -> bool:
        """Return whether marks carry their values; then no scale is needed."""
        if self.labels is not None:
            return self.labels
        few = len(self.categories) * len(self.series) <= MOST_LABELS
        return self.type in ROUND or (few and (self.type in BARS or (self.type == "line" and len(self.series) == 1)))

    @property
    def named_at_end(self) -> bool:
        """Return whether the lines can carry their names at their ends, far enough apart to be told from each other."""
        if self.type != "line" or len(self.series) < 2:
            return False
        last = [series.values[-1] for series in self.series]
        ends = sorted(value for value in last if value is not None)
        low, high = self.span
        near = APART * (high - low)
        return len(ends) == len(last) and all(after - before > near for before, after in pairwise(ends))

    @property
    def span(self) -> tuple[float, float]:
        """Return the least and the largest number its scale has to show. A scale of lengths begins at 0."""
        numbers = [*self.numbers, *self.totals] if self.type == "stacked" else [*self.numbers]
        low, high = min(numbers), max(numbers)
        if self.type in ("line", "scatter") and high - low < max(abs(high), abs(low)) / 6:  # as spreadsheets do
            return low, high
        return min(low, 0.0), max(high, 0.0)

    @property
    def numbers(self) -> tuple[float, ...]:
        """Return all values there are, of points their height."""
        points = (point[1] for series in self.series for point in series.points)
        return (*(value for series in self.series for value in series.values if value is not None), *points)

    @property
    def totals(self) -> tuple[float, ...]:
        """Return the sum of each category over all series; a gap counts nothing."""
        return tuple(
            math.fsum(value or 0.0 for value in column) for column in zip(*(s.values for s in self.series), strict=False)
        )


def chart(data: Mapping[str, Any], alt: str = "") -> Chart:
    """Return the chart of plain data, as YAML or JSON have it. Raises KeyError, TypeError or ValueError for a wrong shape."""
    series = tuple(
        Series(
            str(each["name"]),
            tuple(None if value is None else _number(value) for value in each.get("values", ())),
            tuple((_number(x), _number(y)) for x, y in each.get("points", ())),
        )
        for each in data["series"]
    )
    rest = {key: data[key] for key in ("x_title", "y_title", "format", "labels", "sort", "percent") if key in data}
    categories = tuple(map(str, data.get("categories", ())))
    return Chart(str(data["type"]), series, categories, highlight=dict(data.get("highlight", {})), alt=alt, **rest)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{value!r} is no number")
    return float(value)


def ordered(of: Chart) -> Chart:
    """Return the chart with its categories in the order it asks for, by their totals. Equal ones stay as they are."""
    if not of.sort:
        return of
    totals = of.totals
    order = sorted(range(len(of.categories)), key=lambda index: totals[index], reverse=of.sort == "descending")
    series = tuple(replace(each, values=tuple(each.values[index] for index in order)) for each in of.series)
    return replace(of, categories=tuple(of.categories[index] for index in order), series=series)


# ------------------------------------------------------------------------------------------- what makes it wrong


def faults(of: Chart) -> Iterator[str]:
    """Yield what makes a chart wrong or unreadable. Later rules count on earlier ones, so the first that speaks ends it."""
    for rule in RULES:
        found = list(rule(of))
        yield from found
        if found:
            return


def _kind(of: Chart) -> Iterator[str]:
    if of.type not in CATEGORIES:
        yield f'there is no chart of type "{of.type}"; there are {", ".join(CATEGORIES)}'


def _shape(of: Chart) -> Iterator[str]:
    """Yield what does not go with the kind: points are for scatter charts, categories and values for all others."""
    if not of.series:
        yield "the chart has no series"
    for series in of.series:
        if of.type == "scatter" and (series.values or of.categories):
            yield "a scatter chart has points [[x, y], …] in each series, no categories and no values"
            return
        if of.type != "scatter" and series.points:
            yield f'series "{series.name}" has points, which are for scatter charts; write categories and values'
        if of.type == "scatter" and not series.points:
            yield f'series "{series.name}" has no points'


def _names(of: Chart) -> Iterator[str]:
    for what, names in (("category", of.categories), ("series", tuple(series.name for series in of.series))):
        for name, count in Counter(names).items():
            if not name.strip():
                yield f"a {what} has no name"
            elif count > 1:
                yield f'the {what} "{name}" is there {count} times'
            elif len(name) > LONGEST:
                yield f'the {what} "{name[:40]}…" has {len(name)} characters, at most {LONGEST} may be'


def _amounts(of: Chart) -> Iterator[str]:
    least, most = CATEGORIES[of.type]
    count, series = len(of.categories), len(of.series)
    if not least <= count <= most:
        more = "; type: bar has room for more" if of.type in ROUND and count > most else ""
        yield f"a {of.type} chart has {least} to {most} categories, here there are {count}{more}"
    if series > MOST_SERIES or (of.type in ROUND and series > 1):
        yield f"a {of.type} chart has at most {1 if of.type in ROUND else MOST_SERIES} series, here there are {series}"
    if of.type in ("column", "bar") and count * series > MOST_BARS:
        yield f"{count} categories × {series} series make {count * series} bars, at most {MOST_BARS} can be read"
    for each in of.series:
        if len(each.points) > MOST_POINTS:
            yield f'series "{each.name}" has {len(each.points)} points, at most {MOST_POINTS} can be read'


def _lengths(of: Chart) -> Iterator[str]:
    for series in of.series:
        if of.type != "scatter" and len(series.values) != len(of.categories):
            yield f'series "{series.name}" has {len(series.values)} values, there are {len(of.categories)} categories'
        elif not series.points and all(value is None for value in series.values):
            yield f'series "{series.name}" has no value at all'


def _finite(of: Chart) -> Iterator[str]:
    across = (point[0] for series in of.series for point in series.points)
    for number in (*of.numbers, *across):
        if not math.isfinite(number) or abs(number) > LARGEST:
            yield f"{number} cannot be shown: numbers go up to 1,000,000,000,000,000"


def _kept(of: Chart) -> Iterator[str]:
    """Yield values that the kind cannot show."""
    gaps = any(value is None for series in of.series for value in series.values)
    if gaps and of.type not in GAPPED:
        yield f"a {of.type} chart has no place for an empty value (null); line, column and bar charts have"
    if min(of.numbers) < 0 and of.type in ADDED:
        yield f"a {of.type} chart shows parts of a whole: {_shown(min(of.numbers))} is below 0"
    elif of.type in ROUND and not math.fsum(of.numbers):
        yield "the values add up to 0: there is no whole to show parts of"


def _options(of: Chart) -> Iterator[str]:
    if of.sort not in ("", "ascending", "descending"):
        yield f'sort must be ascending or descending, here it is "{of.sort}"'
    elif of.sort and of.type not in SORTED:
        yield f"sort is not for {of.type} charts: their categories have an order of their own"
    if of.percent and of.type != "stacked":
        yield f"percent makes stacked columns equally tall; a {of.type} chart has none"
    for name, tone in of.highlight.items():
        if name not in of.marks:
            what = "category" if of.by_category else "series"
            yield f'highlight: there is no {what} "{name}"; there are {", ".join(of.marks)}'
        elif tone not in TONES:
            yield f'highlight: "{name}" can be lead or manage, here it is "{tone}"'


def _format(of: Chart) -> Iterator[str]:
    found = FORMAT.fullmatch(of.format) if of.format else None
    if of.format and (found is None or _unquoted(found["after"]).count("%") > 1):
        yield f"format {of.format} is not understood; write it as spreadsheets do, {HINT}"
    elif found and "%" in _unquoted(found["after"]) and min(map(abs, of.numbers)) >= 1 and max(map(abs, of.numbers)) >= 10:
        most = max(of.numbers, key=abs)
        yield f'format {of.format} shows {_shown(most)} as {written(most, of.format)}: write 0.59 for 59 %, or format: 0" %"'


RULES: tuple[Callable[[Chart], Iterator[str]], ...] = (
    _kind, _shape, _names, _amounts, _lengths, _finite, _kept, _options, _format,
)  # fmt: skip


def cautions(of: Chart) -> Iterator[tuple[str, str]]:
    """Yield what a faultless chart will still not show well, each with what would."""
    if of.type in ("column", "stacked"):
        room = ROOM / len(of.categories) * 0.95
        wide = [name for name in of.categories if max(measured(word, SMALL) for word in name.split()) > room]
        if wide:
            yield f"{_listed(wide)} is too wide to stand below a column", "shorten it, or take type: bar, which has room"
    thin = [f"{name} ({series})" if series else name for name, series in _thin(of)]
    if of.labelled and thin:
        yield f"{_listed(thin)} is too thin for its number", "say it in the reading, or join the small ones"


def _thin(of: Chart) -> Iterator[tuple[str, str]]:
    """Yield the parts of stacks that get no label, and slices that stand in each other's way."""
    if of.type == "stacked":
        parts = ((name, s.name) for s in of.series for i, name in enumerate(of.categories) if s.values[i] and is_thin(of, s, i))
        yield from parts if len(of.series) > 1 else ()
    if of.type in ROUND:
        whole = math.fsum(of.numbers)
        slices = list(zip(of.categories, of.numbers, strict=True))
        for one, other in pairwise([*slices, slices[0]]):
            if max(one[1], other[1]) < THIN * whole:
                yield other[0], ""


def is_thin(of: Chart, series: Series, index: int) -> bool:
    """Return whether a part is too thin to hold its number: below 4 % of the tallest stack, of its own if all are equal."""
    tallest = of.totals[index] if of.percent else of.span[1] - of.span[0]
    return abs(series.values[index] or 0.0) < THIN * tallest or not tallest


def _listed(names: Sequence[str]) -> str:
    return "“" + "”, “".join(names[:3]) + ("”" if len(names) <= 3 else f"” and {len(names) - 3} more")


# ------------------------------------------------------------------------------------------------- numbers


def written(value: float, form: str, language: str = "en") -> str:
    """Return a number as a spreadsheet shows it in this format, with the marks of the language."""
    found = FORMAT.fullmatch(form)
    if found is None:
        return _shown(value, language)
    share = "%" in _unquoted(found["after"])
    exact = Decimal(repr(value)) * (100 if share else 1)
    places = len(found["decimals"] or "")
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = f"{abs(rounded):,f}" if "," in found["core"] else f"{abs(rounded):f}"
    sign = "\u2212" if rounded < 0 else ""
    return sign + found["before"].replace('"', "") + _marked(digits, language) + found["after"].replace('"', "")


def _shown(value: float, language: str = "en") -> str:
    """Return a number with as many figures as it has, up to ten."""
    exact = Decimal(f"{value:.10g}").normalize()
    return ("\u2212" if exact < 0 else "") + _marked(f"{abs(exact):f}", language)


def _marked(digits: str, language: str) -> str:
    decimal, thousands = SEPARATORS.get(language.partition("-")[0], (".", ","))
    return digits.translate({ord("."): decimal, ord(","): thousands})


def _unquoted(text: str) -> str:
    return re.sub(r'"[^"]*"', "", text)
