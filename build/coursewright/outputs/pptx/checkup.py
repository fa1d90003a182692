"""A check-up of a brand: which layout plays which role and why, how much fits, what can be read, what is missing.

Pure: a :class:`Brand` becomes a frozen :class:`Checkup`; reports and the mapping file are made from that alone. Nothing
is decided here: decks are made by what :mod:`brand` has chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from . import fonts, logos, names, roles
from .brand import Brand
from .colours import ACCENTS, GRAPHIC, TEXT, Ground
from .findings import PURPOSES, AccentCheck, Checkup, FontCheck, Gap, GroundCheck, LayoutCheck, Ratio, RoleCheck
from .reading import Facts
from .remarks import mistaken, remarks
from .roles import BrandMapping
from .seats import Seat, capacity, drawn, seats
from .sketches import of_arrangement, of_layout
from .theme import P, Theme, changed, contrast, hexed
from .values import Layout

INSTEAD = {"section": ("section", "rows")}  # what slides ask for next
SCRIPTS = (("+mn-ea", "East Asian text"), ("+mn-cs", "Arabic, Hebrew and other complex scripts"))
OPTIONAL = frozenset({"title-only", "blank"})  # no slide of ours needs them
STAND_IN = "it has no layout for a cover; the one for modules stands in"
USES = {"accent1": "leading", "accent2": "managing"}


def examine(brand: Brand, mapping: BrandMapping | None = None, slides: int = 0) -> Checkup:
    """Return the check-up of a brand that was opened with a lender and this mapping.

    ``slides`` is how many slides the file held when it was opened.
    """
    mapping = mapping or BrandMapping()
    cast = {role: brand.find(INSTEAD.get(role, (role,))) for role in PURPOSES if role in brand.choices or role not in OPTIONAL}
    layouts = tuple(_layout(brand, facts, cast) for facts in brand.facts)
    found = Checkup(
        size=brand.size,
        masters=len({facts.master for facts in brand.facts}),
        roles=tuple(_role(brand, role, layout) for role, layout in cast.items()),
        layouts=layouts,
        fonts=_fonts(brand, layouts),
        grounds=tuple(_grounds(brand, cast)),
        gaps=tuple(_gaps(brand, slides)),
        pictures=tuple(dict.fromkeys(each.name for each in logos.pictures(brand.presentation))),
        problems=(),
        logo=mapping.logo,
    )
    return replace(found, problems=(*brand.problems, *mistaken(brand, mapping), *remarks(found)))


# ------------------------------------------------------------------------------------------- layouts and roles


def _layout(brand: Brand, facts: Facts, cast: Mapping[str, Layout]) -> LayoutCheck:
    playing = {role: layout for role, layout in cast.items() if _choice(brand, role, facts)}
    found = seats(brand, facts, playing)
    area = next((layout.area for layout in playing.values()), None)
    return LayoutCheck(
        number=facts.number + 1,
        name=facts.name,
        master=facts.master + 1,
        roles=tuple((role, _why(brand, role, layout)) for role, layout in playing.items()),
        holders=tuple(seat.holder for seat in found),
        gaps=tuple(_layout_gaps(facts)) if set(playing) - {"blank"} else (),
        portrait=of_layout(facts, found, area),
        idle="" if playing else _idle(brand, facts),
    )


def _choice(brand: Brand, role: str, facts: Facts) -> bool:
    """Whether a layout plays a role; the one for modules also the cover's, where there is no other."""
    choice = brand.choices.get(role) or (brand.choices.get("section") if role == "cover" else None)
    return choice is not None and choice.facts is facts


def _why(brand: Brand, role: str, layout: Layout) -> str:
    return STAND_IN if _own(brand, role) and role not in brand.choices else layout.why


def _own(brand: Brand, role: str) -> bool:
    return role in brand.choices or (role == "cover" and "section" in brand.choices)


def _role(brand: Brand, role: str, layout: Layout) -> RoleCheck:
    facts = next(facts for facts in brand.facts if facts.layout is layout.layout)
    own = _own(brand, role)
    choice = brand.choices.get(role)
    sat = () if own else tuple(_arranged(brand, facts, layout))
    return RoleCheck(
        role=role,
        purpose=PURPOSES[role],
        number=facts.number + 1,
        layout=facts.name,
        why=_why(brand, role, layout),
        own=own,
        slots={name: place.idx for name, place in choice.slots.items()} if choice else {},
        stands_in=own and choice is None,
        holders=tuple(seat.holder for seat in sat),
        portrait="" if own else of_arrangement(facts, layout, sat),
    )


def _arranged(brand: Brand, facts: Facts, layout: Layout) -> Iterator[Seat]:
    """The brand's own title, and the slots that we draw."""
    own = next((seat for seat in seats(brand, facts, {}) if seat.place and seat.place is facts.title), None)
    for slot in layout.slots.values():
        if slot.is_title and own is not None:
            shown = replace(own.holder, slots=("title",), rect=slot.rect, size=slot.levels[0].size, capacity=capacity(slot))
            yield own._replace(slot=slot, holder=shown)
        else:
            yield drawn(slot, facts, layout)


def _idle(brand: Brand, facts: Facts) -> str:
    """Why no slide uses a layout."""
    role = roles.TYPES.get(facts.type) or names.role(facts.name) or roles.signature(facts)
    if any(place.vertical for place in facts.places):
        return "its text runs vertically"
    if role in PURPOSES and role in brand.choices:
        return f"for {role} slides, “{brand.choices[role].facts.name}” comes first"
    if facts.title is None and role != "blank":
        return "it has no title that can be used"
    if role in PURPOSES:
        return f"its placeholders are not those that {role} slides need"
    return "no kind of slide asks for it"


# --------------------------------------------------------------------------------------------------- what is missing


def _layout_gaps(facts: Facts) -> Iterator[Gap]:
    kinds = {place.kind for place in facts.furniture}
    if facts.title is None:
        yield Gap("No title that can be used", "We add a real title across the top, for the outline view and for screen readers.")
    if "ftr" not in kinds:
        yield Gap("No footer", "Its slides go without course title, version and date.")
    if "sldNum" not in kinds:
        yield Gap("No slide number", "Its slides go without; the guide counts them all the same.")


def _gaps(brand: Brand, slides: int) -> Iterator[Gap]:
    part = brand.presentation.part
    notes: Any = next((rel.target_part for rel in part.rels.values() if rel.reltype == RT.NOTES_MASTER), None)
    if notes is None:
        yield Gap("No notes master", "We add one, so that speaker notes can be printed.")
    elif not any(holder.get("type") == "body" for holder in notes._element.iter(f"{P}ph")):
        yield Gap("No place for text on the notes master", "We add one, so that speaker notes can be printed.")
    if slides:
        what = f"{slides} slides of its own" if slides > 1 else "A slide of its own"
        yield Gap(what, "We take them for samples and leave them out of every deck; the layouts stay as they are.")


# ------------------------------------------------------------------------------------------------- fonts, colours


def _fonts(brand: Brand, layouts: Iterable[LayoutCheck]) -> tuple[FontCheck, ...]:
    """The fonts of headings and text, then others that slots are set in."""
    uses: dict[str, list[str]] = {}
    for family, use in zip(brand.fonts, ("headings", "text"), strict=True):
        uses.setdefault(family, []).append(use)
    for layout in layouts:
        for holder in layout.holders:
            if holder.slots and holder.typeface and holder.typeface not in brand.fonts:
                uses.setdefault(holder.typeface, []).append(f"{holder.slots[0]} of layout {layout.number}")
    for key, script in SCRIPTS:
        if family := brand.theme.fonts.get(key, ""):
            uses.setdefault(family, []).append(script)
    return tuple(_font(family, tuple(dict.fromkeys(found))) for family, found in uses.items())


def _font(family: str, uses: tuple[str, ...]) -> FontCheck:
    latin = any(use not in dict(SCRIPTS).values() for use in uses)
    face = fonts.face(family)
    if face is None:
        return FontCheck(family, uses, "none", "", 0, latin)
    return FontCheck(family, uses, face.how, _named(face), round((face.widen - 1) * 100), latin)


def _named(face: fonts.Face) -> str:
    """The family measured with, as its makers write it: fontconfig is asked in small letters."""
    words = face.measured.title().replace("Dejavu", "DejaVu")
    return face.family if face.how == "file" else words


def _grounds(brand: Brand, cast: Mapping[str, Layout]) -> Iterator[GroundCheck]:
    """The backgrounds that slides stand on, the one of most roles first."""
    found: dict[tuple[str, int], list[tuple[str, Layout]]] = {}
    masters = {id(facts.layout): facts for facts in brand.facts}
    for role, layout in cast.items():
        found.setdefault((hexed(layout.ground.paper), masters[id(layout.layout)].master), []).append((role, layout))
    for (colour, _), played in sorted(found.items(), key=lambda each: -len(each[1])):
        first = played[0][1]
        accents = tuple(_accents(masters[id(first.layout)].theme, first.ground))
        yield GroundCheck(colour, tuple(role for role, _ in played), accents)


def _accents(theme: Theme, ground: Ground) -> Iterator[AccentCheck]:
    for number, name in enumerate(ACCENTS):
        use = USES.get(name, "charts")
        least = TEXT if name in USES else GRAPHIC
        own = theme.scheme(name)
        scheme, changes = ground.names["lead" if number == 0 else "manage"] if name in USES else ground.accents[number]
        shown = changed(theme.scheme(scheme), changes)
        ratio = Ratio(hexed(own), hexed(ground.paper), contrast(own, ground.paper), least)
        instead = "" if shown == own else hexed(shown)
        yield AccentCheck(name, use, ratio, instead, contrast(shown, ground.paper))
