"""What the one who runs the room works out beforehand: things to bring, in numbers, and who works with whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from .model import Edition, Material, PlannedSegment


@dataclass(frozen=True)
class Thing:
    """A thing to bring: how many, for whom (as :class:`Material` says), and the segments that use it.

    What is ``printed`` is table material of the course itself: a deck of cards, or a table cut into cards.
    """

    item: str
    count: int
    per: str
    private: bool
    segments: tuple[str, ...]
    printed: bool = False


def sharing(edition: Edition) -> dict[str, int]:
    """Return how many tables, pairs and persons share things out among them; a person over makes a pair of its own."""
    return {"table": edition.tables, "pair": ceil(edition.people / 2), "person": edition.people}


def quantity(material: Material, edition: Edition, segment: PlannedSegment | None = None) -> int:
    """Return how many pieces the edition's head count and tables need.

    Groups are the segment's; without one, those at the tables.
    """
    grouped = len(seated(segment, edition)) if segment and segment.groups else edition.tables
    return material.count * {**sharing(edition), "group": grouped}.get(material.per, 1)


def things(edition: Edition) -> tuple[Thing, ...]:
    """Return everything to bring, in order of first use. A thing used again is counted once, at its largest number."""
    found: dict[str, Thing] = {}
    for segment in (segment for module in edition.modules for segment in module.segments):
        for material in segment.materials:
            found[material.item] = _with(found.get(material.item), material, segment.id, quantity(material, edition, segment))
    return tuple(found.values())


def groups(people: int, least: int, most: int, wish: int | None = None) -> tuple[int, ...]:
    """Return the sizes of the groups that so many people make, largest first, as even as can be.

    Of the numbers of groups that keep every size from ``least`` to ``most``, the one closest to ``wish`` is taken (the
    largest without). Where no number does, groups are rather too small than too big.
    """
    fewest, many = ceil(people / most), max(1, people // least)
    count = min(max(fewest, many if wish is None else wish), max(fewest, many))
    size, over = divmod(people, count)
    return (size + 1,) * over + (size,) * (count - over)


def seated(segment: PlannedSegment, edition: Edition) -> tuple[int, ...]:
    """Return the sizes of a segment's groups: as the tables stand, if tables are what works together; () without groups."""
    if segment.groups is None:
        return ()
    at_tables = "table" in segment.groups.what.casefold() or any(each.per == "table" for each in segment.materials)
    return groups(edition.people, segment.groups.min, segment.groups.max, edition.tables if at_tables else None)


def rooms(segment: PlannedSegment, edition: Edition) -> tuple[int, ...]:
    """Return how many people go into each breakout room of a video call; () without rooms.

    Rather fewer in a room than its instructions are made for, as their minutes are counted by the person.
    """
    breakout = segment.online.breakout if segment.online else None
    if breakout is None:
        return ()
    least = min(segment.groups.min if segment.groups else max(2, breakout.size - 1), breakout.size)
    most = max(segment.groups.max if segment.groups else breakout.size + 1, breakout.size)
    return groups(edition.people, least, most, ceil(edition.people / breakout.size))


def counted(sizes: Iterable[int]) -> str:
    """Return sizes as they are read: “2 of 5 and 1 of 4”."""
    return " and ".join(f"{len(list(same))} of {size}" for size, same in groupby(sizes))


def _with(before: Thing | None, material: Material, segment: str, count: int) -> Thing:
    printed = bool(material.deck or material.table)
    if before is None:
        return Thing(material.item, count, material.per, material.private, (segment,), printed)
    private, printed = before.private or material.private, before.printed or printed
    return Thing(before.item, max(before.count, count), before.per, private, (*before.segments, segment), printed)
