"""Where free content may go on a layout: beside the title, above the footer, clear of what the brand shows by itself."""

from __future__ import annotations

from collections.abc import Iterable

from .reading import Facts, Fixture, Place
from .values import Rect

PANEL = 0.9  # a fixture that holds so much of a place is its ground, not in its way
LEAST = 0.4  # of a place must be left: a brand that covers more of it means the two to overlap
EDGE = 91_440  # EMU, a tenth of an inch: nothing of ours is nearer to the slide's edge
LEAST_BESIDE = 0.15  # the same beside the title, which text must never cross
TOUCH = 0.002  # of the slide's width or height: what overlaps less only touches
TITLE = 0.14  # of the slide's height: what a title takes that the layout has no place for
AIR = 0.02  # of the slide's height between title and content


def free(facts: Facts, base: Rect | None) -> Rect:
    """Return the content area. ``base`` is where the brand's content layout has its content, None if it has none."""
    width, height = facts.size
    area = base or Rect(width // 16, height // 5, width * 14 // 16, height * 13 // 20)
    area = _below_title(facts, area.shared(Rect(EDGE, EDGE, width - 2 * EDGE, height - 2 * EDGE)))
    area = _above_furniture(facts, beside_title(facts, area))
    return clear(facts, area)


def title_rect(facts: Facts, base: Rect | None) -> Rect:
    """Return where a title goes that the layout has no place for: across the top, clear of logos."""
    width, height = facts.size
    left, wide = (base.x, base.width) if base else (width // 16, width * 14 // 16)
    return clear(facts, Rect(left, height // 20, wide, round(height * TITLE)))


def clear(facts: Facts, rect: Rect) -> Rect:
    """Return a rectangle cut so that no fixture of the layout lies in it."""
    least = LEAST * rect.size
    for fixture in sorted(_obstacles(facts, rect), key=lambda each: -each.rect.shared(rect).size):
        if _in_the_way(facts, fixture, rect):
            cut = max(_cuts(rect, fixture.rect), key=lambda each: each.size)
            rect = cut if cut.size >= least else rect
    return rect


def beside_title(facts: Facts, rect: Rect) -> Rect:
    """Return a rectangle without what the layout's title takes of it; as it is, where little would be left."""
    title = facts.title
    if title is None or not title.rect.shared(rect).size:
        return rect
    cut = max(_cuts(rect, title.rect), key=lambda each: each.size)
    return cut if cut.size >= LEAST_BESIDE * rect.size else rect


def _below_title(facts: Facts, area: Rect) -> Rect:
    """The area without what the title takes; a title in the lower half of the slide is left where it is."""
    _, height = facts.size
    if facts.title is None:
        top = title_rect(facts, area).bottom
    elif facts.title.rect.y > height / 2 or facts.title.rect.bottom > height * 0.6:
        return area
    else:
        top = facts.title.rect.bottom
    top += round(height * AIR) if area.y < top else 0
    return area if top <= area.y else Rect(area.x, top, area.width, area.bottom - top)


def _above_furniture(facts: Facts, area: Rect) -> Rect:
    """The area above footer, date and slide number, where those stand at its foot."""
    _, height = facts.size
    low = [place.rect.y for place in facts.furniture if place.rect.y > height * 0.75 and place.rect.shared(area).size]
    bottom = min([area.bottom, *low])
    return Rect(area.x, area.y, area.width, bottom - area.y)


def _obstacles(facts: Facts, rect: Rect) -> Iterable[Fixture]:
    """Fixtures that could be in the way: not the panels a place lies on."""
    return (each for each in facts.fixtures if each.rect.shared(rect).size < PANEL * rect.size or each.kind == "text")


def _in_the_way(facts: Facts, fixture: Fixture, rect: Rect) -> bool:
    width, height = facts.size
    shared = fixture.rect.shared(rect)
    thin = fixture.kind == "line" or min(fixture.rect.width, fixture.rect.height) <= 0
    if thin:  # a rule has no area: it is in the way where it crosses
        return rect.x < fixture.rect.right and fixture.rect.x < rect.right and rect.y < fixture.rect.bottom < rect.bottom
    return shared.width > TOUCH * width and shared.height > TOUCH * height


def _cuts(rect: Rect, other: Rect) -> tuple[Rect, ...]:
    """What is left of a rectangle beside another: above, below, left and right of it."""
    return (
        Rect(rect.x, rect.y, rect.width, max(0, other.y - rect.y)),
        Rect(rect.x, other.bottom, rect.width, max(0, rect.bottom - other.bottom)),
        Rect(rect.x, rect.y, max(0, other.x - rect.x), rect.height),
        Rect(other.right, rect.y, max(0, rect.right - other.right), rect.height),
    )


def largest(places: Iterable[Place]) -> Place | None:
    """Return the largest of some places, None of none."""
    return max(places, key=lambda place: place.rect.size, default=None)
