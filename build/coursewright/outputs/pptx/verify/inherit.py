"""How text is set once everything it inherits is counted: run, paragraph, shape, layout, master, text styles, defaults.

Sizes in points; margins and indents in EMU; spacing as points and as a share of the line (ECMA-376 part 1, 21.1.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from lxml.etree import _Element

from .archive import A, Archive, P
from .paint import Palette, Theme
from .shapes import Family, Shape, emu, on_layout, placeholders, shapes

T = TypeVar("T")
TRUE = ("1", "true", "on")
FILLS = frozenset(A + name for name in ("solidFill", "gradFill", "noFill", "pattFill", "blipFill"))


class Spacing(NamedTuple):
    """Points, and share of a line's height."""

    points: float = 0.0
    share: float = 0.0


class Letters(NamedTuple):
    """What decides how wide text is. Typefaces may be references to the theme (+mn-lt)."""

    size: float = 18.0
    bold: bool = False
    italic: bool = False
    latin: str = "+mn-lt"
    asian: str = "+mn-ea"
    caps: bool = False
    spacing: float = 0.0  # points between letters


class Level(NamedTuple):
    """How a paragraph and its runs are set. ``fill`` is the element that colours the text, None for the default."""

    letters: Letters = Letters()
    fill: _Element | None = None
    left: float = 0
    right: float = 0
    indent: float = 0
    align: str = "l"
    bullet: bool = False
    stops: tuple[float, ...] = ()
    tab: float = 914_400
    line: Spacing = Spacing(0.0, 1.0)
    before: Spacing = Spacing()
    after: Spacing = Spacing()


class Frame(NamedTuple):
    """How a text body sets its text: insets left, top, right, bottom in EMU; the stored scale of its autofit."""

    insets: tuple[float, float, float, float] = (91_440, 45_720, 91_440, 45_720)
    wraps: bool = True
    upright: bool = False
    anchor: str = "t"
    columns: int = 1
    gap: float = 0
    scale: float = 1.0
    tighter: float = 0.0
    cell: bool = False  # a table's cell, not a frame


class Run(NamedTuple):
    """A stretch of text; ``text`` is a vertical tab for a line break. ``properties`` is None where there are none."""

    text: str
    letters: Letters
    fill: _Element | None
    properties: _Element | None


class Paragraph(NamedTuple):
    """A paragraph as it is set; ``end`` is what an empty one is as tall as."""

    level: Level
    runs: tuple[Run, ...]
    end: Letters


Levels = Callable[[int], Level]


@dataclass(eq=False)
class Layout:
    """A layout with its master and theme, read once for all of its slides."""

    name: str
    root: _Element | None
    master: _Element | None
    theme: Theme
    palette: Palette
    family: Family
    shapes: tuple[Shape, ...]
    master_shapes: tuple[Shape, ...]
    defaults: _Element | None
    types: dict[tuple[Letters, float, bool], Any] = field(default_factory=dict)  # what text set so is measured with
    _levels: dict[tuple[object, ...], Level] = field(default_factory=dict)
    _frames: dict[tuple[object, ...], Frame] = field(default_factory=dict)
    _plain: dict[int, Level] = field(default_factory=dict)
    _cached: dict[object, Any] = field(default_factory=dict)

    def levels(self, shape: Shape) -> Levels:
        """Return how this shape's paragraphs of each level (from 0) are set, before their own settings."""
        own = next((each for each in shape.body if each.tag == LIST and len(each)), None) if shape.body is not None else None
        font = shape.style.find(A + "fontRef") if shape.style is not None else None
        if own is None and font is None:
            return lambda number: self._inherited(shape, number)

        def special(number: int) -> Level:
            level = self._inherited(shape, number)
            level = level if font is None else _styled(level, font)
            return level if own is None else _with_list(level, own, number)

        return special

    def plain(self, number: int) -> Level:
        """Return how text outside placeholders is set: the presentation's defaults."""
        if number not in self._plain:
            self._plain[number] = Level() if self.defaults is None else _with_list(Level(), self.defaults, number)
        return self._plain[number]

    def frame(self, shape: Shape) -> Frame:
        """Return how the text body of a shape sets its text."""
        own = shape.body[0] if shape.body is not None and len(shape.body) else None
        said = () if own is None else (*own.items(), *((each.tag, *each.items()) for each in own if each.tag in AUTOFIT))
        key = (shape.parents, said)
        if key not in self._frames:
            bodies = [each.body for each in reversed(shape.parents)]
            self._frames[key] = _frame(_merged([*bodies, shape.body]))
        return self._frames[key]

    def cached(self, name: object, make: Callable[[], T]) -> T:
        """Return what is worked out once for all slides of this layout."""
        if name not in self._cached:
            self._cached[name] = make()
        made: T = self._cached[name]
        return made

    def typeface(self, name: str) -> str:
        """Return the family that a theme reference (+mn-lt) stands for."""
        return self.theme.fonts.get(name, "") if name.startswith("+") else name

    def _inherited(self, shape: Shape, number: int) -> Level:
        key = (shape.parents, shape.mark.kind if shape.mark else "", number)
        if key not in self._levels:
            level = self.plain(number)
            lists = [self._text_style(shape), *(_list_of(parent) for parent in reversed(shape.parents))]
            for each in lists:
                level = level if each is None else _with_list(level, each, number)
            self._levels[key] = level
        return self._levels[key]

    def _text_style(self, shape: Shape) -> _Element | None:
        if self.master is None or shape.mark is None:
            return None
        name = "titleStyle" if shape.is_title else "otherStyle" if shape.is_furniture else "bodyStyle"
        return self.master.find(f"{P}txStyles/{P}{name}")


class Master(NamedTuple):
    """What all layouts of a master share."""

    root: _Element | None
    theme: Theme
    shapes: tuple[Shape, ...]
    placeholders: dict[str, Shape]


def _master(archive: Archive, name: str) -> Master:
    root, theme_name = archive.root(name), archive.related(name, "theme")
    found = tuple(shapes(root)) if root is not None else ()
    return Master(root, Theme(archive.root(theme_name), archive.relations(theme_name)), found, placeholders(found))


def layout(archive: Archive, name: str) -> Layout:
    """Return a layout as its slides see it."""
    root, master_name = archive.root(name), archive.related(name, "slideMaster")
    master = archive.shared(f"master:{master_name}", lambda: _master(archive, master_name))
    presentation = archive.root(archive.presentation)
    found = tuple(on_layout(root, master.placeholders)) if root is not None else ()
    shown = root is None or root.get("showMasterSp") not in ("0", "false")
    return Layout(
        name=name,
        root=root,
        master=master.root,
        theme=master.theme,
        palette=master.theme.palette(*(each for each in (master.root, root) if each is not None)),
        family=Family(found, master.placeholders),
        shapes=found,
        master_shapes=master.shapes if shown else (),
        defaults=presentation.find(P + "defaultTextStyle") if presentation is not None else None,
    )


# --------------------------------------------------------------------------------------------- paragraphs and runs


def paragraphs(body: _Element, levels: Levels) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text body with everything they inherit."""
    return tuple(_paragraph(each, levels) for each in body if each.tag == PARAGRAPH)


def _paragraph(element: _Element, levels: Levels) -> Paragraph:
    properties = element[0] if len(element) and element[0].tag == PARAGRAPH_PROPERTIES else None
    number = int(properties.get("lvl", "0")) if properties is not None else 0
    level = levels(number) if properties is None else _with_paragraph(levels(number), properties)
    runs: list[Run] = []
    end = level.letters
    for child in element:
        tag = child.tag
        if tag in RUNS:
            runs.append(_run(child, level))
        elif tag == END:
            end, _ = _with_run(level.letters, None, child)
    return Paragraph(level, tuple(runs), end)


def _run(element: _Element, level: Level) -> Run:
    properties, text = None, "\v" if element.tag == BREAK else ""
    for child in element:
        if child.tag == RUN_PROPERTIES:
            properties = child
        elif child.tag == TEXT:
            text = child.text or ""
    if properties is None:
        return Run(text, level.letters, level.fill, None)
    return Run(text, *_with_run(level.letters, level.fill, properties), properties)


PARAGRAPH, PARAGRAPH_PROPERTIES, LIST = A + "p", A + "pPr", A + "lstStyle"
RUNS, BREAK, END = frozenset((A + "r", A + "fld", A + "br")), A + "br", A + "endParaRPr"
RUN_PROPERTIES, TEXT = A + "rPr", A + "t"


def _list_of(shape: Shape) -> _Element | None:
    return shape.body.find(LIST) if shape.body is not None else None


def _with_list(level: Level, style: _Element, number: int) -> Level:
    """Return the level as a list style has it: its default first, then the level's own entry."""
    for tag in (A + "defPPr", f"{A}lvl{number + 1}pPr"):
        own = style.find(tag)
        if own is not None:
            level = _with_paragraph(level, own)
    return level


def _with_paragraph(level: Level, properties: _Element) -> Level:
    changes: dict[str, object] = {
        MARGINS[name]: value if name == "algn" else emu(value) for name, value in properties.items() if name in MARGINS
    }
    for child in properties:
        tag = child.tag
        if tag in SPACINGS and len(child):
            changes[SPACINGS[tag]] = _spacing(child[0])
        elif tag in BULLETS:
            changes["bullet"] = BULLETS[tag]
        elif tag == A + "tabLst":
            changes["stops"] = tuple(sorted(emu(stop.get("pos")) for stop in child))
        elif tag == A + "defRPr":
            changes["letters"], changes["fill"] = _with_run(level.letters, level.fill, child)
    return level._replace(**changes) if changes else level  # type: ignore[arg-type]


MARGINS = {"algn": "align", "marL": "left", "marR": "right", "indent": "indent", "defTabSz": "tab"}
BULLETS = {A + "buNone": False, A + "buChar": True, A + "buAutoNum": True, A + "buBlip": True}
SPACINGS = {A + "lnSpc": "line", A + "spcBef": "before", A + "spcAft": "after"}


def _with_run(letters: Letters, fill: _Element | None, properties: _Element) -> tuple[Letters, _Element | None]:
    said = [pair for pair in properties.items() if pair[0] in ATTRIBUTES]
    for child in properties:
        tag = child.tag
        if tag in FACES:
            said.append((tag, child.get("typeface", "")))
        elif tag in FILLS:
            fill = child
    return _changed(letters, *said) if said else letters, fill


FACES = frozenset((A + "latin", A + "ea"))


@lru_cache(maxsize=4096)
def _changed(letters: Letters, *said: tuple[str, str]) -> Letters:
    """Return the letters as attributes and typefaces change them; the same few combinations come again and again."""
    changes = {ATTRIBUTES[name][0]: ATTRIBUTES[name][1](value) for name, value in said}
    return letters._replace(**changes)  # type: ignore[arg-type]


def _points(value: str) -> float:
    return float(value[:-2]) if value.endswith("pt") else int(value) / 100


ATTRIBUTES: dict[str, tuple[str, Callable[[str], object]]] = {
    "sz": ("size", lambda value: int(value) / 100),
    "b": ("bold", lambda value: value in TRUE),
    "i": ("italic", lambda value: value in TRUE),
    "cap": ("caps", lambda value: value == "all"),
    "spc": ("spacing", _points),
    A + "latin": ("latin", str),
    A + "ea": ("asian", str),
}


def _styled(level: Level, font: _Element) -> Level:
    """Return the level as a shape's style has it: the colour and the family of its font reference."""
    latin = {"major": "+mj-lt", "minor": "+mn-lt"}.get(font.get("idx", ""), level.letters.latin)
    return level._replace(letters=level.letters._replace(latin=latin), fill=font if len(font) else level.fill)


def _spacing(value: _Element) -> Spacing:
    if value.tag == A + "spcPts":
        return Spacing(points=int(value.get("val", "0")) / 100)
    return Spacing(share=_percent(value.get("val"), 1.0))


def _percent(value: str | None, default: float) -> float:
    """Return a percentage as a share: thousandths of a per cent, or with a sign as the strict form has it."""
    if value is None:
        return default
    return float(value[:-1]) / 100 if value.endswith("%") else float(value) / 100_000


# ---------------------------------------------------------------------------------------------------- text bodies

AUTOFIT = {A + "normAutofit": "norm", A + "noAutofit": "none", A + "spAutoFit": "shape"}


def _merged(bodies: list[_Element | None]) -> dict[str, str]:
    """Return what text bodies say about their frames together, the later ones winning."""
    told: dict[str, str] = {}
    for body in bodies:
        if body is not None and len(body):
            told |= dict(_pairs(body[0]))
    return told


def _pairs(properties: _Element) -> Iterator[tuple[str, str]]:
    yield from properties.items()
    for child in properties:
        if child.tag in AUTOFIT:
            yield "fit", AUTOFIT[child.tag]
            yield "fontScale", child.get("fontScale", "100000")
            yield "lnSpcReduction", child.get("lnSpcReduction", "0")


def _frame(told: dict[str, str]) -> Frame:
    get = told.get
    scaled = get("fit") == "norm"
    return Frame(
        insets=(emu(get("lIns"), 91_440), emu(get("tIns"), 45_720), emu(get("rIns"), 91_440), emu(get("bIns"), 45_720)),
        wraps=get("wrap") != "none",
        upright=get("vert", "horz") != "horz",
        anchor=get("anchor", "t"),
        columns=int(get("numCol", 1)),
        gap=emu(get("spcCol")),
        scale=_percent(get("fontScale"), 1.0) if scaled else 1.0,
        tighter=_percent(get("lnSpcReduction"), 0.0) if scaled else 0.0,
    )
