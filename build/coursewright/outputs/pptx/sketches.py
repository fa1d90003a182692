"""The labelled pictures of a brand: each layout with its placeholders, each arrangement of ours as it lands in the brand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import furnishing
from .findings import Holder
from .measure import EMU
from .outlines import outline, plain
from .portrait import Label, Look, Scene, panels, placed, portrait, tone
from .reading import Facts
from .seats import WORDLESS, Seat, below
from .svg import Box
from .theme import WHITE, Rgb
from .values import Layout, Rect

LABELS, LARGE_LABELS = 24.0, 34.0  # user units, on a wide slide; two arrangements stand side by side on a page
WIDE_SLIDE = 562.5  # user units: the height of a slide of 16:9. Higher ones are shown smaller, so that they are no higher.
SHARP, COARSE = 420, 280  # pixels of the longer side of pictures, in a layout and in the smaller arrangements


def of_layout(facts: Facts, seats: Iterable[Seat], area: Rect | None) -> str:
    """Return the picture of a layout. ``area`` is where free content may go, None for a layout that is not used."""
    mark = f"layout-{facts.number + 1}"
    seats = tuple(seats)
    labels = [_label(facts, seat, f"{mark}-{seat.holder.number}") for seat in seats]
    named = f"Layout {facts.number + 1}, {facts.name}. " + "; ".join(_said(seat.holder) for seat in seats)
    paper = facts.ground(area) if area else None
    room = placed(area, facts.size) if area and area.size else None
    shown = furnishing.shown(facts, mark, SHARP)
    return portrait(Scene(named, _height(facts), shown, labels, room, paper or WHITE, LABELS * _less(facts)))


def of_arrangement(facts: Facts, layout: Layout, seats: Iterable[Seat]) -> str:
    """Return the picture of our arrangement for a role on a layout of the brand."""
    mark = f"role-{layout.role}"
    labels = [_label(facts, seat, f"{mark}-{number}", layout) for number, seat in enumerate(seats)]
    art = panels(layout.art, layout.ground, facts.theme, facts.size)
    edges = "".join(edge for seat in seats for edge in _edges(seat, layout, facts))
    named = f"Our arrangement for {layout.role}: " + ", ".join(seat.slot.name for seat in seats)
    shown = furnishing.shown(facts, mark, COARSE) + art + edges
    return portrait(Scene(named, _height(facts), shown, labels, size=LARGE_LABELS))


def _label(facts: Facts, seat: Seat, mark: str, layout: Layout | None = None) -> Label:
    holder, place = seat.holder, seat.place
    under = (below(facts, place) if place else layout.ground.paper if layout else facts.ground(seat.slot.rect)) or WHITE
    return Label(
        box=placed(holder.rect, facts.size),
        name=" · ".join(holder.slots) or holder.kind,
        kind=holder.kind if holder.slots and not layout else "" if layout else "left out",
        number=0 if layout else holder.number,
        filled=bool(holder.slots),
        below=under,
        look=_look(seat, facts),
        dress=furnishing.dress(facts, place, placed(place.rect, facts.size), mark) if place else "",
        picture=place is not None and place.kind in WORDLESS,
    )


def _look(seat: Seat, facts: Facts) -> Look:
    holder, slot = seat.holder, seat.slot
    if holder.capacity is None or holder.ratio is None:
        return Look()
    scale = furnishing.WIDE / facts.size[0]
    level = slot.levels[0]
    ink: Rgb = tuple(int(holder.ratio.ink[at : at + 2], 16) for at in (1, 3, 5))  # type: ignore[assignment]  # it has three
    return Look(holder.size * EMU * scale, holder.capacity.lines, ink, level.align, slot.anchor, slot.insets[0] * scale)


def _edges(seat: Seat, layout: Layout, facts: Facts) -> Iterator[str]:
    """The rule that a slot of ours carries along a side, or all round."""
    edge = seat.slot.edge
    if edge is None or seat.place is not None:
        return
    box = placed(seat.slot.rect, facts.size)
    colour, wide = tone(edge.tone, layout.ground, facts.theme), max(1.0, edge.width * furnishing.WIDE / facts.size[0])
    if edge.side == "box":
        yield f'{outline(None, box)} fill="none" stroke="{colour}" stroke-width="{plain(wide)}"/>'
        return
    along = Box(box.x, box.y, box.width, wide) if edge.side == "top" else Box(box.x, box.y, wide, box.height)
    yield f'{outline(None, along)} fill="{colour}"/>'


def _height(facts: Facts) -> float:
    return furnishing.WIDE * facts.size[1] / facts.size[0]


def _less(facts: Facts) -> float:
    """How much smaller than a wide one a slide is shown, so that its labels stay as large."""
    return max(1.0, _height(facts) / WIDE_SLIDE)


def _said(holder: Holder) -> str:
    return f"{' and '.join(holder.slots)}: {holder.kind}" if holder.slots else f"{holder.kind}, left out"
