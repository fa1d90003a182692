"""The words of a drawing: measured with the brand's own faces, set in the theme's fonts, in boxes that wrap nothing.

Sizes and widths are user units of the drawing unless points are said.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lxml.etree import _Element

from ...wrapping import measured
from . import fonts
from .colours import COLOURS, Ground
from .nodes import node
from .svg import PITCH, Box, Look, Picture, Run, Text

POINT = 12_700
ASCENT = 0.95  # of the font size, from the top of a line to its base: Calibri and Cambria (hhea and OS/2 tables)
SPARE = 1.1  # a text's box is that much wider than the text is, where the template does not say how wide it may get
ROUNDING = 1.05  # and that much higher, as renderers round
CARE = 1.015  # measured that much wider: renderers differ in kerning and rounding
SAMPLE = ("managing", "what has to be true", "planned a week ahead", "with customers", "Does not lead yet")  # some run wide
SLIP = 0.05  # points: a size this little below a half point is that half point

ALIGNED = {"start": "l", "middle": "ctr", "end": "r"}
BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # the share of a text's width that stands before its anchor


@dataclass(frozen=True)
class Hand:
    """How the drawing's words are set: on which ground, in which language, with which faces (headings, text).

    ``scale`` is points a user unit, ``shrink`` what all text is made smaller by, 1 where every word has its room.
    """

    ground: Ground
    language: str
    families: tuple[str, str]
    scale: float
    shrink: float

    def points(self, units: float) -> float:
        """Return a font size in points, down to the half: rounded up, it might not fit."""
        return (units * self.shrink * self.scale + SLIP) * 2 // 1 / 2

    def fill(self, colour: str, *, half: bool = False) -> _Element:
        """Return the fill of a colour class."""
        if colour not in COLOURS:
            return node("a:noFill")
        return self.ground.solid(colour, ("alpha", 50_000)) if half else self.ground.solid(colour)


# ------------------------------------------------------------------------------------------------ measuring


def shrink(picture: Picture, families: tuple[str, str]) -> float:
    """Return what all text must be made smaller by so that every line has its room; 1 if nothing must."""
    return min([1.0, *(share for share, _ in _shares(picture, families))])


def tightest(picture: Picture, families: tuple[str, str]) -> str:
    """Return the line that has the least room for its width."""
    return min(_shares(picture, families), default=(1.0, ""))[1]


def stretch(families: tuple[str, str]) -> tuple[float, float]:
    """Return how much wider the faces of headings and of text run than the default fonts; 1 for those that do not."""
    serif, sans = (Look(("t-title",), 1.0), Look(("t-text",), 1.0))
    return _stretch(serif, families), _stretch(sans, families)


def _stretch(look: Look, families: tuple[str, str]) -> float:
    serif = look.type().serif
    return max(1.0, *(CARE * _width(Run(words, look), families) / measured(words, 1.0, serif=serif) for words in SAMPLE))


def likely_width(text: Text) -> float:
    """Return how wide a text is in the default fonts."""
    return max(sum(measured(run.text, run.look.size, serif=run.look.type().serif) for run in line) for line in text.lines)


def _shares(picture: Picture, families: tuple[str, str]) -> Iterator[tuple[float, str]]:
    """Yield how much of its width each line has room for, above 1 if there is plenty, and what it says."""
    for text in picture.marks:
        if isinstance(text, Text) and picture.view is not None:
            for line in text.lines:
                width = sum(_width(run, families) for run in line) * CARE
                yield _room(text, picture.view) / width if width else 1.0, "".join(run.text for run in line)


def _room(text: Text, view: Box) -> float:
    """How wide a text may get: as the template says, else to the edge of the drawing."""
    before, after = text.x - view.x, view.x + view.width - text.x
    return text.room or {"start": after, "middle": 2 * min(before, after), "end": before}.get(text.look.anchor, after)


def _width(run: Run, families: tuple[str, str]) -> float:
    kind = run.look.type()
    face = fonts.face(families[0] if kind.serif else families[1], kind.bold, kind.italic)
    if face is None:
        return measured(run.text, run.look.size, serif=kind.serif)
    ems = sum(
        float(len(piece)) if wide else fonts.width(piece, face)
        for wide, piece in ((wide, "".join(letters)) for wide, letters in groupby(run.text, key=_fills_a_square))
    )
    return (ems + len(run.text) * kind.spacing) * run.look.size


def _fills_a_square(character: str) -> bool:
    """East Asian characters are one em wide in every face, and most Latin faces lack them."""
    return unicodedata.east_asian_width(character) in "WF"


# -------------------------------------------------------------------------------------------------- setting


def box(text: Text, hand: Hand, view: Box) -> Box:
    """Return the place of a text's box: its first line stands on the drawing's base line."""
    size, pitch = text.look.size * hand.shrink, text.pitch * hand.shrink
    widest = max(sum(_width(run, hand.families) for run in line) for line in text.lines) * hand.shrink
    width = text.room or min(widest * SPARE, max(widest, _room(text, view)))
    top = text.base - size * (ASCENT - PITCH) - pitch  # wider spacing stands above each line, the first too
    return Box(text.x - width * BEFORE.get(text.look.anchor, 0.0), top, width, pitch * len(text.lines) * ROUNDING)


def body(text: Text, hand: Hand) -> _Element:
    """Return the text of a box of its own."""
    return _body(text, hand, "t")


def inside(text: Text, hand: Hand) -> _Element:
    """Return a word that stands in the middle of a shape."""
    return _body(text, hand, "ctr")


def _body(text: Text, hand: Hand, anchor: str) -> _Element:
    insets = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), "0")
    settings = node("a:bodyPr", node("a:noAutofit"), wrap="none", anchor=anchor, rtlCol="0", **insets)
    return node("p:txBody", settings, node("a:lstStyle"), _paragraph(text, hand))


def _paragraph(text: Text, hand: Hand) -> _Element:
    settings = node("a:pPr", algn=ALIGNED.get(text.look.anchor, "l"))
    share = round(text.pitch / (text.look.size * PITCH) * 100) if text.look.size else 100
    if share != 100:
        settings.append(node("a:lnSpc", node("a:spcPct", val=str(share * 1000))))
    paragraph = node("a:p", settings)
    for number, line in enumerate(text.lines):
        if number:
            paragraph.append(node("a:br", _setting("a:rPr", line[0].look, hand)))
        paragraph.extend(node("a:r", _setting("a:rPr", run.look, hand), _words(run.text)) for run in line)
    return paragraph


def _setting(tag: str, look: Look, hand: Hand) -> _Element:
    kind, size = look.type(), hand.points(look.size)
    spacing = {"spc": str(round(size * kind.spacing * 100))} if kind.spacing else {}
    flags = {"sz": str(round(size * 100)), "b": str(int(kind.bold)), "i": str(int(kind.italic))} | spacing
    family = "mj" if kind.serif else "mn"
    scripts = (("latin", "lt"), ("ea", "ea"), ("cs", "cs"))
    typefaces = (node(f"a:{script}", typeface=f"+{family}-{key}") for script, key in scripts)
    return node(tag, hand.fill(look.colour("fill")), *typefaces, lang=hand.language, **flags)


def _words(text: str) -> _Element:
    words = node("a:t")
    words.text = text
    return words
