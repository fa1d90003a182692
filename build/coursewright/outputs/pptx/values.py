"""What the deck writer reasons with: rectangles, levels of text, slots, layouts. Lengths are EMU (914,400 an inch)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .colours import LIGHT, Ground


@dataclass(frozen=True)
class Rect:
    """A place on the slide, from its top left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def size(self) -> int:
        """Return the area; 0 where a side is negative."""
        return max(0, self.width) * max(0, self.height)

    def shared(self, other: Rect) -> Rect:
        """Return what two rectangles have in common; its size is 0 for nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Rect(x, y, min(self.right, other.right) - x, min(self.bottom, other.bottom) - y)


@dataclass(frozen=True)
class Level:
    """How a paragraph of one level is set. Sizes in points; margins in EMU; spacing as points, or share of the size.

    ``ea`` and ``cs`` are the typefaces of East Asian and complex scripts, "" where the theme leaves them open. ``tone`` is
    one of our colour names, for text whose colour we write; "" leaves it to the layout. ``bullet`` is its character.
    """

    size: float
    bold: bool
    italic: bool
    typeface: str
    margin: int
    indent: int
    caps: bool
    spacing: float  # points between letters
    line: float  # multiple of single line spacing
    before: float
    before_share: float
    after: float
    after_share: float
    ea: str = ""
    cs: str = ""
    heading: bool = False  # set in the theme's heading font
    colour: str = ""  # as the template has it: a scheme name, "" for any other
    tone: str = ""
    align: str = "l"
    bullet: str = ""
    exact: float = 0.0  # points from one line to the next where the template fixes that; 0 where ``line`` says


@dataclass(frozen=True)
class Edge:
    """A rule along one side of a slot (``top``, ``left``) or all round (``box``), EMU wide."""

    side: str
    tone: str
    width: int


@dataclass(frozen=True)
class Art:
    """A filled rectangle that belongs to an arrangement, such as the panel below two slots."""

    rect: Rect
    tone: str


@dataclass(frozen=True)
class Slot:
    """A placeholder of a layout: its place, its insets (left, top, right, bottom, EMU), its levels.

    A ``drawn`` slot is no placeholder of the brand: its text is set as its levels say, on a body placeholder of its own.
    """

    name: str
    idx: int
    kind: Any
    rect: Rect
    insets: tuple[int, int, int, int]
    levels: tuple[Level, ...]
    is_title: bool = False
    drawn: bool = False
    anchor: str = "t"
    edge: Edge | None = None
    placed: bool = False  # its rectangle is ours, not the layout's
    unwrapped: bool = False  # its layout breaks no lines
    shrinks: bool = False  # PowerPoint shrinks its text when it is edited (normAutofit)


@dataclass(frozen=True)
class Layout:
    """A layout in a role. ``area`` is where free content may go, ``why`` how the role was found."""

    name: str
    role: str
    slots: Mapping[str, Slot]
    layout: Any = field(repr=False, compare=False)
    area: Rect = Rect(0, 0, 0, 0)
    ground: Ground = LIGHT
    why: str = ""
    art: tuple[Art, ...] = ()
    footer: Slot | None = None
    families: tuple[str, str] = ("Calibri", "Calibri")  # of headings and of text
    scripts: tuple[str, str] = ("", "")  # the text's typefaces for East Asian and for complex scripts
    unit: float = 1.0  # 1 on a slide of usual size, less on a smaller one: our own sizes are multiplied by it

    @property
    def title(self) -> Slot | None:
        return next((slot for slot in self.slots.values() if slot.is_title), None)
