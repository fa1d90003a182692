"""How wide letters are, measured with FreeType: the second opinion beside HarfBuzz.

Advance widths without kerning, so a text is never measured narrower than it is set. Font files are found through
fontconfig by a reading of our own.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cache
from unicodedata import east_asian_width

from PIL import ImageFont

SIZE = 1000  # pixels an em: FreeType rounds advances to 1/64 pixel
PITCH = 1.212  # ems from line to line in a frame, whatever the Latin face: PowerPoint for Windows; others have 1.2
ASIAN_PITCH = 1.27  # ems, the largest seen in PowerPoint for East Asian text
ASIAN_OWN_PITCH = 1.45  # ems, the own pitch of an Asian face that is not here (Noto Sans CJK)
GUESSED = 0.97  # of Arial's widths, for a face nobody has the measures of: the average text face is narrower
EMOJI = 1.37  # ems a pictograph, as in Segoe UI Emoji
STANDING_IN = {"\xa0": " ", "\u202f": " ", "\u2007": "0", "\u2011": "-"}  # drawn as these where a face has no glyph of its own
UNSEEN = frozenset("\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")  # take no room
TWINS = {  # families made to have the same advance widths
    "arial": "liberation sans",
    "arial narrow": "liberation sans narrow",
    "calibri": "carlito",
    "cambria": "caladea",
    "courier new": "liberation mono",
    "helvetica": "liberation sans",
    "segoe ui": "selawik",
    "times": "liberation serif",
    "times new roman": "liberation serif",
}
COMMON = ("liberation sans", "carlito", "dejavu sans", "noto sans")
FORMAT = "%{family}|%{weight}|%{slant}|%{width}|%{index}|%{file}\n"
REGULAR, BOLD, NORMAL_WIDTH = 80, 200, 100  # fontconfig's weights and width
SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")

Style = tuple[bool, bool]  # bold, italic


class Advances(dict[str, float]):
    """Character → advance in ems, asked of the face once each."""

    def __init__(self, font: ImageFont.FreeTypeFont | None, factor: float = 1.0) -> None:
        super().__init__()
        self._font = font
        self._factor = factor

    def __missing__(self, character: str) -> float:
        value = self[character] = self._measured(character)
        return value

    def _measured(self, character: str) -> float:
        if character in UNSEEN:
            return 0.0
        character = STANDING_IN.get(character, character)
        if character > "\U0001f000" and east_asian_width(character) == "W":
            return EMOJI
        if east_asian_width(character) in "WF":  # ideographs fill the em in every face
            return 1.0
        if self._font is None:
            return 0.6
        return self._font.getlength(character) / SIZE * self._factor


@dataclass(frozen=True, eq=False)
class Face:
    """A face as measured: ``pitch`` is its own, in ems from line to line; ``known`` says whether its measures were at hand."""

    advances: Advances
    pitch: float
    known: bool

    def width(self, text: str) -> float:
        """Return the width of a text in ems."""
        return sum(map(self.advances.__getitem__, text))


@cache
def face(family: str, bold: bool = False, italic: bool = False) -> Face:
    """Return the face to measure a family with."""
    wanted = family.lower()
    for name in (wanted, TWINS.get(wanted, "")):
        if found := _file(name, bold, italic):
            return _opened(*found, known=True)
    for name in (*COMMON, *sorted(_installed())):
        if found := _file(name, bold, italic):
            return _opened(*found, known=False)
    return Face(Advances(None), PITCH, False)


@cache
def _opened(path: str, index: int, *, known: bool) -> Face:
    font = ImageFont.truetype(path, SIZE, index, layout_engine=ImageFont.Layout.BASIC)
    pitch = font.font.height / SIZE if known else PITCH
    return Face(Advances(font, 1.0 if known else GUESSED), pitch, known)


def _file(family: str, bold: bool, italic: bool) -> tuple[str, int] | None:
    styles = _installed().get(family, {})
    wanted = ((bold, italic), (bold, False), (False, italic), (False, False))
    return next((styles[style] for style in wanted if style in styles), None)


@cache
def _installed() -> dict[str, dict[Style, tuple[str, int]]]:
    try:
        told = subprocess.run(["fc-list", "--format", FORMAT], capture_output=True, text=True, check=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return {}
    families: dict[str, dict[Style, tuple[str, int]]] = {}
    for names, weight, slant, _, index, path in sorted((line.split("|", 5) for line in told.splitlines()), key=_normal_first):
        if path.lower().endswith(SUFFIXES) and _number(weight) in (REGULAR, BOLD):
            style = (_number(weight) == BOLD, _number(slant) != 0)
            for name in names.lower().split(","):
                families.setdefault(name.strip(), {}).setdefault(style, (path, _number(index)))
    return families


def _normal_first(fields: list[str]) -> tuple[int, str, int]:
    """A condensed face goes under its family's name too: it comes after the one of normal width."""
    return abs(_number(fields[3]) - NORMAL_WIDTH), fields[5], _number(fields[4])


def _number(text: str) -> int:
    try:
        return round(float(text))
    except ValueError:  # a range, as variable fonts have: "[100 900]"
        return -1
