"""Semantic HTML → slides as plain values. Knows the deck vocabulary, nothing of PowerPoint.

One ``<section data-layout="activity, two-content">`` is one slide; its children name slots in order of preference
(``slot="outcome, body, none"``). ``none`` leaves a block out where the brand has no such slot, ``notes`` puts it there,
``next`` moves it to a slide of its own behind this one (``data-next="rows, content" data-next-title="…"``).
With ``data-short-title`` a title that is too long for the brand's place heads the content instead, below the short one.
A paragraph of class ``second`` is set in the slot's second level: the small line below a large one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from ...charting import Chart
from ...problems import Problem, warning
from .. import charts

SPACES = re.compile(r"[\r\n][ \r\n]*| [ \r\n]+")  # but for single spaces, which stay as they are
CONTROLS = re.compile(r" *([\t\v]) *")


class Run(NamedTuple):
    """A stretch of text with one look. ``classes`` are those of the enclosing inline elements."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""
    language: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """``kind`` is plain, bullet, number or quote; ``level`` counts from 0; ``number`` is an item's place in its list."""

    runs: tuple[Run, ...]
    kind: str = "plain"
    level: int = 0
    classes: tuple[str, ...] = ()
    number: int = 0

    @property
    def text(self) -> str:
        return "".join([run.text for run in self.runs])


@dataclass(frozen=True)
class Text:
    paragraphs: tuple[Paragraph, ...]
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    paragraphs: tuple[Paragraph, ...]
    header: bool = False
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, all of the same length. ``widths`` are shares of the whole, or empty."""

    rows: tuple[tuple[Cell, ...], ...]
    has_head: bool
    widths: tuple[float, ...] = ()
    title: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    svg: _Element = field(compare=False)
    title: str = ""


@dataclass(frozen=True)
class Image:
    """A picture. Without ``alt`` it only decorates. ``focus`` is what stays when it is cut to fill its place; "" means whole."""

    source: str
    alt: str
    focus: str = ""


Block = Text | Grid | Drawing | Image | Chart


@dataclass(frozen=True)
class Fill:
    """A block and the slots it may go to, best first."""

    slots: tuple[str, ...]
    block: Block


@dataclass(frozen=True)
class Slide:
    layouts: tuple[str, ...]
    title: tuple[Run, ...]
    fills: tuple[Fill, ...]
    notes: tuple[Paragraph, ...]
    segment: str = ""
    section: str = ""
    at: str = ""
    next_layouts: tuple[str, ...] = ()
    next_title: tuple[Run, ...] = ()
    short_title: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Deck:
    slides: tuple[Slide, ...]
    title: str
    language: str
    footer: str
    meta: dict[str, str]
    problems: tuple[Problem, ...] = ()


def read(markup: str) -> Deck:
    """Return the deck that the page describes; what the vocabulary does not know keeps its text and is a problem."""
    root = etree.HTML(markup)
    problems: list[Problem] = []
    slides = tuple(_slide(section, problems) for section in root.iter("section"))
    return Deck(
        slides=slides,
        title=(root.findtext(".//title") or "").strip(),
        language=root.get("lang", ""),
        footer=_collapsed("".join(root.xpath("//body/footer//text()"))).strip(),
        meta={meta.get("name", ""): meta.get("content", "") for meta in root.iter("meta")},
        problems=tuple(problems),
    )


def _slide(section: _Element, problems: list[Problem]) -> Slide:
    at = section.get("data-at", "")
    heading = next((child for child in section if child.tag in ("h1", "h2")), None)
    notes = [child for child in section if child.tag == "aside"]
    bodies = [child for child in section if child is not heading and child not in notes and isinstance(child.tag, str)]
    return Slide(
        layouts=_names(section.get("data-layout", "content")),
        title=_trimmed(_runs(heading, Run(""))) if heading is not None else (),
        fills=tuple(Fill(_names(child.get("slot", "body")), block) for child in bodies for block in _blocks(child, at, problems)),
        notes=tuple(paragraph for aside in notes for paragraph in _paragraphs(aside, 0)),
        segment=section.get("data-segment", ""),
        section=section.get("data-section", ""),
        at=at,
        next_layouts=_names(section.get("data-next", "")),
        next_title=_named_runs(section.get("data-next-title", "")),
        short_title=_named_runs(section.get("data-short-title", "")),
    )


def _named_runs(words: str) -> tuple[Run, ...]:
    return (Run(words),) if words else ()


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _blocks(element: _Element, at: str, problems: list[Problem]) -> Iterator[Block]:
    match element.tag:
        case "table":
            yield _grid(element, at, problems)
        case "svg":
            yield Drawing(element, _collapsed(element.findtext("title") or "").strip())
        case "img":
            yield _image(element, at, problems)
        case "figure" if "data-chart" in element.attrib:
            chart, found = charts.read(element, at)
            problems.extend(found)
            yield from [chart] if chart else []
        case "figure":
            for child in element:
                yield from _blocks(child, at, problems)
        case "p" | "ul" | "ol" | "blockquote" | "div" | "h3":
            yield Text(tuple(_paragraphs(element, 0)), _names_of_class(element))
        case _:
            problems.append(warning(f"<{element.tag}> is no part of the deck vocabulary; its text is kept", at))
            yield Text(tuple(_paragraphs(element, 0)))


def _image(element: _Element, at: str, problems: list[Problem]) -> Image:
    if element.get("alt") is None:
        hint = 'say in alt what it tells; alt="" says that it only decorates'
        problems.append(Problem("a picture tells nothing to those who cannot see it", at, hint))
    focus = (element.get("data-focus") or "centre") if element.get("data-crop") == "fill" else ""
    return Image(element.get("src", ""), element.get("alt", ""), focus)


def _names_of_class(element: _Element) -> tuple[str, ...]:
    return tuple(element.get("class", "").split())


# -------------------------------------------------------------------------------------------------- paragraphs

LISTS = {"ul": "bullet", "ol": "number"}
FLOW = {"p", "div", "ul", "ol", "blockquote", "h3", "h4", "li"}


def _paragraphs(element: _Element, level: int) -> Iterator[Paragraph]:
    if element.tag in LISTS:
        start = element.get("start", "")
        for number, item in enumerate(element.iterchildren("li"), int(start) if start.isdecimal() else 1):
            yield from _item(item, LISTS[element.tag], level, number)
    elif any(child.tag in FLOW for child in element):
        for child in element:
            yield from _paragraphs(child, level)
    else:
        kind = "quote" if element.getparent() is not None and element.getparent().tag == "blockquote" else "plain"
        runs = _trimmed(_runs(element, Run("")))
        if runs:
            names = _names_of_class(element)
            yield Paragraph(runs, kind, level + ("second" in names), names)


def _item(item: _Element, kind: str, level: int, number: int) -> Iterator[Paragraph]:
    nested = [child for child in item if child.tag in LISTS]
    runs = _trimmed(_runs(item, Run(""), leave_out=nested))
    if runs:
        yield Paragraph(runs, kind, level, _names_of_class(item), number if kind == "number" else 0)
    for each in nested:
        yield from _paragraphs(each, level + 1)


def _runs(element: _Element, look: Run, leave_out: Iterable[_Element] = ()) -> Iterator[Run]:
    skipped = list(leave_out)
    if element.text:
        yield _saying(look, _collapsed(element.text))
    for child in element:
        if child in skipped:
            continue
        if child.tag == "br":
            yield _saying(look, "\v")
        elif isinstance(child.tag, str):
            yield from _runs(child, _look(child, look))
        if child.tail:
            yield _saying(look, _collapsed(child.tail))


def _saying(look: Run, text: str) -> Run:
    """The run with another text. ``_replace`` does the same in three times the time."""
    return Run(text, *look[1:])


def _look(element: _Element, look: Run) -> Run:
    return look._replace(
        bold=look.bold or element.tag in ("strong", "b"),
        italic=look.italic or element.tag in ("em", "i"),
        code=look.code or element.tag == "code",
        href=element.get("href", look.href),
        language=element.get("lang", look.language),
        classes=(*look.classes, *_names_of_class(element)),
    )


def _collapsed(text: str) -> str:
    return SPACES.sub(" ", text)


def _trimmed(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs without white space at the ends, around tabs, and twice in a row; looks that agree are joined."""
    joined: list[Run] = []
    for run in runs:
        text = run.text.lstrip(" ") if not joined or joined[-1].text.endswith((" ", "\t", "\v")) else run.text
        if "\t" in text or "\v" in text:
            text = CONTROLS.sub(r"\1", text)
        if not text:
            continue
        if joined and joined[-1][1:] == run[1:]:
            joined[-1] = _saying(run, joined[-1].text + text)
        else:
            joined.append(_saying(run, text))
    if joined:
        joined[-1] = _saying(joined[-1], joined[-1].text.rstrip(" "))
    return tuple(run for run in joined if run.text)


# ------------------------------------------------------------------------------------------------------- tables


def _grid(table: _Element, at: str, problems: list[Problem]) -> Grid:
    rows = [tuple(_cell(cell) for cell in row if cell.tag in ("td", "th")) for row in table.iter("tr")]
    width = max(map(len, rows), default=0)
    if any(len(row) != width for row in rows) or table.xpath(".//*[@colspan or @rowspan]"):
        problems.append(
            Problem("a table on this slide has merged or missing cells", at, "every row needs the same number of cells")
        )
    filled = tuple((*row, *(Cell((Paragraph(()),)) for _ in range(width - len(row)))) for row in rows)
    widths = tuple(float(col.get("data-share", "1")) for col in table.iter("col"))
    return Grid(filled, table.find("thead") is not None, widths, table.get("title", ""), _names_of_class(table))


def _cell(cell: _Element) -> Cell:
    paragraphs = tuple(_paragraphs(cell, 0)) or (Paragraph(()),)
    return Cell(paragraphs, cell.tag == "th", _names_of_class(cell))
