"""What the Word styles look like: one table, in the brand's colours and fonts by name. Sizes are points, indents millimetres.

Whoever edits the document restyles it in Word, so nothing here is repeated on a paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

PITCH = 1.13  # lines of CSS are 1.38 of the size, those of Word multiples of the font's own 1.22
WRITE = 9.0  # from one write-on line to the next
MARGIN = 38.0  # what the guide's terms stand in
STEP = 17.0


@dataclass(frozen=True)
class Rim:
    """A line beside a paragraph: its side, colour and thickness in points. ``gap`` is its distance from the words, in points."""

    side: str
    colour: str = "line"
    thick: float = 0.5
    gap: int = 1


@dataclass(frozen=True)
class Style:
    """A Word style. 0 and "" are as in ``base``, ``face`` is serif or sans, ``next`` the style of a paragraph typed after it."""

    name: str
    base: str = "Normal"
    face: str = ""
    size: float = 0.0
    colour: str = ""
    bold: bool | None = None
    italic: bool | None = None
    caps: bool = False
    spacing: float = 0.0  # between letters
    before: float | None = None
    after: float | None = None
    line: float = 0.0  # of the font's own line; in millimetres if ``exact``
    exact: bool = False
    left: float = 0.0
    right: float = 0.0
    hanging: float = 0.0
    tabs: tuple[float, ...] = ()
    fill: str = ""
    rims: tuple[Rim, ...] = ()
    align: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    outline: int = 0  # level of a heading, from 1
    next: str = ""


FRAME = tuple(Rim(side, "manage", 0.75, 4) for side in ("top", "left", "bottom", "right"))
TINT = tuple(Rim(side, "lead-tint", 3, 2) for side in ("top", "left", "bottom", "right"))
HAIR = Rim("top", "line", 0.5, 5)
HEADING = Style("", "Normal", "serif", bold=True, line=0.98, keep_next=True, keep_lines=True, next="Normal")
CUE = Style("", "Do", left=STEP, hanging=STEP, next="Do")

PARAGRAPHS: tuple[Style, ...] = (
    Style("Normal", "", "sans", colour="ink", after=6.8, line=PITCH),
    replace(HEADING, name="Title", size=54, spacing=-1, after=14, line=0.85, next="Subtitle"),
    Style("Subtitle", face="serif", size=19, after=90, line=1.0, next="Cover Facts"),
    replace(HEADING, name="Heading 1", size=26, before=0, after=14, outline=1),
    replace(HEADING, name="Heading 2", size=14.5, before=20, after=7, outline=2),
    replace(HEADING, name="Heading 3", size=12, before=12, after=4, outline=3),
    replace(HEADING, name="Heading 4", size=11, before=10, after=3, outline=4),
    Style("Cover Picture", after=124),
    Style("Cover Label", "Label", after=6),
    Style("Cover Facts", size=12, after=3),
    Style("Name Line", size=9.25, colour="muted", before=96, rims=(Rim("top", "ink", 0.5, 4),), right=50),
    Style("Imprint", size=9.25, colour="muted", before=30, after=3),
    Style("Logo", align="right", after=12),
    Style("Label", size=8.5, bold=True, caps=True, spacing=0.8, colour="muted", before=20, after=3, keep_next=True,
          next="Heading 2"),
    Style("Idea", face="serif", size=12, italic=True, after=12),
    Style("Day", face="serif", size=14.5, bold=True, colour="lead", before=26, after=0, keep_next=True),
    Style("Margin", size=9.25, colour="muted", fill="lead-tint", left=1.5, right=1.5, before=2, after=7, keep_next=True,
          keep_lines=True, rims=TINT),
    Style("Thumbnails", size=8.5, colour="muted", before=2, after=7, line=1.0, keep_next=True),
    Style("Purpose"),
    Style("Do", left=STEP, hanging=STEP, after=5, keep_lines=True),
    replace(CUE, name="Say", face="serif", italic=True),
    replace(CUE, name="Ask"),
    replace(CUE, name="Bridge", face="serif", italic=True),
    replace(CUE, name="Card"),
    replace(CUE, name="Debrief", fill=""),
    Style("With Care", fill="manage-tint", left=2, right=2, keep_lines=True, before=6, after=8, rims=FRAME),
    Style("Online", fill="lead-tint", left=1.5, right=1.5, before=6, after=8, rims=TINT),
    Style("Row", left=MARGIN, hanging=MARGIN, after=6, keep_lines=True),
    Style("Lead", after=0, keep_next=True),
    Style("Aside", keep_lines=True),
    Style("Pause", colour="muted", left=MARGIN, hanging=MARGIN, before=14, after=6, rims=(HAIR,)),
    Style("Counts", after=9),
    Style("Summary", fill="lead-tint", left=4, right=3, before=4, after=18, keep_lines=True, rims=(
        Rim("left", "lead", 2.25, 10), *(Rim(side, "lead-tint", 6, 3) for side in ("top", "bottom", "right")))),
    Style("Case", left=6, keep_lines=True, rims=(Rim("left", "lead", 2.25, 12),)),
    Style("Quote", left=4, size=10, after=4, rims=(Rim("left", "lead", 2.25, 7),)),
    Style("Hint", after=6, keep_next=True, keep_lines=True),
    Style("Prompt", before=9, after=0, keep_next=True, keep_lines=True, next="Write-on Line"),
    Style("Write-on Line", line=WRITE, exact=True, after=0, rims=(
        Rim("bottom", "muted", 0.5, 0), Rim("between", "muted", 0.5, 0)), next="Write-on Line"),
    Style("Fill-in Sentence", after=3, line=1.75),
    Style("Question", bold=True, left=9, hanging=9, before=12, after=4, keep_next=True, keep_lines=True, next="Option"),
    Style("Option", left=22, hanging=13, tabs=(15.5,), after=3.4, keep_lines=True, next="Option"),
    Style("Card List", size=10, left=9, hanging=9, before=0, after=3, line=1.0, keep_lines=True, rims=(
        Rim("top", "line", 0.5, 3), Rim("between", "line", 0.5, 3)), next="Card List"),
    Style("Objective", before=0, after=0, keep_lines=True, line=1.2, rims=(
        Rim("top", "line", 0.5, 6), Rim("between", "line", 0.5, 6), Rim("bottom", "line", 0.5, 6)), next="Objective"),
    Style("Sign", left=34, hanging=34, after=1, line=1.0, keep_lines=True, next="Sign"),
    Style("To Do", left=7, hanging=7, after=4, keep_lines=True, next="To Do"),
    Style("Legend", size=9.25, before=4),
    Style("Caption", size=9.25, colour="muted", before=3),
    Style("Small Text", size=9.5, line=1.0),
    Style("Figure", before=4, after=4),
    Style("Rule", after=6, line=0.5, rims=(Rim("bottom", "line", 0.5, 1),)),
    Style("Preformatted", size=9.5, line=1.0),
    Style("Defined Word", bold=True, after=0, keep_next=True),
    Style("List", after=2.3),
    Style("List Bullet", "List", next="List Bullet"),
    Style("List Bullet 2", "List", next="List Bullet 2"),
    Style("List Bullet 3", "List", next="List Bullet 3"),
    Style("List Number", "List", next="List Number"),
    Style("List Number 2", "List", next="List Number 2"),
    Style("List Number 3", "List", next="List Number 3"),
    Style("List Continue", "List", left=5),
    Style("List Continue 2", "List", left=10),
    Style("List Continue 3", "List", left=15),
    Style("Table Text", after=0, line=1.05),
    Style("Table Head", "Table Text", size=9.25, bold=True, colour="muted", keep_next=True),
    Style("Table Space", size=4, after=0, line=1.0),
    Style("TOC Heading", "Heading 1", next="Normal"),
    Style("TOC 1", bold=True, before=0, after=0, line=1.0, rims=(Rim("top", "line", 0.5, 4), Rim("between", "line", 0.5, 4))),
    Style("TOC 2", size=10, left=9, after=0, line=1.0),
    Style("TOC 3", size=10, left=14, after=2, line=1.0),
    Style("Header", size=8.5, colour="muted", align="right", after=0),
    Style("Footer", size=8.5, colour="muted", after=0, line=1.0),
)  # fmt: skip

BADGE = Style("", "", size=7.5, bold=True, caps=True, spacing=0.8, colour="paper", fill="ink")
CHARACTERS: tuple[Style, ...] = (
    Style("Strong", "", bold=True),
    Style("Emphasis", "", italic=True),
    Style("Hyperlink", "", colour="lead"),
    Style("Code", "", face="Courier New", size=9.5),
    Style("Quiet", "", colour="muted"),
    Style("Clock", "", bold=True, colour="ink"),
    Style("Module Number", "", colour="lead"),
    Style("Term", "", face="sans", size=9.25, colour="muted"),
    Style("Run-in", "", bold=True, colour="manage"),
    Style("Level", "", size=9.25, bold=True, colour="manage"),
    replace(BADGE, name="Cue Do"),
    replace(BADGE, name="Cue Say", fill="lead", face="sans", italic=False),
    replace(BADGE, name="Cue Ask", fill="manage"),
    replace(BADGE, name="Cue Bridge", fill="lead", face="sans", italic=False),
    replace(BADGE, name="Cue Card"),
    Style("Gap", "", colour="ink"),
    Style("Page Number", "", bold=True, colour="ink", size=9.5),
)
LOOKS: Mapping[str, Style] = {style.name: style for style in (*PARAGRAPHS, *CHARACTERS)}


def inner(name: str) -> float:
    """Return how far from the margin the words of a style stand."""
    return _inherited(name, "left")


def outer(name: str) -> float:
    """Return how far a style's first line stands out."""
    return _inherited(name, "hanging")


def _inherited(name: str, measure: str) -> float:
    """Return a measure of a style, or of the nearest that it is based on and that has it."""
    style = LOOKS.get(name)
    while style is not None:
        if found := float(getattr(style, measure)):
            return found
        style = LOOKS.get(style.base)
    return 0.0
