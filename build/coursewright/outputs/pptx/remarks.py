"""What of a check-up a trainer should look at, as warnings that say what would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...problems import Problem, did_you_mean, warning
from . import fit, roles
from .brand import Brand
from .findings import PURPOSES, Checkup, Holder, LayoutCheck
from .roles import BrandMapping

NEEDED = ("cover", "section", "content")  # a brand without these looks like itself only in part
QUIET = frozenset({"footer", "slide number", "label", "panel-label", "source"})  # small on purpose
LISTED = 4  # layouts that a message names


def mistaken(brand: Brand, mapping: BrandMapping) -> Iterator[Problem]:
    """Roles and slots of the mapping file that no slide of ours asks for, most likely mistyped."""
    for wish in mapping.wishes:
        if wish.role not in PURPOSES:
            yield warning(f'no slide asks for a role "{wish.role}"', wish.where, did_you_mean(wish.role, PURPOSES))
        elif wish.role in brand.choices:
            known = {"title", *_slot_names(brand, wish.role)}
            for name in (name for name in wish.slots if name not in known):
                message = f'no slide asks for a slot "{name}" of the role "{wish.role}"'
                yield warning(message, wish.where, did_you_mean(name, known))


def _slot_names(brand: Brand, role: str) -> Iterator[str]:
    yield from roles.slots(brand.choices[role].facts, role)
    if brand.lender is not None and role in brand.lender.choices:
        yield from brand.lender.choices[role].slots


def remarks(found: Checkup) -> Iterator[Problem]:
    """Yield a warning for all that makes slides in this brand less than they could be."""
    yield from _font_warnings(found)
    yield from _role_warnings(found)
    pairs = [(layout, holder) for layout in found.layouts for holder in layout.holders if layout.roles and holder.slots]
    yield from _text_warnings(pairs)
    for what, hint in (
        ("No title that can be used", "give these layouts a title placeholder in the slide master"),
        ("No footer", "give these layouts a footer placeholder, or keep version and date for print"),
        ("No slide number", "give these layouts a placeholder for the slide number"),
    ):
        lacking = [layout for layout in found.layouts if any(gap.what == what for gap in layout.gaps)]
        if lacking:
            yield warning(f"{what[0].lower()}{what[1:]} on {_listed(lacking)}", hint=hint)


def _font_warnings(found: Checkup) -> Iterator[Problem]:
    for font in found.fonts:
        if font.latin and font.how in ("estimate", "none"):
            hint = "install the font on this machine, and what is measured is what is shown"
            yield warning(f"the font “{font.family}” is {font.told}", hint=hint)


def _role_warnings(found: Checkup) -> Iterator[Problem]:
    lent = [role for role in found.roles if role.role in NEEDED and not role.own]
    if lent:
        named = ", ".join(f"{role.role} ({role.purpose})" for role in lent)
        hint = "if the template has one, name it in the mapping file (--write-mapping)"
        yield warning(f"no layout was found for {named}; ours is drawn on “{lent[0].layout}”", hint=hint)


def _text_warnings(pairs: list[tuple[LayoutCheck, Holder]]) -> Iterator[Problem]:
    """Text that is pale, small or has no room, each said once for all layouts that have it alike."""
    checks: tuple[tuple[Callable[[Holder], str], str], ...] = (
        (_pale, "choose a colour of more contrast in the slide master"),
        (_small, "18 points and more can be read by all; the slides keep your size"),
        (_cramped, "make the placeholder higher in the slide master, or its text smaller"),
    )
    for fault, hint in checks:
        told: dict[str, list[LayoutCheck]] = {}
        for layout, holder in pairs:
            if said := fault(holder):
                told.setdefault(f"“{', '.join(holder.slots)}” {said}", []).append(layout)
        for said, layouts in told.items():
            yield warning(f"{said}: {_listed(layouts)}", hint=hint)


def _pale(holder: Holder) -> str:
    ratio = holder.ratio
    if ratio is None or ratio.passes:
        return ""
    return f"has {ratio.value:.1f} : 1 on its background ({ratio.ink} on {ratio.ground}), {ratio.least:g} : 1 is needed"


def _small(holder: Holder) -> str:
    is_small = 0 < holder.size < fit.SMALLEST and not QUIET & {holder.kind, *holder.slots}
    return f"is set in {holder.size:g} points, hard to read from the back of a room" if is_small else ""


def _cramped(holder: Holder) -> str:
    is_low = holder.cramped and not QUIET & {holder.kind, *holder.slots}
    return f"has no room for one line of its {holder.size:g} points, even a tenth smaller" if is_low else ""


def _listed(layouts: Iterable[LayoutCheck]) -> str:
    unique = list(dict.fromkeys((layout.number, layout.name) for layout in layouts))
    shown = ", ".join(f"{number} “{name}”" for number, name in unique[:LISTED])
    more = f" and {len(unique) - LISTED} more" if len(unique) > LISTED else ""
    return f"layout{'s' if len(unique) > 1 else ''} {shown}{more}"
