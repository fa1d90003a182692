"""Which file a typeface is measured with: itself, its metric twin, or an estimate on the safe side.

A character that a face lacks is measured with an installed font that has it, as every renderer substitutes one.
Widths and line heights are in units of the font size (ems).
"""

from __future__ import annotations

import subprocess
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    "arial narrow": "liberation sans narrow",
    "segoe ui": "selawik",
}
ESTIMATE = 1.10  # without the face: measured with another one, ten per cent wider
KIN = {  # the nearest of the usual free faces, and how much wider it is taken
    "verdana": ("dejavu sans", 1.05),  # DejaVu Sans was drawn to nearly the same widths
    "meiryo": ("dejavu sans", 1.05),  # its Latin letters are Verdana's
    "century gothic": ("dejavu sans", ESTIMATE),
    "georgia": ("dejavu serif", 1.0),  # narrower in every letter
    "rockwell": ("dejavu serif", ESTIMATE),
    "century schoolbook": ("dejavu serif", ESTIMATE),
    "garamond": ("liberation serif", ESTIMATE),
    "palatino linotype": ("caladea", ESTIMATE),
    "book antiqua": ("caladea", ESTIMATE),
    "consolas": ("liberation mono", 1.0),  # 0.55 em against 0.6
    "lucida console": ("liberation mono", ESTIMATE),
}
COLUMNS = "%{family}\t%{weight}\t%{slant}\t%{width}\t%{index}\t%{file}\n"
EMBOLDENED = 1.04  # a bold that the family has no file for is drawn with a thicker pen, and so wider
SUBSTITUTES = ("liberation sans", "carlito", "dejavu sans", "noto sans")


@dataclass(frozen=True)
class Face:
    """A font file as measured. ``how`` is file, twin or estimate; ``widen`` multiplies every width.

    ``measured`` is the family whose file it is: not ``family`` for a twin or an estimate.
    """

    family: str
    path: str
    index: int
    how: str
    widen: float = 1.0
    measured: str = ""


@cache
def face(family: str, bold: bool = False, italic: bool = False) -> Face | None:
    """Return the face to measure with, or None when the machine has no font at all."""
    wanted = family.lower()
    for name, how in ((wanted, "file"), (TWINS.get(wanted, ""), "twin")):
        if found := _styled(name, bold, italic):
            return replace(found, family=family, how=how)
    for name, wider in (KIN.get(wanted, ("", 1.0)), *((name, ESTIMATE) for name in (*SUBSTITUTES, *sorted(_installed())))):
        if found := _styled(name, bold, italic):
            return replace(found, family=family, how="estimate", widen=found.widen * wider)
    return None


@cache
def width(text: str, measured: Face) -> float:
    """Return the advance width of a text of one script, in ems: 0.5 is half the font size."""
    font, units = _font(measured.path, measured.index)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return float(sum(position.x_advance for position in buffer.glyph_positions or ()) / units * measured.widen)


@cache
def line(measured: Face) -> float:
    """Return the face's own line height in ems: ascender, descender and gap."""
    font, units = _font(measured.path, measured.index)
    extents = font.get_font_extents("ltr")
    return float((extents.ascender - extents.descender + extents.line_gap) / units)


@cache
def rise(measured: Face) -> float:
    """Return how much of the face's own line stands above its base line, as a share."""
    font, _ = _font(measured.path, measured.index)
    extents = font.get_font_extents("ltr")
    return float(extents.ascender / ((extents.ascender - extents.descender) or 1))


@cache
def covers(measured: Face, char: str) -> bool:
    """Tell whether the face has a glyph of its own for a character."""
    font, _ = _font(measured.path, measured.index)
    return bool(font.get_nominal_glyph(ord(char)))


@cache
def having(char: str, bold: bool = False, italic: bool = False) -> Face | None:
    """Return an installed face that has a character, or None where none has. Another machine may substitute another face."""
    code = ord(char)
    for family, starts, ends in _coverage():
        at = bisect_right(starts, code) - 1
        if at >= 0 and code <= ends[at] and (found := _styled(family, bold, italic)) and covers(found, char):
            return replace(found, how="estimate", widen=found.widen * ESTIMATE)
    return None


@cache
def _font(path: str, index: int) -> tuple[hb.Font, int]:
    loaded = hb.Face(hb.Blob.from_file_path(path), index)
    return hb.Font(loaded), loaded.upem


def _styled(family: str, bold: bool, italic: bool) -> Face | None:
    styles = _installed().get(family, {})
    for style in ((bold, italic), (bold, False), (False, italic), (False, False)):
        if style in styles:
            path, index = styles[style]
            return Face(family, path, index, "file", EMBOLDENED if bold and not style[0] else 1.0, family)
    return None


@cache
def _installed() -> dict[str, dict[tuple[bool, bool], tuple[str, int]]]:
    """Family (lower case) → (bold, italic) → file and face index, as fontconfig lists them."""
    families: dict[str, dict[tuple[bool, bool], tuple[str, int]]] = {}
    for names, weight, slant, wide, index, file in _listed(COLUMNS):
        if Path(file).suffix.lower() in (".ttf", ".otf", ".ttc", ".otc") and weight in ("80", "200"):  # regular and bold
            usual = wide in ("100", "")  # a narrow face goes by its last name only: "DejaVu Sans,DejaVu Sans Condensed"
            for name in names.split(",")[0 if usual else -1 :]:
                families.setdefault(name.lower(), {}).setdefault((weight == "200", slant != "0"), (file, int(index or 0)))
    return families


@cache
def _coverage() -> tuple[tuple[str, tuple[int, ...], tuple[int, ...]], ...]:
    """Family (lower case), first and last code points of the ranges it has; usual substitutes first.

    Read only when a character is looked for that its own face has not: the listing is long.
    """
    found: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}
    for names, charset in _listed("%{family}\t%{charset}\n"):
        ranges = [each.partition("-") for each in charset.split()]
        starts = tuple(int(first, 16) for first, _, _ in ranges)
        ends = tuple(int(last or first, 16) for first, _, last in ranges)
        for name in names.lower().split(","):
            if len(starts) > len(found.get(name, ((), ()))[0]):
                found[name] = (starts, ends)
    order = (*(name for name in SUBSTITUTES if name in found), *sorted(found.keys() - set(SUBSTITUTES)))
    return tuple((name, *found[name]) for name in order)


def _listed(columns: str) -> Iterator[list[str]]:
    """What fontconfig lists, sorted, so that the same machine always measures with the same files."""
    try:
        listing = subprocess.run(["fc-list", "--format", columns], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return
    yield from (line.split("\t") for line in sorted(listing.splitlines()))
