"""What becomes of a slide in a merge, as values: its lot, its seat in the merged deck, and the plan of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Lot(StrEnum):
    """What became of a slide that a trainer touched."""

    KEPT = "edited"
    NOTES = "notes edited"
    HIDDEN = "hidden"
    ADDED = "added"
    ORPHAN = "no longer in the course"
    DELETED = "deleted"
    BACK = "deleted, and back because the course has changed it"


@dataclass(frozen=True)
class Seat:
    """A slide of the merged deck: its place in the new deck and in the old one, and what of it is the trainer's."""

    new: int | None
    old: int | None = None
    own_face: bool = False
    own_notes: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Fate:
    """What became of a touched slide. ``title`` is the one it has, ``course`` the course's where that has changed, too."""

    lot: Lot
    seat: Seat | None
    title: str
    course: str | None = None


@dataclass(frozen=True)
class Plan:
    """``arranged`` is whether the trainer's order and sections rule."""

    seats: tuple[Seat, ...]
    fates: tuple[Fate, ...]
    arranged: bool
