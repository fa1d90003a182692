"""Which file a typeface is measured with: itself, its metric twin, or an estimate on the safe side."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uharfbuzz as hb

TWINS = {  # same advance widths by design; see the font projects' own statements
    "calibri": "carlito",
    "cambria": "caladea",
    "arial": "liberation sans",
    "helvetica": "liberation sans",
    "times new roman": "liberation serif",
    "courier new": "liberation mono",
    "segoe ui": "selawik",
}
COLUMNS = "%{family}\t%{weight}\t%{slant}\t%{width}\t%{index}\t%{file}\n"
ESTIMATE = 1.10  # without the face: measured with another one, ten per cent wider
SUBSTITUTES = ("carlito", "liberation sans", "dejavu sans", "noto sans")


@dataclass(frozen=True)
class Face:
    """A font file as measured. ``how`` is file, twin or estimate; ``widen`` multiplies every width."""

    family: str
    path: str
    index: int
    how: str
    widen: float = 1.0


@cache
def face(family: str, bold: bool = False, italic: bool = False) -> Face | None:
    """Return the face to measure with, or None when the machine has no font at all."""
    wanted = family.lower()
    for name, how in ((wanted, "file"), (TWINS.get(wanted, ""), "twin")):
        if found := _styled(name, bold, italic):
            return Face(family, *found, how)
    for name in (*SUBSTITUTES, *sorted(_installed())):
        if found := _styled(name, bold, italic):
            return Face(family, *found, "estimate", ESTIMATE)
    return None


@cache
def width(text: str, measured: Face) -> float:
    """Return the advance width of a text in units of the font size: 0.5 is half an em."""
    font, units = _font(measured.path, measured.index)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return float(sum(position.x_advance for position in buffer.glyph_positions or ()) / units * measured.widen)


@cache
def lacking(text: str, measured: Face) -> frozenset[str]:
    """Return the characters the face has no glyph for."""
    font, _ = _font(measured.path, measured.index)
    return frozenset(each for each in text if each.isprintable() and not each.isspace() and not font.get_nominal_glyph(ord(each)))


@cache
def _font(path: str, index: int) -> tuple[hb.Font, int]:
    loaded = hb.Face(hb.Blob.from_file_path(path), index)
    return hb.Font(loaded), loaded.upem


def _styled(family: str, bold: bool, italic: bool) -> tuple[str, int] | None:
    styles = _installed().get(family, {})
    return styles.get((bold, italic)) or styles.get((bold, False)) or styles.get((False, False))


@cache
def _installed() -> dict[str, dict[tuple[bool, bool], tuple[str, int]]]:
    """Family (lower case) → (bold, italic) → file and face index, as fontconfig lists them."""
    try:
        listing = subprocess.run(["fc-list", "--format", COLUMNS], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return {}
    families: dict[str, dict[tuple[bool, bool], tuple[str, int]]] = {}
    for line in sorted(listing.splitlines()):
        names, weight, slant, wide, index, file = line.split("\t")
        if Path(file).suffix.lower() not in (".ttf", ".otf", ".ttc", ".otc") or not weight.isdigit() or wide not in ("100", ""):
            continue
        if weight in ("80", "200"):  # fontconfig's regular and bold
            for name in names.split(","):
                families.setdefault(name.lower(), {}).setdefault((weight == "200", slant != "0"), (file, int(index or 0)))
    return families
