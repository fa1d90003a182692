"""Colours by name, always the theme's own, so that a brand change recolours everything.

What a name means depends on the ground: tints are light on white and dark on black, and an accent that would not be read
on it is made darker or lighter until it is (WCAG 2.2: 4.5 : 1 for text, 3 : 1 for graphics).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

from .theme import WHITE, A, Change, Rgb, Theme, changed, contrast, luminance

TEXT, GRAPHIC = 4.5, 3.0  # least contrast ratios
UNLIKE = 60  # least difference of two colours of a chart, summed over red, green and blue
DARK_BELOW = 0.18  # luminance: below it, white text has more contrast than black
Named = tuple[str, tuple[Change, ...]]  # a theme colour and its changes

# Saturation goes down as lightness goes up: else muted is blue, and tints glow.
COLOURS: Mapping[str, Named] = {
    "ink": ("tx1", ()),
    "muted": ("tx1", (("satMod", 45_000), ("lumMod", 65_000), ("lumOff", 35_000))),
    "line": ("bg1", (("lumMod", 85_000),)),
    "paper": ("bg1", ()),
    "lead": ("accent1", ()),
    "manage": ("accent2", ()),
    "lead-tint": ("accent1", (("satMod", 40_000), ("lumMod", 10_000), ("lumOff", 90_000))),
    "manage-tint": ("accent2", (("satMod", 80_000), ("lumMod", 10_000), ("lumOff", 90_000))),
    "both": ("accent2", (("satMod", 55_000), ("lumMod", 16_000), ("lumOff", 84_000))),
}
DARK: Mapping[str, tuple[Change, ...]] = {  # the same on a dark ground: tints are deep, not pale
    "lead-tint": (("lumMod", 35_000),),
    "manage-tint": (("lumMod", 35_000),),
    "both": (("satMod", 60_000), ("lumMod", 40_000)),
}
DARKER = ((), *((("lumMod", share),) for share in (85_000, 75_000, 65_000, 50_000, 40_000, 30_000, 20_000)))
LIGHTER = ((), *((("lumMod", share), ("lumOff", 100_000 - share)) for share in (80_000, 65_000, 50_000, 40_000, 30_000, 20_000)))
ACCENTS = tuple(f"accent{number}" for number in range(1, 7))


@dataclass(frozen=True)
class Ground:
    """What text stands on, and what our colour names are there. ``paper`` is the ground's own colour."""

    names: Mapping[str, Named] = field(default_factory=lambda: COLOURS)
    paper: Rgb = WHITE
    accents: tuple[Named, ...] = tuple((name, ()) for name in ACCENTS)

    def solid(self, name: str, *changes: Change) -> _Element:
        """Return ``a:solidFill`` in a named colour, changed further if asked."""
        scheme, own = self.names[name]
        return filled(scheme, (*own, *changes))

    def series(self, count: int) -> tuple[_Element, ...]:
        """Return fills for so many series of a chart: the accents, then the same again, paler or deeper."""
        again: Change = ("lumMod", 60_000)
        return tuple(
            filled(scheme, (*own, *([again] if number >= len(self.accents) else [])))
            for number, (scheme, own) in ((n, self.accents[n % len(self.accents)]) for n in range(count))
        )


LIGHT = Ground()


def filled(scheme: str, changes: Sequence[Change]) -> _Element:
    """Return ``a:solidFill`` in a theme colour with its changes."""
    fill = etree.Element(f"{A}solidFill")
    colour = etree.SubElement(fill, f"{A}schemeClr", val=scheme)
    for kind, value in changes:
        etree.SubElement(colour, f"{A}{kind}", val=str(value))
    return fill


def ground(theme: Theme, paper: Rgb | None, ink: str = "tx1") -> Ground:
    """Return the colours on a ground. ``paper`` is its colour, None if unknown; ``ink`` the scheme name its text has.

    The default brand's own ground is :data:`LIGHT`, whose colours were chosen by eye; any other is worked out here.
    """
    paper = theme.scheme("bg1") if paper is None else paper
    ink = _readable_ink(theme, paper, ink)
    dark = luminance(paper) < DARK_BELOW
    quiet = _quiet(theme, paper, ink, dark=dark)
    lead = _until(theme, "accent1", (paper, _shown(theme, quiet["lead-tint"])), TEXT, ink)
    manage = _until(theme, "accent2", (paper, _shown(theme, quiet["manage-tint"])), TEXT, ink)
    accents = _apart(theme, [_until(theme, name, (paper,), GRAPHIC, ink) for name in ACCENTS], paper)
    names = {**COLOURS, "ink": (ink, ()), "lead": lead, "manage": manage, **quiet}
    names["paper"] = _on_lead(theme, paper, _shown(theme, lead))
    return Ground(names, paper, accents)


def _readable_ink(theme: Theme, paper: Rgb, ink: str) -> str:
    """The text colour the brand gives, if it can be read; else the theme's that reads best."""
    if contrast(theme.scheme(ink), paper) >= TEXT:
        return ink
    return max(("tx1", "bg1", "tx2", "bg2"), key=lambda name: contrast(theme.scheme(name), paper))


def _shown(theme: Theme, named: Named) -> Rgb:
    return changed(theme.scheme(named[0]), named[1])


def _until(theme: Theme, name: str, below: Sequence[Rgb], least: float, ink: str) -> Named:
    """The accent itself, or the first step darker (on dark: lighter) that can be read on all of these; failing all, the ink."""
    steps = LIGHTER if luminance(below[0]) < DARK_BELOW else DARKER
    found = (step for step in steps if all(contrast(_shown(theme, (name, step)), each) >= least for each in below))
    step = next(found, None)
    return (ink, ()) if step is None else (name, step)


def _apart(theme: Theme, accents: Sequence[Named], paper: Rgb) -> tuple[Named, ...]:
    """The accents, each told from those before it: a brand of greys needs steps between them that its theme lacks."""
    steps = LIGHTER if luminance(paper) < DARK_BELOW else DARKER
    apart: list[Named] = []
    for scheme, own in accents:
        before = [_shown(theme, each) for each in apart]
        choices = [
            (scheme, own),
            *((scheme, step) for step in steps if contrast(_shown(theme, (scheme, step)), paper) >= GRAPHIC),
        ]
        gaps = [min((_distance(_shown(theme, each), other) for other in before), default=UNLIKE) for each in choices]
        far = next((number for number, gap in enumerate(gaps) if gap >= UNLIKE), gaps.index(max(gaps)))
        apart.append(choices[far])
    return tuple(apart)


def _quiet(theme: Theme, paper: Rgb, ink: str, *, dark: bool) -> dict[str, Named]:
    """Muted text, lines and tints: text in ink is readable on each tint, and muted text on the ground."""
    own = theme.scheme(ink)
    names: dict[str, Named] = {}
    soft: tuple[Change, ...] = (("lumMod", 75_000),) if dark else (("lumMod", 65_000), ("lumOff", 35_000))
    usual = COLOURS["muted"]
    if ink == usual[0] and not dark and contrast(changed(own, usual[1]), paper) >= TEXT:
        names["muted"] = usual
    else:
        names["muted"] = (ink, soft) if contrast(changed(own, soft), paper) >= TEXT else (ink, ())
    names["line"] = COLOURS["line"] if paper == theme.scheme("bg1") and not dark else (ink, (("alpha", 35_000),))
    for name, (scheme, pale) in COLOURS.items():
        if name in DARK:
            names[name] = _tint(theme, scheme, DARK[name] if dark else pale, own, paper)
    return names


def _tint(theme: Theme, scheme: str, changes: tuple[Change, ...], ink: Rgb, paper: Rgb) -> Named:
    """A tint that the ink can be read on; where the accent gives none, the ground's nearest theme colour."""
    if contrast(changed(theme.scheme(scheme), changes), ink) >= TEXT:
        return scheme, changes
    return min(("bg1", "bg2", "tx1", "tx2"), key=lambda name: _distance(theme.scheme(name), paper)), ()


def _on_lead(theme: Theme, paper: Rgb, lead: Rgb) -> Named:
    """The colour of text on an accent: nearest to the ground of those that can be read on it, else the best there is."""
    names = sorted(("bg1", "tx1", "bg2", "tx2"), key=lambda name: _distance(theme.scheme(name), paper))
    readable = [name for name in names if contrast(theme.scheme(name), lead) >= TEXT]
    return (readable or [max(names, key=lambda name: contrast(theme.scheme(name), lead))])[0], ()


def _distance(one: Rgb, other: Rgb) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))
