"""The marks before paragraphs: which one a paragraph has, how it looks, and numbers that count (ECMA-376 part 1, 21.1.2.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml.etree import _Element

from ..verify.archive import A, P
from ..verify.inherit import Layout
from ..verify.shapes import Shape

KINDS = frozenset(A + name for name in ("buNone", "buChar", "buAutoNum", "buBlip"))
SYMBOLS = {"Wingdings": {"§": "▪", "Ø": "➢", "ü": "✓", "q": "❑", "v": "❖", "l": "●", "n": "■", "u": "◆", "à": "→", "Ÿ": "•"}}
FALLBACK = "•"  # for what stands in a font of symbols that nobody else knows, and for pictures
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class Bullet(NamedTuple):
    """A mark. ``share`` is its size in that of the text, or ``points`` where those are fixed; ``colour`` None for the text's."""

    words: str
    typeface: str = ""
    share: float = 1.0
    points: float = 0.0
    colour: _Element | None = None


class Counter:
    """Counts the numbered paragraphs of one text. A list of another level or kind in between ends deeper ones only."""

    def __init__(self) -> None:
        self._at: dict[int, tuple[str, int]] = {}

    def words(self, level: int, kind: _Element | None) -> str:
        """Return the words of the mark of the next paragraph; "" for none."""
        for deeper in [each for each in self._at if each > level]:
            del self._at[deeper]
        if kind is None or kind.tag == A + "buNone":
            self._at.pop(level, None)
            return ""
        if kind.tag != A + "buAutoNum":
            self._at.pop(level, None)
            return kind.get("char", "") if kind.tag == A + "buChar" else FALLBACK
        scheme, first = kind.get("type", "arabicPeriod"), int(kind.get("startAt", "1"))
        before = self._at.get(level)
        number = before[1] + 1 if before and before[0] == f"{scheme}{first}" else first
        self._at[level] = f"{scheme}{first}", number
        return numbered(number, scheme)


def bullet(sources: Sequence[_Element], level: int, counter: Counter) -> Bullet | None:
    """Return the mark of a paragraph. ``sources`` are the paragraph properties that rule it, the nearest first."""
    kind = _nearest(sources, KINDS)
    words = counter.words(level, kind)
    if not words:
        return None
    font = _nearest(sources, (A + "buFont", A + "buFontTx"))
    typeface = font.get("typeface", "") if font is not None else ""
    if typeface.startswith("Wingdings") or typeface in ("Symbol", "Webdings"):
        words, typeface = "".join(SYMBOLS.get(typeface, {}).get(each, FALLBACK) for each in words), ""
    size = _nearest(sources, (A + "buSzPct", A + "buSzPts", A + "buSzTx"))
    colour = _nearest(sources, (A + "buClr", A + "buClrTx"))
    share, points = _size(size)
    return Bullet(words, typeface, share, points, colour if colour is not None and len(colour) else None)


def sources(shape: Shape, layout: Layout, level: int, own: _Element | None) -> list[_Element]:
    """Return all paragraph properties that rule a paragraph of a level (from 0), the nearest first."""
    lists = [each.body.find(A + "lstStyle") for each in (shape, *shape.parents) if each.body is not None]
    if layout.master is not None and shape.mark is not None:
        name = "titleStyle" if shape.is_title else "otherStyle" if shape.is_furniture else "bodyStyle"
        lists.append(layout.master.find(f"{P}txStyles/{P}{name}"))
    lists.append(layout.defaults)
    found = (each.find(f"{A}lvl{level + 1}pPr") for each in lists if each is not None)
    return [each for each in (own, *found) if each is not None]


def numbered(number: int, scheme: str) -> str:
    """Return a number as a numbering scheme writes it, such as ``arabicPeriod``, ``alphaLcParenR`` and ``romanUcPeriod``."""
    words = str(number)
    if scheme.startswith("alpha"):
        words = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif scheme.startswith("roman"):
        words = "".join(_roman(number))
    if "Uc" in scheme:
        words = words.upper()
    if scheme.endswith("ParenBoth"):
        return f"({words})"
    return words + (")" if scheme.endswith("ParenR") else "." if scheme.endswith("Period") else "")


def _roman(number: int) -> Iterator[str]:
    for value, letters in ROMAN:
        yield letters * (number // value)
        number %= value


def _nearest(sources: Sequence[_Element], tags: frozenset[str] | tuple[str, ...]) -> _Element | None:
    return next((child for each in sources for child in each if child.tag in tags), None)


def _size(element: _Element | None) -> tuple[float, float]:
    value = element.get("val", "") if element is not None else ""
    if element is None or not value:
        return 1.0, 0.0
    if element.tag == A + "buSzPts":
        return 1.0, float(value) / 100
    return float(value.rstrip("%")) / (100 if value.endswith("%") else 100_000), 0.0
