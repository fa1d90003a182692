"""Colours by name, always the theme's own, so that a brand change recolours everything."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from lxml.etree import _Element
from pptx.oxml.ns import qn

Change = tuple[str, int]  # a colour transform and its value in thousandths of a per cent

# Class → theme colour and its changes. Saturation goes down as lightness goes up: else muted is blue, and tints glow.
COLOURS: Mapping[str, tuple[str, tuple[Change, ...]]] = {
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


def solid(name: str, *changes: Change) -> _Element:
    """Return ``a:solidFill`` in a named colour, changed further if asked."""
    scheme, own = COLOURS[name]
    fill = etree.Element(qn("a:solidFill"))
    colour = etree.SubElement(fill, qn("a:schemeClr"), val=scheme)
    for kind, value in (*own, *changes):
        etree.SubElement(colour, qn(f"a:{kind}"), val=str(value))
    return fill
