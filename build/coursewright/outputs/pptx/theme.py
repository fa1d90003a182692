"""Colours and fonts of a template as they really are: scheme names through the colour map, changes worked out, contrast.

A colour is a triple of 0…255. Changes (lumMod, lumOff, satMod, tint, shade …) follow ECMA-376 part 1, 20.1.2.3, in the
order they stand; luminance and contrast follow WCAG 2.2.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree
from lxml.etree import _Element

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

Rgb = tuple[int, int, int]
Change = tuple[str, int]  # a colour transform and its value in thousandths of a per cent

USUAL_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
FONT_KEYS = {
    f"+{short}-{key}": (f"{A}{long}Font", f"{A}{tag}")
    for short, long in (("mj", "major"), ("mn", "minor"))
    for key, tag in (("lt", "latin"), ("ea", "ea"), ("cs", "cs"))
}
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
PRESETS: Mapping[str, Rgb] = {"black": BLACK, "white": WHITE, "red": (255, 0, 0), "gray": (128, 128, 128)}


@dataclass(frozen=True)
class Theme:
    """``colours`` are dk1 … folHlink; ``map`` says which of them tx1, bg1 … mean; ``fonts`` are +mj-lt … +mn-cs.

    ``scripts`` are the theme's typefaces for single scripts: ("mj", "Jpan") → typeface.
    """

    colours: Mapping[str, Rgb]
    fonts: Mapping[str, str]
    scripts: Mapping[tuple[str, str], str]
    map: Mapping[str, str] = field(default_factory=lambda: USUAL_MAP)

    def scheme(self, name: str) -> Rgb:
        """Return the colour a scheme name stands for; black for a name that means nothing."""
        return self.colours.get(self.map.get(name, USUAL_MAP.get(name, name)), BLACK)

    def colour(self, element: _Element | None, placeholder: Rgb | None = None) -> Rgb | None:
        """Return the colour of an element that holds one (``a:solidFill``, ``p:bgRef`` …), or None.

        ``placeholder`` is what ``phClr`` stands for.
        """
        child = next((each for each in element if isinstance(each.tag, str)), None) if element is not None else None
        if child is None:
            return None
        base = self._base(child, placeholder)
        return base and changed(base, ((str(each.tag).removeprefix(A), int(each.get("val", "100000"))) for each in child))

    def _base(self, child: _Element, placeholder: Rgb | None) -> Rgb | None:
        value = child.get("val", "")
        match str(child.tag).removeprefix(A):
            case "srgbClr":
                return _hex(value)
            case "sysClr":
                return _hex(child.get("lastClr") or ("000000" if value == "windowText" else "FFFFFF"))
            case "schemeClr":
                return placeholder if value == "phClr" else self.scheme(value)
            case "prstClr":
                return PRESETS.get(value)
        return None

    def mapped(self, names: Mapping[str, str]) -> Theme:
        """Return this theme as a master or layout maps it."""
        return replace(self, map={**USUAL_MAP, **names})


def read(blob: bytes) -> Theme:
    """Return the theme of a theme part. Raises lxml's XMLSyntaxError for what is no XML."""
    root = etree.fromstring(blob)
    scheme = root.find(f".//{A}clrScheme")
    bare = Theme({}, {}, {})
    colours = {str(each.tag).removeprefix(A): bare.colour(each) or BLACK for each in (scheme if scheme is not None else ())}
    fonts = {key: _typeface(root, *tags) for key, tags in FONT_KEYS.items()}
    scripts = {
        (short, each.get("script", "")): each.get("typeface", "")
        for short, long in (("mj", "major"), ("mn", "minor"))
        for each in root.iterfind(f".//{A}{long}Font/{A}font")
    }
    return Theme(colours, fonts, scripts)


def _typeface(root: _Element, family: str, tag: str) -> str:
    found = root.find(f".//{family}/{tag}")
    usual = "Calibri" if tag == f"{A}latin" else ""
    return (found.get("typeface") or usual) if found is not None else usual


def map_of(element: _Element | None) -> Mapping[str, str]:
    """Return what a ``p:clrMap`` or ``a:overrideClrMapping`` maps; nothing for None."""
    return {} if element is None else {str(key): str(value) for key, value in element.attrib.items()}


# ------------------------------------------------------------------------------------------------- arithmetic


def changed(colour: Rgb, changes: Iterable[Change]) -> Rgb:
    """Return a colour after its changes; alpha and what cannot be worked out leave it as it is."""
    for kind, value in changes:
        colour = _once(colour, kind, value / 100_000)
    return colour


def _once(colour: Rgb, kind: str, share: float) -> Rgb:
    if kind == "tint":
        return _rgb(*(1 - (1 - part / 255) * share for part in colour))
    if kind == "shade":
        return _rgb(*(part / 255 * share for part in colour))
    hue, light, full = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    match kind:
        case "lumMod":
            light *= share
        case "lumOff":
            light += share
        case "satMod":
            full *= share
        case "satOff":
            full += share
    return _rgb(*colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), min(1.0, max(0.0, full))))


def _rgb(red: float, green: float, blue: float) -> Rgb:
    return round(red * 255), round(green * 255), round(blue * 255)


def _hex(value: str) -> Rgb | None:
    try:
        return int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)
    except ValueError:
        return None


def luminance(colour: Rgb) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio, 1 to 21 (WCAG 2.2)."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def hexed(colour: Rgb) -> str:
    """Return #RRGGBB."""
    return "#" + "".join(f"{part:02X}" for part in colour)


def typeface(theme: Theme, name: str) -> str:
    """Return the family behind +mn-lt and its like; any other name as it is; "" where the theme leaves it open."""
    return theme.fonts.get(name, "") if name.startswith("+") else name


def average(colours: Any) -> Rgb | None:
    """Return the mean of some colours, or None for none at all."""
    found = [colour for colour in colours if colour is not None]
    if not found:
        return None
    red, green, blue = (round(sum(part) / len(found)) for part in zip(*found, strict=True))
    return red, green, blue
