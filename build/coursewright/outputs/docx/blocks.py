"""What a document is made of, between HTML and Word: values that know neither. Lengths are millimetres, sizes points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .cascade import Sheet


@dataclass(frozen=True)
class Setting:
    """How words differ from their paragraph. ``colour`` names one of the page's colours, or is six hexadecimal figures."""

    style: str = ""
    bold: bool | None = None
    italic: bool | None = None
    colour: str = ""
    size: float = 0.0
    script: str = ""  # superscript or subscript
    line: str = ""  # underline or strike
    caps: bool = False
    language: str = ""


@dataclass(frozen=True)
class Words:
    """A run of text, with tabulators and forced line breaks in it. ``link`` is an address, or ``#id`` of another place."""

    text: str
    setting: Setting = Setting()
    link: str = ""


@dataclass(frozen=True)
class Check:
    """A box to tick."""

    label: str


@dataclass(frozen=True)
class Gap:
    """Room to write in the middle of a sentence."""

    label: str


@dataclass(frozen=True)
class Reference:
    """The number of the page that an id stands on."""

    target: str


@dataclass(frozen=True)
class Picture:
    """A picture in its size on paper. ``vector`` is an SVG that ``data``, a PNG, stands in for; no ``alt`` means decoration."""

    data: bytes = field(repr=False)
    width: float
    height: float
    alt: str
    vector: bytes = field(default=b"", repr=False)
    is_framed: bool = False


Piece = Words | Check | Gap | Reference | Picture


@dataclass(frozen=True)
class Series:
    """A numbered list: which of the document's, from 1, the number of its first item, and how numbers are written, as in CSS."""

    number: int
    start: int = 1
    kind: str = "decimal"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. An item of a numbered list has its ``series``, and ``level`` says how deep in lists it is, from 0.

    ``anchors`` are the ids of what begins here, ``indent`` is how much further in than its style it stands. One that
    ``continues`` has no lead before it, where others of its style have one.
    """

    style: str
    pieces: tuple[Piece, ...] = ()
    anchors: tuple[str, ...] = ()
    series: Series | None = None
    level: int = 0
    indent: float = 0.0
    continues: bool = False
    is_new_page: bool = False
    is_kept: bool = False  # on the page of what follows
    before: float | None = None  # points above it, where they are not those of its style
    align: str = ""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Words))


@dataclass(frozen=True)
class Cell:
    """A cell over ``across`` columns and ``down`` rows."""

    blocks: tuple[Block, ...]
    across: int = 1
    down: int = 1


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    height: float = 0.0  # at least
    is_head: bool = False
    is_kept: bool = False


@dataclass(frozen=True)
class Table:
    """A table of a style; ``widths`` are those of its columns."""

    style: str
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    has_names: bool = False  # the first cell of a row says what the row is about
    indent: float = 0.0


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    text: str
    target: str
    level: int


@dataclass(frozen=True)
class Contents:
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Division:
    """From here on pages are other ones. ``side`` is where the first of them opens: any, odd or even."""

    sheet: Sheet
    side: str = "any"


Block = Paragraph | Table | Contents | Division


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Yield all paragraphs in order, those in tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)
