"""Blocks become the body of a Word document: paragraphs and runs, tables and cells, parts with pages of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.text.run import Run

from . import fields, tables
from .blocks import Block, Check, Contents, Division, Gap, Paragraph, Piece, Reference, Setting, Table, Words
from .brand import Brand
from .fields import Bookmarks
from .figures import Figures
from .lists import LEVELS, STEP, number
from .looks import inner, outer
from .nodes import halves, node, twentieths, twips
from .styles import colour, identity, switch

LAST = (Table, Contents)  # what a part, a cell or the document must not end with
FIRST_CONTROL = 1001


@dataclass
class Body:
    """Writes blocks into elements. ``close`` ends a part: it is given the part that ends, and says so on its last paragraph."""

    document: Any
    brand: Brand
    bookmarks: Bookmarks
    figures: Figures = field(init=False)
    _controls: Iterator[int] = field(default_factory=lambda: count(FIRST_CONTROL))
    _links: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.figures = Figures(self.document.part)

    def write(self, blocks: Sequence[Block], close: Callable[[Division, Any], None]) -> None:
        """Put all blocks into the document. The first is a division; each later one ends the pages before it."""
        body = self.document.element.body
        end = body.sectPr
        divisions = [block for block in blocks if isinstance(block, Division)]
        current, last = 0, None
        for block in blocks[1:]:
            if isinstance(block, Division):
                last = self._before_end(last, end)
                close(divisions[current], last)
                current, last = current + 1, None
                continue
            if isinstance(block, Table) and isinstance(last, Table):
                end.addprevious(tables.space())
            element = self._block(block)
            end.addprevious(element)
            last = block if isinstance(block, LAST) else element
        self._before_end(last, end)
        close(divisions[current], None)

    def _before_end(self, last: Any, end: Any) -> Any:
        """Return the paragraph that a part ends with; one is added if there is none."""
        if last is None or isinstance(last, LAST):
            last = tables.space()
            end.addprevious(last)
        return last

    def _block(self, block: Block) -> Any:
        if isinstance(block, Paragraph):
            return self.paragraph(block)
        if isinstance(block, Table):
            return tables.table(block, self._block)
        assert isinstance(block, Contents)
        return fields.contents(block.entries, self.bookmarks, next(self._controls))

    # ------------------------------------------------------------------------------------------------ paragraphs

    def paragraph(self, block: Paragraph) -> Any:
        """Return a paragraph with its runs; the ids of what begins here are around them."""
        starts, ends = self.bookmarks.marks(block.anchors)
        inside = [each for piece in block.pieces for each in self._piece(piece)]
        properties = node("w:pPr", *_properties(block))
        return node("w:p", properties, *starts, *inside, *ends)

    def _piece(self, piece: Piece) -> Iterator[Any]:
        if isinstance(piece, Words):
            yield from self._words(piece)
        elif isinstance(piece, Check):
            yield fields.check(piece, next(self._controls))
        elif isinstance(piece, Gap):
            yield fields.gap(piece, next(self._controls))
        elif isinstance(piece, Reference):
            name = self.bookmarks.name(piece.target)
            yield from (fields.page(name),) if name else ()
        else:
            yield self.figures.run(piece)

    def _words(self, piece: Words) -> Iterator[Any]:
        runs = [self._run(piece.text, piece.setting, is_link=bool(piece.link))]
        if not piece.link:
            yield from runs
        elif piece.link.startswith("#"):
            name = self.bookmarks.name(piece.link[1:])
            yield from [fields.link(runs, anchor=name)] if name else runs
        else:
            yield fields.link(runs, relation=self._relation(piece.link))

    def _relation(self, address: str) -> str:
        if address not in self._links:
            self._links[address] = self.document.part.relate_to(address, RT.HYPERLINK, is_external=True)
        return self._links[address]

    def _run(self, text: str, setting: Setting, *, is_link: bool) -> Any:
        element = node("w:r")
        run = Run(element, self.document)
        run.text = text
        style = "Hyperlink" if is_link and not setting.style else setting.style
        properties = node("w:rPr", *self._set(setting, style))
        if len(properties):
            element.insert(0, properties)
        return element

    def _set(self, setting: Setting, style: str) -> list[Any]:
        """Return how words differ from their paragraph, in the order of the schema."""
        size = halves(setting.size)
        found = (
            node("w:rStyle", val=identity(style)) if style else None,
            switch("w:b", setting.bold),
            switch("w:i", setting.italic),
            node("w:caps") if setting.caps else None,
            node("w:strike") if setting.line == "strike" else None,
            colour(self.brand, setting.colour) if setting.colour else None,
            *(node(tag, val=size) if size else None for tag in ("w:sz", "w:szCs")),
            node("w:u", val="single") if setting.line == "underline" else None,
            node("w:vertAlign", val=setting.script) if setting.script else None,
            node("w:lang", val=setting.language) if setting.language else None,
        )
        return [each for each in found if each is not None]


def _properties(block: Paragraph) -> list[Any]:
    """Return what a paragraph says beside its style, in the order of the schema."""
    numbered = block.series and node("w:numPr", node("w:ilvl", val=block.level), node("w:numId", val=number(block.series)))
    return [
        node("w:pStyle", val=identity(block.style)),
        node("w:keepNext") if block.is_kept else None,
        node("w:pageBreakBefore") if block.is_new_page else None,
        numbered,
        node("w:spacing", before=twentieths(block.before)) if block.before is not None else None,
        _indent(block) if block.indent or (block.continues and outer(block.style)) else None,
        node("w:jc", val=block.align) if block.align else None,
    ]


def _indent(block: Paragraph) -> Any:
    """Return where a paragraph stands that is further in than its style, or goes on without a lead."""
    if block.style in LEVELS:
        return node("w:ind", left=twips(block.indent + STEP * (LEVELS[block.style][1] + 1)), hanging=twips(STEP))
    first = {"firstLine": 0} if block.continues else {"hanging": twips(outer(block.style)) or None}
    return node("w:ind", left=twips(block.indent + inner(block.style)), **first)
