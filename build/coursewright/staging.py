"""What the one who runs the room works out beforehand: things to bring, in numbers, and ways to catch up when late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from .model import Edition, Material, PlannedSegment, Priority

ORDER = (Priority.COULD, Priority.SHOULD, Priority.MUST)  # what may go first


@dataclass(frozen=True)
class Thing:
    """A thing to bring: how many, and the segments that use it."""

    item: str
    count: int
    private: bool
    segments: tuple[str, ...]


def quantity(material: Material, edition: Edition) -> int:
    """Return how many pieces the edition's head count and tables need; a person over makes a pair of its own."""
    sharing = {"table": edition.tables, "pair": ceil(edition.people / 2), "person": edition.people}
    return material.count * sharing.get(material.per, 1)


def things(edition: Edition) -> tuple[Thing, ...]:
    """Return everything to bring, in order of first use. A thing used again is counted once, at its largest number."""
    found: dict[str, Thing] = {}
    for segment in _segments(edition):
        for material in segment.materials:
            found[material.item] = _with(found.get(material.item), material, segment.id, quantity(material, edition))
    return tuple(found.values())


def catch_up(edition: Edition, module: int, minutes: int) -> tuple[PlannedSegment, ...]:
    """Return the segments after a module (its number) to shorten when so many minutes behind: could first, then should.

    Fewer minutes may come together when not enough can still be saved; the tuple is in the order of the day.
    """
    ahead = [segment for segment in _segments(edition, after=module) if segment.if_short]
    chosen: list[PlannedSegment] = []
    for segment in sorted(ahead, key=lambda each: ORDER.index(each.priority)):
        if saved(chosen) < minutes:
            chosen.append(segment)
    return tuple(segment for segment in ahead if segment in chosen)


def saved(segments: Iterable[PlannedSegment]) -> int:
    """Return the minutes that shortening these segments saves."""
    return sum(segment.if_short.saves for segment in segments if segment.if_short)


def _segments(edition: Edition, after: int = 0) -> list[PlannedSegment]:
    return [segment for module in edition.modules if module.number > after for segment in module.segments]


def _with(before: Thing | None, material: Material, segment: str, count: int) -> Thing:
    if before is None:
        return Thing(material.item, count, material.private, (segment,))
    return Thing(before.item, max(before.count, count), before.private or material.private, (*before.segments, segment))
