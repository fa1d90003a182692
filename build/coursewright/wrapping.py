"""How wide words run, and where their lines break, for drawings: SVG breaks no lines by itself.

Widths are those of the default fonts to about two hundredths of an em, no more: a drawing has room to spare, a text
slot of the deck has not and is measured with the real font.
"""

from __future__ import annotations

import re
import unicodedata

# Advance widths in hundredths of an em, of Carlito Bold (the metric twin of Calibri Bold), each class rounded up.
_CLASSES = {
    24: " ",
    28: "ijlI.,:;'’‘|·",
    36: "rtfJ()[]!-/",
    44: 'csz*“”"°',
    50: "aegkvxyLEFSTZ?_",
    56: "bdhnopquCPRXYK0123456789#$€£–+=<>~^B",
    68: "ADGHNOQUVw&",
    78: "m%→←",
    92: "MW@—…",
}
_WIDTHS = {character: width / 100 for width, characters in _CLASSES.items() for character in characters}
_WIDE = 1.0  # East Asian characters fill their square
_OTHER = 0.6  # a letter of some other script, on average
_SERIF = 1.1  # Caladea Bold (Cambria Bold) runs this much wider than Carlito Bold

# A piece that may end a line, with the spaces behind it: a wide character, a word, or a word's part up to its hyphen.
_SQUARES = "\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff01-\uff60"
_PIECE = re.compile(rf"[{_SQUARES}] *|[^ \-{_SQUARES}]+-* *|-+ *")


def measured(text: str, size: float, *, serif: bool = False) -> float:
    """Return how wide a line runs, in the unit of ``size`` (user units or points); bold, so never too narrow."""
    return sum(map(_width, text)) * size * (_SERIF if serif else 1)


def lines(text: object, width: float, size: float, *, serif: bool = False) -> tuple[str, ...]:
    """Return the text as lines no wider than ``width`` (same unit as ``size``), as few as can be, of even length.

    A word wider than that has a line of its own. Never empty: no text is one empty line. A number, as YAML may give,
    counts as its figures; an undefined value of a template raises here.
    """
    words = re.sub(r"[ \t\r\n]+", " ", str(text)).strip(" ")
    best = _greedy(words, width, size, serif)
    for percent in range(95, 50, -5):
        narrower = _greedy(words, width * percent / 100, size, serif)
        if len(narrower) > len(best) or any(measured(line, size, serif=serif) > width * percent / 100 for line in narrower):
            break
        best = narrower
    return best


def _greedy(text: str, width: float, size: float, serif: bool) -> tuple[str, ...]:
    done, line = [], ""
    for piece in _PIECE.findall(text):
        if line and measured((line + piece).rstrip(" "), size, serif=serif) > width:
            done.append(line.rstrip(" "))
            line = ""
        line += piece
    return (*done, line.rstrip(" "))


def _width(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    plain = unicodedata.normalize("NFD", character)[0]
    if plain != character:
        return _width(plain)
    if unicodedata.combining(character):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _OTHER
