"""The sections of a merged deck: runs of slides, each slide in one, every section opened once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from lxml import etree

from .deck import LISTED, Deck
from .fates import Plan, Seat
from .stamp import SECTION

P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
LISTS = f"{{{P14}}}sectionLst"
MEMBERS = f"{{{P14}}}sldIdLst"


def of_course(seats: Sequence[Seat], new: Deck) -> list[str]:
    """Return the names of the course's sections that have a slide in the merged deck."""
    used = {new.leaves[seat.new].section for seat in seats if seat.new is not None}
    return [name for section, name in new.section_names.items() if section in used]


def of_trainer(seats: Sequence[Seat], old: Deck, new: Deck) -> list[str]:
    """Return the names of the sections where the trainer's order rules."""
    found = dict.fromkeys(filter(None, _of_seats(seats, old, new, arranged=True)))
    return [_names(old, new)[section] for section in found] if new.section_names else []


def _of_seats(seats: Sequence[Seat], old: Deck, new: Deck, *, arranged: bool) -> tuple[str, ...]:
    """The id of each slide's section: the course's, or the trainer's where slides or sections were moved by hand."""
    found: list[str] = []
    for seat in seats:
        wanted = _by_hand(seat, old, new) if arranged else _by_course(seat, new)
        before = found[-1] if found else ""
        found.append(before if not wanted or (wanted != before and wanted in found) else wanted)
    first = next(filter(None, found), "")
    return tuple(each or first for each in found)


def _by_course(seat: Seat, new: Deck) -> str:
    """The section a slide asks for; "" for its predecessor's."""
    return "" if seat.new is None else new.leaves[seat.new].section


def _by_hand(seat: Seat, old: Deck, new: Deck) -> str:
    """The same where the trainer's sections rule: those of the course that they do not have, go into their predecessor's."""
    if seat.old is not None:
        return old.leaves[seat.old].section
    section = _by_course(seat, new)
    return "" if new.section_names.get(section) in old.section_names.values() else section


def _names(old: Deck, new: Deck) -> dict[str, str]:
    return {**new.section_names, **old.section_names}


def write(plan: Plan, old: Deck, new: Deck, ids: Sequence[str]) -> None:
    """Write the sections into the new deck. ``ids`` are those of its slides, in order."""
    names = _names(old, new) if plan.arranged else new.section_names
    listing = next(new.presentation._element.iter(LISTS), None)
    if listing is None:
        return
    for each in list(listing):
        listing.remove(each)
    found = _of_seats(plan.seats, old, new, arranged=plan.arranged)
    for section, run in groupby(zip(found, ids, strict=True), key=itemgetter(0)):
        if section:
            members = etree.SubElement(etree.SubElement(listing, SECTION, name=names[section], id=section), MEMBERS)
            for _, id in run:
                etree.SubElement(members, LISTED, id=id)
    if not len(listing):
        extension = listing.getparent()
        extension.getparent().remove(extension)
