"""What the merged deck shall be: slide by slide, whose face, whose notes, in which order. Pure: touches no file.

The rules, so that a trainer can predict them:

- A slide nobody touched follows the course: it changes, moves and goes with it. Hidden stays hidden.
- An edited slide stays as it is. Its notes are looked at apart: those nobody touched follow the course, for the minutes and
  page numbers in them change with every build.
- A slide added by hand, or a copy of one, stays behind the slide it stood behind.
- A slide deleted by hand stays away until the course changes what it says.
- Where slides or sections were moved by hand, their order stays; what is new goes behind its predecessor in the course.
  Where the course has come to the same order and sections, there is nothing left to keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from . import sections
from .deck import Deck, Leaf
from .fates import Fate, Lot, Plan, Seat
from .pairing import pair
from .prints import Prints, prints
from .stamp import NONE, Stamp


@dataclass(frozen=True)
class _Match:
    """Old and new side by side. ``pairs`` and ``gone`` are by place in the new deck; ``gone`` holds slides deleted by hand."""

    old: Deck
    new: Deck
    pairs: dict[int, int]
    gone: dict[int, Stamp]
    originals: tuple[int, ...]  # places in the old deck of slides that are no copies and have a stamp


def plan(old: Deck, new: Deck) -> Plan:
    """Return what becomes of the slides of two decks."""
    match = _match(old, new)
    settled = [_settled(match, at) for at in range(len(new.leaves))]
    alone = [_alone(match, at) for at in sorted(set(range(len(old.leaves))) - set(match.pairs.values()))]
    fates = [fate for _, fate in (*settled, *alone) if fate is not None]
    seats = [seat for seat, _ in settled if seat is not None]
    loose = [seat for seat, _ in alone if seat is not None]
    if _is_arranged(match):
        known = [*(seat for seat in seats if seat.old is not None), *loose]
        fresh = [seat for seat in seats if seat.old is None]
        mine = _inserted(sorted(known, key=_in_old), fresh, _in_new)
        if _is_other(mine, old, new):
            return Plan(mine, tuple(fates), True)
    return Plan(_inserted(seats, loose, _in_old), tuple(fates), False)


# ------------------------------------------------------------------------------------------------- who is who


def _match(old: Deck, new: Deck) -> _Match:
    first = originals(old.leaves)
    known = [stamp for at in first if (stamp := old.leaves[at].stamp)]
    identities = {stamp.identity for stamp in known}
    deleted = [stamp for stamp in (old.stamp.slides if old.stamp else ()) if stamp.identity not in identities]
    found = pair([*known, *deleted], [leaf.stamp for leaf in new.leaves if leaf.stamp])
    pairs = {at: first[place] for at, place in found.items() if place < len(known)}
    gone = {at: deleted[place - len(known)] for at, place in found.items() if place >= len(known)}
    return _Match(old, new, pairs, gone, first)


def originals(leaves: Sequence[Leaf]) -> tuple[int, ...]:
    """The stamped slides, each identity once: PowerPoint copies a slide's tags with it. Better the one nobody touched."""
    found: dict[str, int] = {}
    for at, leaf in enumerate(leaves):
        if leaf.stamp is None:
            continue
        first = found.setdefault(leaf.stamp.identity, at)
        if is_edited(leaves[first]) and not is_edited(leaf):
            found[leaf.stamp.identity] = at
    return tuple(sorted(found.values()))


def is_edited(leaf: Leaf) -> bool:
    """Whether face or notes are not as built; also where that cannot be told."""
    base = leaf.stamp.prints if leaf.stamp else NONE
    return (leaf.prints.face, leaf.prints.notes) != (base.face, base.notes)


def _is_arranged(match: _Match) -> bool:
    """Whether slides that are still there were moved by hand, or sections named, made or dropped."""
    if match.old.stamp is None:
        places = [match.pairs[at] for at in sorted(match.pairs)]
        return places != sorted(places)
    return is_moved(match.old, match.pairs.values()) or has_own_sections(match.old)


def _is_other(mine: Sequence[Seat], old: Deck, new: Deck) -> bool:
    """Whether the trainer's arrangement shows another order or other sections than the course's."""
    places = [seat.new for seat in mine if seat.new is not None]
    return places != sorted(places) or sections.of_trainer(mine, old, new) != sections.of_course(mine, new)


def is_moved(deck: Deck, places: Iterable[int]) -> bool:
    """Whether the slides at these places of a stamped deck are in another order than it was built in."""
    now = [stamp.identity for at in sorted(places) if (stamp := deck.leaves[at].stamp)]
    built = [stamp.identity for stamp in deck.stamp.slides] if deck.stamp else []
    return [each for each in now if each in set(built)] != [each for each in built if each in set(now)]


def has_own_sections(deck: Deck) -> bool:
    """Whether a stamped deck's sections are not those it was built with."""
    return deck.stamp is not None and deck.sections != deck.stamp.sections


# --------------------------------------------------------------------------------------------- what becomes of it


def _settled(match: _Match, at: int) -> tuple[Seat | None, Fate | None]:
    """What becomes of a slide of the course."""
    leaf = match.new.leaves[at]
    if at in match.gone:
        if match.gone[at].prints.core == leaf.prints.core:
            return None, Fate(Lot.DELETED, None, leaf.title)
        return (seat := Seat(at)), Fate(Lot.BACK, seat, leaf.title)
    if at not in match.pairs:
        return Seat(at), None
    return _paired(match, at, match.pairs[at])


def _paired(match: _Match, at: int, place: int) -> tuple[Seat, Fate | None]:
    course, mine = match.new.leaves[at], match.old.leaves[place]
    base, now = _compared(mine, course)
    seat = Seat(at, place, now.face != base.face, now.notes != base.notes, mine.hidden)
    lots = ((Lot.KEPT, seat.own_face), (Lot.NOTES, seat.own_notes), (Lot.HIDDEN, seat.hidden))
    lot = next((lot for lot, applies in lots if applies), None)
    if lot is None:
        return seat, None
    clash = (seat.own_face and base.core != course.prints.core) or (seat.own_notes and base.notes != course.prints.notes)
    return seat, Fate(lot, seat, (mine if seat.own_face else course).title, course.title if clash else None)


def _compared(mine: Leaf, course: Leaf) -> tuple[Prints, Prints]:
    """A slide's fingerprints as built and now. Of a slide that lost its stamp only the course's own slide tells the former."""
    if mine.stamp is not None and mine.stamp.prints != NONE:
        return mine.stamp.prints, mine.prints
    return course.prints, prints(mine.part, mine.root, lambda _: "", course.prints.grid)


def _alone(match: _Match, place: int) -> tuple[Seat | None, Fate | None]:
    """What becomes of a slide of the old deck that is no slide of the course now."""
    leaf = match.old.leaves[place]
    if place in match.originals and not is_edited(leaf):
        return None, None
    seat = Seat(None, place, True, True, leaf.hidden)
    return seat, Fate(Lot.ORPHAN if place in match.originals else Lot.ADDED, seat, leaf.title)


# ------------------------------------------------------------------------------------------------------- order


def _inserted(seats: Iterable[Seat], others: Iterable[Seat], place: Callable[[Seat], int]) -> tuple[Seat, ...]:
    """The seats with others put in, each behind the nearest that came before it where both have a place (from 0)."""
    ordered = list(seats)
    for other in others:
        before = [(place(seat), at) for at, seat in enumerate(ordered) if 0 <= place(seat) < place(other)]
        ordered.insert(max(before)[1] + 1 if before else 0, other)
    return tuple(ordered)


def _in_old(seat: Seat) -> int:
    return -1 if seat.old is None else seat.old


def _in_new(seat: Seat) -> int:
    return -1 if seat.new is None else seat.new
