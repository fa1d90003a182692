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
_SOFT = "\u00ad"  # a hyphen that shows only where a line ends
_PIECE = re.compile(rf"[{_SQUARES}] *|[^ \-{_SOFT}{_SQUARES}]+[\-{_SOFT}]* *|[\-{_SOFT}]+ *")
_STUMP = 3  # letters that a broken word leaves on each side, if it can


def measured(text: str, size: float, *, serif: bool = False) -> float:
    """Return how wide a line runs, in the unit of ``size`` (user units or points); bold, so never too narrow."""
    return _ems(text) * size * (_SERIF if serif else 1)


def lines(text: object, width: float, size: float, *, serif: bool = False) -> tuple[str, ...]:
    """Return the text as lines no wider than ``width`` (same unit as ``size``), as few as can be, of even length.

    A word wider than that is broken, with a hyphen: at a soft hyphen (U+00AD) if it has one, else where it must be.
    Never empty: no text is one empty line. A number, as YAML may give, counts as its figures; an undefined value of a
    template raises here.
    """
    em = size * (_SERIF if serif else 1)
    pieces = _pieces(text, width / em)
    best = _greedy(pieces, width / em)
    for percent in range(95, 50, -5):
        narrower = _greedy(pieces, width / em * percent / 100)
        if len(narrower) > len(best) or any(_ems(line) > width / em * percent / 100 for line in narrower):
            break
        best = narrower
    return best


def rows(text: object, width: float, size: float, *, serif: bool = False) -> int:
    """Return how many lines :func:`lines` makes, without making them even: several times as fast."""
    ems = width / size / (_SERIF if serif else 1)
    return len(_greedy(_pieces(text, ems), ems))


def _pieces(text: object, ems: float) -> list[str]:
    words = re.sub(r"[ \t\r\n]+", " ", str(text)).strip(" ")
    return [part for piece in _PIECE.findall(words) for part in _broken(piece, ems)]


def _greedy(pieces: list[str], ems: float) -> tuple[str, ...]:
    done, line = [], ""
    for piece in pieces:
        if line and _ems(_shown(line + piece)) > ems:
            done.append(_shown(line))
            line = ""
        line += piece
    return (*done, _shown(line))


def _shown(line: str) -> str:
    """Return a line as it is printed: of its soft hyphens only the one at its end is seen."""
    plain = line.rstrip(" ")
    return plain.replace(_SOFT, "") + ("-" if plain.endswith(_SOFT) else "")


def _broken(piece: str, ems: float) -> list[str]:
    """Return a piece in parts that each have room on a line, a soft hyphen behind all but the last; often it is one part."""
    if _ems(_shown(piece)) <= ems:
        return [piece]
    head, together, tail = piece.partition("\u00a0")
    if together:  # words that belong together, but have no room: parted where they meet
        return [*_broken(f"{head} ", ems), *_broken(tail, ems)]
    room = max(1, sum(1 for end in range(1, len(piece)) if _ems(piece[:end] + "-") <= ems))
    cut = max(min(room, len(piece.rstrip(" ")) - _STUMP), min(room, _STUMP))
    return [piece[:cut] + _SOFT, *_broken(piece[cut:], ems)] if piece[cut:].strip(" ") else [piece]


def _ems(text: str) -> float:
    return sum(map(_width, text))


def _width(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if character == _SOFT:
        return 0.0
    plain = unicodedata.normalize("NFD", character)[0]
    if plain != character:
        return _width(plain)
    if unicodedata.combining(character):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _OTHER
