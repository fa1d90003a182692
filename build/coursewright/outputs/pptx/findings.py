"""What a check-up of a brand finds, as values and in words. Rectangles are EMU, sizes points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...problems import Problem
from .values import Rect

CM = 360_000  # EMU
SHAPES = {1.778: "16:9", 1.6: "16:10", 1.333: "4:3", 1.414: "A4", 0.707: "A4 upright"}  # width by height
PURPOSES = {  # in the order in which a course needs them
    "cover": "how the course begins",
    "section": "a module opens",
    "agenda": "times and titles of the day",
    "content": "a title and text",
    "two-content": "two columns",
    "comparison": "two columns with headings",
    "statement": "one sentence, large",
    "table": "a table across the slide",
    "chart": "a chart with its finding",
    "diagram": "a drawing and its reading",
    "picture": "a picture and its caption",
    "activity": "an exercise: steps, minutes, groups",
    "timer": "when to be back, large",
    "case": "a story and its question",
    "options": "a question and answers to choose from",
    "answers": "the right answer, and why",
    "columns": "three columns: what, so what, now what",
    "rows": "three to five ruled lines",
    "closing": "how the course ends",
    "title-only": "a title and free room",
    "blank": "the background alone",
}


@dataclass(frozen=True)
class Capacity:
    """How much text a slot takes at full size: lines, and characters on each, of English in the slot's own face."""

    lines: int
    characters: int


@dataclass(frozen=True)
class Ratio:
    """A contrast (WCAG 2.2): of a colour on a ground, and what it must be at least."""

    ink: str
    ground: str
    value: float
    least: float

    @property
    def passes(self) -> bool:
        return self.value >= self.least


@dataclass(frozen=True)
class Holder:
    """A placeholder. ``slots`` are the names under which slides fill it; without any it is left out of the slides.

    ``idx`` is how PowerPoint and the mapping file call it, ``size`` 0 where it holds no text. ``drawn`` is one of
    ours; ``cramped`` has no room for one line, however small.
    """

    number: int
    idx: int
    kind: str
    name: str
    slots: tuple[str, ...]
    rect: Rect
    size: float = 0.0
    typeface: str = ""
    capacity: Capacity | None = None
    ratio: Ratio | None = None
    note: str = ""
    drawn: bool = False
    cramped: bool = False

    @property
    def centimetres(self) -> tuple[float, float]:
        """Return its width and height."""
        return self.rect.width / CM, self.rect.height / CM


@dataclass(frozen=True)
class Gap:
    """What is missing, and what we do instead."""

    what: str
    instead: str


@dataclass(frozen=True)
class LayoutCheck:
    """A layout. ``number`` counts from 1 through all masters; ``roles`` are pairs of role and reason."""

    number: int
    name: str
    master: int
    roles: tuple[tuple[str, str], ...]
    holders: tuple[Holder, ...]
    gaps: tuple[Gap, ...]
    portrait: str
    idle: str = ""


@dataclass(frozen=True)
class RoleCheck:
    """A role. ``own`` says that the brand has a layout for it; if not, ``portrait`` and ``holders`` are what we draw.

    ``stands_in`` says that its layout is really another role's; ``slots`` are names of slots and their idx, without the title.
    """

    role: str
    purpose: str
    number: int
    layout: str
    why: str
    own: bool
    slots: Mapping[str, int]
    stands_in: bool = False
    holders: tuple[Holder, ...] = ()
    portrait: str = ""


@dataclass(frozen=True)
class FontCheck:
    """A typeface and how it is measured: ``how`` is file, twin, estimate or none; ``wider`` per cent are added to be safe.

    ``latin`` says that text in Latin, Greek or Cyrillic letters is set in it, not only that of other scripts.
    """

    family: str
    uses: tuple[str, ...]
    how: str
    measured: str
    wider: int
    latin: bool = True

    @property
    def told(self) -> str:
        """Return how it is measured, in words."""
        match self.how:
            case "file":
                return "measured with the font itself"
            case "twin":
                return f"measured with {self.measured}, whose letters are exactly as wide"
            case "estimate":
                more = f", taken {self.wider}\u00a0% wider to be safe" if self.wider > 0 else ", which runs no narrower"
                return f"not on this machine: estimated with {self.measured}{more}"
        return "not on this machine, nor any other font: estimated"


@dataclass(frozen=True)
class AccentCheck:
    """A theme accent on a ground. ``instead`` is what slides use where the accent itself cannot be read, else ""."""

    name: str
    use: str
    ratio: Ratio
    instead: str
    instead_ratio: float


@dataclass(frozen=True)
class GroundCheck:
    """A background that slides stand on, the roles whose text stands there, and the accents on it."""

    colour: str
    roles: tuple[str, ...]
    accents: tuple[AccentCheck, ...]


@dataclass(frozen=True)
class Checkup:
    """All there is to say about a brand. ``size`` is width and height in EMU; ``pictures`` could be named as the logo."""

    size: tuple[int, int]
    masters: int
    roles: tuple[RoleCheck, ...]
    layouts: tuple[LayoutCheck, ...]
    fonts: tuple[FontCheck, ...]
    grounds: tuple[GroundCheck, ...]
    gaps: tuple[Gap, ...]
    pictures: tuple[str, ...]
    problems: tuple[Problem, ...]
    logo: str = ""

    @property
    def families(self) -> tuple[str, ...]:
        """Return the fonts of headings and of text."""
        return tuple(font.family for font in self.fonts if {"headings", "text"} & set(font.uses))

    @property
    def shape(self) -> str:
        """Return width and height in centimetres, and the ratio where it has a name."""
        width, height = self.size
        named = next((name for ratio, name in SHAPES.items() if abs(width / height - ratio) < 0.004), "")
        return f"{width / CM:.1f} × {height / CM:.1f} cm" + (f" ({named})" if named else "")
