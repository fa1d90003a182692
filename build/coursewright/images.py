"""What a picture file is: its kind, its size as it is shown, and whether it may be used. Knows no course.

A picture is PNG, JPEG or SVG. An SVG file is a program as much as a picture, so only those pass that hold no script,
fetch nothing and need nothing from elsewhere; that is looked for here, once, for every format.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml.etree import _Element

from .problems import Broken, Problem, warning

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "SVG": (".svg",)}  # the first is the one we advise
MOST_BYTES = 20_000_000  # of a picture
MOST_PIXELS = 50_000_000
WANTED = "a PNG, JPEG or SVG file is needed, of at most 50 million pixels"
MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL)
END = 0xD9
ORIENTATION = 0x0112  # EXIF 2.3, 4.6.4: how the camera was held; from 5 on, width and height change places


@dataclass(frozen=True)
class Picture:
    """A sound picture. ``width`` and ``height`` are pixels (of an SVG: CSS pixels), upright as it is to be seen."""

    kind: str
    width: float
    height: float
    turned: bool = False  # the pixels lie on their side or mirrored, only a note in the file says so
    inks: bool = False  # for a press: CMYK
    moves: bool = False
    words: bool = False


def examine(data: bytes, name: str) -> Picture:
    """Return what a file holds. Raises Broken with one problem, without place, that names the file."""
    kind = _kind(data)
    try:
        found = _svg(data) if kind == "SVG" else _pixels(data, kind)
    except _Unfit as unfit:
        raise Broken([Problem(f'"{name}" {unfit}', hint=unfit.hint)]) from None
    suffixes = SUFFIXES[found.kind]
    if not name.lower().endswith(suffixes):
        raise Broken([Problem(f'"{name}" is {_a(found.kind)} file', hint=f"its name must end in {' or '.join(suffixes)}")])
    return found


def remarks(picture: Picture, name: str) -> Iterator[Problem]:
    """Yield warnings about a picture that can be used but will not be all its author may hope."""
    if picture.moves:
        yield warning(f'"{name}" moves; slides and pages show its first picture only', hint="save that picture alone")
    if picture.words:
        hint = "write them beside it, or turn them into paths if they are part of the picture, such as a logo"
        yield warning(f'"{name}" holds words: in a picture nobody can have them read aloud, search or translate them', hint=hint)


class _Unfit(Exception):
    def __init__(self, message: str, hint: str = WANTED) -> None:
        super().__init__(message)
        self.hint = hint


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "SVG" else f"a {kind}"


def _kind(data: bytes) -> str:
    """What the first bytes say; an SVG is whatever is neither of the two others."""
    if data.startswith(b"\x89PNG"):
        return "PNG"
    return "JPEG" if data.startswith(b"\xff\xd8\xff") else "SVG"


# ------------------------------------------------------------------------------------------------------ pixels


def _pixels(data: bytes, kind: str) -> Picture:
    from PIL import Image  # slow to load, and most courses have few pictures

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # sizes are judged below
            with Image.open(io.BytesIO(data), formats=(kind,)) as opened:
                return _sound(opened, kind, data)
    except Image.DecompressionBombError:
        raise _Unfit("has far too many pixels") from None
    except _Unfit:
        raise
    except Exception:  # Pillow raises whatever a broken file leads it to
        raise _Unfit("is no PNG, JPEG or SVG picture, or is damaged") from None


def _sound(opened: Image, kind: str, data: bytes) -> Picture:
    pixels = opened.width * opened.height
    if pixels > MOST_PIXELS:
        raise _Unfit(f"has {pixels / 1e6:.0f} million pixels")
    moves = kind == "PNG" and bool(getattr(opened, "is_animated", False))
    orientation = opened.getexif().get(ORIENTATION, 1) if kind == "JPEG" else 1
    turned, inks = orientation in range(2, 9), opened.mode == "CMYK"
    width, height = (opened.height, opened.width) if orientation in range(5, 9) else opened.size
    if kind == "PNG":
        opened.verify()  # check sums
    elif not _ends(data):
        raise _Unfit("is no PNG, JPEG or SVG picture, or is damaged")
    return Picture(kind, width, height, turned, inks, moves)


def _ends(data: bytes) -> bool:
    """Whether a JPEG is all there. Pillow cannot be asked: WeasyPrint tells it to be content with half a picture.

    From marker to marker (ITU-T T.81, B.1.1), past each one's own length; pixels hold none, as 0xFF is escaped there.
    """
    place = 2
    while found := MARKER.search(data, place):
        if found[0][-1] == END:
            return True
        place = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return False


# --------------------------------------------------------------------------------------------------------- SVG

SVG = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"
EMBEDDED = re.compile(r"data:image/(png|jpe?g)[;,]", re.IGNORECASE)
ALLOWED = re.compile(r"#|https?:|mailto:", re.IGNORECASE)  # where a link inside a picture may lead
FETCHED = re.compile(r"url\((?!\s*[\"']?(?:#|data:))\s*[\"']?([^)\"']*)|@import\s+(?:url\()?[\"']?([^\"');]*)", re.IGNORECASE)
MOTION = {"animate", "animateTransform", "animateMotion", "set"}
LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|pc|mm|cm|in)?\s*")
PIXELS = {None: 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}  # CSS 2.1, 4.3.2
PLAIN = "save it as plain SVG with everything embedded (in Inkscape: “Plain SVG”), or as PNG"


def _svg(data: bytes) -> Picture:
    root = _parsed(data)
    faults = list(dict.fromkeys(_dangers(root)))
    if faults:
        raise _Unfit(f"holds what a picture must not: {', '.join(faults[:5])}", PLAIN)
    names = {etree.QName(each).localname for each in root.iter(f"{{{SVG}}}*")}
    return Picture("SVG", *_size(root), moves=bool(names & MOTION), words="text" in names)


def _parsed(data: bytes) -> _Element:
    """The root element, read without entities and without the net."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _Unfit("is no PNG, JPEG or SVG picture, or is damaged") from None
    if root.tag != f"{{{SVG}}}svg":
        raise _Unfit("is no PNG, JPEG or SVG picture, or is damaged")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):
        raise _Unfit("holds what a picture must not: declared entities", PLAIN)
    return root


def _dangers(root: _Element) -> Iterator[str]:
    """Say what runs, what is fetched, and what only a browser would show."""
    if any(before.tag is etree.PI for before in root.itersiblings(preceding=True)):
        yield "a style sheet from elsewhere"
    for element in root.iter():
        if isinstance(element.tag, str):
            yield from _of_element(element)


def _of_element(element: _Element) -> Iterator[str]:
    name = etree.QName(element).localname
    if name == "script":
        yield "a script"
    if name == "foreignObject":
        yield "a piece of a web page (<foreignObject>)"
    if name == "style":
        yield from _fetched("".join(element.itertext()))
    for key, value in element.attrib.items():
        yield from _of_attribute(name, str(key), str(value).strip())


def _of_attribute(name: str, key: str, value: str) -> Iterator[str]:
    if key.lower().startswith("on"):
        yield f"a script ({key})"
    elif key in ("href", LINK):
        fine = ALLOWED.match(value) if name == "a" else value.startswith("#") or EMBEDDED.match(value)
        if not fine:
            yield f"a reference to {value[:60]}" if value else "an empty reference"
    else:
        yield from _fetched(value)


def _fetched(css: str) -> Iterable[str]:
    return (f"a reference to {(url or sheet).strip()[:60]}" for url, sheet in FETCHED.findall(css))


def _size(root: _Element) -> tuple[float, float]:
    """Width and height in CSS pixels: as given, completed by the proportions of the view box."""
    width, height = (_length(root.get(key)) for key in ("width", "height"))
    box = [float(part) for part in re.findall(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?", root.get("viewBox", ""))]
    if width and height:
        return width, height
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        raise _Unfit("does not say how large it is", 'its <svg> needs a viewBox, such as viewBox="0 0 400 300"')
    wide, tall = box[2], box[3]
    scale = width / wide if width else height / tall if height else 1.0
    return wide * scale, tall * scale


def _length(value: Any) -> float:
    """A length in CSS pixels; 0 for none, for percentages and for lengths that depend on a font."""
    found = LENGTH.fullmatch(value or "")
    return float(found[1]) * PIXELS[found[2]] if found else 0.0
