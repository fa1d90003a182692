"""Slides as values → slides as they will be written: layout chosen, blocks in slots, sizes fixed, overflow continued.

In this order, for a text that is too long for its slot: smaller type, down to 90 % and 18 points; the free room below the
slot; for rows that stand in a stack, room shared out anew; and last a further slide, balanced, "(1/2)" in the title.
Lengths are EMU.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ...problems import Problem, warning
from . import fit
from .brand import Brand
from .page import Block, Fill, Grid, Paragraph, Run, Slide, Text
from .values import Layout, Level, Rect, Slot

ROW = 340_000  # EMU, least height of a table row: 9 mm
SLACK = 1.1  # for a text whose frame is made to measure: renderers differ in the space before its first line
GAP = 120_000  # EMU between a text and a graphic that share a slot, and between rows shared out anew
SMALL_PLACE = 0.35  # of the content area: a note beside it, which may be set small before it makes a slide of its own
MANY = 9  # lines of a title that nobody should write, but that can be read
STEM = 24.0  # points: a question that is too long for a title
STACKED = re.compile(r"(?P<series>.+)-\d+")
ELSEWHERE = ("none", "notes", "next")  # names a block may give instead of a slot


@dataclass(frozen=True)
class Placed:
    """A block in its place. ``slot`` is the placeholder that takes the text; None means a shape of its own."""

    block: Block
    rect: Rect
    slot: Slot | None = None
    scale: float = 1.0
    table: fit.TablePlan | None = None
    moved: bool = False  # the placeholder's rectangle is not the slot's


@dataclass(frozen=True)
class Planned:
    """A slide ready to be written."""

    layout: Layout
    title: tuple[Run, ...]
    title_scale: float
    placed: tuple[Placed, ...]
    notes: tuple[Paragraph, ...]
    segment: str
    section: str
    at: str

    @property
    def heading(self) -> str:
        """Return the title's words."""
        return "".join(run.text for run in self.title)


@dataclass(frozen=True)
class Desk:
    """What planning a slide needs at hand, and where problems go."""

    slide: Slide
    layout: Layout
    problems: list[Problem] = field(default_factory=list, compare=False)

    @property
    def families(self) -> tuple[str, str]:
        """Return the brand's heading and text typefaces."""
        return self.layout.families

    @property
    def heading(self) -> str:
        """Return the words of the slide's title."""
        return "".join(run.text for run in self.slide.title)

    def report(self, message: str, hint: str) -> None:
        """Note an error on this slide."""
        self.problems.append(Problem(f"slide “{self.heading}”: {message}", self.slide.at, hint))

    def warn(self, message: str, hint: str = "") -> None:
        """Note something the author should know."""
        self.problems.append(warning(message, self.slide.at, hint))


Chunk = tuple[Placed, ...]


def plan(slide: Slide, brand: Brand) -> tuple[tuple[Planned, ...], tuple[Problem, ...]]:
    """Return the slide, or its parts where it had to be continued, and what went wrong on the way."""
    layout = brand.find(slide.layouts)
    if slide.short_title and not _title_fits(slide, layout):
        slide, layout = _with_stem(slide, layout, brand.canvas.title)
    desk = Desk(slide, layout)
    if layout.role not in slide.layouts:
        desk.warn(f"the brand has no layout for {' or '.join(slide.layouts)}; “{layout.name}” is used")
    given = _relieved(_assigned(slide, layout), desk)
    for block in given.loose:
        desk.warn(f"layout “{layout.name}” has no slot for {_words(block)}; it stands in the content area")
    chunks = _chunks_of({slot: [fill.block for fill in fills] for slot, fills in given.slots.items()}, desk)
    if given.loose:
        chunks.append(_loose_chunks(given.loose, desk))
    count = max([len(each) for each in chunks], default=1) or 1
    pages = tuple(_page(chunks, given.notes, (number, count), desk) for number in range(count))
    if not given.following:
        return pages, tuple(desk.problems)
    more, problems = plan(replace(slide, **_next(slide, given.following)), brand)
    return (*pages, *more), (*desk.problems, *problems)


def _title_fits(slide: Slide, layout: Layout) -> bool:
    slot = layout.title
    return slot is None or fit.fits([Paragraph(slide.title)], slot, slot.rect, layout.families) is not None


def _with_stem(slide: Slide, layout: Layout, usual: Slot | None) -> tuple[Slide, Layout]:
    """The slide with its short title; the long one heads the content, and what was there moves together below it.

    A title that has left its place (``usual``) for the arrangement's goes back: it is no longer the slide itself.
    """
    unit, area = layout.unit, layout.area
    level = plain_level(STEM * unit, layout.families[0], heading=True)
    stem = Slot("stem", 98, "body", area, (0, 0, 0, 0), (level,) * 5, drawn=True, placed=True)
    words = Paragraph(slide.title)
    tall = min(area.height // 2, round(fit.height([words], stem, 1.0, layout.families) * SLACK))
    share = (area.height - tall - GAP) / area.height

    def lower(rect: Rect) -> Rect:
        top = area.y + tall + GAP + max(0, rect.y - area.y) * share
        return Rect(rect.x, round(top), rect.width, round(rect.height * share))

    if usual and layout.title and layout.title.placed and layout.title.rect.shared(area).size:
        layout = replace(layout, slots={**layout.slots, "title": usual})
    others = {name: slot for name, slot in layout.slots.items() if not slot.is_title and slot.rect.bottom > area.y}
    moved = {name: replace(slot, rect=lower(slot.rect), placed=True) for name, slot in others.items()}
    above = {name: slot for name, slot in layout.slots.items() if name not in others}
    slots = {**above, "stem": replace(stem, rect=replace(area, height=tall)), **moved}
    fills = (Fill(("stem",), Text((words,))), *slide.fills)
    art = tuple(replace(each, rect=lower(each.rect)) for each in layout.art)
    return replace(slide, title=slide.short_title, short_title=(), fills=fills), replace(layout, slots=slots, art=art)


def plain_level(size: float, typeface: str, *, heading: bool = False) -> Level:
    """Return how text of ours is set on a placeholder of our own: no indents, the ground's ink."""
    return Level(
        size=size, bold=heading, italic=False, typeface=typeface, margin=0, indent=0, caps=False, spacing=0.0,
        line=1.0, before=0.0 if heading else size * 0.3, before_share=0.0, after=0.0, after_share=0.0, heading=heading,
        tone="ink",
    )  # fmt: skip


def retitled(planned: Planned, addition: str) -> Planned:
    """Return a slide with a few characters more in its title."""
    title = (*planned.title, Run(addition))
    slot = planned.layout.title
    scale = fit.fits([Paragraph(title)], slot, slot.rect, planned.layout.families) if slot else None
    return replace(planned, title=title, title_scale=scale or planned.title_scale)


def _next(slide: Slide, fills: tuple[Fill, ...]) -> dict[str, Any]:
    """What changes for the slide that takes what this layout has no slot for."""
    return {"layouts": slide.next_layouts, "title": slide.next_title, "fills": fills}


def _words(block: Block) -> str:
    if isinstance(block, Text):
        return f"“{_shown(block)[:40]}…”"
    return {"Grid": "a table", "Drawing": "a drawing", "Image": "a picture", "Chart": "a chart"}[type(block).__name__]


def _shown(text: Text) -> str:
    """A text's words on one line, for messages."""
    return " ".join(" ".join(paragraph.text for paragraph in text.paragraphs).split())


@dataclass(frozen=True)
class _Given:
    """Where each block of a slide goes."""

    slots: Mapping[Slot, list[Fill]]
    loose: tuple[Block, ...]
    notes: tuple[Paragraph, ...]
    following: tuple[Fill, ...]


def _assigned(slide: Slide, layout: Layout) -> _Given:
    """Each block's slot: the first of its names that the layout has."""
    slots: dict[str, list[Fill]] = {}
    loose: list[Block] = []
    following: list[Fill] = []
    notes = list(slide.notes)
    for each in slide.fills:
        name = next((name for name in each.slots if name in layout.slots or name in ELSEWHERE), None)
        if name == "notes" and isinstance(each.block, Text):
            notes = [*each.block.paragraphs, *notes]
        elif name == "next" and slide.next_layouts:
            following.append(replace(each, slots=tuple(other for other in each.slots if other != "next")))
        elif name is None or name in ("notes", "next"):
            loose.append(each.block)
        elif name != "none":
            slots.setdefault(name, []).append(each)
    ordered = sorted(slots, key=list(layout.slots).index)
    return _Given({layout.slots[name]: slots[name] for name in ordered}, tuple(loose), tuple(notes), tuple(following))


def _relieved(given: _Given, desk: Desk) -> _Given:
    """Where a slot is too small for its texts, the last goes to the notes if it says that it may."""
    notes = given.notes
    slots = {slot: list(fills) for slot, fills in given.slots.items()}
    for slot, fills in slots.items():
        while fills and "notes" in fills[-1].slots and not _holds(slot, fills, desk):
            block = fills.pop().block
            assert isinstance(block, Text)
            desk.warn(f"“{_shown(block)}” has no room on “{desk.layout.name}”; it stands in the notes")
            notes = (*block.paragraphs, *notes)
    return replace(given, slots={slot: fills for slot, fills in slots.items() if fills}, notes=notes)


def _holds(slot: Slot, fills: Sequence[Fill], desk: Desk) -> bool:
    blocks = [fill.block for fill in fills]
    room = _roomier(slot, desk.layout, ())
    texts = all(isinstance(block, Text) for block in blocks)
    return not texts or fit.fits(_merged(blocks).paragraphs, slot, room, desk.families) is not None


def _page(chunks: Sequence[Sequence[Chunk]], notes: tuple[Paragraph, ...], part: tuple[int, int], desk: Desk) -> Planned:
    """One part of a slide: ``part`` is its number from 0 and how many there are. What did not overflow stands on each."""
    number, count = part
    slide = desk.slide
    title = slide.title if count == 1 else (*slide.title, Run(f" ({number + 1}/{count})"))
    shown = (parts[number if len(parts) > 1 else 0] for parts in chunks if number < len(parts) or len(parts) == 1)
    placed = tuple(item for chunk in shown for item in chunk)
    return Planned(desk.layout, title, _title_scale(title, desk), placed, notes, slide.segment, slide.section, slide.at)


def _title_scale(title: tuple[Run, ...], desk: Desk) -> float:
    slot = desk.layout.title
    if slot is None or not title:
        return 1.0
    words = [Paragraph(title)]
    for message, hint in fit.doubts(words, slot.levels[0], desk.families):
        desk.warn(message, hint)
    scale = fit.fits(words, slot, slot.rect, desk.families)
    if scale is not None:
        return scale
    hint = "shorten it; two lines are the most a title should have"
    tall = fit.fits(words, slot, slot.rect, desk.families, most=MANY) or _squeezed(words, slot, desk)
    if (
        tall is None
        and fit.line_count(words[0], slot.levels[0], fit.TITLE_SCALES[-1], slot.rect.width, desk.families) > fit.TITLE_LINES
    ):
        desk.report("the title is too long for its place", hint)
    else:
        desk.warn(f"the title “{desk.heading}” takes more than two lines, or smaller type than titles should have", hint)
    return tall or fit.TITLE_SCALES[-1]


def _squeezed(words: Sequence[Paragraph], slot: Slot, desk: Desk) -> float | None:
    """The largest scale at which a title stands in its place in any number of lines: down to 18 points, less on a card."""
    least = min(1.0, fit.SMALLEST * desk.layout.unit / slot.levels[0].size)
    scales = (1 - step / 20 for step in range(20) if 1 - step / 20 >= least)
    return next((scale for scale in scales if fit.height(words, slot, scale, desk.families) <= slot.rect.height), None)


# -------------------------------------------------------------------------------------------- slots, stacks


def _chunks_of(slots: Mapping[Slot, list[Block]], desk: Desk) -> list[list[Chunk]]:
    """What each slot, or each stack of slots, holds on the first slide, on the second and so on."""
    stacks = _stacks(desk.layout)
    done: set[str] = set()
    chunks: list[list[Chunk]] = []
    for slot, blocks in slots.items():
        stack = stacks.get(slot.name, ())
        if slot.name in done:
            continue
        used = {each: slots[each] for each in stack if each in slots}
        if stack and not _all_fit(used, desk):
            done |= {each.name for each in used}
            chunks.append(_restacked(used, stack, desk))
        else:
            chunks.append(_chunks(slot, blocks, desk, tuple(slots)))
    return chunks


def _stacks(layout: Layout) -> dict[str, tuple[Slot, ...]]:
    """Slot name → all slots of its stack: row-1, row-2 … that stand below one another."""
    series: dict[tuple[str, int, int], list[Slot]] = {}
    for slot in layout.slots.values():
        if found := STACKED.fullmatch(slot.name):
            series.setdefault((found["series"], slot.rect.x, slot.rect.width), []).append(slot)
    stacks = (tuple(slots) for slots in series.values() if len(slots) > 1 and not _parted_by(slots, layout))
    return {slot.name: slots for slots in stacks for slot in slots}


def _parted_by(stack: Sequence[Slot], layout: Layout) -> bool:
    """Whether other slots stand between those of a stack: number-1, text-1, number-2, text-2."""
    top, bottom = stack[0].rect.y, stack[-1].rect.bottom
    others = (slot for slot in layout.slots.values() if slot not in stack and not slot.is_title)
    return any(top < slot.rect.y < bottom and _over(slot.rect, stack[0].rect) for slot in others)


def _all_fit(used: Mapping[Slot, list[Block]], desk: Desk) -> bool:
    texts = [(slot, block) for slot, blocks in used.items() for block in blocks if isinstance(block, Text)]
    return all(fit.fits(text.paragraphs, slot, slot.rect, desk.families) is not None for slot, text in texts)


def _restacked(used: Mapping[Slot, list[Block]], stack: Sequence[Slot], desk: Desk) -> list[Chunk]:
    """The rows of a stack in the room of all its slots, each as high as it needs; on a further slide what has no room."""
    texts = [(slot, _merged(blocks)) for slot, blocks in used.items()]
    room = _stack_room(stack, desk.layout)
    gap = min(GAP, max(0, stack[1].rect.y - stack[0].rect.bottom))
    for scale in fit.SCALES:
        tall = [_row_height(text, slot, scale, desk) for slot, text in texts]
        if sum(tall) + gap * (len(tall) - 1) <= room.height:
            return [_stacked(texts, tall, room, gap, scale)]
    parts = _balanced_rows(tall, room.height, gap)
    for (_, text), height in zip(texts, tall, strict=True):
        if height > room.height:
            desk.report(f"“{text.paragraphs[0].text[:50]}…” does not fit, even smaller", "shorten it, or split it into two")
    return [_stacked([texts[i] for i in part], [tall[i] for i in part], room, gap, fit.SCALES[-1]) for part in parts]


def _stack_room(stack: Sequence[Slot], layout: Layout) -> Rect:
    first = stack[0].rect
    bottom = max(*(slot.rect.bottom for slot in stack), min(layout.area.bottom, _ceiling(stack[-1], layout)))
    return Rect(first.x, first.y, first.width, bottom - first.y)


def _ceiling(slot: Slot, layout: Layout) -> int:
    """The top of the nearest slot below a slot; the content area's foot where there is none."""
    below = [each.rect.y for each in layout.slots.values() if each.rect.y >= slot.rect.bottom and _over(each.rect, slot.rect)]
    return min(below, default=layout.area.bottom)


def _over(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right


def _row_height(text: Text, slot: Slot, scale: float, desk: Desk) -> int:
    return round(fit.height(text.paragraphs, slot, scale, desk.families) * SLACK)


def _stacked(texts: Sequence[tuple[Slot, Text]], tall: Sequence[int], room: Rect, gap: int, scale: float) -> Chunk:
    """Rows below one another, as high as the layout has them as far as there is room for that."""
    spare = room.height - sum(tall) - gap * (len(tall) - 1)
    wishes = [max(0, slot.rect.height - height) for (slot, _), height in zip(texts, tall, strict=True)]
    share = min(1.0, max(0, spare) / (sum(wishes) or 1))
    top, placed = room.y, []
    for (slot, text), height, wish in zip(texts, tall, wishes, strict=True):
        rect = Rect(room.x, top, room.width, height + int(wish * share))
        placed.append(Placed(text, rect, slot, scale, moved=True))
        top = rect.bottom + gap
    return tuple(placed)


def _balanced_rows(tall: Sequence[int], room: int, gap: int) -> list[list[int]]:
    """The numbers of rows, of a stack or a table, on each slide: as few as can be, and as many on each if that fits."""
    parts: list[list[int]] = []
    for number, height in enumerate(tall):
        used = sum(tall[i] + gap for i in parts[-1]) + height if parts else room + 1
        if used <= room:
            parts[-1].append(number)
        else:
            parts.append([number])
    even = -(-len(tall) // len(parts))
    alike = [list(range(n, min(n + even, len(tall)))) for n in range(0, len(tall), even)]
    fits = all(sum(tall[i] for i in part) + gap * (len(part) - 1) <= room for part in alike)
    return alike if fits else parts


# ----------------------------------------------------------------------------------------------- one slot


def _chunks(slot: Slot, blocks: Sequence[Block], desk: Desk, used: Sequence[Slot] = ()) -> list[Chunk]:
    """What the slot holds on the first slide, on the second and so on."""
    text = _merged(blocks)
    graphics = [block for block in blocks if not isinstance(block, Text)]
    if not graphics:
        return [(each,) for each in _roomy_chunks(text, slot, desk, used)]
    if not text.paragraphs:
        alone = slot if len(graphics) == 1 else None  # a placeholder of the brand holds one graphic
        return [tuple(replace(each, slot=alone) for each in part) for part in _graphic_chunks(graphics, slot.rect, desk)]
    tall = round(fit.height(text.paragraphs, slot, 1.0, desk.families) * SLACK)
    upper = replace(slot.rect, height=min(tall, slot.rect.height // 2))
    lower = Rect(slot.rect.x, slot.rect.y + upper.height + GAP, slot.rect.width, slot.rect.height - upper.height - GAP)
    words = _text_chunks(text, slot, upper, desk)
    drawn = _graphic_chunks(graphics, lower, desk)
    if not isinstance(blocks[0], Text):
        words, drawn = _swapped(words, drawn, slot.rect)
    return [(replace(words[min(i, len(words) - 1)], moved=True), *part) for i, part in enumerate(drawn)] + [
        (replace(each, moved=True),) for each in words[len(drawn) :]
    ]


def _swapped(words: list[Placed], drawn: list[Chunk], room: Rect) -> tuple[list[Placed], list[Chunk]]:
    """Put the graphics above and the text below them."""
    tall = words[0].rect.height
    low = [replace(each, rect=replace(each.rect, y=room.y + room.height - tall)) for each in words]
    high = [tuple(replace(each, rect=replace(each.rect, y=each.rect.y - tall - GAP)) for each in part) for part in drawn]
    return low, high


def _merged(blocks: Iterable[Block]) -> Text:
    """All text of a slot. Only a block that has the slot to itself keeps its look: a frame is not for half a placeholder."""
    texts = [block for block in blocks if isinstance(block, Text)]
    classes = texts[0].classes if len(texts) == 1 else ()
    return Text(tuple(p for text in texts for p in text.paragraphs), classes)


def _roomy_chunks(text: Text, slot: Slot, desk: Desk, used: Sequence[Slot]) -> list[Placed]:
    """The text in its slot, or in the slot and the free room below it, or on several slides."""
    if whole := _whole(text, slot, slot.rect, desk):
        return [whole]
    roomier = _roomier(slot, desk.layout, used)
    if whole := _whole(text, slot, roomier, desk):
        return [replace(whole, moved=True)]
    if slot.drawn and roomier.size < SMALL_PLACE * desk.layout.area.size and (scale := _shrunk(text, slot, roomier, desk)):
        desk.warn(f"“{text.paragraphs[0].text[:50]}” stands in small type: this brand leaves it little room")
        return [Placed(text, roomier, slot, scale, moved=True)]
    return _continued(text, slot, slot.rect, desk)


def _shrunk(text: Text, slot: Slot, rect: Rect, desk: Desk) -> float | None:
    """The largest scale down to a half at which a text stands in a small place of an arrangement of ours."""
    scales = (share / 20 for share in range(18, 9, -1))
    tall = ((scale, fit.height(text.paragraphs, slot, scale, desk.families, width=rect.width)) for scale in scales)
    return next((scale for scale, height in tall if height <= rect.height), None)


def _roomier(slot: Slot, layout: Layout, used: Sequence[Slot]) -> Rect:
    """The slot's rectangle down to the next thing on the slide or the foot of the content area."""
    titles = [layout.title] if layout.title else []
    others = [each.rect for each in (*used, *titles) if each is not slot]
    below = [rect.y for rect in others if rect.y >= slot.rect.bottom and _over(rect, slot.rect)]
    bottom = max(slot.rect.bottom, min([layout.area.bottom, *below]))
    return replace(slot.rect, height=bottom - slot.rect.y)


def _text_chunks(text: Text, slot: Slot, rect: Rect, desk: Desk) -> list[Placed]:
    whole = _whole(text, slot, rect, desk)
    return [whole] if whole else _continued(text, slot, rect, desk)


def _whole(text: Text, slot: Slot, rect: Rect, desk: Desk) -> Placed | None:
    """A text in one place; None where it does not fit."""
    scale = fit.fits(text.paragraphs, slot, rect, desk.families)
    if scale is None:
        return None
    _doubt(text, slot, desk)
    return Placed(text, rect, slot, scale)


def _doubt(text: Text, slot: Slot, desk: Desk) -> None:
    for message, hint in fit.doubts(text.paragraphs, slot.levels[0], desk.families):
        desk.warn(message, hint)


def _continued(text: Text, slot: Slot, rect: Rect, desk: Desk) -> list[Placed]:
    """A text that does not fit, on several slides."""
    _doubt(text, slot, desk)
    smallest = next((s for s in reversed(fit.SCALES) if slot.levels[0].size * s >= min(fit.SMALLEST, slot.levels[0].size)), 1.0)

    def measure(part: Sequence[Paragraph]) -> float:
        return fit.height(part, slot, smallest, desk.families, width=rect.width)

    groups = [part for group in _groups(text.paragraphs) for part in _parted(group, measure, rect.height)]
    for group in groups:
        if measure(group) > rect.height:
            desk.report(f"“{group[0].text[:50]}…” does not fit, even smaller", "shorten it, or split it into two")
    parts = _balanced(groups, measure, rect.height)
    return [
        Placed(replace(text, paragraphs=part), rect, slot, fit.fits(part, slot, rect, desk.families) or smallest)
        for part in parts
    ]


def _groups(paragraphs: Sequence[Paragraph]) -> list[tuple[Paragraph, ...]]:
    """Paragraphs with what hangs below them: a child is never parted from its parent."""
    groups: list[tuple[Paragraph, ...]] = []
    for paragraph in paragraphs:
        if paragraph.level and groups:
            groups[-1] = (*groups[-1], paragraph)
        else:
            groups.append((paragraph,))
    return groups


def _parted(
    group: tuple[Paragraph, ...], measure: Callable[[Sequence[Paragraph]], float], room: int
) -> list[tuple[Paragraph, ...]]:
    """A group too tall for a slide in several, the parent repeated on each, no child left alone if that can be helped."""
    parent, *children = group
    if measure(group) <= room or len(children) < 2:
        return [group]
    parts: list[list[Paragraph]] = [[]]
    for child in children:
        if parts[-1] and measure((parent, *parts[-1], child)) > room:
            parts.append([])
        parts[-1].append(child)
    if len(parts) > 1 and len(parts[-1]) == 1 and len(parts[-2]) > 2:
        parts[-1].insert(0, parts[-2].pop())
    return [(parent, *part) for part in parts]


def _balanced(
    groups: Sequence[tuple[Paragraph, ...]], measure: Callable[[tuple[Paragraph, ...]], float], room: int
) -> list[tuple[Paragraph, ...]]:
    """As few parts as the room allows, filled as evenly as whole groups allow."""
    parts = _filled(groups, measure, room)
    for limit in (room * share / 20 for share in range(4, 20)):
        even = _filled(groups, measure, limit)
        if len(even) <= len(parts):
            return even
    return parts


def _filled(
    groups: Sequence[tuple[Paragraph, ...]], measure: Callable[[tuple[Paragraph, ...]], float], room: float
) -> list[tuple[Paragraph, ...]]:
    parts: list[tuple[Paragraph, ...]] = []
    for group in groups:
        if parts and measure((*parts[-1], *group)) <= room:
            parts[-1] = (*parts[-1], *group)
        else:
            parts.append(group)
    return parts


# ----------------------------------------------------------------------------------------------- graphics


def _graphic_chunks(blocks: Sequence[Block], room: Rect, desk: Desk) -> list[Chunk]:
    """Graphics share the room evenly from top to bottom; a table that is too tall goes on by rows."""
    share = (room.height - GAP * (len(blocks) - 1)) // len(blocks)
    columns = [
        _graphic(block, replace(room, y=room.y + index * (share + GAP), height=share), desk) for index, block in enumerate(blocks)
    ]
    count = max(map(len, columns))
    return [
        tuple(column[number if len(column) > 1 else 0] for column in columns if number < len(column) or len(column) == 1)
        for number in range(count)
    ]


def _graphic(block: Block, room: Rect, desk: Desk) -> list[Placed]:
    if not isinstance(block, Grid):
        return [Placed(block, room)]
    sizes = [size * desk.layout.unit for size in fit.TABLE_SIZES]
    least = round(ROW * desk.layout.unit)
    best = fit.best_table(
        block,
        (room.width, room.height),
        sizes if "large" in block.classes else sizes[1:],
        desk.families,
        least,
        scripts=desk.layout.scripts,
    )
    if best is not None:
        return [Placed(block, room, table=fit.aired(best, room.height, block.has_head))]
    plan = fit.plan_table(block, room.width, sizes[-1], desk.families, least, scripts=desk.layout.scripts)
    closer = fit.closer(plan, room.height, least, block.has_head)
    return [Placed(block, room, table=closer)] if closer else _rows_apart(block, room, plan, desk)


def _rows_apart(grid: Grid, room: Rect, plan: fit.TablePlan, desk: Desk) -> list[Placed]:
    """A table on several slides, row by row, its header on each, as even as the rows allow."""
    head = 1 if grid.has_head else 0
    rows = plan.heights[head:]
    left = room.height - sum(plan.heights[:head])
    for number, height in enumerate(rows, 1):
        if height > left:
            desk.report(f"row {number} of the table is taller than the slide", "shorten its cells")
    parts = _balanced_rows(rows, left, 0)
    return [_some_rows(grid, plan, [*range(head), *(head + number for number in part)], room) for part in parts]


def _some_rows(grid: Grid, plan: fit.TablePlan, numbers: Sequence[int], room: Rect) -> Placed:
    part = replace(grid, rows=tuple(grid.rows[i] for i in numbers))
    own = replace(plan, heights=tuple(plan.heights[i] for i in numbers))
    return Placed(part, room, table=fit.aired(own, room.height, grid.has_head))


# -------------------------------------------------------------------------------------------- no slot at all


def _loose_chunks(blocks: Sequence[Block], desk: Desk) -> list[Chunk]:
    """Blocks no slot takes, stacked in the content area: text on a placeholder of its own."""
    area = desk.layout.area
    level = plain_level(20.0 * desk.layout.unit, desk.families[1])
    box = Slot("text", 99, "body", area, (0, 0, 0, 0), (level,) * 5, drawn=True, placed=True)
    return _chunks(box, blocks, desk)
