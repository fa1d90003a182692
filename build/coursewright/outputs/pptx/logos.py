"""The pictures that a template holds, and the one of them that is its logo, ready for print.

A logo may be a picture, a shape filled with one, or a drawing: a group of shapes, or a freeform. It goes by the name that
PowerPoint's selection pane shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import _Element
from PIL import Image

from coursewright import images

from ...problems import Broken, Place, Problem, did_you_mean
from . import reading
from .furnishing import FRAMES, Fit, Painter
from .outlines import plain
from .svg import Box
from .theme import WHITE, A, P, R, Rgb, Theme, contrast
from .thumbs import SVG_BLIP, address, cut_of, linked, opened, related, thumb

FINE = 1_200  # pixels of the longer side: 60 mm at 500 dots an inch
DRAWN = 400.0  # user units across a logo that is drawn
PALE = 1.7  # contrast on white paper below which a logo is made for a dark ground
BIG = 0.5  # of the slide: what is larger is no logo


@dataclass(frozen=True)
class Shown:
    """A picture in a master or layout. ``where`` says on which."""

    name: str
    description: str
    where: str
    element: Any = field(repr=False, compare=False)
    part: Any = field(repr=False, compare=False)


@dataclass(frozen=True)
class Logo:
    """A logo for print: a data address, what a screen reader says, and whether it needs a dark ground."""

    address: str
    alt: str
    pale: bool


def pictures(presentation: Any) -> tuple[Shown, ...]:
    """Return what could be a logo, masters first, in the order in which it is drawn."""
    found: list[Shown] = []
    for master in presentation.slide_masters:
        found.extend(_below(master, "the slide master"))
        for layout in master.slide_layouts:
            found.extend(_below(layout, f"layout “{layout.name}”"))
    size = int(presentation.slide_width or 0) * int(presentation.slide_height or 0)
    return tuple(each for each in found if each.name and _is_small(each.element, size))


def logo(presentation: Any, name: str, where: Place | str = "") -> tuple[Logo | None, tuple[Problem, ...]]:
    """Return the picture of a name as a logo, or a problem that says what there is."""
    found = [each for each in pictures(presentation) if each.name == name]
    if not found:
        known = dict.fromkeys(each.name for each in pictures(presentation))
        there = f"the template has {', '.join(f'“{each}”' for each in known)}" if known else "the template holds no picture"
        close = did_you_mean(name, known) if known else ""
        hint = f"{close} {there}" if close.startswith("did") else there
        return None, (Problem(f'the template has no picture "{name}" for a logo', where, hint),)
    shown = found[0]
    address = _address(shown, reading.layouts(presentation)[0].theme)
    if not address:
        hint = "put it into the template as PNG or SVG, or name another"
        return None, (Problem(f'the logo "{name}" is of a kind that cannot be printed, such as EMF', where, hint),)
    return Logo(address, shown.description or "Logo", _is_pale(shown)), ()


def _below(owner: Any, where: str) -> Iterator[Shown]:
    tree = owner._element.find(f"{P}cSld/{P}spTree")
    for shape in tree.iter(f"{P}pic", f"{P}sp", f"{P}grpSp"):
        named = shape.find(f"./*/{P}cNvPr")
        held = shape.find(f"./*/{P}nvPr/{P}ph") is not None
        if named is not None and not held and _shows(shape):
            yield Shown(named.get("name", ""), named.get("descr", ""), where, shape, owner.part)


def _shows(shape: _Element) -> bool:
    """Whether a shape is a picture, filled with one, or drawn by hand; plain boxes and lines are no logos."""
    if shape.tag == f"{P}pic":
        return True
    if shape.tag == f"{P}grpSp":
        return next(shape.iter(f"{P}ph"), None) is None
    properties = shape.find(f"{P}spPr")
    return properties is not None and any(properties.find(A + name) is not None for name in ("blipFill", "custGeom"))


def _is_small(shape: _Element, slide: int) -> bool:
    """Whether it leaves most of the slide free: what does not is a background."""
    box = _box(shape)
    return box is not None and 0 < box.width * box.height < BIG * slide


def _box(shape: _Element) -> Box | None:
    frame = next((each for path in FRAMES if (each := shape.find(path)) is not None), None)
    return Fit(1.0, 1.0).box(frame) if frame is not None else None


def _address(shown: Shown, theme: Theme) -> str:
    """The logo as it is where that is possible: an SVG, a picture of its own; else as small as print allows, or drawn."""
    shape = shown.element
    if shape.tag == f"{P}grpSp" or next(shape.iter(f"{A}blip"), None) is None:
        return _drawn(shown, theme)
    vector = next(shape.iter(SVG_BLIP), None)
    if vector is not None and (svg := related(shown.part, vector.get(f"{R}embed", ""))) and _is_sound(svg):
        return address(svg)
    return thumb(linked(shape, shown.part), cut_of(shape), FINE)


def _is_sound(svg: bytes) -> bool:
    try:
        return images.examine(svg, "logo.svg").kind == "SVG"
    except Broken:
        return False


def _drawn(shown: Shown, theme: Theme) -> str:
    """A group or freeform as an SVG of its own."""
    box = _box(shown.element)
    if box is None:
        return ""
    scale = DRAWN / box.width
    painter = Painter(theme, shown.part, Fit(scale, scale, -box.x * scale, -box.y * scale), "logo", FINE)
    inside = "".join(painter.shape(shown.element))
    size = f'viewBox="0 0 {plain(DRAWN)} {plain(box.height * scale)}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'
    return address(svg.encode()) if inside else ""


def _is_pale(shown: Shown) -> bool:
    """Whether a picture can hardly be seen on white paper; a drawing is taken to be seen."""
    found = opened(linked(shown.element, shown.part), cut_of(shown.element))
    colour = _visible(found) if found is not None else None
    return colour is not None and contrast(colour, WHITE) < PALE


def _visible(picture: Image.Image) -> Rgb | None:
    """The mean colour of what is not clear; None for a picture that has its own ground."""
    picture.thumbnail((64, 64))
    channels = iter(picture.tobytes())
    pixels = [pixel for pixel in zip(channels, channels, channels, channels, strict=True) if pixel[3] > 128]
    if not pixels or len(pixels) > 0.95 * picture.width * picture.height:
        return None
    red, green, blue = (round(sum(pixel[channel] for pixel in pixels) / len(pixels)) for channel in range(3))
    return red, green, blue
