"""A labelled picture of a layout, as SVG: what it shows by itself, its slots with names, the room for free content.

Slots that get filled are outlined firmly and named on dark, what stays empty thinly and named on white, the area for free
content is dashed. Grey strokes stand for text at its full size. The slide is :data:`furnishing.WIDE` user units wide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from markupsafe import escape

from ...wrapping import measured
from .colours import Ground
from .furnishing import WIDE, crossed
from .outlines import outline, plain
from .svg import Box
from .theme import Rgb, Theme, changed, hexed, luminance
from .values import Art, Rect

INK, QUIET, WHITE = "#1B2430", "#5B6675", "#FFFFFF"
FACE = "Calibri,Carlito,sans-serif"  # what wrapping measures
DARK = 0.18  # luminance below which white shows better than black
FIRM, FINE = 2.5, 1.2  # user units: outlines of slots that are filled, and of others
WORDS = (0.92, 1.0, 0.64)  # how far the strokes for text reach across their room
STROKE = 0.42  # of the size of the text: the height of small letters
PITCH = 1.2  # from line to line, of the size
MUTED = 0.45  # of the text's colour in the strokes that stand for it


@dataclass(frozen=True)
class Look:
    """How text of a slot is set, for the strokes that stand for it. ``size`` is user units, 0 for no text."""

    size: float = 0.0
    lines: int = 0
    ink: Rgb = (0, 0, 0)
    align: str = "l"
    anchor: str = "t"
    inset: float = 0.0


@dataclass(frozen=True)
class Label:
    """A slot in the picture. ``number`` is its row in the table beside it, 0 for none; ``below`` its ground's colour."""

    box: Box
    name: str
    kind: str = ""
    number: int = 0
    filled: bool = True
    below: Rgb = (255, 255, 255)
    look: Look = Look()
    dress: str = ""
    picture: bool = False


@dataclass(frozen=True)
class Scene:
    """All that a picture shows. ``size`` is of its labels, user units; ``area`` the room for free content."""

    title: str
    height: float
    below: str
    labels: Sequence[Label]
    area: Box | None = None
    paper: Rgb = (255, 255, 255)
    size: float = 24.0  # a fortieth of the slide


def portrait(scene: Scene) -> str:
    """Return the picture. Its title says in words what it shows."""
    size = f'viewBox="0 0 {plain(WIDE)} {plain(scene.height)}"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{FACE}">']
    parts.append(f"<title>{escape(scene.title)}</title>")
    parts.append(scene.below)
    for label in scene.labels:
        parts.extend(_slot(label))
    if scene.area is not None:
        parts.append(_dashed(scene.area, scene.paper))
    for label in sorted(scene.labels, key=lambda each: each.filled):
        parts.extend(_named(label, scene.size))
    frame = outline(None, Box(0.5, 0.5, WIDE - 1, scene.height - 1))
    return "".join((*parts, f'{frame} fill="none" stroke="#B9C1CB" stroke-width="1"/></svg>'))


def placed(rect: Rect, slide: tuple[int, int]) -> Box:
    """Return a rectangle of the slide in user units, its sides never negative."""
    scale = WIDE / slide[0]
    return Box(rect.x * scale, rect.y * scale, max(0.0, rect.width * scale), max(0.0, rect.height * scale))


def panels(art: Sequence[Art], ground: Ground, theme: Theme, slide: tuple[int, int]) -> str:
    """Return the panels and rules of an arrangement."""
    return "".join(f'{outline(None, placed(each.rect, slide))} fill="{tone(each.tone, ground, theme)}"/>' for each in art)


def tone(name: str, ground: Ground, theme: Theme) -> str:
    """Return the colour that one of our names has on a ground, #RRGGBB; what shines through is mixed with the ground."""
    base, changes = ground.names[name]
    share = next((value / 100_000 for kind, value in changes if kind == "alpha"), 1.0)
    own = changed(theme.scheme(base), (change for change in changes if change[0] != "alpha"))
    return hexed(mixed(own, ground.paper, share))


def mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    """Return so much of one colour on another."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue


# ------------------------------------------------------------------------------------------------------- slots


def _slot(label: Label) -> Iterator[str]:
    yield label.dress
    dark = luminance(label.below) < DARK
    if label.picture:
        yield crossed(label.box, WHITE if dark else "#808080")
    else:
        yield from _strokes(label)
    colour = (WHITE if dark else INK) if label.filled else ("#C9CFD6" if dark else "#8A94A1")
    yield f'{outline(None, label.box)} fill="none" stroke="{colour}" stroke-width="{FIRM if label.filled else FINE}"/>'


def _strokes(label: Label) -> Iterator[str]:
    """Strokes that stand for a few lines of text at its size, where the layout would set it."""
    look, box = label.look, label.box
    room = box.width - 2 * look.inset
    count = min(look.lines, len(WORDS) if box.height > 90 else 1)
    if not look.size or not count or room < 60 or not label.filled:
        return
    pitch, tall = look.size * PITCH, look.size * STROKE
    spare = box.height - 2 * look.inset - count * pitch
    top = box.y + look.inset + max(0.0, spare) * {"t": 0.0, "ctr": 0.5, "b": 1.0}.get(look.anchor, 0.0)
    colour = hexed(mixed(look.ink, label.below, MUTED))
    for number, share in enumerate(islice(cycle(WORDS), count)):
        wide = room * (share if count > 1 else 0.5) * (0.55 if room > 400 else 0.9)
        x = box.x + look.inset + (room - wide) * {"l": 0.0, "just": 0.0, "ctr": 0.5, "r": 1.0}.get(look.align, 0.0)
        stroke = Box(x, top + number * pitch + (pitch - tall) * 0.6, wide, tall)
        yield f'{outline(None, stroke)} rx="{plain(tall / 4)}" fill="{colour}"/>'


def _dashed(area: Box, paper: Rgb) -> str:
    """The room for free content, drawn a little inside a slot of the same place, so that both are seen."""
    inner = Box(area.x + 6, area.y + 6, max(0.0, area.width - 12), max(0.0, area.height - 12))
    colour = "#FFB58A" if luminance(paper) < DARK else "#A8480F"
    return f'{outline(None, inner)} fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="9 7"/>'


# ------------------------------------------------------------------------------------------------------ labels


def _named(label: Label, size: float) -> Iterator[str]:
    """The name on a chip in the slot's corner that the text leaves free, as much of it as there is room for."""
    box, high = label.box, size * 1.35
    bold, light = _fitting(label, box.width - 4, size)
    if not bold:
        return
    wide = _wide(bold, light, size)
    right = label.look.align != "r" and label.look.size > 0 and box.width > 400 and box.height > 2 * high
    x = box.x + box.width - wide if right else box.x
    x = min(max(0.0, x), WIDE - wide)
    y = box.y if box.height > high * 1.2 else box.y + (box.height - high) / 2
    outer = WHITE if luminance(label.below) < DARK else INK
    fill, ink, edge = (INK, WHITE, outer) if label.filled else (WHITE, QUIET, "#8A94A1")
    yield f'{outline(None, Box(x, max(0.0, y), wide, high))} fill="{fill}" stroke="{edge}" stroke-width="1"/>'
    yield f'<text x="{plain(x + size * 0.4)}" y="{plain(max(0.0, y) + size * 1.02)}" font-size="{plain(size)}" fill="{ink}">'
    yield f'<tspan font-weight="bold">{escape(bold)}</tspan>'
    yield (f'<tspan dx="{plain(size * 0.35)}">{escape(light)}</tspan>' if light else "") + "</text>"


def _fitting(label: Label, room: float, size: float) -> tuple[str, str]:
    """What of number, name and kind fits: all, number and name, the number alone, nothing."""
    number = str(label.number) if label.number else ""
    full = f"{number} {label.name}".strip()
    for bold, light in ((full, label.kind if label.kind != label.name else ""), (full, ""), (number, "")):
        if bold and _wide(bold, light, size) <= room:
            return bold, light
    return number, ""


def _wide(bold: str, light: str, size: float) -> float:
    more = measured(light, size) + size * 0.35 if light else 0.0
    return measured(bold, size) + more + size * 0.8
