"""Slides as values → slides as they will be written: layout chosen, blocks in slots, sizes fixed, overflow continued."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from ...problems import Problem, warning
from . import fit
from .brand import Brand, Layout, Rect, Slot
from .page import Block, Drawing, Grid, Image, Paragraph, Run, Slide, Text

ROW = 340_000  # EMU, least height of a table row: 9 mm
SLACK = 1.1  # for a text whose frame is made to measure: renderers differ in the space before its first line
GAP = 120_000  # EMU between a text and a graphic that share a slot


@dataclass(frozen=True)
class Placed:
    """A block in its place. ``slot`` is the placeholder that takes the text; None means a shape of its own."""

    block: Block
    rect: Rect
    slot: Slot | None = None
    scale: float = 1.0
    table: fit.TablePlan | None = None
    moved: bool = False  # the placeholder's rectangle is not the layout's


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


@dataclass(frozen=True)
class Desk:
    """What planning a slide needs at hand: the brand's heading and text typefaces, and where problems go."""

    slide: Slide
    families: tuple[str, str]
    problems: list[Problem] = field(default_factory=list, compare=False)

    def report(self, message: str, hint: str) -> None:
        """Note an error on this slide."""
        title = "".join(run.text for run in self.slide.title)
        self.problems.append(Problem(f"slide “{title}”: {message}", self.slide.at, hint))

    def warn(self, message: str) -> None:
        """Note something the author should know."""
        self.problems.append(warning(message, self.slide.at))


Chunk = tuple[Placed, ...]


def plan(slide: Slide, brand: Brand) -> tuple[tuple[Planned, ...], tuple[Problem, ...]]:
    """Return the slide, or its parts where it had to be continued, and what went wrong on the way."""
    layout = brand.find(slide.layouts)
    desk = Desk(slide, (brand.fonts["+mj-lt"], brand.fonts["+mn-lt"]))
    if layout.role not in slide.layouts:
        desk.warn(f"the brand has no layout for {' or '.join(slide.layouts)}; “{layout.name}” is used")
    slots, loose, notes = _assigned(slide, layout)
    for block in loose:
        desk.warn(f"layout “{layout.name}” has no slot for {_words(block)}; it stands in the content area")
    chunks = [_chunks(slot, blocks, desk) for slot, blocks in slots.items()]
    if loose:
        chunks.append(_loose_chunks(loose, brand.area(layout), desk))
    count = max([len(each) for each in chunks], default=1) or 1
    pages = tuple(_page(layout, chunks, notes, (number, count), desk) for number in range(count))
    return pages, tuple(desk.problems)


def _words(block: Block) -> str:
    if isinstance(block, Text):
        return "“" + " ".join(paragraph.text for paragraph in block.paragraphs)[:40] + "…”"
    return {Grid: "a table", Drawing: "a drawing", Image: "a picture"}[type(block)]


def _assigned(slide: Slide, layout: Layout) -> tuple[dict[Slot, list[Block]], list[Block], tuple[Paragraph, ...]]:
    """Each block's slot: the first of its names that the layout has."""
    slots: dict[str, list[Block]] = {}
    loose: list[Block] = []
    notes = list(slide.notes)
    for each in slide.fills:
        name = next((name for name in each.slots if name in layout.slots or name in ("none", "notes")), None)
        if name == "notes" and isinstance(each.block, Text):
            notes = [*each.block.paragraphs, *notes]
        elif name is None or name == "notes":
            loose.append(each.block)
        elif name != "none":
            slots.setdefault(name, []).append(each.block)
    ordered = sorted(slots, key=list(layout.slots).index)
    return {layout.slots[name]: slots[name] for name in ordered}, loose, tuple(notes)


def _page(
    layout: Layout, chunks: Sequence[Sequence[Chunk]], notes: tuple[Paragraph, ...], part: tuple[int, int], desk: Desk
) -> Planned:
    """One part of a slide: ``part`` is its number from 0 and how many there are. What did not overflow stands on each."""
    number, count = part
    slide = desk.slide
    title = slide.title if count == 1 else (*slide.title, Run(f" ({number + 1}/{count})"))
    shown = (parts[number if len(parts) > 1 else 0] for parts in chunks if number < len(parts) or len(parts) == 1)
    placed = tuple(item for chunk in shown for item in chunk)
    return Planned(layout, title, _title_scale(title, layout, desk), placed, notes, slide.segment, slide.section, slide.at)


def _title_scale(title: tuple[Run, ...], layout: Layout, desk: Desk) -> float:
    slot = layout.title
    if slot is None or not title:
        return 1.0
    scale = fit.fits([Paragraph(title)], slot, slot.rect, desk.families)
    if scale is None:
        desk.report("the title is too long for its place", "shorten it; two lines are the most a title should have")
    return scale or fit.TITLE_SCALES[-1]


# ----------------------------------------------------------------------------------------------- one slot


def _chunks(slot: Slot, blocks: Sequence[Block], desk: Desk) -> list[Chunk]:
    """What the slot holds on the first slide, on the second and so on."""
    text = _merged(blocks)
    graphics = [block for block in blocks if not isinstance(block, Text)]
    if not graphics:
        return [(each,) for each in _text_chunks(text, slot, slot.rect, desk)]
    if not text.paragraphs:
        return _graphic_chunks(graphics, slot.rect, desk)
    tall = round(fit.height(text.paragraphs, slot, 1.0, desk.families) * SLACK)
    upper = replace(slot.rect, height=min(tall, slot.rect.height // 2))
    lower = Rect(slot.rect.x, slot.rect.y + upper.height + GAP, slot.rect.width, slot.rect.height - upper.height - GAP)
    words = _text_chunks(text, slot, upper, desk)
    drawn = _graphic_chunks(graphics, lower, desk)
    first = isinstance(blocks[0], Text)
    if not first:
        words, drawn = _swapped(words, drawn, slot.rect)
    return [(*([replace(words[min(i, len(words) - 1)], moved=True)]), *part) for i, part in enumerate(drawn)]


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


def _text_chunks(text: Text, slot: Slot, rect: Rect, desk: Desk) -> list[Placed]:
    missing = fit.lacking(text.paragraphs, slot.levels[0], desk.families)
    if missing:
        desk.report(
            f"no font here has {' '.join(sorted(missing))}; it was measured by guess",
            "use other characters or install a font that has them",
        )
    scale = fit.fits(text.paragraphs, slot, rect, desk.families)
    if scale is not None:
        return [Placed(text, rect, slot, scale)]
    groups = _groups(text.paragraphs)
    smallest = next((s for s in reversed(fit.SCALES) if slot.levels[0].size * s >= min(fit.SMALLEST, slot.levels[0].size)), 1.0)
    for group in groups:
        if fit.height(group, slot, smallest, desk.families, width=rect.width) > rect.height:
            desk.report(f"“{group[0].text[:50]}…” does not fit, even smaller", "shorten it, or split it into two")
    parts = _balanced(groups, lambda part: fit.height(part, slot, smallest, desk.families, width=rect.width), rect.height)
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
    sizes = fit.TABLE_SIZES if "large" in block.classes else fit.TABLE_SIZES[1:]
    best = fit.best_table(block, (room.width, room.height), sizes, desk.families, ROW)
    if best is not None:
        return [Placed(block, room, table=fit.aired(best, room.height, block.has_head))]
    return _rows_apart(block, room, desk)


def _rows_apart(grid: Grid, room: Rect, desk: Desk) -> list[Placed]:
    plan = fit.plan_table(grid, room.width, fit.TABLE_SIZES[-1], desk.families, ROW)
    head = 1 if grid.has_head else 0
    parts: list[list[int]] = []
    for number in range(head, len(grid.rows)):
        used = sum(plan.heights[:head]) + sum(plan.heights[i] for i in (parts[-1] if parts else [])) + plan.heights[number]
        if sum(plan.heights[:head]) + plan.heights[number] > room.height:
            desk.report(f"row {number + 1 - head} of the table is taller than the slide", "shorten its cells")
        if parts and used <= room.height:
            parts[-1].append(number)
        else:
            parts.append([number])
    even = -(-(len(grid.rows) - head) // len(parts))
    rows = [number for part in parts for number in part]
    if all(
        sum(plan.heights[:head]) + sum(plan.heights[i] for i in rows[n : n + even]) <= room.height
        for n in range(0, len(rows), even)
    ):
        parts = [rows[n : n + even] for n in range(0, len(rows), even)]
    return [_some_rows(grid, plan, [*range(head), *part], room) for part in parts]


def _some_rows(grid: Grid, plan: fit.TablePlan, numbers: Sequence[int], room: Rect) -> Placed:
    part = replace(grid, rows=tuple(grid.rows[i] for i in numbers))
    return Placed(part, room, table=replace(plan, heights=tuple(plan.heights[i] for i in numbers)))


# -------------------------------------------------------------------------------------------- no slot at all


def _loose_chunks(blocks: Sequence[Block], area: Rect, desk: Desk) -> list[Chunk]:
    """Blocks no slot takes, stacked in the content area: text in a box of its own."""
    graphics = [block for block in blocks if not isinstance(block, Text)]
    text = _merged(blocks)
    if not text.paragraphs:
        return _graphic_chunks(graphics, area, desk)
    level = replace(fit.table_level(20.0, desk.families[1]), before=6.0)
    box = Slot("text", -1, None, area, (0, 0, 0, 0), (level,) * 5)
    if graphics:
        return _chunks(box, blocks, desk)
    return [(each,) for each in _text_chunks(text, box, area, desk)]
