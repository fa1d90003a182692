"""The pictures of a template, small enough for a page: cut as the template cuts them, as data addresses."""

from __future__ import annotations

import base64
import io
import warnings
from functools import lru_cache

from lxml.etree import _Element
from PIL import Image

from .theme import A, R

SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
READ = ("PNG", "JPEG", "GIF", "BMP", "TIFF")  # EMF and WMF are programs of drawing commands that only Windows runs well
MOST_PIXELS = 50_000_000
SHARP = 600  # pixels of the longer side: a picture across half a page at 150 dots an inch
WHOLE = (0.0, 0.0, 0.0, 0.0)

Cut = tuple[float, float, float, float]  # what is cut off left, top, right and bottom, as shares


def linked(holder: _Element | None, part: object) -> bytes:
    """Return the file behind an ``a:blip`` at or below an element; nothing where it is outside the template or missing."""
    blip = next(holder.iter(f"{A}blip"), None) if holder is not None else None
    return related(part, blip.get(f"{R}embed", "")) if blip is not None else b""


def related(part: object, rid: str) -> bytes:
    """Return the file a part names by a relationship, nothing where it has none of that id."""
    try:
        return bytes(part.related_part(rid).blob)  # type: ignore[attr-defined]  # python-pptx is untyped
    except (KeyError, ValueError, AttributeError):
        return b""


def cut_of(holder: _Element) -> Cut:
    """Return what ``a:srcRect`` cuts off. A negative share adds room, which a page leaves away."""
    found = next(holder.iter(f"{A}srcRect"), None)
    if found is None:
        return WHOLE
    left, top, right, bottom = (min(0.99, max(0.0, _share(found.get(key, "0")))) for key in "ltrb")
    return left, top, right, bottom


def _share(value: str) -> float:
    return float(value[:-1]) / 100 if value.endswith("%") else float(value) / 100_000


@lru_cache(maxsize=64)
def thumb(blob: bytes, cut: Cut = WHOLE, most: int = SHARP) -> str:
    """Return a picture as a data address, at most so many pixels wide and high; "" for one that cannot be read."""
    found = opened(blob, cut)
    if found is None:
        return ""
    found.thumbnail((most, most))
    clear = found.getchannel("A").getextrema() != (255, 255)
    buffer = io.BytesIO()
    if clear:
        found.save(buffer, "PNG")
    else:
        found.convert("RGB").save(buffer, "JPEG", quality=85)
    return address(buffer.getvalue(), "png" if clear else "jpeg")


def address(picture: bytes, kind: str = "svg+xml") -> str:
    """Return a picture as a data address."""
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"


def opened(blob: bytes, cut: Cut = WHOLE) -> Image.Image | None:
    """Return a picture's pixels, cut, with red, green, blue and alpha; None where Pillow cannot read them."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # sizes are judged here
            with Image.open(io.BytesIO(blob), formats=READ) as found:
                if found.width * found.height > MOST_PIXELS:
                    return None
                left, top, right, bottom = cut
                box = (found.width * left, found.height * top, found.width * (1 - right), found.height * (1 - bottom))
                whole = found.convert("RGBA")
        return whole if cut == WHOLE else whole.crop(tuple(map(round, box)))  # type: ignore[arg-type]  # it has four
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
