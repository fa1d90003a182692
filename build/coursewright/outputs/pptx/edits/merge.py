"""An edited deck and a newly built one → the deck to write, and what there is to tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ....problems import Problem
from ...packing import packed
from .. import package
from . import told
from .deck import Deck, Unreadable, read
from .fates import Fate, Lot, Plan, Seat
from .graft import graft
from .plan import plan


@dataclass(frozen=True, order=True)
class Kept:
    """A slide that is a trainer's: its number from 1 (0 where it stays deleted), and the course's title in a conflict."""

    number: int
    title: str
    what: str
    course: str = ""


@dataclass(frozen=True)
class Merged:
    """The deck to write. ``is_edited`` tells that the old one held work worth a backup.

    ``problems`` hold as long as the edits do, ``events`` are told once. ``numbers`` gives, for slides of the new deck (from
    1), their numbers in this one; None where nothing has moved.
    """

    content: bytes
    problems: tuple[Problem, ...] = ()
    events: tuple[Problem, ...] = ()
    kept: tuple[Kept, ...] = ()
    numbers: Mapping[int, int] | None = field(default=None)
    count: int = 0
    is_edited: bool = False


def merge(old: bytes, new: bytes, *, overwrite: bool = False) -> Merged:
    """Return the deck to write in place of ``old`` now that the course gives ``new``; with ``overwrite``, the course's."""
    fresh = read(new)
    count = len(fresh.leaves)
    try:
        earlier = read(old)
    except Unreadable:
        return Merged(new, events=(told.UNREADABLE,), count=count, is_edited=True)
    if fresh.stamp is None or not (earlier.stamp or any(leaf.stamp for leaf in earlier.leaves)):
        return Merged(new, events=(told.foreign(earlier, fresh),), count=count, is_edited=True)
    found = plan(earlier, fresh)
    if not (found.fates or found.arranged or earlier.has_own_looks or earlier.has_shows):
        return Merged(new, count=count)
    if overwrite:
        return Merged(new, events=(told.overwritten(found),), count=count, is_edited=True)
    return _merged(found, earlier, fresh, (old, new))


def _merged(found: Plan, earlier: Deck, fresh: Deck, decks: tuple[bytes, bytes]) -> Merged:
    """The merged deck. ``decks`` are the old one and the new: where all is as in one of them, it is that very file."""
    old, new = decks
    numbers = {seat: number for number, seat in enumerate(found.seats, 1)}
    events: tuple[Problem, ...] = ()
    if _is_settled(found, earlier, fresh):
        numbers = {seat: seat.old + 1 for seat in found.seats if seat.old is not None}
        content = old
    elif not (found.arranged or earlier.has_shows) and all(fate.lot is Lot.BACK for fate in found.fates):
        events = tuple(told.once(found, earlier, None, numbers))
        return Merged(new, events=events, count=len(fresh.leaves), is_edited=True)
    else:
        grafted = graft(found, earlier, fresh)
        content, events = (
            packed(dict(package.entries(grafted.package))),
            tuple(told.once(found, earlier, grafted, numbers)),
        )
    kept = sorted(_kept(fate, numbers) for fate in found.fates if fate.lot is not Lot.BACK)
    moved = {seat.new + 1: number for seat, number in numbers.items() if seat.new is not None}
    return Merged(content, tuple(told.lasting(found, numbers)), events, tuple(kept), moved, len(numbers), True)


def _kept(fate: Fate, numbers: Mapping[Seat, int]) -> Kept:
    return Kept(numbers[fate.seat] if fate.seat else 0, fate.title, fate.lot.value, fate.course or "")


def _is_settled(found: Plan, earlier: Deck, fresh: Deck) -> bool:
    """Whether the file was merged with, or made from, this very build: then it is left alone."""
    same = earlier.stamp is not None and fresh.stamp is not None and earlier.stamp.build == fresh.stamp.build
    return same and all(fate.lot is not Lot.BACK for fate in found.fates)
