"""A page becomes blocks: each element by the tables of :mod:`.rules`, each word of it once, in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from coursewright.problems import Problem, warning

from .blocks import Block, Cell, Contents, Division, Entry, Paragraph, Picture, Piece, Row, Series, Setting, Table, Words
from .cascade import Look, Sheet
from .grids import Grid, Line, grid
from .looks import LOOKS, inner
from .page import Page, elements, near
from .rules import Box
from .words import NONE, Hand, Painter, Signer, Writer, settled, words_of

BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form"
        " h1 h2 h3 h4 h5 h6 header hgroup hr legend main menu nav ol p pre search section summary table ul",
    )
)
INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big br cite code data del dfn em font i img input ins kbd label mark q rp rt ruby s samp small"
        " span strike strong sub sup time tt u var wbr",
    )
)
LINE = "Write-on Line"
PITCH = 9.0  # millimetres from line to line
HEADED, ROW, WIDE = 18.0, 6.5, 75  # millimetres that a heading takes, and a line of so many characters
MOST, SURE = 12, 0.94  # paragraphs whose height can be guessed, and how much of the rest is counted on
CLOSE, BELOW, APART = 2.0, 10.0, 34.0  # points above a heading below its label, what follows a table, a chapter amid a page
LEAST = 6  # lines of room for notes where nobody knows how much of the page is left
DEEPEST = 3  # levels of lists that have styles
STEP = 5.0  # millimetres that a list stands further in than what is around it
SIDES = {"right": "odd", "recto": "odd", "left": "even", "verso": "even"}
BREAKS = ("page", "always")
ALIGNED = {"center": "center", "right": "right", "end": "right"}


@dataclass(frozen=True)
class Context:
    """Where a block stands: the style of paragraphs here, how far in they stand, and how far in what has another style."""

    room: float
    plain: Look = field(default_factory=Look)
    style: str = ""
    outer: float = 0.0
    inner: float = 0.0
    depth: int = 0  # of lists
    in_table: bool = False
    language: str = ""

    @property
    def hand(self) -> Hand:
        return Hand(self.plain, self.room - self.inner, language=self.language)


class Reader:
    """Reads one page. ``paint`` makes a picture of an ``img`` or of a drawing, ``icon`` the sign before some words."""

    def __init__(self, page: Page, paint: Painter, icon: Signer, name: str = "") -> None:
        self.problems: list[Problem] = []
        self._page, self._name = page, name
        self._writer = Writer(page, paint, icon, self._judge)
        self._blocks: list[Block] = []
        self._anchors: list[str] = []
        self._breaks = False
        self._called = ""  # the pages that are being written
        self._series = 0
        self._strange: set[str] = set()

    def read(self) -> tuple[Block, ...]:
        """Return the blocks of the page; the first of them says what its pages are like."""
        body = self._page.body
        self._blocks = [Division(self._sheet)]
        self._flow(body, Context(self._sheet.room, self._page.look(body)))
        return tuple(self._blocks)

    @property
    def _sheet(self) -> Sheet:
        return self._page.styles.sheet(self._called)

    # --------------------------------------------------------------------------------------------------- blocks

    def _flow(self, element: _Element, context: Context, without: _Element | None = None) -> None:
        """Read what is in an element: its words are paragraphs, before, between and after its blocks."""
        waiting: list[Piece] = list(self._writer.text(element.text, element, context.hand))
        for child in element:
            if child is without or not isinstance(child.tag, str):
                pass
            elif self._is_block(child):
                self._paragraph(waiting, context, element)
                waiting = []
                self._block(child, context)
            else:
                waiting += self._writer.inline(child, context.hand)
                self._anchors += [child.get("id")] if child.get("id") else []
            waiting += self._writer.text(child.tail, element, context.hand)
        self._paragraph(waiting, context, element)

    def _block(self, element: _Element, context: Context) -> None:
        look = self._page.look(element)
        if look["display"] == "none":
            return
        before = self._called
        if not context.in_table:
            self._turn(look)
        self._anchors += [element.get("id")] if element.get("id") else []
        start = len(self._blocks)
        self._content(element, replace(context, language=element.get("lang", context.language)))
        if look.is_together and next(element.iter("h1", "h2"), None) is None:
            self._blocks[start:] = _together(self._blocks[start:])
        if look["break-after"].startswith("avoid"):
            self._blocks[start:] = [*self._blocks[start:-1], *map(_kept, self._blocks[start:][-1:])]
        if not context.in_table:
            self._turn_back(look, before)

    def _turn(self, look: Look) -> None:
        """Begin a new page, or pages of another kind, as the styles of what comes say."""
        called, side = look["page"] or self._called, SIDES.get(look["break-before"], "any")
        if called != self._called or (side != "any" and len(self._blocks) > 1):
            self._divide(called, side)
        elif look["break-before"] in BREAKS and len(self._blocks) > 1:
            self._breaks = True

    def _turn_back(self, look: Look, before: str) -> None:
        if self._called != before:
            self._divide(before, SIDES.get(look["break-after"], "any"))
        elif look["break-after"] in (*BREAKS, *SIDES):
            self._breaks = True

    def _divide(self, called: str, side: str = "any") -> None:
        self._called, self._breaks = called, False
        if isinstance(self._blocks[-1], Division):
            self._blocks.pop()
        self._blocks.append(Division(self._sheet, side))

    def _content(self, element: _Element, context: Context) -> None:
        look, wrapper = self._page.look(element), self._page.wrapper(element)
        box = self._page.rules.boxes.find(wrapper)
        if self._page.rules.contents.find(wrapper):
            self._contents(element)
        elif element.tag == "table":
            self._table(element, context)
        elif element.tag in ("ul", "ol", "menu"):
            self._list(element, context, look)
        elif look["continue"] == "discard":
            self._notes(element, context)
        elif box and box.is_line:
            self._line(element, box, context)
        elif box:
            self._box(element, box, context)
        else:
            self._plain(element, context)

    def _plain(self, element: _Element, context: Context) -> None:
        """Read an element that is a paragraph, or has some."""
        style = element.get("data-word-style") or self._page.rules.paragraphs.find(self._page.wrapper(element))
        if not style:
            self._flow(element, context)
            return
        start = len(self._blocks)
        self._flow(element, replace(context, style=style, outer=context.inner, plain=self._page.look(element)))
        if style == LINE and len(self._blocks) == start:
            self._add(Paragraph(LINE, indent=context.inner))

    def _is_block(self, element: _Element) -> bool:
        display = self._page.look(element)["display"]
        if element.tag in INLINE:
            return display in ("block", "flex", "grid") and element.tag not in ("img", "br", "input")
        self._judge(element)
        return element.tag in BLOCKS or display in ("block", "flex", "grid", "table", "list-item")

    def _judge(self, element: _Element) -> None:
        """Say so, once, if an element is of a kind that nothing here knows."""
        tag = str(element.tag)
        if tag in BLOCKS | INLINE | self._strange or self._page.look(element)["display"] == "none":
            return
        self._strange.add(tag)
        where = ", ".join(filter(None, (self._name, near(element))))
        hint = "its words stay; Word has something for <p>, <div>, headings, lists, tables, <img>, <svg> and the like"
        self.problems.append(warning(f"<{tag}> means nothing to a Word document", where, hint))

    # ----------------------------------------------------------------------------------------------- paragraphs

    def _paragraph(self, pieces: Sequence[Piece], context: Context, element: _Element) -> None:
        found = settled(pieces)
        if found:
            style = context.style or self._usual(found, context)
            align = ALIGNED.get(self._page.look(element)["text-align"], "") if style in ("Normal", "Table Text") else ""
            indent = context.outer if context.style else context.inner
            self._add(Paragraph(style, found, indent=indent, align=align))
        elif element.tag == "hr":
            self._add(Paragraph("Rule", indent=context.inner))

    def _usual(self, pieces: Sequence[Piece], context: Context) -> str:
        if all(isinstance(piece, Picture) for piece in pieces):
            return "Cover Picture" if not self._sheet.has_footer else "Figure"
        return "Table Text" if context.in_table else "Normal"

    def _add(self, paragraph: Paragraph) -> None:
        """Put a paragraph at the end; ids of what begins here, and a new page, are its own."""
        names, self._anchors = tuple(self._anchors), []
        breaks, self._breaks = self._breaks, False
        before = self._above(paragraph.style, breaks)
        self._blocks.append(replace(paragraph, anchors=names, is_new_page=breaks, before=before))

    def _above(self, style: str, breaks: bool) -> float | None:
        """Return the points above a paragraph, where its place asks for others than its style does."""
        last = self._blocks[-1] if self._blocks else None
        if breaks or isinstance(last, Division):
            return 0.0 if LOOKS.get(style, NONE).before else None
        if style.startswith("Heading") and last is not None and _is(last, "Label"):
            return CLOSE
        if style == "Heading 1" and last is not None:
            return APART
        return BELOW if isinstance(last, Table) and (LOOKS.get(style, NONE).before or 0) < BELOW else None

    def _box(self, element: _Element, box: Box, context: Context) -> None:
        """Read a part with a style of its own; what leads it is put before its first paragraph."""
        lead = self._page.chosen(element, box.lead) if box.lead else None
        look = self._page.look(next((each for each in element.iter("p", "div", "li") if each not in (element, lead)), element))
        start = len(self._blocks)
        inside = replace(context, style=box.style, outer=context.inner, inner=context.inner + inner(box.style), plain=look)
        self._flow(element, inside, lead)
        own = self._blocks[start:]
        led = (Words(f"{box.around}{words_of(lead)}{box.around}", Setting(box.called)),) if lead is not None else ()
        self._blocks[start:] = _led(own, box, context.inner, led)
        if led and not (own and _is(own[0], box.style)):  # ids and a new page belong to what comes first
            self._blocks[start : start + 2] = _handed(self._blocks[start : start + 2])

    def _line(self, element: _Element, box: Box, context: Context) -> None:
        """Read a part whose paragraphs are set in one line."""
        hand = Hand(self._page.look(element), context.room, language=context.language)
        pieces: list[Piece] = []
        others = [child for child in elements(element) if self._page.rules.boxes.find(self._page.wrapper(child))]
        for child in elements(element):
            found = settled([_unbroken(piece) for piece in self._writer.inline(child, hand)]) if child not in others else ()
            if found:
                pieces += [Words(box.between), *found] if pieces else found
        if pieces:
            self._add(Paragraph(box.style, tuple(pieces), indent=context.inner))
        for other in others:
            self._block(other, context)

    def _notes(self, element: _Element, context: Context) -> None:
        """Read room for notes to the foot of the page: how far that is can only be told near the head of one."""
        lines = [child for child in elements(element) if self._page.rules.paragraphs.find(self._page.wrapper(child)) == LINE]
        start = len(self._blocks)
        for child in elements(element):
            if child not in lines:
                self._block(child, context)
        room = _lines_left([] if self._breaks else self._blocks, self._sheet)
        if room is None:
            room = 0 if len(self._blocks) > start else LEAST
        for _ in lines[:room]:
            self._add(Paragraph(LINE, indent=context.inner))

    # ---------------------------------------------------------------------------------------------------- lists

    def _list(self, element: _Element, context: Context, look: Look) -> None:
        depth = context.depth + 1
        series = None
        if element.tag == "ol" and look["list-style-type"] != "none":
            self._series += 1
            start = element.get("start", "1")
            series = Series(self._series, int(start) if start.lstrip("-").isdigit() else 1, look["list-style-type"])
        for child in elements(element):
            if child.tag == "li":
                self._item(child, replace(context, depth=depth), series, look)
            else:
                self._block(child, context)

    def _item(self, element: _Element, context: Context, series: Series | None, look: Look) -> None:
        """Read an item: its first paragraph has the number or the bullet, what follows stands under its words."""
        own = self._page.rules.paragraphs.find(self._page.wrapper(element))
        level = min(context.depth, DEEPEST)
        follows = own or _numbered("List Continue", level)
        plain_list = look["list-style-type"] == "none"
        item = own or _numbered("List" if plain_list else "List Number" if series else "List Bullet", level)
        self._anchors += [element.get("id")] if element.get("id") else []
        start = len(self._blocks)
        plain = self._page.look(element) if own else context.plain
        base = context.inner if context.depth == 1 else context.outer
        inside = replace(context, style=follows, outer=base, inner=base + STEP * level, plain=plain)
        self._flow(element, inside)
        if len(self._blocks) > start and _is(first := self._blocks[start], follows):
            assert isinstance(first, Paragraph)
            self._blocks[start] = replace(first, style=item, series=series if not own else None, level=level - 1)

    def _contents(self, element: _Element) -> None:
        """Read a table of contents: items with a link to a place of the page. One in two columns is one in Word."""
        entries = tuple(entry for item in element.iter("li") if (entry := _entry(item, element)))
        if self._blocks and isinstance(last := self._blocks[-1], Contents):
            self._blocks[-1] = Contents((*last.entries, *entries))
        elif entries:
            self._blocks.append(Contents(entries))

    # --------------------------------------------------------------------------------------------------- tables

    def _table(self, element: _Element, context: Context) -> None:
        for caption in element.iterchildren("caption"):
            self._block(caption, context)
            self._blocks[-1:] = map(_kept, self._blocks[-1:])
        found = grid(element, self._page, context.room - context.inner)
        if not found.rows:
            return
        if self._blocks and isinstance(last := self._blocks[-1], Paragraph) and last.style != LINE:
            self._blocks[-1] = _kept(last)  # what introduces a table stands above it
        style = self._page.rules.tables.find(self._page.wrapper(element)) or "Ruled"
        rows = tuple(self._row(row, found, context) for row in found.rows)
        self._blocks.append(Table(style, rows, found.widths, found.has_names, context.inner))

    def _row(self, row: Line, found: Grid, context: Context) -> Row:
        self._anchors += [row.element.get("id")] if row.element.get("id") else []
        cells = tuple(Cell(self._cell(cell.element, found.width(cell), context), cell.across, cell.down) for cell in row.cells)
        return Row(cells, row.height, row.is_head, row.is_kept)

    def _cell(self, element: _Element, room: float, context: Context) -> tuple[Block, ...]:
        """Read a cell by itself: it is a small page."""
        outer, self._blocks = self._blocks, []
        self._anchors += [element.get("id")] if element.get("id") else []
        look, style = self._page.look(element), self._page.rules.paragraphs.find(self._page.wrapper(element))
        plain = look if style else self._page.look(self._page.body)
        inside = Context(room, plain, style or "Table Text", in_table=True, language=element.get("lang", context.language))
        if self._page.rules.signs.find(self._page.wrapper(element)):
            self._paragraph(list(self._writer.sign(element, inside.hand)), inside, element)
        else:
            self._flow(element, inside)
        if not self._blocks:
            self._add(Paragraph(inside.style))
        found, self._blocks = tuple(self._blocks), outer
        return found


def _is(block: Block, style: str) -> bool:
    return isinstance(block, Paragraph) and block.style == style


def _led(blocks: Sequence[Block], box: Box, indent: float, lead: tuple[Words, ...]) -> list[Block]:
    """Return the blocks of a box: its lead before the first, alone if that is of another style; the others go on below it."""
    style = box.style
    found: list[Block] = [
        replace(block, continues=True) if isinstance(block, Paragraph) and block.style == style else block for block in blocks
    ]
    if found and isinstance(first := found[0], Paragraph) and first.style == style:
        found[0] = replace(first, pieces=(*lead, Words(box.after), *first.pieces) if lead else first.pieces, continues=False)
        return found
    return [Paragraph("Lead", lead, indent=indent), *found] if lead else found


def _handed(blocks: Sequence[Block]) -> list[Block]:
    """Return a lead and what follows it, with what the second knew of ids and pages now on the first."""
    first, *rest = blocks
    if not rest or not isinstance(first, Paragraph) or not isinstance(second := rest[0], Paragraph):
        return list(blocks)
    led = replace(first, anchors=second.anchors, is_new_page=second.is_new_page)
    return [led, replace(second, anchors=(), is_new_page=False)]


def _unbroken(piece: Piece) -> Piece:
    """Return a piece of a line that goes on."""
    return replace(piece, text=piece.text.replace("\n", " ")) if isinstance(piece, Words) else piece


def _lines_left(blocks: Sequence[Block], sheet: Sheet) -> int | None:
    """Return how many write-on lines surely fit below what stands on a page yet; None if nobody can tell."""
    used = 0.0
    for block in reversed(blocks[-MOST:]):
        if isinstance(block, Division):
            break
        if not isinstance(block, Paragraph) or any(isinstance(piece, Picture) for piece in block.pieces):
            return None
        used += PITCH if block.style == LINE else HEADED if block.style.startswith("Heading") else _height(block)
        if block.is_new_page:
            break
    else:
        if blocks:
            return None
    return max(0, int((sheet.tall - used) * SURE / PITCH))


def _height(block: Paragraph) -> float:
    """Return about how many millimetres a paragraph of words takes, rather too many."""
    return ROW * (1 + len(block.text) // WIDE) + ROW


def _kept(block: Block) -> Block:
    """Return a block that stays on the page of what follows."""
    if isinstance(block, Paragraph):
        return replace(block, is_kept=True)
    if isinstance(block, Table):
        return replace(block, rows=tuple(replace(row, is_kept=True) for row in block.rows))
    return block


def _together(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks that stay on one page."""
    if not blocks:
        return []
    *before, last = blocks
    if isinstance(last, Table):
        rows = last.rows
        last = replace(last, rows=(*(replace(row, is_kept=True) for row in rows[:-1]), rows[-1]))
    return [*map(_kept, before), last]


def _numbered(style: str, level: int) -> str:
    return style if level == 1 or style == "List" else f"{style} {level}"


def _entry(item: _Element, around: _Element) -> Entry | None:
    """Return an item of a table of contents with all its words but those of the items below it."""
    own = [item.text or ""]
    for child in elements(item):
        own += ["".join(child.itertext()) if child.tag not in ("ol", "ul") else "", child.tail or ""]
    link = next((each for each in item.iter("a") if each.get("href", "").startswith("#")), None)
    text = " ".join(" ".join(own).split())
    depth = 1 + sum(1 for each in item.iterancestors("li") if around in each.iterancestors())
    return Entry(text, link.get("href")[1:], min(depth, DEEPEST)) if link is not None and text else None
