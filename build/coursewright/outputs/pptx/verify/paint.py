"""Colours as they are painted: theme and map resolved, changes applied, gradients and pictures looked at where text lies.

A colour is red, green, blue from 0 to 1 (sRGB) and how much of what lies beneath it covers.
"""

from __future__ import annotations

import colorsys
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml.etree import _Element
from PIL import Image, UnidentifiedImageError

from .archive import A, P, R, Relation

SLOTS = ("dk1", "lt1", "dk2", "lt2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
DIRECT = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}  # what a map says unless it says otherwise
NAMED = {  # the preset colours met in templates; the rest of the 140 are CSS's own names
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF", "yellow": "FFFF00",
    "gray": "808080", "grey": "808080", "ltGray": "D3D3D3", "dkGray": "A9A9A9", "cyan": "00FFFF", "magenta": "FF00FF",
}  # fmt: skip
THUMB = 64  # pixels: as fine as a picture is looked at
COLOUR_TAGS = tuple(A + name for name in ("schemeClr", "srgbClr", "sysClr", "prstClr", "scrgbClr", "hslClr"))


class Colour(NamedTuple):
    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def over(self, below: Colour) -> Colour:
        """Return this colour painted over another."""
        share = self.alpha
        if share >= 1:
            return self
        red, green, blue = (own * share + under * (1 - share) for own, under in zip(self[:3], below[:3], strict=True))
        return Colour(red, green, blue, share + below.alpha * (1 - share))

    @property
    def luminance(self) -> float:
        """Relative luminance as WCAG 2.2 defines it."""
        red, green, blue = map(linear, self[:3])
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    @property
    def hex(self) -> str:
        return "#" + "".join(f"{round(max(0.0, min(1.0, each)) * 255):02X}" for each in self[:3])


WHITE, BLACK = Colour(1.0, 1.0, 1.0), Colour(0.0, 0.0, 0.0)


@lru_cache(maxsize=4096)
def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of a colour on another, 1 to 21 (WCAG 2.2)."""
    one = one.over(other)
    low, high = sorted((one.luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)


def linear(value: float) -> float:
    """Return a channel of sRGB as light."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def gamma(value: float) -> float:
    """Return light as a channel of sRGB."""
    value = max(0.0, min(1.0, value))
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


@dataclass(eq=False)
class Theme:
    """A theme's colours, fonts and fills."""

    root: _Element | None
    relations: Mapping[str, Relation]
    colours: dict[str, Colour] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        scheme = self.root.find(f".//{A}clrScheme") if self.root is not None else None
        for each in scheme if scheme is not None else ():
            if isinstance(each.tag, str) and len(each):
                self.colours[each.tag.removeprefix(A)] = _base(each[0], {}, {}) or BLACK
        for tag, prefix in (("majorFont", "+mj"), ("minorFont", "+mn")):
            for script, short in (("latin", "lt"), ("ea", "ea"), ("cs", "cs")):
                found = self.root.find(f".//{A}{tag}/{A}{script}") if self.root is not None else None
                self.fonts[f"{prefix}-{short}"] = found.get("typeface", "") if found is not None else ""

    def fill(self, idx: int) -> _Element | None:
        """Return the fill that a style's index means: 1–999 for shapes, from 1001 for backgrounds (20.1.4.1.13)."""
        name, place = ("fillStyleLst", idx - 1) if idx < 1000 else ("bgFillStyleLst", idx - 1001)
        styles = self.root.find(f".//{A}fmtScheme/{A}{name}") if self.root is not None else None
        return styles[place] if styles is not None and 0 <= place < len(styles) else None

    def palette(self, *roots: _Element) -> Palette:
        """Return the colours as a master's map, and what overrides it in the later roots, name them."""
        names = dict(DIRECT)
        for root in roots:
            own = root.find(P + "clrMap")
            other = root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
            for each in (own, other):
                names |= dict(each.items()) if each is not None else {}
        return Palette(self.colours, names)


@dataclass(eq=False)
class Palette:
    """The names that a slide's colours may have. ``names`` is the colour map."""

    colours: Mapping[str, Colour]
    names: Mapping[str, str]
    _known: dict[tuple[object, ...], Colour | None] = field(default_factory=dict)

    def colour(self, holder: _Element | None, placeholder: Colour | None = None) -> Colour | None:
        """Return the colour in a fill or reference element. ``placeholder`` is what phClr stands for; None: unknown."""
        element = next((each for each in holder if each.tag in COLOUR_TAGS), None) if holder is not None else None
        if element is None:
            return None
        changes = tuple((each.tag, each.get("val")) for each in element)
        key = (element.tag, *element.values(), changes, placeholder)
        if key not in self._known:
            base = placeholder if element.get("val") == "phClr" else _base(element, self.colours, self.names)
            self._known[key] = None if base is None else _changed(base, changes)
        return self._known[key]


def _base(element: _Element, colours: Mapping[str, Colour], names: Mapping[str, str]) -> Colour | None:
    """Return a colour before its changes, None for one that is not known."""
    value = element.get("val", "")
    match element.tag.removeprefix(A):
        case "schemeClr":
            return colours.get(names.get(value, value))
        case "scrgbClr":
            return Colour(*(gamma(_share(element.get(each))) for each in "rgb"))
        case "hslClr":
            hue, sat, lum = int(element.get("hue", "0")) / 21_600_000, _share(element.get("sat")), _share(element.get("lum"))
            return Colour(*colorsys.hls_to_rgb(hue, lum, sat))
        case "sysClr":
            value = element.get("lastClr", "000000" if value == "windowText" else "FFFFFF")
        case "prstClr":
            value = NAMED.get(value, "")
    return _from_hex(value)


def _from_hex(value: str) -> Colour | None:
    try:
        return Colour(*(int(value[place : place + 2], 16) / 255 for place in (0, 2, 4)))
    except ValueError:
        return None


def _share(value: str | None) -> float:
    if not value:
        return 0.0
    return float(value[:-1]) / 100 if value.endswith("%") else int(value) / 100_000


def _changed(colour: Colour, changes: tuple[tuple[str, str | None], ...]) -> Colour:
    """Return the colour after its transforms, in their order (20.1.2.3); unknown ones leave it as it is."""
    for tag, value in changes:
        name, share = tag.removeprefix(A), _share(value)
        if name == "alpha":
            colour = colour._replace(alpha=share)
        elif name == "alphaModFix":
            colour = colour._replace(alpha=colour.alpha * share)
        elif name in ("tint", "shade"):
            more = 1 - share if name == "tint" else 0.0
            red, green, blue = (gamma(linear(each) * share + more) for each in colour[:3])
            colour = Colour(red, green, blue, colour.alpha)
        elif name[:3] in ("lum", "sat", "hue"):
            colour = _shifted(colour, name, share)
    return colour


def _shifted(colour: Colour, name: str, share: float) -> Colour:
    values = dict(zip(("hue", "lum", "sat"), colorsys.rgb_to_hls(*colour[:3]), strict=True))
    part, how = name[:3], name[3:]
    if part == "hue" and how != "Mod":
        share = share * 100_000 / 21_600_000  # an angle, in sixty thousandths of a degree
    old = values[part]
    new = old * share if how == "Mod" else old + share if how == "Off" else share
    values[part] = new % 1.0 if part == "hue" else max(0.0, min(1.0, new))
    return Colour(*colorsys.hls_to_rgb(values["hue"], values["lum"], values["sat"]), colour.alpha)


# ------------------------------------------------------------------------------------------------------- fills


class Paints(NamedTuple):
    """What a fill needs to be seen: the palette, phClr, and the picture parts of the part it stands in."""

    palette: Palette
    placeholder: Colour | None
    relations: Mapping[str, Relation]
    parts: Mapping[str, bytes]


def at(fill: _Element, spot: tuple[float, float], paints: Paints) -> Colour | None:
    """Return a fill's colour at a spot (0 to 1 across and down); None where it cannot be told."""
    match fill.tag.removeprefix(A).removeprefix(P):
        case "solidFill":
            return paints.palette.colour(fill, paints.placeholder)
        case "gradFill":
            return _gradient(fill, spot, paints)
        case "blipFill":
            return _picture(fill, spot, paints)
        case "pattFill":
            return paints.palette.colour(fill.find(A + "bgClr"), paints.placeholder)
    return Colour(1.0, 1.0, 1.0, 0.0)  # noFill


def _gradient(fill: _Element, spot: tuple[float, float], paints: Paints) -> Colour | None:
    stops = sorted(
        ((_share(stop.get("pos")), paints.palette.colour(stop, paints.placeholder)) for stop in fill.iter(A + "gs")),
        key=lambda stop: stop[0],
    )
    known = [(place, colour) for place, colour in stops if colour is not None]
    if len(known) < len(stops) or not known:
        return None
    line = fill.find(A + "lin")
    if line is None:  # along a path: from the middle outwards
        way = 2 * max(abs(spot[0] - 0.5), abs(spot[1] - 0.5))
    else:
        angle = math.radians(int(line.get("ang", "0")) / 60_000)
        across, down = math.cos(angle), math.sin(angle)
        way = 0.5 + ((spot[0] - 0.5) * across + (spot[1] - 0.5) * down) / (abs(across) + abs(down))
    return _between(known, way)


def _between(stops: list[tuple[float, Colour]], way: float) -> Colour:
    before = next((stop for stop in reversed(stops) if stop[0] <= way), stops[0])
    after = next((stop for stop in stops if stop[0] >= way), stops[-1])
    if after[0] <= before[0]:
        return before[1]
    share = (way - before[0]) / (after[0] - before[0])
    return Colour(*(one + (other - one) * share for one, other in zip(before[1], after[1], strict=True)))


def _picture(fill: _Element, spot: tuple[float, float], paints: Paints) -> Colour | None:
    blip = fill.find(A + "blip")
    target = paints.relations.get(blip.get(R + "embed", "")) if blip is not None else None
    thumb = _thumb(paints.parts.get(target.target, b"")) if target is not None else None
    if thumb is None or blip is None:
        return None
    x, y = (min(THUMB - 1, max(0, int(each * THUMB))) for each in spot)
    red, green, blue, alpha = thumb.getpixel((x, y))  # type: ignore[misc]
    faded = blip.find(A + "alphaModFix")
    return Colour(
        red / 255, green / 255, blue / 255, alpha / 255 * (_share(faded.get("amt", "100000")) if faded is not None else 1)
    )


@lru_cache(maxsize=16)
def _thumb(data: bytes) -> Image.Image | None:
    """Return a picture as small as it is looked at; None where it is no picture of pixels."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.draft("RGB", (THUMB * 4, THUMB * 4))  # a JPEG is read at an eighth of its size, if that is enough
            return opened.convert("RGBA").resize((THUMB, THUMB), Image.Resampling.BOX)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
