"""The sections of a merged deck: runs of slides, each slide in one, every section opened once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from lxml import etree

from .deck import LISTED, Deck
from .plan import Plan, Seat
from .stamp import SECTION

P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
LISTS = f"{{{P14}}}sectionLst"
MEMBERS = f"{{{P14}}}sldIdLst"


def of_seats(plan: Plan, old: Deck, new: Deck) -> tuple[str, ...]:
    """Return the id of each slide's section: the course's, or the trainer's where slides or sections were moved by hand."""
    found: list[str] = []
    for seat in plan.seats:
        wanted = _wanted(plan, seat, old, new)
        before = found[-1] if found else ""
        found.append(before if not wanted or (wanted != before and wanted in found) else wanted)
    first = next(filter(None, found), "")
    return tuple(each or first for each in found)


def _wanted(plan: Plan, seat: Seat, old: Deck, new: Deck) -> str:
    """The section a slide asks for; "" for its predecessor's."""
    if not plan.arranged:
        return "" if seat.new is None else new.leaves[seat.new].section
    if seat.old is not None:
        return old.leaves[seat.old].section
    section = new.leaves[seat.new or 0].section
    return "" if new.section_names.get(section) in old.section_names.values() else section


def write(plan: Plan, old: Deck, new: Deck, ids: Sequence[str]) -> None:
    """Write the sections into the new deck. ``ids`` are those of its slides, in order."""
    names = {**new.section_names, **old.section_names} if plan.arranged else new.section_names
    listing = next(new.presentation._element.iter(LISTS), None)
    if listing is None:
        return
    for each in list(listing):
        listing.remove(each)
    for section, run in groupby(zip(of_seats(plan, old, new), ids, strict=True), key=itemgetter(0)):
        if section:
            members = etree.SubElement(etree.SubElement(listing, SECTION, name=names[section], id=section), MEMBERS)
            for _, id in run:
                etree.SubElement(members, LISTED, id=id)
    if not len(listing):
        extension = listing.getparent()
        extension.getparent().remove(extension)
