"""A picture of the course becomes a picture of the slide: fitted or cut as asked, never stretched, the same everywhere.

The file goes into the deck as it is, with three exceptions that every program would otherwise show in its own way or not
at all: a JPEG that lies on its side is turned (PowerPoint ignores the camera's note), ink colours (CMYK) become screen
colours, and what is many times finer than any screen is made smaller. An SVG travels with a PNG that stands in for it in
programs that cannot draw it. Lengths are EMU (914,400 an inch).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.etree import _Element
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps
from PIL.JpegImagePlugin import get_sampling
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import nsdecls, qn

from coursewright import images

from ...problems import Broken, Problem, warning
from ..fetching import local
from .nodes import DECORATIVE, parsed
from .page import Image
from .sheet import Sheet
from .values import Rect

INCH = 914_400
SHARP = 220  # dots an inch that PowerPoint itself keeps for screens: File, Options, Advanced, “default resolution”
HEAVY = 2_000_000  # bytes; a smaller file is not worth touching
COARSE = 72  # dots an inch below which a picture looks blurred: under 960 across a slide of 13.33 inches
SCREEN = 96  # CSS pixels an inch
LARGEST = 4_000  # pixels, the longer side of a PNG that stands in for an SVG
QUALITY = 85  # of a JPEG made smaller; Pillow's own default is 75
FORMATS = {"PNG": ("png", "image/png"), "JPEG": ("jpg", "image/jpeg"), "SVG": ("svg", "image/svg+xml")}
ASVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"  # MS-ODRAWXML 2.26.1
ASVG_URI = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
# What stays when a picture is cut: the share of the cut taken from the left, and from the top.
FOCUS: Mapping[str, tuple[float, float]] = {
    "centre": (0.5, 0.5),
    "left": (0.0, 0.5),
    "right": (1.0, 0.5),
    "top": (0.5, 0.0),
    "bottom": (0.5, 1.0),
}


@dataclass(frozen=True)
class View:
    """How a picture is shown: its place, what is cut off (left, top, right, bottom, as shares), and its whole width in inches."""

    place: Rect
    cut: tuple[float, float, float, float]
    width: float


def picture(image: Image, rect: Rect, sheet: Sheet, *folders: Path) -> tuple[_Element | None, tuple[Problem, ...]]:
    """Return the ``p:pic`` of a picture below ``folders`` and what to say about it; None, with errors, if it is unfit."""
    try:
        path = local(image.source, folders)
        data = path.read_bytes()
        found = images.examine(data, path.name)
        shown = view((found.width, found.height), rect, image.focus)
        blip, problems = _vector(data, found, shown, sheet) if found.kind == "SVG" else _raster(data, found, shown, sheet)
    except Broken as broken:
        return None, broken.problems
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        return None, (Problem(f'the picture "{image.source}" cannot be read: {reason}'),)
    return _pic(image, shown, blip, sheet), tuple(_named(problem, path.name) for problem in problems)


def view(size: tuple[float, float], room: Rect, focus: str = "") -> View:
    """Return how a picture of any size stands in a room: whole and centred, or filling it with the focus kept."""
    across, down = room.width / size[0], room.height / size[1]
    if not focus:
        scale = min(across, down)
        wide, tall = min(round(size[0] * scale), room.width), min(round(size[1] * scale), room.height)
        place = Rect(room.x + (room.width - wide) // 2, room.y + (room.height - tall) // 2, wide, tall)
        return View(place, (0.0, 0.0, 0.0, 0.0), wide / INCH)
    scale = max(across, down)
    over, above = 1 - across / scale, 1 - down / scale  # shares of the picture that do not fit
    left, top = FOCUS[focus]
    return View(room, (over * left, above * top, over * (1 - left), above * (1 - top)), size[0] * scale / INCH)


def _named(problem: Problem, name: str) -> Problem:
    return warning(f'"{name}" {problem.message}', hint=problem.hint)


# ------------------------------------------------------------------------------------------------------ pixels


def _raster(data: bytes, found: images.Picture, shown: View, sheet: Sheet) -> tuple[_Element, tuple[Problem, ...]]:
    dots = found.width / shown.width
    share = SHARP / dots if len(data) > HEAVY and dots > SHARP else 1.0
    made = remade(data, found, share) if found.turned or found.inks or share < 1 else data
    if share < 1 and len(made) >= len(data) and not (found.turned or found.inks):
        made, share = data, 1.0
    return _blip(sheet, made, found.kind), tuple(_remarks(found, shown, share, (len(data), len(made))))


def _remarks(found: images.Picture, shown: View, share: float, sizes: tuple[int, int]) -> Iterator[Problem]:
    """What its author should know of what became of the pixels."""
    if found.inks:
        hint = "save it as RGB (sRGB) to choose them"
        yield warning("is in ink colours (CMYK); the slide shows them as screen colours", hint=hint)
    if share < 1:
        before, after = (f"{size / 1e6:.1f} MB" if size > 100_000 else f"{size // 1000} kB" for size in sizes)
        message = f"has {before}; the deck keeps {SHARP} dots an inch of it, {after}"
        yield warning(message, hint="save it smaller, or keep it so if the file’s size does not matter")
    if found.width / shown.width < COARSE:
        hint = f"a picture {round(shown.width * 2 * COARSE)} pixels wide would be sharp here"
        yield warning(f"will look blurred: {found.width:.0f} pixels on {shown.width:.1f} inches", hint=hint)


@lru_cache(maxsize=4)  # a photo on many slides is worked on once; few are kept, for they are large
def remade(data: bytes, found: images.Picture, share: float) -> bytes:
    """The file anew: upright, in screen colours, smaller by a share."""
    with Pillow.open(io.BytesIO(data), formats=(found.kind,)) as opened:
        options = _quality(opened, found, share) if found.kind == "JPEG" else {"optimize": True}
        profile = None if found.inks else opened.info.get("icc_profile")
        size = max(1, round(found.width * share)), max(1, round(found.height * share))
        if share < 1:
            opened.draft(None, (max(size), max(size)))  # a JPEG is read at the next larger half, quarter or eighth
        made: Any = ImageOps.exif_transpose(opened) if found.turned else opened
        made = _for_screens(made) if found.inks else made
        made = _deep(made).resize(size, Pillow.Resampling.LANCZOS) if share < 1 else made
        stream = io.BytesIO()
        made.save(stream, found.kind, icc_profile=profile, **options)
    return stream.getvalue()


def _quality(opened: Any, found: images.Picture, share: float) -> dict[str, Any]:
    """Pixels that are only turned keep the tables of their file, so that nothing is lost that can be seen."""
    if found.inks or share < 1:
        return {"quality": QUALITY}
    return {"qtables": opened.quantization, "subsampling": 2 if get_sampling(opened) == 2 else 0}


def _for_screens(opened: Any) -> Any:
    """Through the picture's own colour profile, if it has one that can be read."""
    profile = opened.info.get("icc_profile")
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile or b""))
        return ImageCms.profileToProfile(opened, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return opened.convert("RGB")


def _deep(opened: Any) -> Any:
    """In eight bits a channel and without a palette: other pixels cannot be mixed."""
    if opened.mode.startswith("I"):  # sixteen bits of grey
        return opened.convert("I").point(lambda value: value / 256).convert("L")
    if opened.mode in ("1", "P", "PA"):
        return opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    return opened


# --------------------------------------------------------------------------------------------------------- SVG


def _vector(data: bytes, found: images.Picture, shown: View, sheet: Sheet) -> tuple[_Element, tuple[Problem, ...]]:
    """The SVG, and the PNG that stands in for it: twice as fine as the slide."""
    wide = shown.width * SCREEN * 2
    wide = min(wide, LARGEST, LARGEST * found.width / found.height)
    blip = _blip(sheet, drawn(data.decode("utf-8-sig"), max(1, round(wide))), "PNG")
    extension = etree.SubElement(etree.SubElement(blip, qn("a:extLst")), qn("a:ext"), uri=ASVG_URI)
    svg = etree.SubElement(extension, f"{{{ASVG}}}svgBlip", nsmap={"asvg": ASVG})
    svg.set(qn("r:embed"), _related(sheet, data, "SVG"))
    return blip, ()


@lru_cache(maxsize=32)
def drawn(svg: str, width: int) -> bytes:
    """A PNG of an SVG that has been examined: resvg would read what it refers to."""
    import resvg_py  # slow to load, and most courses have few drawings of their own

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, serif_family="Caladea", sans_serif_family="Carlito"))


# --------------------------------------------------------------------------------------------------------- XML


def _blip(sheet: Sheet, data: bytes, kind: str) -> _Element:
    blip = etree.Element(qn("a:blip"))
    blip.set(qn("r:embed"), _related(sheet, data, kind))
    return blip


def _related(sheet: Sheet, data: bytes, kind: str) -> str:
    return str(sheet.part.relate_to(sheet.book.media(data, *FORMATS[kind]), RT.IMAGE))


def _pic(image: Image, shown: View, blip: _Element, sheet: Sheet) -> _Element:
    place = shown.place
    element = etree.fromstring(
        f'<p:pic {nsdecls("p", "a", "r")}><p:nvPicPr><p:cNvPr id="{next(sheet.ids)}" name="picture"/>'
        '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        "<p:blipFill><a:stretch><a:fillRect/></a:stretch></p:blipFill>"
        f'<p:spPr><a:xfrm><a:off x="{place.x}" y="{place.y}"/><a:ext cx="{place.width}" cy="{place.height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
    properties = element.find(f".//{qn('p:cNvPr')}")
    properties.set("descr", image.alt)
    if not image.alt:
        properties.append(parsed(DECORATIVE))
    fill = element.find(qn("p:blipFill"))
    fill.insert(0, blip)
    if cut := {side: str(round(share * 100_000)) for side, share in zip("ltrb", shown.cut, strict=True) if share > 0.0005}:
        fill.insert(1, etree.Element(qn("a:srcRect"), **cut))
    return element
