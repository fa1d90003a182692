"""The merged deck, written: the new deck's package with the trainer's slides grafted in.

What is kept comes over as it is, with all it leads to: pictures, charts with their workbooks, notes, comments. Links
between slides lead to whatever stands in their target's place now.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from lxml import etree
from lxml.etree import _Element
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from ..sheet import Book
from . import sections
from .copying import Copier, Link, links_of, relate
from .deck import Deck, Leaf, slide_ids
from .fates import Plan, Seat
from .masters import Layouts
from .plan import originals
from .prints import Prints, prints, related
from .shows import take_over
from .stamp import NONE, Stamp, mark, mark_deck, named

CLICKS = (qn("a:hlinkClick"), qn("a:hlinkHover"))
AUTHORS = ("/commentAuthors", "/authors")  # of comments, of the first kind and of the modern one
AGAIN = "~"  # between the identity a slide of the course has taken and the number of an earlier slide that was called so
FIRST_ID = 255  # slides' ids begin behind it (ECMA-376, 19.7.13)


@dataclass(frozen=True)
class Grafted:
    """The package of the merged deck; ``brought`` pairs slides with the design that had to come along with each."""

    package: Any
    brought: tuple[tuple[Seat, str], ...]
    unlinked: tuple[Seat, ...]


@dataclass(frozen=True)
class _Garden:
    """What grafting needs at hand: which part stands for a slide of either deck (or none), and the stamps to write."""

    old: Deck
    new: Deck
    book: Book
    copier: Copier
    layouts: Layouts
    stands: dict[Any, Any]
    stamps: dict[Seat, Stamp | None]
    names: dict[Any, str]


def graft(plan: Plan, old: Deck, new: Deck) -> Grafted:
    """Return the merged deck. The new deck's package is used up; the old one is left as it is."""
    garden, parts = _prepared(plan, old, new)
    planted = zip(plan.seats, parts, strict=True)
    unlinked = tuple(seat for seat, part in planted if (_own if seat.own_face else _course)(garden, seat, part))
    brought = ((seat, _design(garden, seat)) for seat in plan.seats if seat.own_face)
    garden.layouts.register()
    _bring_authors(garden)
    ids = _listed(new, plan.seats, parts)
    sections.write(plan, old, new, ids)
    take_over(old.presentation, new.presentation, garden.stands)
    _mark_deck(garden, plan)
    return Grafted(new.package, tuple((seat, design) for seat, design in brought if design), unlinked)


def _prepared(plan: Plan, old: Deck, new: Deck) -> tuple[_Garden, list[Any]]:
    """Bare parts for all slides that are kept, so that links between slides have something to lead to."""
    stands: dict[Any, Any] = {}
    book = Book(new.package)
    copier = Copier(book, {RT.SLIDE: stands.get, RT.NOTES_MASTER: lambda master: _notes_master(new, copier, master)})
    parts = [copier.bare(_in(old, seat.old).part) if seat.own_face else _in(new, seat.new).part for seat in plan.seats]
    for seat, part in zip(plan.seats, parts, strict=True):
        for deck, at in ((old, seat.old), (new, seat.new)):
            if at is not None:
                stands[deck.leaves[at].part] = part
    stamps = _stamps(old, new, plan.seats)
    names = {part: stamp.identity for seat, part in zip(plan.seats, parts, strict=True) if (stamp := stamps[seat])}
    return _Garden(old, new, book, copier, Layouts(old, new, copier), stands, stamps, names), parts


def _in(deck: Deck, at: int | None) -> Leaf:
    assert at is not None
    return deck.leaves[at]


def _stamps(old: Deck, new: Deck, seats: Iterable[Seat]) -> dict[Seat, Stamp | None]:
    """Each slide's stamp in the merged deck; None for the trainer's own, and so for a copy: its original has the stamp."""
    first = {at: stamp for at in originals(old.leaves) if (stamp := old.leaves[at].stamp)}
    course = Counter(stamp.identity for leaf in new.leaves if (stamp := leaf.stamp))
    taken = course + Counter(stamp.identity for stamp in first.values())
    found: dict[Seat, Stamp | None] = {}
    for seat in seats:
        if seat.new is not None:
            found[seat] = _stamp(old, new, seat)
            continue
        mine = first.get(-1 if seat.old is None else seat.old)
        if mine is not None and mine.identity in course:  # another slide of the course is called so by now
            mine = replace(mine, identity=_free(mine.identity, taken))
            taken[mine.identity] += 1
        found[seat] = mine
    return found


def _free(identity: str, taken: Container[str]) -> str:
    """A name of the same kind that no slide has, and none of the course ever will."""
    names = (f"{identity.partition(AGAIN)[0]}{AGAIN}{number}" for number in count(2))
    return next(name for name in names if name not in taken)


def _stamp(old: Deck, new: Deck, seat: Seat) -> Stamp | None:
    """A slide of the course: what of it is the trainer's goes on being compared with what they began from."""
    course = _in(new, seat.new).stamp
    if course is None or seat.old is None:
        return course
    base, now = _base(_in(old, seat.old), course), course.prints
    face = base if seat.own_face else now
    return replace(course, prints=replace(face, notes=base.notes if seat.own_notes else now.notes))


def _base(leaf: Leaf, course: Stamp) -> Prints:
    """The fingerprints a slide was built with; where its stamp is lost, the course's own."""
    return leaf.stamp.prints if leaf.stamp and leaf.stamp.prints != NONE else course.prints


# ------------------------------------------------------------------------------------------------------ slides


def _own(garden: _Garden, seat: Seat, part: Any) -> bool:
    """Fill a kept slide's part; return whether a link was lost because its target has gone."""
    leaf = _in(garden.old, seat.old)
    links = [link for each in leaf.part.rels.values() if (link := _own_link(garden, seat, each))]
    relate(part, links)
    if not seat.own_notes:
        _hang_notes(_in(garden.new, seat.new).part, part)
    root = copy.deepcopy(leaf.root)
    lost = _unlinked(root, set(leaf.part.rels) - {rid for rid, _, _ in links})
    mark(garden.book, part, root, garden.stamps[seat])
    part.blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return lost


def _own_link(garden: _Garden, seat: Seat, relation: Any) -> Link | None:
    if relation.reltype == RT.SLIDE_LAYOUT:
        return relation.rId, relation.reltype, garden.layouts.stand(relation.target_part)
    if relation.reltype == RT.NOTES_SLIDE and not seat.own_notes:
        return None
    return garden.copier.link(relation)


def _course(garden: _Garden, seat: Seat, part: Any) -> bool:
    """Fit a slide of the course in: links, the trainer's notes, hidden or not; return whether a link was lost."""
    before = links_of(part)
    links = [link for each in before if (link := _course_link(garden, seat, each))]
    if links != before:
        relate(part, links)
    if seat.own_notes:
        for notes in related(_in(garden.old, seat.old).part, "/notesSlide"):
            part.relate_to(garden.copier.copy(notes), RT.NOTES_SLIDE)
    if seat.hidden:
        part._element.set("show", "0")
    lost = _unlinked(part._element, {rid for rid, _, _ in before} - {rid for rid, _, _ in links})
    stamp = garden.stamps[seat]
    if stamp is not None and lost:
        face = prints(part, part._element, lambda each: garden.names.get(each, ""), stamp.prints.grid).face
        stamp = replace(stamp, prints=replace(stamp.prints, face=face))
    if stamp is not None and (lost or seat.own_notes):
        mark(garden.book, part, part._element, stamp)
    return lost


def _course_link(garden: _Garden, seat: Seat, link: Link) -> Link | None:
    rid, kind, target = link
    if kind == RT.SLIDE:
        target = garden.stands.get(target)
        return None if target is None else (rid, kind, target)
    return None if kind == RT.NOTES_SLIDE and seat.own_notes else link


def _unlinked(root: _Element, dead: set[str]) -> bool:
    """Take away the clicks whose relationships are gone; return whether there were any."""
    found = [each for each in root.iter(*CLICKS) if each.get(qn("r:id")) in dead]
    for each in found:
        each.getparent().remove(each)
    return bool(found)


def _hang_notes(course: Any, part: Any) -> None:
    """Give a kept slide the course's notes."""
    for notes in related(course, "/notesSlide"):
        relate(notes, [(rid, kind, part if kind == RT.SLIDE else target) for rid, kind, target in links_of(notes)])
        part.relate_to(notes, RT.NOTES_SLIDE)


# ------------------------------------------------------------------------------------------------ the deck


def _design(garden: _Garden, seat: Seat) -> str:
    layouts = related(_in(garden.old, seat.old).part, "/slideLayout")
    return "".join(garden.layouts.brought.get(layout, "") for layout in layouts)


def _notes_master(new: Deck, copier: Copier, master: Any) -> Any:
    """The new deck's notes master, or the old one's, brought along and listed, where the new deck has no notes."""
    for known in related(new.presentation, "/notesMaster"):
        return known
    brought = copier.copy(master)
    listed = etree.Element(qn("p:notesMasterIdLst"))
    etree.SubElement(listed, qn("p:notesMasterId")).set(qn("r:id"), new.presentation.relate_to(brought, RT.NOTES_MASTER))
    new.presentation._element.find(qn("p:sldMasterIdLst")).addnext(listed)
    return brought


def _bring_authors(garden: _Garden) -> None:
    """Comments name their authors by number: the list comes along with them."""
    new = garden.new.presentation
    for relation in garden.old.presentation.rels.values():
        if relation.reltype.endswith(AUTHORS) and not any(each.reltype == relation.reltype for each in new.rels.values()):
            new.relate_to(garden.copier.copy(relation.target_part), relation.reltype)


def _listed(new: Deck, seats: Sequence[Seat], parts: Sequence[Any]) -> list[str]:
    """List the slides in their order; return their ids: the course's, and new ones for the trainer's own."""
    presentation = new.presentation
    for rid in [relation.rId for relation in presentation.rels.values() if relation.reltype == RT.SLIDE]:
        presentation.rels.pop(rid)
    listing = presentation._element.get_or_add_sldIdLst()
    for each in slide_ids(presentation):
        listing.remove(each)
    fresh = count(max([FIRST_ID, *(int(leaf.id) for leaf in new.leaves)]) + 1)
    ids = [str(next(fresh)) if seat.new is None else new.leaves[seat.new].id for seat in seats]
    for id, part in zip(ids, parts, strict=True):
        entry = etree.SubElement(listing, qn("p:sldId"), id=id)
        entry.set(qn("r:id"), presentation.rels._add_relationship(RT.SLIDE, part))  # relate_to would look through all of them
    presentation.rename_slide_parts([each.get(qn("r:id")) for each in slide_ids(presentation)])
    return ids


def _mark_deck(garden: _Garden, plan: Plan) -> None:
    """Stamp the deck with the course's slides; of those kept, with what they said when the trainer began to edit.

    Order and sections are the course's, even where the trainer's rule: the difference tells the next build.
    """
    stamp = garden.new.stamp
    if stamp is None:
        return
    kept = {seat.new: found.prints.core for seat in plan.seats if seat.own_face and (found := garden.stamps[seat])}
    slides = (
        replace(each, prints=replace(each.prints, core=kept.get(at, each.prints.core))) for at, each in enumerate(stamp.slides)
    )
    names = named(sections.of_course(plan.seats, garden.new))
    mark_deck(garden.book, replace(stamp, sections=names, slides=tuple(slides)))
