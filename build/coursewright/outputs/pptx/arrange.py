"""An arrangement of ours on a layout of the brand: the composition stays, type and colour are the brand's.

Where a brand has no layout for a role (hardly any has one for an activity or a quiz), the default brand's layout lends
its geometry: its slots are fitted into the brand's own content area, its colours become the brand's, read on the brand's
own ground, and its text is set in the brand's own fonts. The title stands where the brand has it; only a title that is
the slide (a statement, an end time) takes its place in the arrangement, and only where nothing but the background lies
below the brand's own title. Lengths are EMU, sizes points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml.etree import _Element

from .measure import EMU
from .theme import A, P
from .values import Art, Edge, Layout, Level, Rect, Slot

TONES = {  # the default brand's theme colours → our names for them
    "tx1": "ink", "bg1": "paper", "tx2": "muted", "bg2": "line", "accent1": "lead", "accent2": "manage",
    "accent3": "lead-tint", "accent4": "manage-tint", "accent5": "both",
}  # fmt: skip
PLAIN = frozenset({"cover", "section"})  # lent by layouts with a dark panel: their text becomes ink
BODY = 24.0  # points: what is larger shrinks with the room, what is not stays readable
ROOMY = 0.6  # of the lender's room: below it, text shrinks too
LARGEST = 1.25  # how much a large size may grow in a larger room
RULE = 12_700  # EMU: how wide a lent rule is drawn at least
LINE = 1.35  # of the size: a line with its descenders
SMALLEST = 6.0  # points: on a slide the size of a card nothing larger may fit
FIRST = 100  # idx of the first drawn slot: templates count their own from 0


def arranged(lender: Layout, canvas: Layout, clear_title: bool) -> Layout:
    """Return the lender's arrangement on a canvas. ``clear_title``: the canvas's title may leave its place."""
    giant = lender.title is not None and lender.title.rect.bottom > lender.area.y + GIANT
    moved = lender.title if clear_title and giant else None
    kept = [slot for slot in lender.slots.values() if not slot.is_title and slot.rect.bottom > lender.area.y]
    art = [each for each in _art(lender) if each.rect.bottom > lender.area.y and each.rect.shared(lender.area).size]
    zone = _zone([*(slot.rect for slot in kept), *(each.rect for each in art), *([moved.rect] if moved else [])], lender.area)
    room = _Room(zone, canvas.area, max(1.0, canvas.unit), LOUDER if giant and not moved else 1.0)
    plain = lender.role in PLAIN
    slots = [_lent(slot, number, room, canvas, plain=plain) for number, slot in enumerate(kept, FIRST)]
    title = _title(canvas, moved, room)
    labels = [slot for slot in canvas.slots.values() if not slot.is_title]
    return replace(
        canvas,
        role=lender.role,
        slots={slot.name: slot for slot in (*([title] if title else []), *labels, *slots)},
        art=() if plain else tuple(Art(room.fitted(each.rect), each.tone) for each in art),
        why=f"no layout of the brand is made for it: our arrangement, drawn on “{canvas.name}”",
    )


LOUDER = 1.6  # what stands below a title that could not leave its place, and has its room
GIANT = 914_400  # EMU below the top of the content area: a title that reaches so far is the slide itself


class _Room:
    """How a lender's rectangles land in the brand's content area."""

    def __init__(self, zone: Rect, area: Rect, unit: float = 1.0, loud: float = 1.0) -> None:
        self.unit = unit
        self.loud = loud
        self.zone = zone
        self.area = area
        self.across = area.width / zone.width
        self.down = area.height / zone.height

    def fitted(self, rect: Rect) -> Rect:
        left, top = self.area.x + (rect.x - self.zone.x) * self.across, self.area.y + (rect.y - self.zone.y) * self.down
        return Rect(round(left), round(top), round(rect.width * self.across), round(rect.height * self.down))

    def insets(self, own: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        """Return a slot's insets: smaller in a smaller room, never larger."""
        left, top, right, bottom = own
        across, down = min(1.0, self.across), min(1.0, self.down)
        return round(left * across), round(top * down), round(right * across), round(bottom * down)

    def size(self, points: float) -> float:
        """Return a type size for this room, to the half point."""
        share = min(self.across, self.down) / self.unit
        points *= self.unit * self.loud
        if points > BODY * self.unit:
            return max(BODY * self.unit * min(1.0, share / ROOMY), round(points * min(share, LARGEST) * 2) / 2)
        return points if share >= ROOMY else round(points * share / ROOMY * 2) / 2


def _zone(rects: Iterable[Rect], area: Rect) -> Rect:
    """The lender's content area from its first used line down, so that nothing is lent but what is shown."""
    top = min((rect.y for rect in rects), default=area.y)
    return Rect(area.x, top, area.width, max(1, area.bottom - top))


def _lent(slot: Slot, idx: int, room: _Room, canvas: Layout, *, plain: bool) -> Slot:
    rect, insets = room.fitted(slot.rect), room.insets(slot.insets)
    most = (rect.height - insets[1] - insets[3]) / EMU / LINE  # points: one line at least has to stand in it
    levels = tuple(_set(level, room, canvas, most, plain=plain) for level in slot.levels)
    edge = slot.edge and replace(slot.edge, tone=TONES.get(slot.edge.tone, "line"), width=max(RULE, slot.edge.width))
    return replace(slot, idx=idx, kind="body", rect=rect, insets=insets, levels=levels, drawn=True, placed=True, edge=edge)


def _set(level: Level, room: _Room, canvas: Layout, most: float, *, plain: bool) -> Level:
    tone = TONES.get(level.colour, "ink")
    size = room.size(level.size)
    return replace(
        level,
        size=size if size <= most else max(SMALLEST, int(most * 2) / 2),
        typeface=canvas.families[0 if level.heading else 1],
        ea="",
        cs="",
        tone="ink" if plain or tone in ("paper", "line") else tone,
    )


def _title(canvas: Layout, moved: Slot | None, room: _Room) -> Slot | None:
    """The brand's title in its place; or, for a title that is the slide, in the arrangement's."""
    own = canvas.title
    if own is None or moved is None:
        return own
    size = room.size(moved.levels[0].size)
    levels = tuple(replace(level, size=size, line=moved.levels[0].line, align="l") for level in own.levels)
    return replace(own, rect=room.fitted(moved.rect), levels=levels, placed=True, anchor=moved.anchor, insets=moved.insets)


# --------------------------------------------------------------------------------------- what a lender shows


def edge_of(element: _Element, rect: Rect) -> Edge | None:
    """Return the rule that a placeholder of the default brand carries (see ``edge_fill`` in make_brand.py)."""
    gradient = element.find(f"{P}spPr/{A}gradFill")
    if gradient is not None:
        stops = gradient.findall(f"{A}gsLst/{A}gs")
        across = gradient.find(f"{A}lin").get("ang") == "0"
        width = int(stops[1].get("pos")) / 100_000 * (rect.width if across else rect.height)
        return Edge("left" if across else "top", _scheme(stops[0]), round(width))
    line = element.find(f"{P}spPr/{A}ln/{A}solidFill")
    return None if line is None else Edge("box", _scheme(line), int(line.getparent().get("w", str(RULE))))


def _art(lender: Layout) -> Iterator[Art]:
    """Panels and rules that the lender's layout shows by itself."""
    for shape in lender.layout._element.iterfind(f"{P}cSld/{P}spTree/{P}*"):
        frame = shape.find(f"{P}spPr/{A}xfrm")
        if frame is None or shape.find(f"./*/{P}nvPr/{P}ph") is not None:
            continue
        geometry = shape.find(f"{P}spPr/{A}prstGeom")
        if geometry is None or geometry.get("prst") not in ("rect", "line"):
            continue  # a picture of the default brand's, no part of the arrangement
        fill = next(iter(shape.iter(f"{A}solidFill")), None)
        numbers = [int(part.get(key)) for part, keys in zip(frame, (("x", "y"), ("cx", "cy")), strict=True) for key in keys]
        x, y, width, height = numbers
        if fill is not None:
            yield Art(Rect(x, y, max(width, RULE), max(height, RULE)), TONES.get(_scheme(fill), "line"))


def _scheme(fill: _Element) -> str:
    colour = fill.find(f"{A}schemeClr")
    return str(colour.get("val")) if colour is not None else ""
