"""Write ``brand.pptx``, the default brand: one master, one theme, a layout for every role, no slides.

Run ``python templates/make_brand.py`` to write it again beside this file. The same script gives the same bytes on every
machine: dates are fixed, parts are sorted and stored uncompressed (deflate differs between zlib builds).

All geometry stands below, grid first, then layout by layout, in inches from the top left corner of a 13.333 × 7.5 in slide;
type sizes, spacing and rules are in points. Colours are only ever names of the theme, so another colour scheme recolours
everything. A rule that belongs to a slot (above a row, left of an outcome) is the slot's own fill: it travels with the text
and goes when it goes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count
from math import atan2, degrees
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

EMU_PER_INCH = 914400
EMU_PER_POINT = 12700
LANGUAGE = "en-GB"
FIXED_DATE = "2026-01-01T00:00:00Z"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)

# ------------------------------------------------------------------------------------------------ theme

NAME = "Coursewright"
SERIF, SANS = "+mj-lt", "+mn-lt"
FONTS = {"major": "Cambria", "minor": "Calibri"}
COLOURS = {
    "dk1": "1B2430",  # ink
    "lt1": "FFFFFF",  # paper
    "dk2": "5B6675",  # muted
    "lt2": "D3D9E0",  # line
    "accent1": "0F5C63",  # teal: leading
    "accent2": "A8480F",  # rust: managing
    "accent3": "E5F0F0",  # teal tint
    "accent4": "F9ECE2",  # rust tint
    "accent5": "F1E6D8",  # sand: both together
    "accent6": "1B2430",
    "hlink": "0F5C63",
    "folHlink": "5B6675",
}
INK, PAPER, MUTED, LINE = "tx1", "bg1", "tx2", "bg2"
TEAL, RUST, TEAL_TINT, RUST_TINT, SAND = "accent1", "accent2", "accent3", "accent4", "accent5"

# ------------------------------------------------------------------------------------------------ values


@dataclass(frozen=True)
class Box:
    """A rectangle in inches."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class Type:
    """How a paragraph looks: sizes and spacing in points, ``left`` and ``hang`` in inches, ``line`` in per cent."""

    size: float = 20
    colour: str = INK
    face: str = SANS
    bold: bool = False
    caps: bool = False
    spacing: float = 0
    left: float = 0
    hang: float = 0
    bullet: str = ""
    bullet_colour: str = TEAL
    before: float = 0
    line: int = 100
    align: str = "l"


@dataclass(frozen=True)
class Edge:
    """The rule a slot carries: along its ``top``, its ``left`` or all round (``box``); width in points, roughly.

    ``ground`` is what lies under the slot, for the part of it that is no rule.
    """

    side: str
    colour: str = LINE
    width: float = 1
    ground: str = PAPER


@dataclass(frozen=True)
class Inset:
    """Space between a slot's edge and its text, in inches."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0


@dataclass(frozen=True)
class Slot:
    """A placeholder. Without ``types`` it inherits the master's five levels; the last type serves all deeper levels."""

    name: str
    box: Box
    prompt: str
    types: tuple[Type, ...] = ()
    kind: str = "body"
    anchor: str = "t"
    inset: Inset = Inset()
    edge: Edge | None = None


@dataclass(frozen=True)
class Art:
    """A decorative shape: ``rect``, ``ellipse``, ``line`` or ``lens`` (what two circles have in common)."""

    name: str
    shape: str
    box: Box
    colour: str
    shade: int = 100  # per cent of the colour's own lightness


@dataclass(frozen=True)
class Furniture:
    """Footer and slide number: where they start, and in which colours."""

    left: float = 0.8
    footer: str = MUTED
    number: str = INK


@dataclass(frozen=True)
class Layout:
    """One slide layout. ``rule`` keeps the master's footer rule; ``ground`` is a theme colour, empty for the master's."""

    name: str
    slots: tuple[Slot, ...]
    standard: str = ""
    art: tuple[Art, ...] = ()
    ground: str = ""
    rule: bool = True
    furniture: Furniture = Furniture()


# ------------------------------------------------------------------------------------------------ grid, in inches

SLIDE_W, SLIDE_H = 13 + 1 / 3, 7.5
LEFT, RIGHT = 0.8, SLIDE_W - 0.8
WIDTH = RIGHT - LEFT
TOP, BOTTOM = 1.85, 6.65
HEIGHT = BOTTOM - TOP
SIDE = 9.05  # left edge of the narrow column beside a drawing or chart
SIDE_W = RIGHT - SIDE
WIDE_W = SIDE - LEFT - 0.4  # two thirds, with air before the narrow column
RULE_Y, FOOTER_Y, FOOTER_H = 6.88, 6.95, 0.2

LABEL_BOX = Box(LEFT, 0.55, 10.5, 0.21)
TITLE_BOX = Box(LEFT, 0.82, WIDTH, 0.95)  # one line of 32 pt, or two at 90 per cent of it
CONTENT_BOX = Box(LEFT, TOP, WIDTH, HEIGHT)

# ------------------------------------------------------------------------------------------------ type

TITLE = Type(32, face=SERIF, bold=True, line=95)
LABEL = Type(12, MUTED, bold=True, caps=True, spacing=1.2)
FOOTER = Type(11, MUTED)
NUMBER = Type(11, INK, bold=True, align="r")
BODY = (
    Type(20, left=0.28, hang=0.28, bullet="•", before=8),
    Type(20, left=0.56, hang=0.28, bullet="–", before=6),
    Type(18, left=0.84, hang=0.28, bullet="•", bullet_colour=MUTED, before=4),
    Type(18, left=1.12, hang=0.28, bullet="–", bullet_colour=MUTED, before=4),
    Type(18, left=1.40, hang=0.28, bullet="•", bullet_colour=MUTED, before=4),
)
TEXT = Type(20, before=8)
SMALL = Type(18, MUTED, before=6)
LEAD = Type(22, MUTED, before=6)
SOURCE = Type(14, MUTED)
READING = (Type(22, face=SERIF, before=10), Type(18, MUTED, before=8))
PANEL = (Type(22, face=SERIF, bold=True, before=10), Type(18, MUTED, before=8))
HEAD = Type(20, bold=True)
ROW = Type(24, face=SERIF, left=0.8, hang=0.8, line=95)
OPTION = (Type(20, left=0.7, hang=0.45), Type(18, MUTED, left=0.7))

# ------------------------------------------------------------------------------------------------ slots that many layouts share


def title(box: Box = TITLE_BOX, prompt: str = "Say it in one line", type_: Type | None = None, anchor: str = "t") -> Slot:
    """Return a title slot; without ``type_`` in the master's type."""
    return Slot("title", box, prompt, (type_,) if type_ else (), "title", anchor)


def label(box: Box = LABEL_BOX, type_: Type = LABEL, name: str = "label", prompt: str = "Module and kind") -> Slot:
    """Return the small line of capitals, as a rule above the title."""
    return Slot(name, box, prompt, (type_,))


def content(name: str, box: Box, prompt: str) -> Slot:
    """Return a slot for text, tables, drawings or charts alike, in the master's five levels."""
    return Slot(name, box, prompt, kind="obj")


def details(box: Box, prompt: str, colour: str) -> Slot:
    """Return the small print of a dark ground, standing on its bottom edge."""
    return Slot("details", box, prompt, (Type(18, colour, before=3),), anchor="b")


def head(name: str, box: Box, type_: Type, prompt: str) -> Slot:
    """Return the heading of a column, under a thick rule in its own colour."""
    return Slot(name, box, prompt, (type_,), inset=Inset(top=0.16), edge=Edge("top", type_.colour, 3))


def reading(height: float = HEIGHT) -> Slot:
    """Return the narrow column that says what a drawing or chart means."""
    return Slot("reading", Box(SIDE + 0.35, TOP, SIDE_W - 0.35, height), "What it means", READING)


def reading_rule(height: float = HEIGHT) -> Art:
    """Return the thin rule left of the reading; as tall as the slot, so it parts the columns however long the text is."""
    return Art("reading-rule", "line", Box(SIDE, TOP, 0, height), LINE)


def stacked(stem: str, count: int, first: Box, step: float, prompt: str, pattern: Slot) -> tuple[Slot, ...]:
    """Return ``count`` slots like ``pattern``, named ``stem-1`` and on, each ``step`` inches below the one before."""
    boxes = (replace(first, y=first.y + step * place) for place in range(count))
    return tuple(replace(pattern, name=f"{stem}-{place}", box=box, prompt=prompt) for place, box in enumerate(boxes, 1))


def ruled(count: int, first: Box, prompt: str, type_: Type, rule: Edge) -> tuple[Slot, ...]:
    """Return rows that touch each other, each with its rule above and its text between two rules."""
    types = (type_, replace(type_, size=18, hang=0))
    pattern = Slot("", first, "", types, anchor="ctr", inset=Inset(top=0.05, bottom=0.02), edge=rule)
    return stacked("row", count, first, first.h, prompt, pattern)


def circles(x: float, y: float, radius: float, apart: float) -> tuple[Art, ...]:
    """Return the motif: leading and managing, and what is both. ``x`` and ``y`` are the first circle's centre."""
    half = (radius**2 - (apart / 2) ** 2) ** 0.5
    return (
        Art("circle-leading", "ellipse", Box(x - radius, y - radius, 2 * radius, 2 * radius), TEAL),
        Art("circle-managing", "ellipse", Box(x + apart - radius, y - radius, 2 * radius, 2 * radius), RUST),
        Art("circle-both", "lens", Box(x + apart - radius, y - half, 2 * radius - apart, 2 * half), SAND),
    )


def footer_rule(left: float = LEFT, colour: str = LINE, shade: int = 100) -> Art:
    """Return the thin rule above the footer."""
    return Art("footer-rule", "line", Box(left, RULE_Y, RIGHT - left, 0), colour, shade)


# ------------------------------------------------------------------------------------------------ layouts


def cover() -> Layout:
    """Dark ground, the motif running off at the right, audience and version below."""
    name = Type(66, PAPER, SERIF, True, line=90)
    return Layout(
        "Cover",
        (
            replace(title(Box(LEFT, 0.5, 6.4, 3.05), "Title of the course", name, anchor="b"), kind="ctrTitle"),
            Slot("subtitle", Box(LEFT, 3.68, 6.0, 1.2), "Its promise in a few words", (Type(24, LINE),), kind="subTitle"),
            details(Box(LEFT, 5.35, 6.0, 1.3), "Audience, length, version and date", LINE),
        ),
        standard="title",
        art=circles(9.75, 3.75, 2.3, 2.05),
        ground=INK,
        rule=False,
        furniture=Furniture(footer=LINE, number=LINE),
    )


def section() -> Layout:
    """A colour panel with the number; beside it the title and what people will be able to do."""
    left, width = 5.4, RIGHT - 5.4
    return Layout(
        "Section",
        (
            title(Box(left, 0.95, width, 1.85), "Title of the module", Type(46, face=SERIF, bold=True, line=90)),
            label(Box(LEFT, 0.8, 3.3, 0.21), Type(12, PAPER, bold=True, caps=True, spacing=1.2), prompt="Module"),
            Slot("number", Box(LEFT, 1.02, 3.3, 1.65), "2", (Type(96, PAPER, SERIF, True),)),
            Slot("lead", Box(left, 2.95, width, 0.42), "By the end you can", (LEAD,)),
            *ruled(3, Box(left, 3.45, width, 1.06), "An objective", Type(20), Edge("top")),
            details(Box(LEFT, 4.6, 3.3, 2.02), "Minutes, objectives, workbook page", PAPER),
        ),
        standard="secHead",
        art=(Art("panel-ground", "rect", Box(0, 0, 4.6, SLIDE_H), TEAL), footer_rule(left)),
        rule=False,
        furniture=Furniture(left=left),
    )


def plain_layouts() -> tuple[Layout, ...]:
    """The layouts every template has: text, two columns, a comparison, a title, nothing, a picture, a table."""
    half, second = (WIDTH - 0.6) / 2, LEFT + (WIDTH + 0.6) / 2
    below = TOP + 0.68
    left_title = head("left-title", Box(LEFT, TOP, half, 0.6), replace(HEAD, colour=TEAL), "One side")
    right_title = head("right-title", Box(second, TOP, half, 0.6), replace(HEAD, colour=RUST), "The other side")
    return (
        Layout("Content", (title(), label(), content("body", replace(CONTENT_BOX, w=10.2), "The text")), "obj"),
        Layout(
            "Two content",
            (
                title(),
                label(),
                content("left", Box(LEFT, TOP, half, HEIGHT), "The first half"),
                content("right", Box(second, TOP, half, HEIGHT), "The second half"),
            ),
            "twoObj",
        ),
        Layout(
            "Comparison",
            (
                title(),
                label(),
                left_title,
                content("left", Box(LEFT, below, half, BOTTOM - below), "What is said of it"),
                right_title,
                content("right", Box(second, below, half, BOTTOM - below), "What is said of it"),
            ),
            "twoTxTwoObj",
        ),
        Layout("Title only", (title(), label()), "titleOnly"),
        Layout("Blank", (), "blank"),
        Layout(
            "Picture",
            (
                title(),
                label(),
                Slot("picture", Box(LEFT, TOP, WIDE_W, HEIGHT), "A picture", (TEXT,), kind="pic"),
                Slot("caption", Box(SIDE, TOP, SIDE_W, HEIGHT), "What the picture shows", (TEXT, SMALL)),
            ),
            "picTx",
        ),
        Layout("Table", (title(), label(), Slot("table", CONTENT_BOX, "A table", (Type(18),), kind="tbl")), "tbl"),
    )


def chart() -> Layout:
    """The finding as title, the chart in two thirds, what it means in one, the source below."""
    height = 4.4
    return Layout(
        "Chart",
        (
            title(prompt="The finding, as a sentence"),
            label(),
            Slot("chart", Box(LEFT, TOP, WIDE_W, height), "A chart", (Type(18),), kind="chart"),
            reading(height),
            Slot("source", Box(LEFT, 6.41, WIDTH, 0.24), "Where the numbers come from", (SOURCE,), anchor="b"),
        ),
        "chart",
        art=(reading_rule(height),),
    )


def diagram() -> Layout:
    """Two thirds drawing, one third reading."""
    drawing = content("drawing", Box(LEFT, TOP, WIDE_W, HEIGHT), "What the drawing shows")
    return Layout("Diagram", (title(), label(), drawing, reading()), art=(reading_rule(),))


def statement() -> Layout:
    """One sentence on a warm ground, one question below it."""
    return Layout(
        "Statement",
        (
            title(Box(LEFT, 1.2, 9.6, 3.35), "One sentence to remember", Type(44, face=SERIF, bold=True), anchor="b"),
            label(),
            Slot("question", Box(LEFT, 4.95, 9.6, 1.5), "One question to answer", (LEAD,)),
        ),
        art=(footer_rule(colour=SAND, shade=88),),
        ground=RUST_TINT,
        rule=False,
    )


def timer() -> Layout:
    """The time everybody is back, as large as the slide allows."""
    digits = Type(150, TEAL, SERIF, True, line=90)
    return Layout(
        "Timer",
        (
            title(Box(LEFT, 1.3, WIDTH, 2.75), "10:40", digits, anchor="b"),
            label(),
            Slot("details", Box(LEFT, 4.35, WIDTH, 1.6), "What happens then", (Type(24, MUTED, before=6), SMALL)),
        ),
        art=(footer_rule(colour=TEAL_TINT, shade=85),),
        ground=TEAL_TINT,
        rule=False,
    )


def activity() -> Layout:
    """A panel with minutes and how to sit; the steps, ruled; below them what to bring back."""
    left = 4.35
    width = RIGHT - left
    facts = (Type(18, before=5), Type(18, MUTED, before=3))
    figure = Type(54, TEAL, SERIF, True, line=95)
    outcome = Slot("outcome", Box(left, 5.85, width, 0.8), "What to bring back", (TEXT,), anchor="ctr", inset=Inset(0.25))
    return Layout(
        "Activity",
        (
            title(prompt="What we do"),
            label(),
            Slot("minutes", Box(1.1, 2.05, 2.55, 0.88), "25", (figure,), anchor="b"),
            Slot("facts", Box(1.1, 2.98, 2.55, 3.42), "Until when, groups, materials", facts),
            content("steps", Box(left, TOP, width, 3.75), "The steps, in order"),
            replace(outcome, edge=Edge("left", TEAL, 4.5)),
        ),
        art=(Art("panel-ground", "rect", Box(LEFT, TOP, 3.15, HEIGHT), TEAL_TINT),),
    )


def case() -> Layout:
    """The situation at the left, the question on a panel at the right."""
    story = (Type(20, before=10, line=105), replace(SMALL, colour=INK))
    panel = Box(8.6, TOP, RIGHT - 8.6, HEIGHT)
    width = panel.w - 0.6
    return Layout(
        "Case",
        (
            title(prompt="Who, where, when"),
            label(),
            Slot("body", Box(LEFT, TOP, 7.3, HEIGHT), "What happened", story),
            label(Box(panel.x + 0.3, TOP + 0.28, width, 0.21), replace(LABEL, colour=TEAL), "panel-label", "Decide"),
            Slot("panel", Box(panel.x + 0.3, TOP + 0.6, width, HEIGHT - 0.9), "The question", PANEL),
        ),
        art=(Art("panel-ground", "rect", panel, TEAL_TINT),),
    )


def options() -> Layout:
    """A question of up to three lines, and a box for each answer."""
    pattern = Slot("", CONTENT_BOX, "", OPTION, anchor="ctr", inset=Inset(0, 0.03, 0.2, 0.03), edge=Edge("box"))
    question = title(Box(LEFT, 0.82, WIDTH, 1.35), "The question", replace(TITLE, size=28))
    boxes = stacked("option", 5, Box(LEFT, 2.35, WIDTH, 0.72), 0.86, "An answer", pattern)
    return Layout("Options", (question, label(), *boxes))


def answers() -> Layout:
    """The answers with their reasons: fewer boxes than for the question, and taller."""
    pattern = Slot("", CONTENT_BOX, "", OPTION, anchor="ctr", inset=Inset(0, 0.03, 0.2, 0.03), edge=Edge("box"))
    boxes = stacked("option", 4, Box(LEFT, 1.95, WIDTH, 1.05), 1.2, "An answer and its reason", pattern)
    return Layout("Answers", (title(prompt="The answer"), label(), *boxes))


def columns() -> Layout:
    """Three questions side by side, each under a rule of its own colour."""
    gap = 0.5
    width = (WIDTH - 2 * gap) / 3
    below = TOP + 0.72
    words = (Type(24, face=SERIF, before=12), replace(SMALL, colour=INK))
    slots = [title(), label()]
    for place, colour in enumerate((INK, TEAL, RUST), 1):
        x = LEFT + (place - 1) * (width + gap)
        capitals = Type(18, colour, bold=True, caps=True, spacing=0.8)
        slots += [
            head(f"heading-{place}", Box(x, TOP, width, 0.62), capitals, "Heading"),
            Slot(f"column-{place}", Box(x, below, width, BOTTOM - below), "A question", words),
        ]
    return Layout("Columns", tuple(slots))


def rows() -> Layout:
    """Up to five ruled lines, each with room for a number."""
    lines = ruled(5, Box(LEFT, TOP, WIDTH, 0.92), "A line to keep", ROW, Edge("top"))
    return Layout("Rows", (title(), label(), *lines))


def agenda() -> Layout:
    """Times and titles at the left, two numbers worth knowing at the right."""
    numbers: list[Slot] = []
    for place, (colour, y) in enumerate(((TEAL, TOP), (INK, TOP + 1.8)), 1):
        figure = Type(44, colour, SERIF, True, line=90)
        numbers += [
            Slot(f"number-{place}", Box(SIDE, y, SIDE_W, 0.86), "16:30", (figure,), inset=Inset(top=0.16), edge=Edge("top")),
            Slot(f"text-{place}", Box(SIDE, y + 0.88, SIDE_W, 0.65), "What it counts", (replace(SMALL, before=0),)),
        ]
    return Layout("Agenda", (title(), label(), content("agenda", Box(LEFT, TOP, WIDE_W, HEIGHT), "Times and titles"), *numbers))


def closing() -> Layout:
    """Dark ground like the cover: what comes next as ruled lines, and thanks."""
    row = Type(22, PAPER, left=1.9, hang=1.9)
    return Layout(
        "Closing",
        (
            title(Box(LEFT, 0.82, 9.0, 0.95), "What comes next", Type(46, PAPER, SERIF, True, line=90)),
            *ruled(4, Box(LEFT, 2.2, 8.6, 0.82), "A date and what happens", row, Edge("top", LINE, 1, INK)),
            details(Box(LEFT, 5.75, 8.6, 0.9), "Thanks, and where to write", LINE),
        ),
        art=circles(11.2, 1.3, 0.62, 0.55),
        ground=INK,
        rule=False,
        furniture=Furniture(footer=LINE, number=LINE),
    )


def layouts() -> tuple[Layout, ...]:
    """Return every layout, in the order PowerPoint's menu shows them."""
    return (
        cover(),
        section(),
        agenda(),
        *plain_layouts(),
        chart(),
        diagram(),
        statement(),
        activity(),
        timer(),
        case(),
        options(),
        answers(),
        columns(),
        rows(),
        closing(),
    )


# ------------------------------------------------------------------------------------------------ XML

NAMESPACES = {
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "xmlns:p": "http://schemas.openxmlformats.org/presentationml/2006/main",
}
PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
COLOUR_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"} | {
    name: name for name in COLOURS if name not in ("dk1", "lt1", "dk2", "lt2")
}
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
SLIDE_NUMBER = "{6D1F0A52-3C0B-4E1E-9B7A-2F5C8D4E6A10}"
TABLE_STYLE = "{4B7C2D90-58E1-4F36-A2C7-91D0E3B5F864}"


def tag(name: str, /, *inside: str, **attributes: object) -> str:
    """Return an element. Attributes that are None are left out; ``r__id`` stands for ``r:id`` and ``def_`` for ``def``."""
    pairs = ((key.rstrip("_").replace("__", ":"), value) for key, value in attributes.items() if value is not None)
    head = name + "".join(f" {key}={quoteattr(str(value))}" for key, value in pairs)
    body = "".join(inside)
    return f"<{head}>{body}</{name}>" if body else f"<{head}/>"


def root(name: str, /, *inside: str, **attributes: object) -> str:
    """Return a part: the outermost element with its namespaces and the XML declaration."""
    return PROLOGUE + tag(name, *inside, **{**NAMESPACES, **attributes})


def emu(inches: float) -> int:
    """Return inches as English metric units."""
    return round(inches * EMU_PER_INCH)


def hundredths(points: float) -> int:
    """Return points as hundredths of a point."""
    return round(points * 100)


def scheme(colour: str, shade: int = 100) -> str:
    """Return a theme colour, darkened to ``shade`` per cent of its lightness."""
    return tag("a:schemeClr", tag("a:lumMod", val=shade * 1000) if shade != 100 else "", val=colour)


def filled(colour: str, shade: int = 100) -> str:
    """Return a solid fill."""
    return tag("a:solidFill", scheme(colour, shade))


def outline(colour: str, width: float, name: str = "a:ln", shade: int = 100) -> str:
    """Return a solid line, ``width`` in points."""
    look = filled(colour, shade) + tag("a:prstDash", val="solid")
    return tag(name, look, w=round(width * EMU_PER_POINT), cap="flat", cmpd="sng", algn="ctr")


def no_line(name: str = "a:ln") -> str:
    """Return the outline of what has none."""
    return tag(name, tag("a:noFill"))


def place(box: Box) -> str:
    """Return where a shape lies."""
    return tag("a:xfrm", tag("a:off", x=emu(box.x), y=emu(box.y)), tag("a:ext", cx=emu(box.w), cy=emu(box.h)))


def preset(shape: str) -> str:
    """Return one of the standard geometries."""
    return tag("a:prstGeom", tag("a:avLst"), prst=shape)


def drawn(path: str, **size: object) -> str:
    """Return a geometry of our own with one path; its text still fills the whole rectangle."""
    empty = "".join(map(tag, ("a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst")))
    whole = tag("a:rect", l="0", t="0", r="r", b="b")
    return tag("a:custGeom", empty, whole, tag("a:pathLst", tag("a:path", path, **size)))


def lens(box: Box) -> str:
    """Return what two equal circles have in common, as two arcs that meet at top and bottom.

    With half width ``a`` and half height ``b``, the circles' radius is (a² + b²) / 2a and each arc spans 4·atan(a/b).
    """
    a, b = box.w / 2, box.h / 2
    radius, sweep = emu((a * a + b * b) / (2 * a)), round(degrees(4 * atan2(a, b)) * 60000)
    width, height, half = emu(box.w), emu(box.h), round(sweep / 2)
    right = tag("a:arcTo", wR=radius, hR=radius, stAng=21600000 - half, swAng=sweep)
    left = tag("a:arcTo", wR=radius, hR=radius, stAng=10800000 - half, swAng=sweep)
    return drawn(tag("a:moveTo", tag("a:pt", x=width // 2, y=0)) + right + left + tag("a:close"), w=width, h=height)


def stop(per_cent: int, colour: str) -> str:
    """Return one stop of a gradient."""
    return tag("a:gs", scheme(colour), pos=per_cent * 1000)


def edge_fill(edge: Edge, box: Box) -> str:
    """Return a fill that is the rule along one edge and the ground everywhere else.

    Two colours that meet at a hard stop are the one way to rule a single edge that slides inherit in PowerPoint and in
    LibreOffice alike: LibreOffice 7.4 knows no geometry of a placeholder's own and draws an outline all round. It counts in
    whole per cents of the slot, and below one half paints the slot all over, so the width is rounded to that; and it lets the
    rule fade out over its width (7.6 and later draw it sharp, as PowerPoint does).
    """
    length, angle = (box.h, 5400000) if edge.side == "top" else (box.w, 0)
    share = max(1, round(edge.width / 72 / length * 100))
    stops = stop(0, edge.colour) + stop(share, edge.colour) + stop(share, edge.ground) + stop(100, edge.ground)
    return tag("a:gradFill", tag("a:gsLst", stops), tag("a:lin", ang=angle, scaled=0), rotWithShape=1)


def dress(slot: Slot) -> str:
    """Return a slot's fill and outline: none, a box, or a rule along one edge."""
    if slot.edge is None:
        return ""
    if slot.edge.side == "box":
        return tag("a:noFill") + outline(slot.edge.colour, slot.edge.width)
    return edge_fill(slot.edge, slot.box) + no_line()


# ------------------------------------------------------------------------------------------------ text


def run_look(type_: Type) -> str:
    """Return the character properties of a level.

    Other scripts' fonts are left unsaid: the theme names none, and LibreOffice would set lone figures in them.
    """
    return tag(
        "a:defRPr",
        filled(type_.colour),
        tag("a:latin", typeface=type_.face),
        sz=hundredths(type_.size),
        b=int(type_.bold),
        i=0,
        kern=1200,
        cap="all" if type_.caps else None,
        spc=hundredths(type_.spacing) or None,
    )


def bullet(type_: Type) -> str:
    """Return the bullet of a level, or that it has none."""
    if not type_.bullet:
        return tag("a:buNone")
    return tag("a:buClr", scheme(type_.bullet_colour)) + tag("a:buFont", typeface=type_.face) + tag("a:buChar", char=type_.bullet)


def level(number: int, type_: Type) -> str:
    """Return paragraph and character properties of one level."""
    return tag(
        f"a:lvl{number}pPr",
        tag("a:lnSpc", tag("a:spcPct", val=type_.line * 1000)),
        tag("a:spcBef", tag("a:spcPts", val=hundredths(type_.before))),
        bullet(type_),
        run_look(type_),
        marL=emu(type_.left),
        indent=-emu(type_.hang),
        algn=type_.align,
        defTabSz=EMU_PER_INCH,
        rtl=0,
        eaLnBrk=1,
        latinLnBrk=0,
        hangingPunct=1,
    )


def levels(types: tuple[Type, ...], count: int) -> str:
    """Return ``count`` levels, the last type serving all deeper ones."""
    return "".join(level(number, types[min(number, len(types)) - 1]) for number in range(1, count + 1))


def frame(slot: Slot) -> str:
    """Return how text sits in a slot. Nothing ever shrinks by itself: text is measured before it is written."""
    inset = {"lIns": slot.inset.left, "tIns": slot.inset.top, "rIns": slot.inset.right, "bIns": slot.inset.bottom}
    sizes = {side: emu(inches) for side, inches in inset.items()}
    return tag("a:bodyPr", tag("a:noAutofit"), vert="horz", wrap="square", **sizes, rtlCol=0, anchor=slot.anchor)


def paragraph(text: str, depth: int = 0) -> str:
    """Return one paragraph of prompt text."""
    properties = tag("a:pPr", lvl=depth) if depth else ""
    return tag("a:p", properties, tag("a:r", tag("a:rPr", lang=LANGUAGE), tag("a:t", escape(text))))


def prompt(slot: Slot) -> str:
    """Return what a slot shows while it is empty."""
    if slot.kind == "sldNum":
        return tag("a:p", tag("a:fld", tag("a:rPr", lang=LANGUAGE), tag("a:t", "‹#›"), id=SLIDE_NUMBER, type="slidenum"))
    return paragraph(slot.prompt) if slot.prompt else tag("a:p", tag("a:endParaRPr", lang=LANGUAGE))


# ------------------------------------------------------------------------------------------------ shapes


def placeholder(slot: Slot, number: int, index: int | None, text: str, custom: bool = True) -> str:
    """Return a placeholder as shape ``number``; type "obj" is the default and left unsaid, as PowerPoint does."""
    kind = None if slot.kind == "obj" else slot.kind
    size = "quarter" if slot.kind in ("ftr", "sldNum") else None
    mark = tag("p:ph", type=kind, sz=size, idx=index, hasCustomPrompt=1 if custom else None)
    locks = tag("p:cNvSpPr", tag("a:spLocks", noGrp=1))
    styles = levels(slot.types, 1 if slot.kind in SINGLE else 5) if slot.types else ""
    return tag(
        "p:sp",
        tag("p:nvSpPr", tag("p:cNvPr", id=number, name=slot.name), locks, tag("p:nvPr", mark)),
        tag("p:spPr", place(slot.box), preset("rect"), dress(slot)),
        tag("p:txBody", frame(slot), tag("a:lstStyle", styles), text),
    )


SINGLE = ("title", "ctrTitle", "ftr", "sldNum")
"""Kinds of placeholder that hold one level of text."""


def art_shape(art: Art, number: int) -> str:
    """Return a decorative shape, marked so that screen readers pass it by."""
    name = tag("p:cNvPr", DECORATIVE, id=number, name=art.name)
    own = tag("p:nvPr", userDrawn=1)
    if art.shape == "line":
        look = tag("p:spPr", place(art.box), preset("line"), outline(art.colour, 1, shade=art.shade))
        return tag("p:cxnSp", tag("p:nvCxnSpPr", name, tag("p:cNvCxnSpPr"), own), look)
    shape = lens(art.box) if art.shape == "lens" else preset(art.shape)
    look = tag("p:spPr", place(art.box), shape, filled(art.colour, art.shade), no_line())
    wordless = tag("p:txBody", tag("a:bodyPr", rtlCol=0), tag("a:lstStyle"), tag("a:p", tag("a:endParaRPr", lang=LANGUAGE)))
    return tag("p:sp", tag("p:nvSpPr", name, tag("p:cNvSpPr"), own), look, wordless)


def tree(shapes: Iterable[str], ground: str = "", name: str | None = None) -> str:
    """Return the common part of masters and layouts: a ground and what lies on it."""
    back = tag("p:bg", tag("p:bgPr", filled(ground), tag("a:effectLst"))) if ground else ""
    zero = tag("a:xfrm", tag("a:off", x=0, y=0), tag("a:ext", cx=0, cy=0), tag("a:chOff", x=0, y=0), tag("a:chExt", cx=0, cy=0))
    group = tag("p:nvGrpSpPr", tag("p:cNvPr", id=1, name=""), tag("p:cNvGrpSpPr"), tag("p:nvPr")) + tag("p:grpSpPr", zero)
    return tag("p:cSld", back, tag("p:spTree", group, *shapes), name=name)


def furniture(look: Furniture) -> tuple[Slot, Slot]:
    """Return footer and slide number; they share one line and the slide's outer edges."""
    number_w = 0.9
    footer = Box(look.left, FOOTER_Y, RIGHT - look.left - number_w, FOOTER_H)
    number = Box(RIGHT - number_w, FOOTER_Y, number_w, FOOTER_H)
    return (
        Slot("footer", footer, "", (replace(FOOTER, colour=look.footer),), "ftr"),
        Slot("slide-number", number, "", (replace(NUMBER, colour=look.number),), "sldNum"),
    )


# The same on every layout, so that text finds its slot again when a slide's layout is changed by hand. Only slots in the
# master's own type share its body's index 1.
INDEXES: Mapping[str, int | None] = {
    "title": None,
    "subtitle": 1,
    "body": 1,
    "left": 1,
    "right": 2,
    "footer": 11,
    "slide-number": 12,
    "label": 13,
}


def numbered(slots: Iterable[Slot]) -> tuple[tuple[Slot, int | None], ...]:
    """Return slots with their placeholder indexes: the fixed ones, then 14 and on."""
    free = count(14)
    return tuple((slot, INDEXES[slot.name] if slot.name in INDEXES else next(free)) for slot in slots)


def layout_part(layout: Layout) -> str:
    """Return one slide layout: decoration behind, then slots in reading order, then footer and number."""
    behind = [art_shape(art, number) for number, art in enumerate(layout.art, 2)]
    slots = numbered((*layout.slots, *furniture(layout.furniture)))
    front = [
        placeholder(slot, number, index, prompt(slot), custom=slot.kind not in ("ftr", "sldNum"))
        for number, (slot, index) in enumerate(slots, 2 + len(behind))
    ]
    return root(
        "p:sldLayout",
        tree((*behind, *front), layout.ground, layout.name),
        tag("p:clrMapOvr", tag("a:masterClrMapping")),
        type=layout.standard or None,
        preserve=1,
        showMasterSp=None if layout.rule else 0,
        userDrawn=None if layout.standard else 1,
    )


# ------------------------------------------------------------------------------------------------ masters, theme, presentation


FIRST_MASTER_ID = 2**31  # masters and layouts share one range of ids that begins here


def master_part(layout_count: int) -> str:
    """Return the slide master with its text styles; its layouts are relationships rId1 and on."""
    body = Slot("body", CONTENT_BOX, "")
    words = ("Text", "Second level", "Third level", "Fourth level", "Fifth level")
    five = "".join(paragraph(text, depth) for depth, text in enumerate(words))
    footer, number = furniture(Furniture())
    blank = title(prompt="")  # wordless: some programs measure the master's words in each layout's size, and 150 pt fits no title
    shapes = (
        art_shape(footer_rule(), 2),
        placeholder(blank, 3, None, prompt(blank), custom=False),
        placeholder(body, 4, 1, five, custom=False),
        placeholder(footer, 5, 3, prompt(footer), custom=False),
        placeholder(number, 6, 4, prompt(number), custom=False),
    )
    places = range(1, layout_count + 1)
    listed = "".join(tag("p:sldLayoutId", id=FIRST_MASTER_ID + place, r__id=f"rId{place}") for place in places)
    styles = (
        tag("p:titleStyle", levels((TITLE,), 1)),
        tag("p:bodyStyle", levels(BODY, 9)),
        tag("p:otherStyle", levels((Type(18),), 9)),
    )
    inside = (tree(shapes, PAPER), tag("p:clrMap", **COLOUR_MAP), tag("p:sldLayoutIdLst", listed), tag("p:txStyles", *styles))
    return root("p:sldMaster", *inside, preserve=1)


def notes_master_part() -> str:
    """Return the notes master: a picture of the slide above, generous text below, on an upright page of 7.5 × 10 in."""
    picture = Box(0.75, 0.75, 6.0, 3.375)
    locks = tag("p:cNvSpPr", tag("a:spLocks", noGrp=1, noRot=1, noChangeAspect=1))
    image = tag(
        "p:sp",
        tag("p:nvSpPr", tag("p:cNvPr", id=2, name="slide-image"), locks, tag("p:nvPr", tag("p:ph", type="sldImg", idx=2))),
        tag("p:spPr", place(picture), preset("rect"), tag("a:noFill"), outline(LINE, 0.75)),
    )
    notes = Slot("notes", Box(0.75, 4.45, 6.0, 4.8), "Notes", ())
    text = placeholder(notes, 3, 1, paragraph("Notes"), custom=False)
    types = (Type(12, before=5, line=105), Type(12, left=0.2, hang=0.2, bullet="–", before=2, line=105))
    return root("p:notesMaster", tree((image, text), PAPER), tag("p:clrMap", **COLOUR_MAP), tag("p:notesStyle", levels(types, 9)))


def hex_colour(name: str) -> str:
    """Return the definition of one colour of the theme."""
    return tag(f"a:{name}", tag("a:srgbClr", val=COLOURS[name]))


def font(kind: str) -> str:
    """Return one of the theme's two fonts; East Asian and complex scripts are left to the reader's system."""
    faces = tag("a:latin", typeface=FONTS[kind]) + tag("a:ea", typeface="") + tag("a:cs", typeface="")
    return tag(f"a:{kind}Font", faces)


def flat_format() -> str:
    """Return a format scheme without gradients and shadows; every list needs three entries."""
    fill = filled("phClr")
    lines = "".join(outline("phClr", width) for width in (0.75, 1, 2.25))
    return tag(
        "a:fmtScheme",
        tag("a:fillStyleLst", fill * 3),
        tag("a:lnStyleLst", lines),
        tag("a:effectStyleLst", tag("a:effectStyle", tag("a:effectLst")) * 3),
        tag("a:bgFillStyleLst", fill * 3),
        name=NAME,
    )


def theme_part(name: str) -> str:
    """Return a theme with the brand's colours and fonts."""
    colours = tag("a:clrScheme", *map(hex_colour, COLOURS), name=NAME)
    fonts = tag("a:fontScheme", font("major"), font("minor"), name=NAME)
    elements = tag("a:themeElements", colours, fonts, flat_format())
    inside = elements + tag("a:objectDefaults") + tag("a:extraClrSchemeLst")
    return PROLOGUE + tag("a:theme", inside, name=name, **{"xmlns:a": NAMESPACES["xmlns:a"]})


def cell_style(part: str, borders: str, face: str = "minor", bold: str | None = None, italic: str | None = None) -> str:
    """Return how one part of a table looks; ``on``, ``off`` or as the rest. No part has a fill: tables sit on any ground."""
    words = tag("a:tcTxStyle", tag("a:fontRef", scheme(INK), idx=face), scheme(INK), b=bold, i=italic)
    return tag(f"a:{part}", words, tag("a:tcStyle", tag("a:tcBdr", borders), tag("a:fill", tag("a:noFill"))))


def borders(**rules: str) -> str:
    """Return the rules at the named sides of a table's cells."""
    return "".join(tag(f"a:{side}", rule) for side, rule in rules.items())


def table_styles_part() -> str:
    """Return our one table style: thin rules between rows, the head bold over a rule in ink, a last column in italic serif."""
    thin, middle, strong, none = outline(LINE, 0.75), outline(INK, 0.75), outline(INK, 1.5), no_line()
    style = (
        cell_style("wholeTbl", borders(left=none, right=none, top=thin, bottom=thin, insideH=thin, insideV=none)),
        cell_style("lastCol", "", face="major", italic="on"),
        cell_style("firstCol", "", bold="on"),
        cell_style("lastRow", borders(top=middle), bold="on"),
        cell_style("firstRow", borders(top=none, bottom=strong), bold="on", italic="off"),
    )
    table = tag("a:tblStyle", *style, styleId=TABLE_STYLE, styleName=f"{NAME} ruled")
    return root("a:tblStyleLst", table, def_=TABLE_STYLE)


def presentation_part() -> str:
    """Return the presentation: the master, the notes master, the sizes, and the type of loose text boxes."""
    return root(
        "p:presentation",
        tag("p:sldMasterIdLst", tag("p:sldMasterId", id=FIRST_MASTER_ID, r__id="rId1")),
        tag("p:notesMasterIdLst", tag("p:notesMasterId", r__id="rId2")),
        tag("p:sldSz", cx=emu(SLIDE_W), cy=emu(SLIDE_H)),
        tag("p:notesSz", cx=6858000, cy=9144000),
        tag("p:defaultTextStyle", levels((Type(18),), 9)),
        saveSubsetFonts=1,
        autoCompressPictures=0,
    )


# ------------------------------------------------------------------------------------------------ package

OFFICE = "application/vnd.openxmlformats-officedocument."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
CONTENT_TYPES = {  # by the beginning of a part's name
    "docProps/app": OFFICE + "extended-properties+xml",
    "docProps/core": "application/vnd.openxmlformats-package.core-properties+xml",
    "ppt/notesMasters/": OFFICE + "presentationml.notesMaster+xml",
    "ppt/presProps": OFFICE + "presentationml.presProps+xml",
    "ppt/presentation": OFFICE + "presentationml.presentation.main+xml",
    "ppt/slideLayouts/": OFFICE + "presentationml.slideLayout+xml",
    "ppt/slideMasters/": OFFICE + "presentationml.slideMaster+xml",
    "ppt/tableStyles": OFFICE + "presentationml.tableStyles+xml",
    "ppt/theme/": OFFICE + "theme+xml",
    "ppt/viewProps": OFFICE + "presentationml.viewProps+xml",
}


def content_types(parts: Iterable[str]) -> str:
    """Return the list of what each part is."""
    kinds = {part: kind for part in sorted(parts) for start, kind in CONTENT_TYPES.items() if part.startswith(start)}
    overrides = "".join(tag("Override", PartName=f"/{part}", ContentType=kind) for part, kind in kinds.items())
    rels = tag("Default", Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml")
    xml = tag("Default", Extension="xml", ContentType="application/xml")
    return PROLOGUE + tag("Types", rels, xml, overrides, xmlns=PACKAGE + "content-types")


def relations(*targets: tuple[str, str]) -> str:
    """Return relationships rId1, rId2 … to pairs of kind and target."""
    whole = ((kind if "://" in kind else RELATION + kind, target) for kind, target in targets)
    each = (tag("Relationship", Id=f"rId{n}", Type=kind, Target=target) for n, (kind, target) in enumerate(whole, 1))
    return PROLOGUE + tag("Relationships", *each, xmlns=PACKAGE + "relationships")


def core_properties() -> str:
    """Return title and dates; nobody's name."""
    spaces = {
        "xmlns:cp": PACKAGE + "metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:dcterms": "http://purl.org/dc/terms/",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    dates = (tag(f"dcterms:{name}", FIXED_DATE, xsi__type="dcterms:W3CDTF") for name in ("created", "modified"))
    return PROLOGUE + tag("cp:coreProperties", tag("dc:title", f"{NAME} default brand"), *dates, **spaces)


def app_properties() -> str:
    """Return the properties a file manager shows."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    facts = {"Application": NAME, "PresentationFormat": "Widescreen", "Slides": "0"}
    return PROLOGUE + tag("Properties", *(tag(name, fact) for name, fact in facts.items()), xmlns=space)


def package_relations(layout_count: int) -> dict[str, str]:
    """Return every relationships part of a package with so many layouts."""
    names = [f"slideLayout{n}.xml" for n in range(1, layout_count + 1)]
    listed = [("slideLayout", f"../slideLayouts/{name}") for name in names]
    upwards = relations(("slideMaster", "../slideMasters/slideMaster1.xml"))
    return {
        "_rels/.rels": relations(
            ("officeDocument", "ppt/presentation.xml"),
            (PACKAGE + "relationships/metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ),
        "ppt/_rels/presentation.xml.rels": relations(
            ("slideMaster", "slideMasters/slideMaster1.xml"),
            ("notesMaster", "notesMasters/notesMaster1.xml"),
            ("presProps", "presProps.xml"),
            ("viewProps", "viewProps.xml"),
            ("theme", "theme/theme1.xml"),
            ("tableStyles", "tableStyles.xml"),
        ),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations(*listed, ("theme", "../theme/theme1.xml")),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": relations(("theme", "../theme/theme2.xml")),
        **{f"ppt/slideLayouts/_rels/{name}.rels": upwards for name in names},
    }


def package_parts() -> dict[str, str]:
    """Return every part of the brand by its name in the package."""
    drawn_layouts = {f"ppt/slideLayouts/slideLayout{n}.xml": layout_part(layout) for n, layout in enumerate(layouts(), 1)}
    return drawn_layouts | {
        "docProps/app.xml": app_properties(),
        "docProps/core.xml": core_properties(),
        "ppt/notesMasters/notesMaster1.xml": notes_master_part(),
        "ppt/presProps.xml": root("p:presentationPr"),
        "ppt/presentation.xml": presentation_part(),
        "ppt/slideMasters/slideMaster1.xml": master_part(len(drawn_layouts)),
        "ppt/tableStyles.xml": table_styles_part(),
        "ppt/theme/theme1.xml": theme_part(NAME),
        "ppt/theme/theme2.xml": theme_part(f"{NAME} notes"),
        "ppt/viewProps.xml": root("p:viewPr"),
    }


def entry(name: str) -> zipfile.ZipInfo:
    """Return an archive entry that says nothing about the machine or the moment it was made on."""
    info = zipfile.ZipInfo(name, ZIP_DATE)
    info.create_system, info.external_attr = 0, 0
    return info


def brand() -> bytes:
    """Return the whole file. Content types come first, as the packaging convention wants it; the rest is sorted."""
    parts = package_parts()
    files = {"[Content_Types].xml": content_types(parts)} | dict(sorted((parts | package_relations(len(layouts()))).items()))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in files.items():
            archive.writestr(entry(name), text.encode())
    return buffer.getvalue()


if __name__ == "__main__":
    Path(__file__).with_name("brand.pptx").write_bytes(brand())
