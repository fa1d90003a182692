"""From a course to one edition: choose the audience, fit the slot, work out the words."""

from __future__ import annotations

from functools import lru_cache

from .audience import find, select, swaps
from .calendars import dated
from .counting import counted
from .messages import going_out
from .model import Course, Edition, Session, Slot, Swapped
from .problems import Broken, Problem, did_you_mean
from .sameness import Same
from .schedule import NOTHING, fit
from .wording import worded


def plan(
    course: Course, audience_id: str, *, slot: str | None = None, minutes: int | None = None, session: Session = NOTHING
) -> tuple[Edition, tuple[Problem, ...]]:
    """Return the edition for an audience and a slot (by name or in minutes; the course's first if neither), and warnings.

    Raises Broken for an unknown audience or slot, a slot that is too short, or an expression that does not work.
    """
    return edition_of(course, audience_id, slot_of(course, slot=slot, minutes=minutes), session)


def edition_of(course: Course, audience_id: str, slot: Slot, session: Session = NOTHING) -> tuple[Edition, tuple[Problem, ...]]:
    """Return the edition for an audience and this very slot, and warnings. Raises Broken as :func:`plan` does."""
    audience = find(course, audience_id)
    seen, swapped = _seen(Same(course), audience_id)
    edition, warnings = fit(seen, audience, slot, session, swapped)
    ids = frozenset(segment.id for module in course.modules for segment in module.segments)
    edition = worded(edition.model_copy(update={"messages": going_out(seen, edition)}), ids)
    known, doubts = dated(edition, session)
    return known, (*warnings, *counted(edition), *doubts)


@lru_cache(maxsize=12)
def _seen(course: Same[Course], audience_id: str) -> tuple[Course, tuple[Swapped, ...]]:
    """The course as an audience sees it, and what that swaps: worked out once for all its slots."""
    audience = find(course.value, audience_id)
    return select(course.value, audience), swaps(course.value, audience)


def slot_of(course: Course, *, slot: str | None = None, minutes: int | None = None) -> Slot:
    """Return the named slot, or the one of that length, or a new one called ``137-min``."""
    named = course.front.slots
    if slot is not None:
        for each in named:
            if each.id == slot:
                return each
        raise Broken([Problem(f'no slot "{slot}"', hint=did_you_mean(slot, (each.id for each in named)))])
    if minutes is None:
        return named[0]
    return next(
        (each for each in named if each.minutes == minutes),
        Slot(id=f"{minutes}-min", title=f"{minutes} minutes", minutes=minutes),
    )


def slots_of(course: Course, audience_id: str) -> tuple[Slot, ...]:
    """Return the slots an audience is offered: its own list, or all."""
    wanted = find(course, audience_id).slots
    return tuple(slot for slot in course.front.slots if not wanted or slot.id in wanted)


def built_of(course: Course, audience_id: str) -> tuple[Slot, ...]:
    """Return the slots that are built for an audience when none is named."""
    wanted = find(course, audience_id).builds
    return tuple(slot for slot in slots_of(course, audience_id) if not wanted or slot.id in wanted)


def every(course: Course) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
    """Return the editions the course offers, every audience in each of its slots, and what is wrong with them."""
    editions: list[Edition] = []
    found: list[Problem] = []
    for audience in course.audiences:
        for slot in slots_of(course, audience.id):
            try:
                edition, warnings = edition_of(course, audience.id, slot)
                editions.append(edition)
                found.extend(warnings)
            except Broken as broken:
                found.extend(broken.problems)
    return tuple(editions), tuple(found)
