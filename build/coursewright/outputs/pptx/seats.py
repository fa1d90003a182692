"""The placeholders of a layout as a check-up shows them: which slot each is, how much it takes, whether it can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element
from pptx.oxml.ns import qn

from . import fit, furnishing, reading, roles
from .brand import Brand
from .colours import GRAPHIC, TEXT
from .findings import Capacity, Holder, Ratio
from .page import Paragraph, Run
from .portrait import tone
from .reading import FURNITURE, TITLES, Facts, Place
from .theme import Rgb, contrast, hexed
from .values import Layout, Rect, Slot

LARGE, LARGE_BOLD = 18.0, 14.0  # points from which text is large, and 3 : 1 enough (WCAG 2.2, 1.4.3)
KINDS = {  # ST_PlaceholderType (ECMA-376 part 1, 19.7.10) in words
    "title": "title", "ctrTitle": "title", "subTitle": "subtitle", "body": "text", "obj": "content", "pic": "picture",
    "clipArt": "picture", "chart": "chart", "tbl": "table", "dgm": "SmartArt", "media": "film", "dt": "date", "ftr": "footer",
    "sldNum": "slide number", "hdr": "header",
}  # fmt: skip
WORDLESS = frozenset({"pic", "clipArt", "chart", "dgm", "media", "tbl"})
SHOWN = frozenset({"ftr", "sldNum"})  # filled on every slide
ON_SLIDE = 0.75  # of a placeholder must lie on the slide
LETTER = "n"
SAMPLE = (
    "Leading is getting people to want a direction and to keep to it; managing is seeing to it that what was agreed gets done. "
    "Most tasks lean one way, and the interesting ones need both. Write down three things you did last week, and say for each "
    "which of the two hats you wore. Then ask your neighbour what would have to change for it to be the other one. There are no "
    "wrong answers here, but there are better reasons: look for the moment when somebody else knew what to do next without being "
    "told. If nobody did, the plan was yours alone, and it will be yours again tomorrow. Give the group ten minutes, listen for "
    "the words they use, and bring back two of them to the room before you show the next picture. People remember what they said "
    "themselves far longer than what they were shown."
)


class Seat(NamedTuple):
    """A placeholder of the brand, or none for a slot that we draw; the slot it is; what there is to say about it."""

    place: Place | None
    slot: Slot
    holder: Holder


def seats(brand: Brand, facts: Facts, playing: Mapping[str, Layout]) -> tuple[Seat, ...]:
    """Return a layout's placeholders in reading order: title, content from the top, then date, footer and slide number.

    ``playing`` are the roles it has. A title that we add, because the layout has none, comes first.
    """

    def order(place: Place) -> tuple[int, int, int]:
        return (0 if place.kind in TITLES else 2 if place.kind in FURNITURE else 1), place.rect.y, place.rect.x

    found = [_seat(brand, facts, place, playing) for place in sorted(facts.places, key=order)]
    added = (drawn(layout.title, facts, layout) for layout in playing.values() if layout.title and layout.title.drawn)
    every = [*islice(added, 1), *found]
    return tuple(seat._replace(holder=replace(seat.holder, number=number)) for number, seat in enumerate(every, 1))


def drawn(slot: Slot, facts: Facts, layout: Layout) -> Seat:
    """Return a slot that we draw on a layout."""
    level = slot.levels[0]
    holder = Holder(0, slot.idx, "drawn by us", slot.name, (slot.name,), slot.rect, level.size, level.typeface, capacity(slot))
    ink, below = tone(level.tone or "ink", layout.ground, facts.theme), hexed(layout.ground.paper)
    return Seat(None, slot, replace(holder, drawn=True, ratio=ratio(_rgb(ink), _rgb(below), level.size, level.bold)))


def defaults(brand: Brand) -> _Element | None:
    """Return the text settings that hold where nothing else is said."""
    return brand.presentation.part._element.find(qn("p:defaultTextStyle"))


def below(facts: Facts, place: Place) -> Rgb | None:
    """Return the colour under a placeholder's text: its own surface, or what the layout shows there."""
    own = furnishing.own_fill(facts, place)
    colour = facts.theme.colour(own) if own is not None else None
    return colour or facts.ground(place.rect)


def capacity(slot: Slot) -> Capacity:
    """Return how much text a slot takes at full size, by breaking a sample of English into its width.

    A title counts two lines at most, as :mod:`fit` allows no more.
    """
    left, _, right, _ = slot.insets
    if slot.rect.width - left - right <= 0:
        return Capacity(0, 0)
    first, each, characters = _sampled(replace(slot, rect=Rect(0, 0, slot.rect.width, 0), name="", edge=None))
    count = max(0, int((slot.rect.height - first) / each + 1))
    return Capacity(min(count, fit.TITLE_LINES) if slot.is_title else count, characters)


def ratio(ink: Rgb | None, ground: Rgb | None, size: float, bold: bool) -> Ratio | None:
    """Return the contrast of text, None where a colour cannot be told."""
    if ink is None or ground is None:
        return None
    large = size >= (LARGE_BOLD if bold else LARGE)
    return Ratio(hexed(ink), hexed(ground), contrast(ink, ground), GRAPHIC if large else TEXT)


@lru_cache(maxsize=256)
def _sampled(slot: Slot) -> tuple[float, float, int]:
    """The height of the first line with insets and of each further one, EMU; the characters on a line of this width."""
    level = slot.levels[0]
    families = (level.typeface, level.typeface)
    kind = "bullet" if level.bullet else "plain"
    short, long = (Paragraph((Run(text),), kind) for text in (LETTER, SAMPLE))
    count = fit.line_count(long, level, 1.0, slot.rect.width - slot.insets[0] - slot.insets[2], families)
    first, whole = (fit.height([paragraph], slot, 1.0, families) for paragraph in (short, long))
    return first, (whole - first) / max(1, count - 1) or first, round(len(SAMPLE) / max(1.0, count - 0.5))


def _seat(brand: Brand, facts: Facts, place: Place, playing: Mapping[str, Layout]) -> Seat:
    names, slot = _use(brand, facts, place, playing)
    kind, note = KINDS.get(place.kind, place.kind), _note(facts, place)
    holder = Holder(0, place.idx, kind, place.name, names, slot.rect, note=note)
    if place.kind in WORDLESS or note:
        return Seat(place, slot, holder)
    level = slot.levels[0]
    contrasted = ratio(reading.ink(facts, place, defaults(brand)), below(facts, place), level.size, level.bold)
    known = replace(holder, size=level.size, typeface=level.typeface, capacity=capacity(slot), ratio=contrasted)
    if known.capacity is not None and not known.capacity.lines:
        cramped = _is_cramped(slot)
        known = replace(known, cramped=cramped, note="no room for a line" if cramped else "fits only in a smaller size")
    return Seat(place, slot, known)


def _is_cramped(slot: Slot) -> bool:
    """Whether not even one line fits, at the smallest size that :mod:`fit` allows."""
    family = slot.levels[0].typeface
    return fit.fits([Paragraph((Run(LETTER),))], slot, slot.rect, (family, family)) is None


def _use(brand: Brand, facts: Facts, place: Place, playing: Mapping[str, Layout]) -> tuple[tuple[str, ...], Slot]:
    """The names under which a place is filled, and the place as a slot, cut clear of what stands in its way."""
    plain = reading.slot(facts, place, defaults(brand))
    if place.kind in FURNITURE:
        return ((KINDS[place.kind],) if place.kind in SHOWN and playing and place in facts.furniture else ()), plain
    found: dict[str, Slot] = {}
    for role, layout in playing.items():
        for name in _filled(brand, role, place, facts):
            found.setdefault(name, layout.slots.get(name, plain))
    return tuple(found), next(iter(found.values()), plain)


def _filled(brand: Brand, role: str, place: Place, facts: Facts) -> Iterator[str]:
    if place is facts.title:
        yield "title"
    choice = brand.choices.get(role)
    used = choice.slots if choice is not None else roles.slots(facts, role)  # a cover on the layout for modules
    yield from (name for name, each in used.items() if each is place)


def _note(facts: Facts, place: Place) -> str:
    """Why a placeholder cannot be used, "" if it can."""
    if place.rect.size <= 0:
        return "has no size"
    if place.rect.shared(Rect(0, 0, *facts.size)).size < ON_SLIDE * place.rect.size:
        return "lies off the slide"
    return "runs vertically" if place.vertical else ""


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
